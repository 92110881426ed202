-- The programs of the run $1 that the pipe of the table $2 went through. What
-- is in front of a file at rest was no part of the run.
SELECT tool, books
FROM mh.stage
WHERE run = $1 AND target = $2
	AND place > (SELECT coalesce(max(place) FILTER (
			WHERE tool IN ('mh-save', 'cat')), 0)
		FROM mh.stage WHERE run = $1 AND target = $2)
ORDER BY place;

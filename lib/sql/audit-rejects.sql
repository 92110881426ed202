-- What the pipes of the run $1 rejected, table by table. A pipe that began
-- with a file at rest brought along what was rejected before the run.
SELECT s.target, coalesce((SELECT sum(r.records) FROM mh.reject r
	WHERE (r.run, r.target) = (s.run, s.target)
		AND r.severity <> 'warn'), 0)
FROM mh.stage s
WHERE s.run = $1
GROUP BY s.run, s.target
HAVING bool_and(s.tool NOT IN ('mh-save', 'cat'))
ORDER BY s.target;

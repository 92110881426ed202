-- The programs of the run $1, pipe by pipe, with what else speaks of them.
SELECT s.target, s.place, s.tool, s.records_in, s.records_out, s.rejected,
	s.books, s.rows,
	-- the table as the load before left it
	(SELECT b.rows FROM mh.stage b
		WHERE b.target = s.target AND b.tool = 'mh-load' AND b.id < s.id
			AND s.tool = 'mh-load'
		ORDER BY b.id DESC LIMIT 1) AS rows_before,
	-- the rows of the table that was read, as its last load left it
	(SELECT b.rows FROM mh.stage b
		WHERE b.target = s.books->>'table' AND b.tool = 'mh-load'
			AND b.id < s.id AND s.tool = 'mh-extract'
			AND s.target ~ '^(silver|gold)\.'
		ORDER BY b.id DESC LIMIT 1) AS rows_there,
	r.refused, r.warned, r.strange,
	(SELECT count(*) FROM mh.expectation e
		WHERE (e.run, e.target, e.place) = (s.run, s.target, s.place)
			AND e.passed + e.failed <> s.records_in
				- mh.faults(s.books)) AS untested,
	(SELECT count(*) FROM (
		SELECT name, severity, passed, failed FROM mh.expectation e
		WHERE (e.run, e.target, e.place) = (s.run, s.target, s.place)
	) kept FULL JOIN jsonb_to_recordset(s.books->'expectations') AS said
			(name text, severity text, passed bigint, failed bigint)
		USING (name, severity, passed, failed)
		WHERE kept IS NULL OR said IS NULL) AS altered
FROM mh.stage s, LATERAL (
	SELECT coalesce(sum(records) FILTER (WHERE severity <> 'warn'), 0)
			AS refused,
		coalesce(sum(records) FILTER (WHERE severity = 'warn'), 0)
			AS warned,
		count(*) FILTER (WHERE NOT EXISTS (
			SELECT FROM jsonb_to_recordset(s.books->'reasons') AS said
				(reason text, field text, severity text,
				records bigint)
			WHERE (said.reason, said.severity, said.records)
					= (r.reason, r.severity, r.records)
				AND said.field IS NOT DISTINCT FROM r.field))
			AS strange
	FROM mh.reject r
	WHERE (r.run, r.target, r.place) = (s.run, s.target, s.place)
) r
WHERE s.run = $1
ORDER BY s.target, s.place;

-- The programs of the run $1, pipe by pipe, with what else speaks of them.
SELECT s.target, s.place, s.tool, s.records_in, s.records_out, s.rejected,
	s.books, s.rows, s.hash,
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
	r.refused, r.warned,
	(SELECT count(*) FROM mh.expectation e
		WHERE (e.run, e.target, e.place) = (s.run, s.target, s.place)
			AND e.passed + e.failed <> s.records_in
				- mh.faults(s.books)) AS untested,
	d.strange, d.altered
FROM mh.stage s, LATERAL (
	SELECT coalesce(sum(records) FILTER (WHERE severity <> 'warn'), 0)
			AS refused,
		coalesce(sum(records) FILTER (WHERE severity = 'warn'), 0)
			AS warned
	FROM mh.reject r
	WHERE (r.run, r.target, r.place) = (s.run, s.target, s.place)
) r, LATERAL (
	-- the rows that are there more often, or less, than in the books
	SELECT count(*) FILTER (WHERE what = 'reject') AS strange,
		count(*) FILTER (WHERE what = 'expectation') AS altered
	FROM (
		SELECT what
		FROM (
			SELECT 'reject' AS what, reason AS name, field, severity,
				records AS n, NULL::bigint AS failed, 1 AS times
			FROM mh.reject
			WHERE (run, target, place) = (s.run, s.target, s.place)
			UNION ALL
			SELECT 'reject', reason, field, severity, records, NULL, -1
			FROM jsonb_to_recordset(s.books->'reasons') AS v
				(reason text, field text, severity text,
				records bigint)
			UNION ALL
			SELECT 'expectation', name, NULL, severity, passed,
				failed, 1
			FROM mh.expectation
			WHERE (run, target, place) = (s.run, s.target, s.place)
			UNION ALL
			SELECT 'expectation', name, NULL, severity, passed,
				failed, -1
			FROM jsonb_to_recordset(s.books->'expectations') AS v
				(name text, severity text, passed bigint,
				failed bigint)
		) v
		GROUP BY what, name, field, severity, n, failed
		HAVING sum(times) <> 0
	) v
) d
WHERE s.run = $1
ORDER BY s.target, s.place;

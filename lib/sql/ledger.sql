-- The books of a load of the run $1 into the table $2: $3 is the list of the
-- pipe's stages, the load's own at its end. $4: the stream stands for
-- everything that the table is made of.
WITH pipe AS (
	SELECT place::int, books, books->>'tool' AS tool
	FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS v (books, place)
), run AS (
	INSERT INTO mh.run (run) VALUES ($1) ON CONFLICT DO NOTHING
), stage AS (
	INSERT INTO mh.stage (run, target, place, tool, records_in,
		records_out, rejected, rows, hash, books)
	SELECT $1, $2, place, tool, (books->>'in')::bigint,
		CASE tool WHEN 'mh-load' THEN (books->>'inserted')::bigint
			+ (books->>'updated')::bigint
			+ (books->>'unchanged')::bigint
			ELSE (books->>'out')::bigint END,
		(books->>'rejected')::bigint,
		-- others' are of files
		CASE tool WHEN 'mh-load' THEN (books->>'rows')::bigint END,
		CASE tool WHEN 'mh-load' THEN books->>'hash' END,
		books
	FROM pipe
), reject AS (
	INSERT INTO mh.reject (run, target, place, reason, field, severity,
		records)
	SELECT $1, $2, place, r.*
	FROM pipe, jsonb_to_recordset(books->'reasons')
		AS r (reason text, field text, severity text, records bigint)
), expectation AS (
	INSERT INTO mh.expectation (run, target, place, name, severity,
		passed, failed)
	SELECT $1, $2, place, e.*
	FROM pipe, jsonb_to_recordset(books->'expectations')
		AS e (name text, severity text, passed bigint, failed bigint)
), replayed AS (
	SELECT p.run, p.reason, p.field, p.severity, sum(p.records) AS records
	FROM jsonb_to_recordset(jsonb_path_query_array($3::jsonb,
		-- wherever they are: one of several inputs may have them
		'strict $.** ? (exists (@.replays)).replays[*]'))
		AS p (run text, reason text, field text, severity text,
		records bigint)
	GROUP BY p.run, p.reason, p.field, p.severity
), open AS (
	SELECT run, reason, field, severity, sum(records) AS records
	FROM mh.reject
	WHERE target = $2 AND closed_by IS NULL
	GROUP BY run, reason, field, severity
), mended AS (
	-- of a part of them nobody could say which are still open
	SELECT o.*
	FROM open o JOIN replayed p
		ON (o.run, o.reason, o.field, o.severity)
			IS NOT DISTINCT FROM
			(p.run, p.reason, p.field, p.severity)
	WHERE p.records >= o.records
)
UPDATE mh.reject r
SET closed_by = $1
WHERE target = $2 AND run <> $1 AND closed_by IS NULL
	AND ($4::boolean OR EXISTS (
		SELECT FROM mended m
		WHERE (m.run, m.reason, m.field, m.severity)
			IS NOT DISTINCT FROM
			(r.run, r.reason, r.field, r.severity)));

-- The tables that were loaded, each with its newest load, and how it is
-- called now; those whose newest load is of the run $1, or all.
SELECT * FROM (
	SELECT DISTINCT ON (s.target) s.target, s.run, s.rows, s.hash, s.books,
		(SELECT format('%I.%I', n.nspname, c.relname)
			FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace
			-- as table.sql names them
			WHERE concat_ws('.', CASE WHEN n.nspname ~ '[."]'
					THEN quote_ident(n.nspname) ELSE n.nspname END,
				CASE WHEN c.relname ~ '[."]'
					THEN quote_ident(c.relname)
					ELSE c.relname END) = s.target
				AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			LIMIT 1) AS quoted
	FROM mh.stage s
	WHERE s.tool = 'mh-load'
	ORDER BY s.target, s.id DESC
) newest
WHERE $1::text IS NULL OR run = $1
ORDER BY target;

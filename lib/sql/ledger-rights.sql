-- The rights that entering a load's books needs and that are not there.
SELECT 'USAGE on schema mh'
FROM pg_namespace
WHERE nspname = 'mh' AND NOT has_schema_privilege(oid, 'USAGE')
UNION ALL
SELECT needed.what || ' on mh.' || c.relname
FROM (VALUES
	('run', 'INSERT'),
	('stage', 'INSERT'), ('stage', 'SELECT'),
	('reject', 'INSERT'), ('reject', 'SELECT'), ('reject', 'UPDATE'),
	('expectation', 'INSERT')
) AS needed (relname, what)
JOIN pg_class c USING (relname)
JOIN pg_namespace n ON n.oid = c.relnamespace
-- a right on a column is one, too: closed_by is all that is updated
WHERE n.nspname = 'mh' AND NOT has_any_column_privilege(c.oid, needed.what)
ORDER BY 1 DESC;

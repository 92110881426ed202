-- How much of the ledger does the database have: all, part or none of it? The
-- catalogue says so to those too who may not look into the schema.
SELECT CASE count(*) WHEN 4 THEN 'all' WHEN 0 THEN 'none' ELSE 'part' END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'mh' AND c.relkind IN ('r', 'p')
	AND c.relname IN ('run', 'stage', 'reject', 'expectation');

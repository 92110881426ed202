-- What a load may make of the table $1 (its oid).
SELECT
	-- May COPY write to it as INSERT would, which knows rules, policies
	-- and the triggers that want to see one statement?
	c.relkind = 'r' AND NOT c.relhasrules AND NOT row_security_active(c.oid)
		AND NOT EXISTS (SELECT FROM pg_trigger
			WHERE tgrelid = c.oid AND NOT tgisinternal),
	-- Are two keys equal only if their bytes are? Not by some collations,
	-- which have been told apart since PostgreSQL 12.
	NOT EXISTS (SELECT FROM pg_index i
		JOIN pg_attribute a ON a.attrelid = c.oid
			AND a.attnum = ANY (i.indkey)
		LEFT JOIN pg_collation l ON l.oid = a.attcollation
		WHERE i.indrelid = c.oid AND i.indisprimary
			AND (a.atttypid NOT IN ('int2'::regtype, 'int4'::regtype,
				'int8'::regtype, 'text'::regtype,
				'varchar'::regtype, 'uuid'::regtype,
				'date'::regtype, 'timestamp'::regtype,
				'timestamptz'::regtype)
			OR to_jsonb(l) ->> 'collisdeterministic' = 'false'))
FROM pg_class c
WHERE c.oid = $1;

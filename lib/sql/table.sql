-- The table that $1 names by SQL's own rules for names: a row per column.
WITH RECURSIVE base (num, type) AS (
	SELECT attnum, atttypid
	FROM pg_attribute
	WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
	UNION ALL
	-- what a domain, or a domain over a domain, is made of
	SELECT base.num, t.typbasetype
	FROM base JOIN pg_type t ON t.oid = base.type AND t.typtype = 'd'
)
SELECT c.oid,
	-- in quotes where a point would make it another table's
	concat_ws('.', CASE WHEN n.nspname ~ '[."]'
			THEN quote_ident(n.nspname) ELSE n.nspname END,
		CASE WHEN c.relname ~ '[."]'
			THEN quote_ident(c.relname) ELSE c.relname END),
	format('%I.%I', n.nspname, c.relname),
	-- with children a primary key holds for each of them alone
	c.relkind = 'r' AND c.relhassubclass,
	a.attname,
	quote_ident(a.attname),
	format_type(a.atttypid, a.atttypmod),
	CASE
		WHEN t.oid IN ('int2'::regtype, 'int4'::regtype,
			'int8'::regtype, 'numeric'::regtype,
			'float4'::regtype, 'float8'::regtype) THEN 'n'
		WHEN t.oid = 'bool'::regtype THEN 'b'
		WHEN t.oid IN ('json'::regtype, 'jsonb'::regtype) THEN 'j'
		WHEN t.oid = 'timestamp'::regtype THEN 't'
		WHEN t.oid = 'timestamptz'::regtype THEN 'z'
		ELSE 's'
	END,
	-- the key's columns are numbered from 0, and INCLUDE's follow them
	CASE WHEN array_position(i.indkey, a.attnum) < i.indnkeyatts
		THEN array_position(i.indkey, a.attnum) + 1 ELSE 0 END,
	a.attgenerated = '' AND a.attidentity <> 'a'
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid
JOIN base ON base.num = a.attnum
JOIN pg_type t ON t.oid = base.type AND t.typtype <> 'd'
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.oid = to_regclass($1)
ORDER BY a.attnum;

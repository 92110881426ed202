#!/bin/bash
# mh-expr(7): random expressions have the values that PostgreSQL gives them.
. "$(dirname "$0")/db.sh"

# What the language has and SQL has not, in SQL; and / and % that give null
# where SQL fails, / to twelve digits.
psql -XAtq -v ON_ERROR_STOP=1 <<'end' || exit
CREATE SCHEMA mh;
ALTER DATABASE :DBNAME SET search_path = mh, pg_catalog, public;
SET search_path = mh, pg_catalog, public;
CREATE FUNCTION divide(a numeric, b numeric) RETURNS numeric IMMUTABLE
	LANGUAGE sql AS $$ SELECT pg_catalog.round(q, greatest(scale(trim_scale(q)),
		least(12, greatest(scale(a), scale(b)))))
	FROM (SELECT pg_catalog.round(a::numeric(200, 60) OPERATOR(pg_catalog./) nullif(b, 0), 12) q) x $$;
CREATE FUNCTION modulo(a numeric, b numeric) RETURNS numeric IMMUTABLE
	LANGUAGE sql AS $$ SELECT mod(a, nullif(b, 0)) $$;
CREATE OPERATOR / (FUNCTION = divide, LEFTARG = numeric, RIGHTARG = numeric);
CREATE OPERATOR % (FUNCTION = modulo, LEFTARG = numeric, RIGHTARG = numeric);
CREATE FUNCTION divide(a int, b int) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS $$ SELECT divide(a::numeric, b::numeric) $$;
CREATE FUNCTION modulo(a int, b int) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS $$ SELECT mod(a, nullif(b, 0))::numeric $$;
CREATE OPERATOR / (FUNCTION = divide, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR % (FUNCTION = modulo, LEFTARG = int, RIGHTARG = int);
CREATE FUNCTION floor(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION ceil(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION round(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION year(date) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS 'SELECT extract(year FROM $1)';
CREATE FUNCTION quarter(date) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS 'SELECT extract(quarter FROM $1)';
CREATE FUNCTION month(date) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS 'SELECT extract(month FROM $1)';
CREATE FUNCTION week(date) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS 'SELECT extract(week FROM $1)';
CREATE FUNCTION day(date) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS 'SELECT extract(day FROM $1)';
CREATE FUNCTION weekday(date) RETURNS numeric IMMUTABLE LANGUAGE sql
	AS 'SELECT extract(isodow FROM $1)';
CREATE FUNCTION days_between(date, date) RETURNS int IMMUTABLE LANGUAGE sql
	AS 'SELECT $2 - $1';
CREATE FUNCTION add_days(date, int) RETURNS date IMMUTABLE LANGUAGE sql
	AS 'SELECT $1 + $2';
CREATE FUNCTION date_trunc(text, date) RETURNS date IMMUTABLE LANGUAGE sql
	AS 'SELECT pg_catalog.date_trunc($1, $2::timestamp)::date';
CREATE FUNCTION contains(text, text) RETURNS bool IMMUTABLE LANGUAGE sql
	AS 'SELECT strpos($1, $2) > 0';
CREATE FUNCTION matches(text, text) RETURNS bool IMMUTABLE LANGUAGE sql
	AS 'SELECT $1 ~ $2';
CREATE FUNCTION digits(text) RETURNS text IMMUTABLE LANGUAGE sql
	AS $$ SELECT regexp_replace($1, '[^0-9]', '', 'g') $$;
CREATE FUNCTION lower(text) RETURNS text IMMUTABLE LANGUAGE sql
	AS 'SELECT pg_catalog.lower($1 COLLATE "und-x-icu") COLLATE "C"';
CREATE FUNCTION upper(text) RETURNS text IMMUTABLE LANGUAGE sql
	AS 'SELECT pg_catalog.upper($1 COLLATE "und-x-icu") COLLATE "C"';
SELECT format('CREATE FUNCTION min(VARIADIC %1$s[]) RETURNS %1$s IMMUTABLE
		LANGUAGE sql AS ''SELECT x FROM unnest($1) WITH ORDINALITY u(x, i)
		WHERE x IS NOT NULL ORDER BY x, i LIMIT 1'';
	CREATE FUNCTION max(VARIADIC %1$s[]) RETURNS %1$s IMMUTABLE
		LANGUAGE sql AS ''SELECT x FROM unnest($1) WITH ORDINALITY u(x, i)
		WHERE x IS NOT NULL ORDER BY x DESC, i LIMIT 1'';
	CREATE FUNCTION if(bool, %1$s, %1$s) RETURNS %1$s IMMUTABLE LANGUAGE sql
		AS ''SELECT CASE WHEN $1 THEN $2 ELSE $3 END'';
	CREATE FUNCTION not_null(%1$s) RETURNS bool IMMUTABLE LANGUAGE sql
		AS ''SELECT $1 IS NOT NULL'';
	CREATE FUNCTION mh_between(%1$s, %1$s, %1$s) RETURNS bool IMMUTABLE
		LANGUAGE sql AS ''SELECT $1 BETWEEN $2 AND $3'';
	CREATE FUNCTION accepted_values(%1$s, VARIADIC %1$s[]) RETURNS bool
		IMMUTABLE LANGUAGE sql AS ''SELECT $1 = ANY ($2)'';', t)
	FROM unnest('{numeric,text,date,bool}'::text[]) t \gexec
CREATE TABLE got (batch int, j jsonb);
end

perl "$ROOT/tests/db/expr.pl" . 10000 || exit
psql -Xq -v ON_ERROR_STOP=1 -f rows.sql || exit

batches=$(find . -name '*.args' | wc -l)
for ((k = 0; k < batches; k++)); do
	xargs -0 -a "$k.args" sh -c 'exec mh-derive "$@" <rows.ndjson' sh >"$k.got" 2>err ||
		not_ok "batch $k has values" "$(head -n 5 err)"
	# the text format of COPY wants its backslashes doubled
	sed "s/\\\\/&&/g; s/^/$k\t/" "$k.got" >>all.got
done
psql -Xq -v ON_ERROR_STOP=1 -c '\copy got FROM all.got' || exit
is "every expression has a value for every row" \
	"$(q "SELECT count(*) FROM got, jsonb_object_keys(j) k WHERE k LIKE 'e%'")" \
	120000

for ((k = 0; k < batches; k++)); do
	cat "$k.sql"
done >all.sql
check "PostgreSQL reads them" psql -XAtq -v ON_ERROR_STOP=1 -F ' | ' \
	-P null=NULL -f all.sql -o differences
is "and gives the same values" "$(head -n 40 differences)" ""
done_testing

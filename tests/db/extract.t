#!/bin/bash
# mh-extract: values exactly as they are in the table, names, conditions.
. "$(dirname "$0")/db.sh"

q "CREATE TABLE numbers (id int PRIMARY KEY, n numeric, m numeric(14,2),
	i bigint, s smallint, f4 float4, f8 float8)"
q "INSERT INTO numbers VALUES
	(1, 12345678901234567890.10, 0.10, 9223372036854775807, -1, 0.1, 1e-7),
	(2, 'NaN', -0.01, -9223372036854775808, 0, 'NaN', '-Infinity'),
	(3, '1e400', NULL, 0, NULL, 3e38, 0.1::float8 + 0.2)"
big=1$(printf '0%.0s' {1..400})
is "numbers keep every digit" "$(mh-extract numbers)" \
'{"id":1,"n":12345678901234567890.10,"m":0.10,"i":9223372036854775807,"s":-1,"f4":0.1,"f8":1e-07}
{"id":2,"n":"NaN","m":-0.01,"i":-9223372036854775808,"s":0,"f4":"NaN","f8":"-Infinity"}
{"id":3,"n":'"$big"',"m":null,"i":0,"s":null,"f4":3e+38,"f8":0.30000000000000004}'

q "CREATE TABLE texts (id int PRIMARY KEY, t text)"
q "INSERT INTO texts VALUES (1, NULL), (2, 'null'), (3, ''), (4, '\\N'),
	(5, E'a\\\\b\\tc\\nd\\re\\bf\\f' || chr(11) || chr(1) || chr(127)),
	(6, 'diz \"oi\" 😀 ação'), (7, '\\.')"
is "texts come with JSON's escapes" "$(mh-extract texts)" \
'{"id":1,"t":null}
{"id":2,"t":"null"}
{"id":3,"t":""}
{"id":4,"t":"\\N"}
{"id":5,"t":"a\\b\tc\nd\re\bf\f\u000b\u0001'$'\177''"}
{"id":6,"t":"diz \"oi\" 😀 ação"}
{"id":7,"t":"\\."}'
is "jq reads the same texts" "$(mh-extract texts | jq -j .t | md5sum)" \
	"$(q "SELECT convert_from(string_agg(convert_to(coalesce(t, 'null'),
	'UTF8'), '' ORDER BY id), 'UTF8') FROM texts" | head -c -1 | md5sum)"

q "CREATE DOMAIN money2 AS numeric(9,2); CREATE DOMAIN price AS money2;
CREATE TABLE others (id int PRIMARY KEY, b bool, d date, ts timestamp,
	tz timestamptz, j json, jb jsonb, x bytea, v interval, a text[],
	p price)"
q "INSERT INTO others VALUES (1, true, '2024-02-29',
	'2024-05-06 07:08:09.120', '2024-05-06 07:08:09-03',
	'{\"a\" : [1, \"x  y\"],
	\"b\":1.50}', '{\"b\": 1.50}', '\\x00ff', '1 day 02:00', '{a,\"b c\"}',
	1.5), (2, false, 'infinity', 'infinity', '0044-03-15 10:00:00+00 BC',
	'\"\\ud800\"', 'null', '', '0', '{}', NULL)"
PGTZ=America/Recife PGDATESTYLE=German \
is "the rest, whatever the session's settings" "$(mh-extract others)" \
'{"id":1,"b":true,"d":"2024-02-29","ts":"2024-05-06T07:08:09.12","tz":"2024-05-06T10:08:09+00:00","j":{"a":[1,"x  y"],"b":1.50},"jb":{"b":1.50},"x":"\\x00ff","v":"P1DT2H","a":"{a,\"b c\"}","p":1.50}
{"id":2,"b":false,"d":"infinity","ts":"infinity","tz":"0044-03-15T10:00:00+00:00 BC","j":"\"\\ud800\"","jb":null,"x":"\\x","v":"PT0S","a":"{}","p":null}'

q "CREATE SCHEMA \"O.dd\"; CREATE TABLE \"O.dd\".\"Na\"\"me\"
	(\"Id \"\"x\"\"\" int PRIMARY KEY, \"a,b\" text, c text)"
q "INSERT INTO \"O.dd\".\"Na\"\"me\" VALUES (1, 'um', 'c'), (2, 'dois', NULL)"
is "odd names of schemas, tables and columns" \
	"$(mh-extract '"O.dd"."Na""me"' --page 1 --columns '"a,b" ,"Id ""x"""')" \
'{"a,b":"um","Id \"x\"":1}
{"a,b":"dois","Id \"x\"":2}'
is "a name without quotes is lower case, as in SQL" \
	"$(mh-extract PUBLIC.Texts --columns ID --where "id < 3")" \
'{"id":1}
{"id":2}'
is "a condition, with a comment, over several pages" \
	"$(mh-extract texts --page 2 --columns id --where 'id > 2 OR id = 1 -- x' |
		tr -d '\n')" '{"id":1}{"id":3}{"id":4}{"id":5}{"id":6}{"id":7}'
is "the columns come in the order asked for" \
	"$(mh-extract texts --columns t,id --where 'id = 2')" '{"t":"null","id":2}'
q "CREATE TABLE empty (id int)"
is "an empty table is an empty stream" "$(mh-extract empty)" ""
is "inside a run it is sealed" \
	"$(MH_RUN=r1 mh-extract texts | tail -n 1 | jq -c '[."$mh", .stages[0].out]')" \
	'["end",7]'
is "the books" "$(mh-extract --summary - texts 2>&1 >/dev/null |
	jq -c '[.in, .out, .rejected, .status]')" '[7,7,0,0]'

status "an unknown table" 78 mh-extract nowhere
says "is named" 'mh-extract: nowhere: no such table'
status "an unknown column" 78 mh-extract texts --columns id,nome
says "is named" 'public.texts: no column nome'
status "a column twice" 2 mh-extract texts --columns id,id
status "a wrong condition" 78 mh-extract texts --where 'nome = 1'
says "in the server's words" 'public.texts: column "nome" does not exist'
status "a condition brings no second statement" 78 \
	mh-extract texts --where "true) TO STDOUT; DROP TABLE empty; SELECT (1"
q "CREATE TABLE reserved (\"\$mh\" int, b int)"
status "a column of the name of seals" 78 mh-extract reserved
status "unless it is left out" 0 mh-extract reserved --columns b
status "a URL as an argument" 2 mh-extract postgresql://u:secret@h/d
case $said in
*secret*) not_ok "is not repeated" "$said" ;;
*) ok "is not repeated" ;;
esac

export SUPABASE_URL
SUPABASE_URL=https://abc.supabase.co status "the API's address" 78 mh-extract texts
says "is explained" 'Connection string'
SUPABASE_URL='postgresql://u:se cret@[h/d' status "no connection string" 78 mh-extract texts
SUPABASE_URL=postgresql://localhost:1/d status "nobody there" 75 mh-extract texts
SUPABASE_URL=postgresql://$PGHOST:$PGPORT/nowhere status "no such database" 78 mh-extract texts
says "in the server's words" 'database "nowhere" does not exist'
case $PGHOST in
/*) skip "a wrong password" "the server is not asked over TCP" ;;
*)
	SUPABASE_URL=postgresql://postgres:wrong@$PGHOST:$PGPORT/$db \
		status "a wrong password" 78 mh-extract texts
	;;
esac
SUPABASE_URL=
(
	unset PGHOST PGPORT PGDATABASE SUPABASE_URL
	mh-extract texts 2>err
	echo $? >code
)
is "nothing says where to" "$(cat code err)" "78
mh-extract: SUPABASE_URL: not set; it holds a connection string like postgresql://user@host:5432/database"
unset SUPABASE_URL
LAKEHOUSE_URL=postgresql:///$db status "-l is the lakehouse" 0 mh-extract -l texts --where id=1

done_testing

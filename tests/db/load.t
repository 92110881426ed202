#!/bin/bash
# mh-load: by key, in one transaction, touching only what differs.
. "$(dirname "$0")/db.sh"

q "CREATE SEQUENCE process_id_seq; CREATE TABLE pedidos (
	id text COLLATE \"C\" PRIMARY KEY, q int, v numeric, nome text,
	load_timestamp timestamp DEFAULT CURRENT_TIMESTAMP,
	process_id text DEFAULT 'abc' || nextval('process_id_seq')::text,
	row_version int DEFAULT 1)"
for i in {1..1000}; do
	printf '{"id":"P%d","q":%d,"v":1.50,"nome":"n\\t%d"}\n' "$i" "$i" "$i"
done >one

PGTZ=America/Recife status "a first load" 0 mh-load --summary books pedidos one
is "inserts" "$(books books)" "1000 1000 0 0 0 0"
is "one process_id and one moment for all" \
	"$(q "SELECT count(DISTINCT process_id), count(DISTINCT load_timestamp),
	min(row_version), max(row_version) FROM pedidos")" "1|1|1|1"
is "the moment is UTC's" \
	"$(q "SELECT abs(extract(epoch FROM load_timestamp
	- (now() AT TIME ZONE 'UTC'))) < 60 FROM pedidos LIMIT 1")" t
before=$(q "SELECT md5(string_agg(p::text || xmin || ctid, ',' ORDER BY id))
	FROM pedidos p")
rm books
status "the same once more" 0 mh-load --summary books --batch 7 pedidos one
is "changes nothing" "$(books books)" "1000 0 0 1000 0 0"
is "not even a hidden version" \
	"$(q "SELECT md5(string_agg(p::text || xmin || ctid, ',' ORDER BY id))
	FROM pedidos p")" "$before"

rm -f books
sed -e '10s/1.50/1.5/' -e '20s/n\\t/N/' -e '30s/"q":30/"q":null/' one >two
MH_PROCESS_ID=mine status "three rows changed" 0 \
	mh-load --summary books pedidos - <two
is "are three updates" "$(books books)" "1000 0 3 997 0 0"
is "exactly those" "$(q "SELECT string_agg(id, ' ' ORDER BY id)
	FROM pedidos WHERE process_id = 'mine'")" "P10 P20 P30"
is "their version goes up by one" "$(q "SELECT DISTINCT row_version
	FROM pedidos WHERE process_id = 'mine'")" 2
is "digits count: 1.50 became 1.5" \
	"$(q "SELECT v FROM pedidos WHERE id = 'P10'")" 1.5
q "UPDATE pedidos SET process_id = 'before'"
mh-load pedidos one
q "UPDATE pedidos SET row_version = 2"

q "TRUNCATE pedidos"
cat >in <<'END'
{"id":"A","q":1}
{"id":"B","q":2}
{"q":3,"id":"A"}
{"id":"","q":4}
{"q":5}
{"id":null,"q":6}
{"id":"C","nome":"a\u0000b"}
{"id":"A","q":7,"row_version":99,"process_id":"theirs"}
END
rm -f books
status "records that cannot all go in" 0 mh-load --summary books -r rejects pedidos in
is "of one key the last wins" "$(q "SELECT id, q, row_version FROM pedidos
	ORDER BY id")" "A|7|1
B|2|1"
is "the books close" "$(books books)" "8 2 0 0 0 6"
is "each of the others says why" "$(jq -c '[._line, ._reason, ._field, ._value]' rejects)" \
'[4,"required","id",""]
[5,"required","id",null]
[6,"required","id",null]
[7,"text","nome","a\u0000b"]
[1,"superseded","id","A"]
[3,"superseded","id","A"]'
is "with the record as it came" "$(jq -c 'select(._line == 3)._record' rejects)" \
	'{"q":3,"id":"A"}'
is "the load's own columns are left out and counted" "$(jq -c .ignored books)" \
	'{"row_version":1,"process_id":1}'

status "a member without a column" 65 mh-load pedidos <<<'{"id":"Z","z":1}'
says "is named" 'line 1: member z: no such column; --ignore-unknown'
says "and nothing is loaded" 'nothing was loaded'
rm books
status "unless it may go" 0 mh-load --ignore-unknown --summary books pedidos \
	<<<'{"id":"Z","z":1,"q":3}'
is "and is counted" "$(jq -c .ignored books)" '{"z":1}'
status "only these columns" 0 mh-load --columns id,nome pedidos \
	<<<'{"id":"Z","nome":"n","q":9}'
is "leave the others alone" "$(q "SELECT q, nome FROM pedidos WHERE id = 'Z'")" "3|n"
status "the load's own by name" 0 mh-load --columns id,row_version pedidos \
	<<<'{"id":"Z","row_version":41}'
is "come from the record" "$(q "SELECT row_version FROM pedidos WHERE id = 'Z'")" 41
status "columns without the key" 78 mh-load --columns nome pedidos </dev/null

# What comes out goes in and comes out again the same.
q "CREATE TABLE types (id int PRIMARY KEY, n numeric, f float8, b bool, t text,
	ts timestamp, tz timestamptz, d date, j json, jb jsonb, x bytea,
	v interval, a text[], c varchar(5), \"Odd \"\"c\" text)"
q "INSERT INTO types VALUES
	(1, 12345678901234567890.10, 1e-7, true, E'a\\\\b\\tc\\nd\\r\"' || chr(1),
	'2024-05-06 07:08:09.120', '2024-05-06 07:08:09-03', '2024-02-29',
	'{\"a\": \"x\\\\ty\"}', '\"s\"', '\\x00ff', '1 day 02:00', '{a,\"b c\"}',
	'12345', '\\N'),
	(2, 'NaN', '-Infinity', NULL, '', 'infinity', NULL, NULL, '[1,\"a\"]',
	'null', '', '0', '{NULL,\"NULL\"}', '', '\\.')"
mh-extract types >out
q "CREATE TABLE again (LIKE types INCLUDING ALL)"
status "every type there and back" 0 mh-load again out
check "comes out as it went in" cmp out <(mh-extract again)
is "in the table too" "$(q "SELECT count(*) FROM types t JOIN again a ON
	ROW(t.n, t.f, t.b, t.t, t.ts, t.tz, t.d, t.x, t.v, t.a, t.c)::record
	*= ROW(a.n, a.f, a.b, a.t, a.ts, a.tz, a.d, a.x, a.v, a.a, a.c)::record")" 2
echo '{"id":1,"b":"true","n":"0.10","j":"um","jb":{"b":[1, 2]},"t":{"a": 1},"f":1e2}' >in
status "values in other forms" 0 mh-load again in
is "are taken by their text" "$(mh-extract again --where id=1 --columns b,n,j,jb,t,f)" \
	'{"b":true,"n":0.10,"j":"um","jb":{"b":[1,2]},"t":"{\"a\": 1}","f":100}'

status "an unknown table" 78 mh-load nowhere one
status "no table" 2 mh-load
status "a URL for a table" 2 mh-load postgresql://u:p@h/d
status "a wrong mode" 2 mh-load --mode insert pedidos
status "too large a batch" 2 mh-load --batch 100001 pedidos
LAKEHOUSE_URL=https://x.supabase.co status "the API's address" 78 mh-load pedidos one
is "no temporary table is left" "$(q "SELECT count(*) FROM pg_class
	WHERE relname = 'mh_stage'")" 0

done_testing

#!/bin/bash
# mh-load: append and replace, keys of several columns, tables without one.
. "$(dirname "$0")/db.sh"

q "CREATE TABLE par (loja text, n int, v text, row_version int DEFAULT 1,
	PRIMARY KEY (n, loja))"
cat >one <<'END'
{"loja":"a","n":1,"v":"x"}
{"loja":"b","n":1,"v":"y"}
{"loja":"a","n":2,"v":"z"}
END
status "a key of two columns" 0 mh-load par one
sed 's/"x"/"xx"/' one >two
echo '{"loja":"a","n":2,"v":"zz"}' >>two
status "updates by both" 0 mh-load --summary books -r rejects par two
is "counts" "$(books books)" "4 0 2 1 0 1"
is "superseded names both" "$(jq -c '[._reason, ._field, ._value]' rejects)" \
	'["superseded","n,loja",[2,"a"]]'
status "a part of the key is missing" 0 mh-load -r rejects par <<<'{"loja":"q"}'
is "is a reject" "$(jq -c '[._reason, ._field]' rejects)" '["required","n"]'

q "TRUNCATE par; INSERT INTO par VALUES ('a', 1, 'x'), ('b', 1, 'y'),
	('c', 9, 'old')"
kept=$(q "SELECT xmin FROM par WHERE loja = 'a'")
cat >in <<'END'
{"loja":"a","n":1,"v":"x"}
{"loja":"b","n":1,"v":"new"}
{"loja":"d","n":4,"v":"w"}
END
rm -f books
status "replace" 0 mh-load --summary books --replace par in
is "inserts, updates, leaves and deletes" "$(books books)" "3 1 1 1 1 0"
is "the table holds the stream" \
	"$(mh-extract par --columns loja,n,v | sort)" "$(cat in)"
is "what did not differ was not touched" \
	"$(q "SELECT xmin FROM par WHERE loja = 'a'")" "$kept"
status "replaced by an empty stream" 0 mh-load --mode replace par </dev/null
is "it is empty" "$(q "SELECT count(*) FROM par")" 0
q "CREATE TABLE filho (n int, loja text, FOREIGN KEY (n, loja) REFERENCES par)"
mh-load par one
q "INSERT INTO filho VALUES (1, 'a')"
status "a row that others refer to cannot go" 65 mh-load --replace par </dev/null
says "in the database's words" 'cannot be deleted: update or delete on table "par" violates'
is "and nothing changes" "$(q "SELECT count(*) FROM par")" 3

q "CREATE TABLE keys (a int, b int, PRIMARY KEY (a, b))"
status "nothing but a key" 0 mh-load keys <<<'{"a":1,"b":2}'
rm books
status "again" 0 mh-load --summary books keys <<<'{"a":1,"b":2}'
is "is unchanged" "$(books books)" "1 0 0 1 0 0"

q "CREATE TABLE log (id serial PRIMARY KEY, v int UNIQUE, t text DEFAULT 'd')"
rm books
status "append" 0 mh-load --summary books -r rejects --mode append --columns v log \
	<<<'{"v":1}
{"v":2}
{"v":1}
{"v":3}'
is "adds rows, and refuses what a unique key does" "$(books books)" "4 3 0 0 0 1"
is "with the defaults of the others" "$(q "SELECT string_agg(v || t, ' ' ORDER BY id)
	FROM log")" "1d 2d 3d"
is "and the record that is refused" "$(jq -c ._line rejects)" 3

q "CREATE TABLE nokey (v int, row_version int, process_id text DEFAULT 'none')"
status "upsert without a primary key" 78 mh-load nokey </dev/null
says "has a hint" 'no primary key'
says "what to do" '--mode append'
q "CREATE VIEW vista AS SELECT v FROM nokey"
status "nor into a view" 78 mh-load vista </dev/null
status "append knows no key" 0 mh-load --mode append nokey <<<'{"v":1}
{"v":1}'
status "append through a view" 0 mh-load --mode append vista <<<'{"v":5}'
is "all are there" "$(q "SELECT v, row_version, process_id FROM nokey ORDER BY v")" \
'1|1|none
1|1|none
5||none'
rm -f books
status "replace without a key" 0 mh-load --replace --summary books nokey <<<'{"v":7}'
is "deletes all and inserts" "$(books books)" "1 1 0 0 3 0"

q "CREATE TABLE computed (id int PRIMARY KEY, a int,
	b int GENERATED ALWAYS AS (a * 2) STORED)"
mh-load computed <<<'{"id":1,"a":2}'
mh-extract computed >out
status "what the database computes may be in the stream" 0 mh-load computed out
status "but cannot be asked for" 78 mh-load --columns id,b computed out

q "CREATE SCHEMA \"O.dd\"; CREATE TABLE \"O.dd\".\"T\"\"x\" (\"I d\" int PRIMARY KEY,
	\"n\" int, \"place\" text, c1 text, \"select\" text)"
echo '{"I d":1,"n":2,"place":"p","c1":"c","select":"s"}' >in
mh-load '"O.dd"."T""x"' in
status "odd names, and names like ours" 0 mh-load '"O.dd"."T""x"' in
check "all come back" cmp in <(mh-extract '"O.dd"."T""x"')
q "CREATE TABLE parts (id int PRIMARY KEY, v int) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10)"
status "partitions" 0 mh-load -r rejects parts <<<'{"id":1,"v":1}
{"id":11,"v":1}'
is "a row without one is refused" "$(rows rejects _message)" \
	'no partition of relation "parts" found for row: Partition key of the failing row contains (id) = (11).'

done_testing

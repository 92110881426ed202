#!/bin/bash
# mh-load: whichever way the rows go, the table is the same.
. "$(dirname "$0")/db.sh"

# --- in binary form or as text: a column of a float leaves only text

columns="n numeric, m numeric(12,2), i bigint, s smallint, b bool, d date,
	ts timestamp, tz timestamptz, u uuid, c varchar(6), j jsonb"
q "CREATE TABLE bin (id int PRIMARY KEY, $columns);
	CREATE TABLE txt (id int PRIMARY KEY, $columns, f float8)"
cat >in <<'END'
{"id":1,"n":0,"m":0,"i":0,"s":0,"b":false,"d":"2000-01-01","ts":"2000-01-01T00:00:00","tz":"2000-01-01T00:00:00Z","u":"00000000-0000-0000-0000-000000000000","c":"","j":0}
{"id":2,"n":-0.00,"m":-0.01,"i":-999999999999999999,"s":-32767,"b":true,"d":"1999-12-31","ts":"1999-12-31 23:59:59.999999","tz":"1999-12-31T23:59:59.5-03:00","u":"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11","c":"çãéíóú","j":"s"}
{"id":-3,"n":10000,"m":9999999999.99,"i":9223372036854775807,"s":32767,"b":"t","d":"0044-03-15 BC","ts":"infinity","tz":"2024-02-29 12:00:00+05","u":"{a0eebc999c0b4ef8bb6d6bb9bd380a11}","c":"a\tb\\","j":{"a":[1, null]}}
{"id":4,"n":0.0001000,"m":1.005,"i":"12","s":"-7","d":"2199-12-31","ts":"2100-02-28T01:02:03.4","tz":"1900-01-01T00:00:00+14:00","u":null,"c":"\\N","j":null}
{"id":5,"n":123456789012345678901234567890.123456789,"m":12345.6,"i":-1,"s":1,"b":null,"d":"2024-02-29","ts":"1900-03-01T00:00:00","tz":"2024-02-29T00:00:00-00:30","c":"a\tb\\","j":{"a":[1, null]}}
{"id":6,"n":1e-5,"m":1e3,"i":-9223372036854775808,"s":-32768,"b":"no","d":"29 Feb 2024","ts":"2024-02-29T24:00:00","tz":"2024-02-29T12:00:00"}
{"id":7,"n":"NaN","m":"1.","i":"+5","ts":"2024-02-29 00:00"}
{"id":8,"n":100000000,"m":-10000.1,"i":100000}
{"id":9,"n":-0.12345,"m":"007.10"}
END
export LC_ALL=C.UTF-8
status "in binary form where there is one" 0 mh-load bin in
status "as text" 0 mh-load txt in
same_rows()
{
	is "$1" "$(q "SELECT count(*) FROM bin JOIN txt USING (id)
		WHERE ROW(bin.*)::bin::text = ROW(txt.id, txt.n, txt.m, txt.i, txt.s,
		txt.b, txt.d, txt.ts, txt.tz, txt.u, txt.c, txt.j)::bin::text
		AND ROW(bin.n, bin.m)::record *= ROW(txt.n, txt.m)::record")" 9
}
same_rows "is the same"
for f in {1..9}; do
	sed -n "${f}p" in >"row$f"
done
q "TRUNCATE bin"
for f in {1..9}; do
	mh-load bin "row$f"
done
same_rows "is the same row by row, into a table with rows"
rm -f books
status "what is there" 0 mh-load --summary books bin in
is "does not differ" "$(books books)" "9 0 0 9 0 0"
cat >in <<'END'
{"id":1,"s":40000}
{"id":2,"d":"2023-02-29"}
{"id":5,"c":"too long"}
{"id":6,"u":"z0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}
{"id":8,"n":1.0.0}
END
sed -i '$d' in
status "what no form can hold" 0 mh-load -r rejects bin in
is "is refused in the server's words" "$(rows rejects _message)" \
'value "40000" is out of range for type smallint
date/time field value out of range: "2023-02-29"
value too long for type character varying(6)
invalid input syntax for type uuid: "z0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"'

# --- straight into an empty table, or through a temporary one

q "CREATE TABLE pais (id text PRIMARY KEY);
	INSERT INTO pais VALUES ('BR'), ('PT');
	CREATE TABLE t (id int PRIMARY KEY, pais text REFERENCES pais, q int,
	data_ingestao timestamp, row_version int, process_id varchar(4))"
for i in {1..3000}; do
	echo "{\"id\":$i,\"pais\":\"BR\",\"q\":$i}"
done >good
export MH_PROCESS_ID=p1
rm -f books
status "into an empty table" 0 mh-load --summary books t good
is "all is inserted" "$(books books)" "3000 3000 0 0 0 0"
is "with the columns of the load" "$(q "SELECT DISTINCT row_version, process_id,
	abs(extract(epoch FROM data_ingestao - (now() AT TIME ZONE 'UTC'))) < 60
	FROM t")" "1|p1|t"
q "TRUNCATE t"
{
	echo '{"q":1}'
	sed -n 1,1500p good
	echo '{"id":7,"pais":"PT","q":"+7","x":1}'
	sed -n '1501,$p' good
	echo '{"id":9999,"pais":"XX"}'
	echo '{"id":8888,"pais":"BR","q":"?"}'
} >in
rm -f books
status "it starts over where rows meet, or are refused" 0 \
	mh-load --ignore-unknown --batch 100 --summary books -r rejects t in
is "nothing counts twice" "$(books books)" "3004 3000 0 0 0 4"
is "each for its reason" "$(jq -c '[._line, ._reason, ._field]' rejects)" \
'[1,"required","id"]
[3004,"database","q"]
[8,"superseded","id"]
[3003,"database",null]'
is "of one key the last came in" "$(q "SELECT pais FROM t WHERE id = 7")" PT
is "what was left out was counted once" "$(jq -c .ignored books)" '{"x":1}'
q "TRUNCATE t"
status "it starts over before a row of another shape" 0 mh-load -r rejects t \
	<<<'{"id":1,"q":1}
{"id":1,"q":2}
{"q":"+3","id":4}'
is "which is read as it is" "$(q "SELECT id, q FROM t ORDER BY id")" "1|2
4|3"
q "TRUNCATE t"
MH_PROCESS_ID=toolong status "a value of the load that does not fit" 0 \
	mh-load -r rejects t <(head -n 2 good)
is "refuses every row" "$(rows rejects _message | sort | uniq -c | tr -s ' ')" \
	' 2 value too long for type character varying(4)'
rm -f books
status "append starts over too" 0 mh-load --mode append --summary books -r rejects t in \
	--ignore-unknown
is "and refuses the second of a key" "$(books books)" "3004 3000 0 0 0 4"
is "by its line" "$(jq -c 'select(._message // "" | contains("duplicate"))._line' \
	rejects)" 1502
unset MH_PROCESS_ID

# A trigger that wants to see the rows of one statement.
q "TRUNCATE t; CREATE TABLE seen (n int);
	CREATE FUNCTION count_new() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
	INSERT INTO seen SELECT count(*) FROM new_rows; RETURN NULL; END \$\$;
	CREATE TRIGGER t AFTER INSERT ON t REFERENCING NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION count_new()"
status "into an empty table with a trigger" 0 mh-load --batch 100 t good
is "it is one statement" "$(q "SELECT n FROM seen")" 3000
q "DROP TRIGGER t ON t"

# --- keys that come twice, found in any order

q "INSERT INTO t VALUES (0)"
twice()
{
	rm -f books
	mh-load --columns id,q --summary books -r rejects t
	is "$1" "$(books books) $(jq -c '._line' rejects | tr '\n' ' ')" "$2"
}
q "TRUNCATE t; INSERT INTO t VALUES (0)"
twice "rising" "3 2 0 0 0 1 2 " <<'END'
{"id":1}
{"id":2}
{"id":2}
END
twice "falling" "3 1 0 1 0 1 1 " <<'END'
{"id":3}
{"id":2}
{"id":3}
END
twice "in two forms" "2 1 0 0 0 1 1 " <<'END'
{"id":10}
{"id":"+10"}
END
q "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2',
	deterministic = false);
	CREATE TABLE names (id text COLLATE blind PRIMARY KEY, q int);
	INSERT INTO names VALUES ('x')"
rm -f books
status "equal to the collation alone" 0 mh-load --summary books -r rejects names \
	<<<'{"id":"ANA"}
{"id":"ana"}'
is "they are one key" "$(books books)" "2 1 0 0 0 1"

# --- many that are refused

awk 'BEGIN { for (i = 1; i <= 4000; i++)
	printf "{\"id\":%d,\"pais\":\"%s\",\"q\":%s}\n", i,
		i % 2 ? "BR" : "XX", i % 10 == 1 ? "\"um\"" : i }' >in
q "TRUNCATE t"
rm -f books
status "every other row refused" 0 mh-load --summary books -r rejects t in
is "the others are there" "$(books books)" "4000 1600 0 0 0 2400"
is "and only they" "$(q "SELECT count(*) FROM t WHERE id % 2 = 1 AND id % 10 <> 1")" 1600
is "the refused are in the stream's order" "$(jq 'select(._field == null)._line' rejects |
	sort -nc 2>&1)" ''

done_testing

#!/bin/bash
# The ledger: mh-load's books in the schema mh, in the transaction of the data.
. "$(dirname "$0")/db.sh"

schema=$ROOT/scripts/schema
shape()
{
	pg_dump -s | grep -v restrict
}

# seal FILE [MEMBERS]: a stream of the run MH_RUN, as if a program had written
# it, with further members of its books
seal()
{
	local n
	n=$(wc -l <"$1")
	cat "$1"
	printf '{"$mh":"end","run":"%s","stages":[{"tool":"mh-feed","in":%d,"out":%d,"rejected":0%s}]}\n' \
		"${MH_RUN-r}" "$n" "$n" "${2-}"
}

# load RUN TABLE FILE [OPTION...]: in a run; the summary in the file books
load()
{
	local run=$1 table=$2 file=$3
	shift 3
	rm -f books
	seal "$file" "${members-}" >sealed
	MH_RUN=$run mh-load --summary books "$@" "$table" sealed
}

stages() # RUN TABLE
{
	q "SELECT place, tool, records_in, records_out, rejected
		FROM mh.stage WHERE run = '$1' AND target = '$2' ORDER BY place"
}

rejects() # RUN
{
	q "SELECT place, reason, field, severity, records, closed_by
		FROM mh.reject WHERE run = '$1' ORDER BY place, reason, field"
}

ledger() # all of it
{
	q "SELECT (SELECT count(*) FROM mh.run), (SELECT count(*) FROM mh.stage),
		(SELECT count(*) FROM mh.reject),
		(SELECT count(*) FROM mh.expectation)"
}

# --- without the schema

q "CREATE SCHEMA silver; CREATE TABLE silver.early (id int PRIMARY KEY)"
echo '{"id":1}' >one
status "a run without a ledger" 0 load r0 silver.early one
is "loads, and says which table" "$(jq -c '[.table, .inserted, has("hash")]' books)" \
	'["silver.early",1,false]'
is "and makes no ledger" "$(q "SELECT to_regnamespace('mh') IS NULL")" t
MH_RUN=r0 MH_SUMMARY=books status "an extract" 0 mh-extract -l silver.early
is "says it too" "$(jq -r .table <<<"$(tail -n 1 books)")" silver.early
q "DROP TABLE silver.early; DROP SCHEMA silver"

cat >itens.contract <<'END'
entity itens
key id
column id text
column q int
column r int
column v decimal(14,2) required
END
status "the schema" 0 "$schema" itens.contract
shape >before
status "the schema again" 0 "$schema" itens.contract
is "without a word" "$said" ''
check "changes nothing" cmp before <(shape)

# --- the books of a pipe

cat >itens <<'END'
{"id":"1","q":"2","v":"10,50"}
{"id":"2","q":"dois","v":"1"}
{"id":"3","q":"3","v":"muito"}
{"id":"4","q":"9","r":"um","v":"1,50"}
{"id":"1","q":"5","v":"99"}
{"q":"5","v":"1"}
END
# silver RUN [OPTION...]: the pipe of a run
silver()
{
	export MH_RUN=$1 MH_SUMMARY=$PWD/books
	shift
	rm -f books
	seal itens >sealed
	mh-clean -c itens.contract -r unclean sealed |
		mh-expect --drop 'poucos=q < 9' --warn 'caro=v > 2' \
			--warn 'tem_id=not_null(id)' -r unexpected |
		mh-load "$@" silver.itens
	local got=$?
	unset MH_RUN MH_SUMMARY
	return "$got"
}
status "a pipe" 0 silver r1
is "is in the ledger, a row for each program" "$(stages r1 silver.itens)" \
'1|mh-feed|6|6|0
2|mh-clean|6|3|3
3|mh-expect|3|1|2
4|mh-load|1|1|0'
is "with its rejects, by reason" "$(rejects r1)" \
'2|decimal|v|drop|1|
2|duplicate|id|drop|1|
2|int|q|warn|1|
2|int|r|warn|1|
2|required|id|drop|1|
3|poucos||drop|2|'
is "with its expectations" "$(q "SELECT place, name, severity, passed, failed
	FROM mh.expectation WHERE run = 'r1' ORDER BY name")" \
'3|caro|warn|1|2
3|poucos|drop|1|2
3|tem_id|warn|3|0'
is "with all that they say" "$(q "SELECT books FROM mh.stage WHERE run = 'r1'
	AND place = 4" | jq -Sc .)" "$(tail -n 1 books | jq -Sc 'del(.seconds,
	.status, .run, .upstream)')"
is "the rows and the hash too" "$(q "SELECT rows, hash FROM mh.stage
	WHERE rows IS NOT NULL OR hash IS NOT NULL")" \
	"$(tail -n 1 books | jq -r '"\(.rows)|\(.hash)"')"
is "the run is known" "$(q "SELECT run, began < now(), ended, status FROM mh.run")" \
	'r1|t||'

# Programs with laws of their own, and several streams read as one.
q "CREATE TABLE gold.soma (id int PRIMARY KEY, n bigint)"
seq -f '{"id":%.0f,"nome":"a"}' 3 >left
seq -f '{"id":%.0f,"outro":"b"}' 2 9 >right
export MH_RUN=r2
seal left >a
seal right >b
status "a pipe of many kinds" 0 sh -c 'mh-join -k id --left -f outro b a |
	mh-wrap -- tac | mh-derive "m=id" | mh-aggregate -k id -a "n=count()" |
	mh-load gold.soma'
is "is in the ledger" "$(stages r2 gold.soma)" \
'1|mh-feed|3|3|0
2|mh-join|3|3|0
3|mh-wrap|3|3|0
4|mh-derive|3|3|0
5|mh-aggregate|3|3|0
6|mh-load|3|3|0'
q "CREATE TABLE bronze.ids (id int PRIMARY KEY, nome text, outro text)"
status "two streams" 0 mh-load --mode append bronze.ids a <(tail -n +3 right |
	cat >c && seal c)
is "are one in the ledger" "$(stages r2 bronze.ids)" \
'1|cat|9|9|0
2|mh-load|9|9|0'
is "with both of their own" "$(q "SELECT jsonb_path_query_array(books,
	'$.inputs[*][*].out') FROM mh.stage WHERE tool = 'cat'")" '[3, 6]'
unset MH_RUN
is "a run is there once, whatever it loads" "$(q "SELECT run FROM mh.run
	ORDER BY run")" 'r1
r2'

q "CREATE TABLE bronze.n1 (id int PRIMARY KEY); CREATE TABLE bronze.n2 (LIKE
	bronze.n1 INCLUDING ALL); CREATE TABLE bronze.n3 (LIKE bronze.n1 INCLUDING
	ALL); CREATE TABLE bronze.n4 (LIKE bronze.n1 INCLUDING ALL)"
seal one >sealed
for i in 1 2 3 4; do
	MH_RUN=r3 mh-load bronze.n$i sealed &
done
wait
is "loads of one run at the same time" "$(q "SELECT string_agg(target, ' '
	ORDER BY target) FROM mh.stage WHERE run = 'r3' AND place = 2")" \
	'bronze.n1 bronze.n2 bronze.n3 bronze.n4'

# --- loads that leave nothing

before=$(ledger)
status "a table twice in a run" 78 load r2 bronze.ids one
is "is refused" "$said" \
"mh-load: bronze.ids: run r2 has loaded it already; a run loads a table once
mh-load: bronze.ids: nothing was loaded"
status "before anything is read" 78 sh -c 'MH_RUN=r2 mh-load bronze.ids nowhere'
says "not even a file" 'run r2 has loaded it already'
echo '{"id":"x"}' >wrong
status "too many rejects" 1 load r4 bronze.ids wrong
is "the summary says nothing of rows" "$(jq -c '[.status, .rejected, .table,
	has("inserted"), has("hash")]' books)" '[1,1,"bronze.ids",false,false]'
status "a stream that is not sealed" 65 sh -c 'MH_RUN=r4 mh-load bronze.ids one'
status "outside a run" 0 mh-load bronze.ids one
is "all of them leave no trace" "$(ledger)" "$before"
is "nor do rows" "$(q "SELECT count(*) FROM bronze.ids")" 9

# Books that a program of ours would not write.
refused() # NAME MEMBERS WORDS
{
	echo '{"id":100}' >new
	members=$2 status "$1" 70 load r4 bronze.ids new
	says "$1: says what is wrong" "bronze.ids: the ledger refuses the books: $3"
}
refused "reasons that are too few" ',"warned":2' \
	'the rejects of mh-feed, place 1 of bronze.ids, are not the sum'
refused "expectations that miss a record" \
	',"expectations":[{"name":"e","severity":"warn","passed":0,"failed":0}]' \
	'insert or update on table "expectation" violates foreign key'
is "nothing is loaded" "$(q "SELECT count(*) FROM bronze.ids WHERE id = 100")" 0
is "nor entered" "$(ledger)" "$before"
says "the last word is that" 'bronze.ids: nothing was loaded'

# --- what is written by hand

q "INSERT INTO mh.run VALUES ('h')"
# stage_row PLACE TOOL IN OUT REJECTED [MEMBERS [ROWS HASH]]
stage_row()
{
	printf "INSERT INTO mh.stage (run, target, place, tool, records_in,
		records_out, rejected, books, rows, hash) VALUES ('h', 't', %d, '%s',
		%d, %d, %d, '{\"tool\":\"%s\",\"in\":%d,\"out\":%d,\"rejected\":%d%s}', %s, %s);" \
		"$1" "$2" "$3" "$4" "$5" "$2" "$3" "$4" "$5" "${6-}" \
		"${7-NULL}" "${8-NULL}"
}
# forbidden NAME CONSTRAINT SQL
forbidden()
{
	status "$1" 3 psql -XAtq -v ON_ERROR_STOP=1 <<<"BEGIN; $3 COMMIT"
	says "$1: $2" "\"$2\""
}
allowed() # NAME SQL
{
	status "$1" 0 psql -XAtq -v ON_ERROR_STOP=1 <<<"BEGIN; $2 ROLLBACK"
}
two="$(stage_row 1 a 5 5 0)$(stage_row 2 b 5 5 0)"
allowed "two stages" "$two"
forbidden "a stage that takes more than it was given" handing_on \
	"$(stage_row 1 a 5 5 0)$(stage_row 2 b 6 6 0)"
forbidden "a stage behind none" handing_on "$(stage_row 2 b 5 5 0)"
forbidden "a count changed" handing_on "$two UPDATE mh.stage SET records_out = 4,
	rejected = 1, books = books || '{\"out\":4,\"rejected\":1}' WHERE tool = 'a';"
forbidden "a place of its own" counts "$(stage_row 0 a 5 5 0)"
forbidden "a record lost" law "$(stage_row 1 mh-clean 5 4 0)"
forbidden "a record made" law "$(stage_row 1 mh-save 5 6 0)"
allowed "a shard" "$(stage_row 1 mh-clean 5 2 0 ',"elsewhere":3')"
forbidden "a shard that lost a record" law \
	"$(stage_row 1 mh-clean 5 2 0 ',"elsewhere":2')"
forbidden "other counts than the books'" stage_books \
	"$two UPDATE mh.stage SET records_in = 6, records_out = 6 WHERE tool = 'b';"
forbidden "another tool" stage_books "$two UPDATE mh.stage SET tool = 'c';"
join=',"matched":3,"unmatched":2,"pairs":7'
allowed "a join" "$(stage_row 1 mh-join 5 7 0 "$join")"
allowed "a left join" "$(stage_row 1 mh-join 5 9 0 "$join")"
forbidden "a join of its own" law_of_join "$(stage_row 1 mh-join 5 8 0 "$join")"
forbidden "a join that misses a record" law_of_join \
	"$(stage_row 1 mh-join 6 7 0 "$join")"
allowed "a shard of a join" "$(stage_row 1 mh-join 8 7 0 "$join,\"elsewhere\":3")"
forbidden "one that misses a record" law_of_join \
	"$(stage_row 1 mh-join 8 7 0 "$join,\"elsewhere\":2")"
forbidden "a join without counts" law_of_join "$(stage_row 1 mh-join 5 5 0)"
allowed "an aggregate" "$(stage_row 1 mh-aggregate 5 2 0 ',"groups":2')"
allowed "one of nothing" "$(stage_row 1 mh-aggregate 0 1 0 ',"groups":1')"
forbidden "groups that are no records" law_of_aggregate \
	"$(stage_row 1 mh-aggregate 5 3 0 ',"groups":2')"
forbidden "groups out of nothing" law_of_aggregate \
	"$(stage_row 1 mh-aggregate 5 6 0 ',"groups":6')"
allowed "a foreign program" "$(stage_row 1 mh-wrap 5 900 0 ',"produced":900')"
forbidden "one that gave more" law_of_wrap \
	"$(stage_row 1 mh-wrap 5 900 0 ',"produced":901')"
allowed "rejects read again" "$(stage_row 1 mh-rejects 5 2 0 ',"skipped":3')"
forbidden "a reject forgotten" law_of_rejects \
	"$(stage_row 1 mh-rejects 5 2 0 ',"skipped":2')"
forbidden "nothing said of those" law_of_rejects "$(stage_row 1 mh-rejects 5 5 0)"
inputs=',"inputs":[[{"out":9},{"out":2}],[{"out":3}]]'
allowed "two inputs" "$(stage_row 1 cat 5 5 0 "$inputs")"
forbidden "two inputs that are more" law_of_cat "$(stage_row 1 cat 6 6 0 "$inputs")"
forbidden "no inputs" law_of_cat "$(stage_row 1 cat 5 5 0)"
counts=',"inserted":1,"updated":2,"unchanged":2'
hash="'0123456789abcdef'"
allowed "a load" "$(stage_row 1 mh-load 5 5 0 "$counts" 9 "$hash")"
forbidden "a load of more" law_of_load \
	"$(stage_row 1 mh-load 6 6 0 "$counts" 9 "$hash")"
forbidden "a load of nobody knows what" law_of_load \
	"$(stage_row 1 mh-load 5 5 0 '' 9 "$hash")"
forbidden "a load without a hash" table_hash "$(stage_row 1 mh-load 5 5 0 "$counts")"
forbidden "a hash that is none" table_hash \
	"$(stage_row 1 mh-load 5 5 0 "$counts" 9 "'0123'")"
forbidden "a hash of others" table_hash "$(stage_row 1 mh-save 5 5 0 '' 9 "$hash")"

reject="INSERT INTO mh.reject VALUES ('h', 't', 1, 'r', NULL, 'drop', 2);"
later="SET CONSTRAINTS ALL DEFERRED;"
five="$(stage_row 1 a 5 3 2)"
allowed "rejects by hand" "$later $five $reject SET CONSTRAINTS ALL IMMEDIATE;"
summed() # NAME SQL
{
	status "$1" 3 psql -XAtq -v ON_ERROR_STOP=1 <<<"BEGIN; $2 COMMIT"
	says "$1: they do not add up" 'the rejects of a, place 1 of t, are not the sum'
}
summed "rejects without a reason" "$five"
summed "put off until the end" "$later $five"
summed "a reason too many" "$later $five $reject SET CONSTRAINTS ALL IMMEDIATE;
	INSERT INTO mh.reject VALUES ('h', 't', 1, 's', NULL, 'drop', 1);"
summed "a reason less" "$later $five $reject SET CONSTRAINTS ALL IMMEDIATE;
	DELETE FROM mh.reject WHERE run = 'h';"
summed "a number changed" "$later $five $reject SET CONSTRAINTS ALL IMMEDIATE;
	UPDATE mh.reject SET records = 3 WHERE run = 'h';"
summed "a reject made a warning" "$later $five $reject SET CONSTRAINTS ALL
	IMMEDIATE; UPDATE mh.reject SET severity = 'warn' WHERE run = 'h';"
summed "a warning that nobody gave" "$two INSERT INTO mh.reject
	VALUES ('h', 't', 1, 'r', NULL, 'warn', 2);"
forbidden "a reason twice" reject_of_records "$later $five $reject $reject"
forbidden "no record" counts "$later $five $reject UPDATE mh.reject
	SET records = 0 WHERE run = 'h';"
forbidden "another severity" severities "$later $five $reject UPDATE mh.reject
	SET severity = 'x' WHERE run = 'h';"
forbidden "closed by its own run" closed_later "$later $five $reject
	UPDATE mh.reject SET closed_by = run WHERE run = 'h';"
forbidden "closed by no run" reject_closed_by_fkey "$later $five $reject
	UPDATE mh.reject SET closed_by = 'never' WHERE run = 'h';"
forbidden "rejects of no stage" reject_run_target_place_fkey "$reject"
expectation="INSERT INTO mh.expectation VALUES ('h', 't', 1, 'e', 'warn'"
allowed "an expectation" "$two $expectation, 2, 3);"
forbidden "one that misses a record" all_tested "$two $expectation, 2, 2);"
forbidden "one that sees too many" all_tested "$two $expectation, 2, 4);"
allowed "one that cannot be asked about a broken line" "$later
	$(stage_row 1 mh-expect 5 2 3 ',"reasons":[
	{"reason":"json","field":null,"severity":"drop","records":1},
	{"reason":"e","field":null,"severity":"drop","records":2}]')
	$expectation, 2, 2);"
allowed "one that is called like a broken line" "$later
	$(stage_row 1 mh-expect 5 2 3 ',"reasons":[
	{"reason":"json","field":null,"severity":"drop","records":3}],
	"expectations":[{"name":"json"}]')
	INSERT INTO mh.expectation VALUES ('h', 't', 1, 'json', 'drop', 2, 3);"
forbidden "a run that ended without a status" run_end \
	"UPDATE mh.run SET ended = now() WHERE run = 'h';"
q "DELETE FROM mh.run WHERE run = 'h'"
is "nothing of all that has stayed" "$(ledger)" "$before"

# --- rejects are closed

is "of the first run all is open" "$(q "SELECT count(*) FROM mh.reject
	WHERE closed_by IS NULL")" 6
status "the same again" 0 silver s1
is "closes nothing" "$(q "SELECT DISTINCT closed_by FROM mh.reject")" ''
status "the whole table" 0 silver s2 --whole
is "closes what was open" "$(q "SELECT run, closed_by, count(*) FROM mh.reject
	GROUP BY 1, 2 ORDER BY 1")" \
'r1|s2|6
s1|s2|6
s2||6'
status "once more" 0 silver s3 --replace
is "so does replace, and leaves what is closed" "$(q "SELECT run, closed_by
	FROM mh.reject GROUP BY 1, 2 ORDER BY 1")" \
'r1|s2
s1|s2
s2|s3
s3|'
status "another table" 0 load s4 bronze.ids one --whole
is "closes nothing here" "$(q "SELECT count(*) FROM mh.reject
	WHERE closed_by = 's4'")" 0

replay() # REASON FIELD SEVERITY RECORDS
{
	printf '{"run":"s3","reason":"%s","field":%s,"severity":"%s","records":%d}' "$@"
}
still_open()
{
	q "SELECT string_agg(reason || coalesce('(' || field || ')', ''), ' '
		ORDER BY reason, field) FROM mh.reject WHERE run = 's3'
		AND closed_by IS NULL"
}
echo '{"id":"50","q":1,"v":1}' >mended
members=",\"replays\":[$(replay poucos null drop 2),$(replay decimal '"v"' drop 1)]"
status "a replay" 0 load s5 silver.itens mended
is "closes just that" "$(still_open)" 'duplicate(id) int(q) int(r) required(id)'
members=",\"replays\":[$(replay duplicate '"id"' warn 1),$(replay int null warn 1),$(replay required '"v"' drop 1),$(replay required '"id"' drop 1 |
	sed s/s3/s2/)]"
status "a replay of others" 0 load s6 silver.itens mended
is "closes nothing" "$(still_open)" 'duplicate(id) int(q) int(r) required(id)'
members=",\"replays\":[$(replay duplicate '"id"' drop 1)]"
status "of another table" 0 load s6 bronze.ids one
is "nor here" "$(still_open)" 'duplicate(id) int(q) int(r) required(id)'
echo '{"id":"51","q":1,"v":1}' >third
seal third >other
seal mended "$members" >sealed
MH_RUN=s7 status "one of two streams" 0 mh-load silver.itens other sealed
is "closes what it replays" "$(still_open)" 'int(q) int(r) required(id)'
is "all of it in the run's name" "$(q "SELECT string_agg(DISTINCT closed_by, ' ')
	FROM mh.reject WHERE run = 's3'")" 's5 s7'
awk 'BEGIN { for (i = 0; i < 3; i++) print "{\"q\":1,\"v\":\"1\"}" }' >itens
status "three of a kind" 0 silver s8
members=',"replays":[{"run":"s8","reason":"required","field":"id","severity":"drop","records":2}]'
status "two of them" 0 load s9 silver.itens mended
is "do not close the third" "$(q "SELECT records, closed_by FROM mh.reject
	WHERE run = 's8'")" '3|'
members=
printf '%s\n' '{"nome":"a"}' '{"nome":"b"}' >anonymous
status "another table with the like" 0 load s8 bronze.ids anonymous -r refused
members=',"replays":[{"run":"s8","reason":"required","field":"id","severity":"drop","records":3}]'
status "all three" 0 load s10 silver.itens mended
is "are closed, and the other's stay" "$(q "SELECT target, records, closed_by
	FROM mh.reject WHERE run = 's8' ORDER BY target")" \
'bronze.ids|2|
silver.itens|3|s10'
is "as do another run's" "$(still_open)" 'int(q) int(r) required(id)'
members=",\"replays\":[$(replay int '"q"' warn 1)]"
status "one column of two" 0 load s11 silver.itens mended
is "is closed, and the other stays" "$(still_open)" 'int(r) required(id)'
members=

# --- the hash

q "CREATE TABLE silver.hashed (b text, id int PRIMARY KEY, n numeric,
	t timestamptz, f float8, dropped int, data_ingestao timestamp DEFAULT now(),
	row_version int); ALTER TABLE silver.hashed DROP dropped"
cat >rows <<'END'
{"id":1,"b":"a,\"b\"","n":1.50,"t":"2024-01-02T03:04:05Z","f":0.1}
{"id":2,"b":null,"n":-3,"t":null,"f":1e300}
{"id":3,"b":"","n":0,"t":"2024-01-02T03:04:05-03:00","f":null}
END
hash() # RUN
{
	q "SELECT rows, hash FROM mh.stage WHERE run = '$1' AND hash IS NOT NULL"
}
status "a table" 0 load t1 silver.hashed rows
q "SET timezone = UTC; SET datestyle = ISO; WITH v AS (
	SELECT coalesce(b, E'\\x01') AS b, id::text, coalesce(n::text, E'\\x01') AS n,
		coalesce(t::text, E'\\x01') AS t, coalesce(f::text, E'\\x01') AS f
	FROM silver.hashed)
	SELECT hashtextextended(f, hashtextextended(t, hashtextextended(n,
		hashtextextended(id, hashtextextended(b, 0))))) FROM v" >hashes
# machine words, so the sum is modulo 2^64
want=$(perl -ne 'use integer; $s += $_; END { printf "3|%016x\n", $s }' hashes)
is "its hash is the sum of the rows'" "$(hash t1)" "$want"
q "DELETE FROM silver.hashed"
tac rows >rows.back
status "the other way round, and later" 0 load t2 silver.hashed rows.back
is "it is the same" "$(hash t2)" "$want"
sed 's/1.50/1.5/' rows >changed
status "a digit less" 0 load t3 silver.hashed changed
is "it is another" "$([ "$(hash t3)" != "$want" ] && hash t3 | cut -c 1-2)" '3|'
status "as it was" 0 load t4 silver.hashed rows
is "it is the first again" "$(hash t4)" "$want"
: >nothing
status "nothing" 0 load t5 silver.hashed nothing --replace
is "has the hash of nothing" "$(hash t5)" '0|0000000000000000'
is "all sums come out" "$(q "SELECT string_agg(mh.sum64(n), ' ' ORDER BY n)
	FROM unnest(ARRAY[-18446744073709551617, -9223372036854775809,
	-9223372036854775808, -1, 0, 1, 9223372036854775807, 9223372036854775808,
	18446744073709551615, 18446744073709551616, 92233720368547758070]) AS v (n)")" \
'ffffffffffffffff 7fffffffffffffff 8000000000000000 ffffffffffffffff 0000000000000000 0000000000000001 7fffffffffffffff 8000000000000000 ffffffffffffffff 0000000000000000 fffffffffffffff6'

is "the books say of which columns" "$(q "SELECT books->'columns' FROM mh.stage
	WHERE run = 't4' AND tool = 'mh-load'")" '["b", "id", "n", "t", "f"]'
echo '{"id":1,"row_version":7}' >version
status "a column of the load's own as data" 0 load t6 silver.hashed version \
	--columns id,row_version
is "is one of them" "$(q "SELECT books->'columns' FROM mh.stage
	WHERE run = 't6' AND tool = 'mh-load'")" \
	'["b", "id", "n", "t", "f", "row_version"]'
sed -i s/7/8/ version
status "another value" 0 load t7 silver.hashed version --columns id,row_version
is "is another hash" "$([ "$(hash t6)" != "$(hash t7)" ] && hash t7 |
	cut -c 1-2)" '1|'
q "CREATE TABLE silver.nomes (id int PRIMARY KEY, t regclass)"
echo '{"id":1,"t":"silver.hashed"}' >name
status "a name in the search path" 0 load t8 silver.nomes name
PGOPTIONS='-c search_path=silver -c quote_all_identifiers=on' \
	status "or not" 0 load t9 silver.nomes name
is "is the same" "$(hash t8)" "$(hash t9)"

q 'CREATE SCHEMA "x.y"; CREATE SCHEMA x; CREATE TABLE "x.y".z (id int PRIMARY KEY);
	CREATE TABLE x."y.z" (id int PRIMARY KEY)'
status "a point in a name" 0 load v1 '"x.y".z' one
status "and elsewhere" 0 load v1 'x."y.z"' one
is "are two tables" "$(q "SELECT target FROM mh.stage WHERE run = 'v1'
	AND tool = 'mh-load' ORDER BY target")" \
'"x.y".z
x."y.z"'
LAKEHOUSE_URL=postgresql:///$db status "which are found" 0 mh-audit -q v1
q 'DROP SCHEMA "x.y", x CASCADE' 2>/dev/null

# --- who may do what

q "CREATE TABLE silver.papel (id int PRIMARY KEY)"
status "the grants for a new table" 0 "$schema" itens.contract
is "all is mh_owner's" "$(q "SELECT DISTINCT pg_get_userbyid(owner) FROM (
	SELECT nspowner FROM pg_namespace WHERE nspname = 'mh' UNION ALL
	SELECT relowner FROM pg_class WHERE relnamespace = 'mh'::regnamespace
	UNION ALL SELECT proowner FROM pg_proc
	WHERE pronamespace = 'mh'::regnamespace) AS v (owner)")" mh_owner
as() # ROLE SQL
{
	psql -XAtq -v ON_ERROR_STOP=1 -c "SET ROLE $1" -c "$2"
}
seal one >sealed
role='-c role=mh_load'
PGOPTIONS=$role MH_RUN=u1 status "mh_load loads" 0 mh-load silver.papel sealed
is "and the ledger has it" "$(stages u1 silver.papel)" \
'1|mh-feed|1|1|0
2|mh-load|1|1|0'
PGOPTIONS=$role MH_RUN=u2 status "and closes" 0 \
	mh-load --whole silver.papel sealed
status "but changes no books" 1 as mh_load "UPDATE mh.stage SET rejected = 0"
says "it may not" 'permission denied for table stage'
status "nor takes any away" 1 as mh_load "DELETE FROM mh.reject"
status "nor opens another's count" 1 as mh_load "UPDATE mh.reject SET records = 1"
status "it ends runs" 0 as mh_load "UPDATE mh.run SET ended = now(), status = 0
	WHERE run = 'u1'"
status "mh_read reads" 0 as mh_read "SELECT count(*) FROM mh.run, mh.stage,
	mh.reject, mh.expectation"
status "and no more" 1 as mh_read "INSERT INTO mh.run VALUES ('x')"
status "anon sees nothing" 1 as anon "SELECT count(*) FROM mh.run"
q "REVOKE ALL ON SCHEMA mh FROM mh_load"
PGOPTIONS=$role MH_RUN=u3 status "without a right on the ledger" 78 \
	mh-load silver.papel sealed
is "no load goes on" "$said" "mh-load: silver.papel: no right to enter the load in the ledger: USAGE on schema mh
mh-load: silver.papel: nothing was loaded"
q "GRANT USAGE ON SCHEMA mh TO mh_load; REVOKE UPDATE (closed_by) ON mh.reject
	FROM mh_load"
PGOPTIONS=$role MH_RUN=u3 status "without a right on a column" 78 \
	mh-load silver.papel sealed
says "nor then" 'no right to enter the load in the ledger: UPDATE on mh.reject'
q "ALTER TABLE mh.expectation RENAME TO expectations"
MH_RUN=u3 status "with a part of a ledger" 78 mh-load silver.papel sealed
says "nor then" 'pipelines.sh init makes the others'
q "ALTER SCHEMA mh RENAME TO ours"
MH_RUN=u3 status "without a ledger" 0 mh-load silver.papel sealed

done_testing

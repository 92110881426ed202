#!/bin/bash
# mh-load: what the database refuses is found and put aside, the rest stays.
. "$(dirname "$0")/db.sh"

q "CREATE TABLE produtos (id int PRIMARY KEY)"
q "INSERT INTO produtos SELECT generate_series(1, 100)"
q "CREATE TABLE vendas (id int PRIMARY KEY, produto int REFERENCES produtos
	DEFERRABLE INITIALLY DEFERRED, q int CHECK (q > 0), codigo text UNIQUE,
	nome varchar(10) NOT NULL)"
awk 'BEGIN {
	for (i = 1; i <= 25000; i++)
		printf "{\"id\":%d,\"produto\":%d,\"q\":%d,\"codigo\":\"c%d\"," \
			"\"nome\":\"n\"}\n", i, i % 100 + 1, i % 9 + 1, i
}' >good

# Values that their types refuse: while the rows go in.
sed -e '17s/"q":[0-9]*/"q":"doze"/' -e '9999s/"q":[0-9]*/"q":99999999999/' \
	-e '10000s/"nome":"n"/"nome":"longo demais"/' \
	-e '20000s/"id":20000/"id":"x"/' good >in
status "four bad values among 25,000" 0 mh-load --summary books -r rejects vendas in
is "only they are refused" "$(books books)" "25000 24996 0 0 0 4"
is "in the database's words" "$(jq -c '[._line, ._reason, ._field, ._value, ._message]' rejects)" \
'[17,"database","q","doze","invalid input syntax for type integer: \"doze\""]
[9999,"database","q",99999999999,"value \"99999999999\" is out of range for type integer"]
[10000,"database","nome","longo demais","value too long for type character varying(10)"]
[20000,"database","id","x","invalid input syntax for type integer: \"x\""]'
jq -c ._record rejects >again
check "with the records as they came" cmp again <(sed -n '17p;9999p;10000p;20000p' in)

# Rows that a constraint refuses: when they are merged.
q "TRUNCATE vendas"
mh-load vendas <(head -n 100 good)
sed -e '50s/"produto":[0-9]*/"produto":777/' -e '60s/"q":7/"q":8/' \
	-e '5000s/"q":[0-9]*/"q":-1/' -e '12345s/"codigo":"c12345"/"codigo":"c1"/' \
	-e '24999s/"nome":"n"/"nome":null/' good >in
rm -f books
status "four rows that constraints refuse" 0 \
	mh-load --summary books -r rejects vendas in
is "only they are refused" "$(books books)" "25000 24897 1 98 0 4"
is "each for its reason" "$(jq -c '[._line, ._field, ._message]' rejects)" \
'[50,null,"insert or update on table \"vendas\" violates foreign key constraint \"vendas_produto_fkey\": Key (produto)=(777) is not present in table \"produtos\"."]
[5000,null,"new row for relation \"vendas\" violates check constraint \"vendas_q_check\": Failing row contains (5000, 1, -1, c5000, n)."]
[12345,null,"duplicate key value violates unique constraint \"vendas_codigo_key\": Key (codigo)=(c1) already exists."]
[24999,"nome","null value in column \"nome\" of relation \"vendas\" violates not-null constraint: Failing row contains (24999, 100, 7, c24999, null)."]'
# row 50 was there before, and only its change is refused
is "the others are there" "$(q "SELECT count(*), sum(q) FROM vendas")" \
	"24997|$(jq -n '[inputs | select(.id != 5000 and .id != 12345 and
	.id != 24999) | .q] | add' in)"
is "and what was there stays" \
	"$(q "SELECT produto FROM vendas WHERE id = 50")" 51

# Without a file for them, rejects undo the load.
q "TRUNCATE vendas"
status "one bad row and nowhere to put it" 1 mh-load vendas \
	<<<'{"id":1,"q":0,"nome":"n"}'
says "is shown" 'line 1: new row for relation "vendas" violates check'
says "and nothing is loaded" 'public.vendas: nothing was loaded'
status "too many rejects" 1 mh-load --max-rejects 2 -r rejects vendas in
is "nothing is loaded" "$(q "SELECT count(*) FROM vendas")" 0
status "rejects as allowed" 0 mh-load --max-rejects 1% -r rejects vendas in
status "more than allowed" 1 mh-load --max-rejects 0.01% -r rejects vendas in

status "all of them bad" 0 mh-load -r rejects vendas \
	<<<'{"id":"a"}
{"id":"b"}'
is "are all rejects" "$(wc -l <rejects)" 2

# A row that only a trigger refuses, and one that it keeps out in silence.
q "CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
	IF NEW.id = 70001 THEN RAISE EXCEPTION 'not on %', 'sundays'; END IF;
	IF NEW.id = 70002 THEN RETURN NULL; END IF;
	RETURN NEW; END \$\$;
	CREATE TRIGGER guard BEFORE INSERT ON vendas FOR EACH ROW
	EXECUTE FUNCTION guard()"
status "a trigger that raises" 0 mh-load -r rejects vendas \
	<<<'{"id":70001,"q":1,"nome":"n"}'
is "in its words" "$(rows rejects _message)" 'not on sundays'
status "a trigger that drops rows in silence" 70 mh-load -r rejects vendas \
	<<<'{"id":70002,"q":1,"nome":"n"}'

done_testing

#!/bin/bash
# mh-audit against a database: what is changed behind the ledger's back, in
# the tables and in the ledger itself.
. "$(dirname "$0")/db.sh"

"$ROOT/scripts/schema" || exit
q "CREATE TABLE gold.por_cidade (cidade text PRIMARY KEY, n bigint NOT NULL)"
export LAKEHOUSE_URL=postgresql:///$db
copy=${db}_copy
trap 'dropdb --if-exists --force "$copy"; dropdb --force "$db"; rm -rf "$SCRATCH"' EXIT

# --- two runs, and the directory with their books and rejects

people() # N
{
	head -n $(($1 + 1)) <<-'END'
		id_cliente,nome,email,cidade
		C1,ana lima,ana@example.com,natal
		C2,bia,bia@example.com,recife
		C3,,caio@example.com,natal
		C4,davi,davi@example.com,natal
		C5,eva,eva@example.com,olinda
		C5,eva,eva@example.com,olinda
	END
}

stage() # LAYER NAME IN OUT REJECTED PIPE
{
	rm -f books
	MH_SUMMARY=books bash -c "$6" || exit
	printf '{"run":"%s","stage":"%s","name":"%s","state":"ok","status":0,"in":%d,"out":%d,"rejected":%d,"seconds":0.01,"books":[%s]}\n' \
		"$MH_RUN" "$1" "$2" "$3" "$4" "$5" "$(paste -sd, books)" \
		>>"lakehouse/runs/$MH_RUN.ndjson"
}

run() # RUN RECORDS BRONZE SILVER GOLD
{
	local dir=lakehouse/runs/$1

	export MH_RUN=$1
	mkdir -p "$dir"
	printf '{"run":"%s","began":"%s"}\n' "$1" "$(date -u +%FT%TZ)" \
		>"$dir.ndjson"
	people "$2" >people.csv
	stage bronze clientes "$2" "$3" $(($2 - $3)) "mh-from-csv people.csv |
		mh-load --ignore-unknown -r $dir/bronze.clientes.load.ndjson \
		bronze.clientes"
	stage silver clientes "$3" "$4" $(($3 - $4)) "
		mh-extract -l bronze.clientes |
		mh-clean-clientes -r $dir/silver.clientes.ndjson |
		mh-expect --warn 'curta=length(cidade) = 5' |
		mh-load -r $dir/silver.clientes.load.ndjson silver.clientes"
	stage gold por_cidade "$4" "$5" 0 "mh-extract -l silver.clientes |
		mh-aggregate -k cidade -a 'n=count()' |
		mh-load --mode replace gold.por_cidade"
	echo '{"run":"'"$1"'","end":0}' >>"$dir.ndjson"
	q "UPDATE mh.run SET ended = now(), status = 0 WHERE run = '$1'"
	unset MH_RUN
}

run r1 4 4 3 2
run r2 6 5 4 3
status "two good runs: the last" 0 mh-audit
is "says what it looked at" "$said" "mh-audit: 1 run, 3 targets audited: all good"
status "both" 0 mh-audit --all
is "tables are those of their last load" "$said" \
	"mh-audit: 2 runs, 3 targets audited: all good"
status "the first" 0 mh-audit r1
is "has no table of its own any more" "$said" \
	"mh-audit: 1 run, 0 targets audited: all good"
mv lakehouse elsewhere
status "without the directory" 0 mh-audit -q
mv elsewhere lakehouse

# --- what is changed behind its back

# finds NAME SQL WANT [ARGUMENT...]: what mh-audit finds in a copy in which
# SQL was run
finds()
{
	local name=$1 sql=$2 want=$3 got
	shift 3

	dropdb --if-exists --force "$copy" 2>/dev/null
	createdb -T "$db" "$copy"
	PGDATABASE=$copy q "SET session_replication_role = replica; $sql" ||
		not_ok "$name: the change"
	got=$(LAKEHOUSE_URL=postgresql:///$copy mh-audit -q "$@" |
		jq -r '"\(.run) \(.target) \(.check) \(.expected) \(
			if .check == "hash" then "another" else .found end)"')
	is "$name" "$got" "$want"
}

hash()
{
	q "SELECT hash FROM mh.stage WHERE run = 'r2' AND target = '$1'
		AND tool = 'mh-load'"
}

finds "nothing" "SELECT" ""
finds "a row deleted" "DELETE FROM silver.clientes WHERE id_cliente = 'C2'" \
	"r2 silver.clientes rows 4 3"
finds "all rows deleted" "TRUNCATE gold.por_cidade" "r2 gold.por_cidade rows 3 0"
finds "a row doubled" "INSERT INTO gold.por_cidade
	SELECT cidade || ' ', n FROM gold.por_cidade WHERE cidade = 'Natal'" \
	"r2 gold.por_cidade rows 3 4"
finds "a row altered" "UPDATE gold.por_cidade SET n = n + 1
	WHERE cidade = 'Natal'" \
	"r2 gold.por_cidade hash $(hash gold.por_cidade) another"
finds "a bronze row altered" "UPDATE bronze.clientes SET nome = 'ana lina'
	WHERE id_cliente = 'C1'" \
	"r2 bronze.clientes hash $(hash bronze.clientes) another"
finds "one for another" "DELETE FROM silver.clientes WHERE id_cliente = 'C2';
	INSERT INTO silver.clientes (id_cliente, nome) VALUES ('C9', 'Caio')" \
	"r2 silver.clientes hash $(hash silver.clientes) another"
finds "written anew, in another order" "CREATE TEMP TABLE t AS
	SELECT * FROM gold.por_cidade ORDER BY cidade DESC;
	DELETE FROM gold.por_cidade; INSERT INTO gold.por_cidade SELECT * FROM t" ""
finds "a table dropped" "DROP TABLE gold.por_cidade" \
	"r2 gold.por_cidade missing null null"
finds "and no matter of a run before" "DROP TABLE gold.por_cidade" "" r1

# --- the ledger itself

open="ALTER TABLE mh.stage DROP CONSTRAINT law, DROP CONSTRAINT stage_books,
	DROP CONSTRAINT law_of_load, DROP CONSTRAINT law_of_aggregate;"
finds "a law broken" "$open UPDATE mh.stage
	SET books = jsonb_set(books, '{rejected}', '0'), rejected = 0
	WHERE run = 'r2' AND tool = 'mh-clean-clientes'" \
	"r2 silver.clientes ledger null null
r2 silver.clientes law 4 5
r2 silver.clientes reasons 0 1
r2 silver.clientes reasons 0 1"
finds "a column that the books do not have" "$open UPDATE mh.stage
	SET records_out = 9 WHERE run = 'r2' AND tool = 'mh-expect'" \
	"r2 silver.clientes ledger 4 9
r2 silver.clientes chain 9 4"
finds "a program gone" "DELETE FROM mh.stage
	WHERE run = 'r2' AND tool = 'mh-clean-clientes'" \
	"r2 silver.clientes chain 2 3
r2 silver.clientes unknown null null"
finds "a load gone" "DELETE FROM mh.stage
	WHERE run = 'r2' AND target = 'gold.por_cidade'" \
	"r2 gold.por_cidade ledger null null
r1 gold.por_cidade rows 2 3"
finds "a load's own books gone" "DELETE FROM mh.stage
	WHERE run = 'r2' AND target = 'gold.por_cidade' AND tool = 'mh-load'" \
	"r2 gold.por_cidade chain null null
r1 gold.por_cidade rows 2 3"
finds "rows that do not go on" "UPDATE mh.stage SET rows = 5
	WHERE run = 'r1' AND target = 'silver.clientes' AND tool = 'mh-load'" \
	"r1 gold.por_cidade lineage 5 3
r1 silver.clientes ledger 3 5
r2 silver.clientes continuity 6 4" --all
finds "another table's rows were read" "UPDATE mh.stage SET rows = 7
	WHERE run = 'r2' AND target = 'bronze.clientes' AND tool = 'mh-load'" \
	"r2 bronze.clientes ledger 5 7
r2 bronze.clientes continuity 5 7
r2 silver.clientes lineage 7 5
r2 bronze.clientes rows 7 5"
finds "a reason gone" "DELETE FROM mh.reject WHERE run = 'r2'" \
	"r2 bronze.clientes reasons 1 0
r2 silver.clientes reasons 1 0
r2 bronze.clientes rejects 0 1
r2 silver.clientes rejects 0 1"
finds "a reason that is another" "UPDATE mh.reject SET field = 'nome'
	WHERE run = 'r2'" \
	"r2 bronze.clientes reasons 0 2"
finds "a reason twice, and another gone" "ALTER TABLE mh.reject
	DROP CONSTRAINT reject_run_target_place_reason_severity_field_key;
	DELETE FROM mh.reject; INSERT INTO mh.reject
	SELECT 'r2', 'bronze.clientes', place, 'json', NULL, 'drop', 1
	FROM mh.stage WHERE run = 'r2' AND target = 'bronze.clientes'
		AND tool = 'mh-load';
	INSERT INTO mh.reject
	SELECT 'r2', 'silver.clientes', place, 'required', 'nome', 'drop', 1
	FROM mh.stage WHERE run = 'r2' AND target = 'silver.clientes'
		AND tool = 'mh-clean-clientes'" \
	"r2 bronze.clientes reasons 0 2"
finds "reasons of a program that is not there" "INSERT INTO mh.reject
	VALUES ('r2', 'silver.clientes', 9, 'json', NULL, 'drop', 1)" \
	"r2 silver.clientes rejects 2 1
r2 silver.clientes unknown null null"
finds "and expectations" "INSERT INTO mh.expectation
	VALUES ('r2', 'silver.pedidos', 1, 'e', 'drop', 1, 0)" \
	"r2 silver.pedidos unknown null null"
finds "an expectation that is another" "UPDATE mh.expectation
	SET passed = passed + 1, failed = failed - 1 WHERE run = 'r2'" \
	"r2 silver.clientes expectations 0 2"
finds "an expectation of fewer" "UPDATE mh.expectation SET passed = 0
	WHERE run = 'r2'" \
	"r2 silver.clientes expectations 0 1
r2 silver.clientes expectations 0 2"
finds "an expectation twice" "ALTER TABLE mh.expectation
	DROP CONSTRAINT expectation_pkey; INSERT INTO mh.expectation
	SELECT run, target, place, name, severity, passed, failed
	FROM mh.expectation WHERE run = 'r2'" "r2 silver.clientes expectations 0 1"
finds "the hash of a load" "UPDATE mh.stage SET hash = '0123456789abcdef'
	WHERE run = 'r2' AND target = 'gold.por_cidade' AND tool = 'mh-load'" \
	"r2 gold.por_cidade ledger null null
r2 gold.por_cidade hash 0123456789abcdef another"
finds "in its books too, with the rows" "ALTER TABLE mh.stage
	DROP CONSTRAINT stage_books; UPDATE gold.por_cidade SET n = 9;
	UPDATE mh.stage SET hash = '$(PGOPTIONS='-c timezone=UTC' q "SELECT
		mh.sum64(sum(hashtextextended('9', hashtextextended(cidade, 0))))
		FROM gold.por_cidade")'
	WHERE run = 'r2' AND target = 'gold.por_cidade' AND tool = 'mh-load';
	UPDATE mh.stage SET books = books || jsonb_build_object('hash', hash)
	WHERE run = 'r2' AND target = 'gold.por_cidade' AND tool = 'mh-load'" \
	"r2 gold.por_cidade ledger null null"
finds "the counts of a load" "UPDATE mh.stage
	SET books = books || '{\"unchanged\":1,\"inserted\":3}'
	WHERE run = 'r2' AND target = 'silver.clientes' AND tool = 'mh-load';
	UPDATE mh.stage SET rows = 1, books = books || '{\"rows\":1}'
	WHERE run = 'r1' AND target = 'silver.clientes' AND tool = 'mh-load'" \
	"r2 silver.clientes ledger null null"
finds "closed by a run before" "UPDATE mh.reject SET closed_by = 'r1'
	WHERE run = 'r2' AND target = 'silver.clientes'" \
	"r2 silver.clientes closed null 1"
finds "closed by a run of another table" "INSERT INTO mh.run (run)
	VALUES ('r8'); UPDATE mh.reject SET closed_by = 'r8'
	WHERE run = 'r1'" "r1 silver.clientes closed null 1" r1
finds "closed by a run that is not there" "UPDATE mh.reject
	SET closed_by = 'r9' WHERE run = 'r1'" \
	"r1 silver.clientes closed null 1" r1
finds "another end" "UPDATE mh.run SET status = 1 WHERE run = 'r1'" \
	"r1 null ledger 0 1" r1
finds "no end, as when a run dies before it says so: nothing" \
	"UPDATE mh.run SET status = NULL, ended = NULL WHERE run = 'r1'" "" r1
finds "a run gone" "DELETE FROM mh.run WHERE run = 'r2'" \
	"r2 bronze.clientes unknown null null
r2 gold.por_cidade unknown null null
r2 silver.clientes unknown null null
r2 null ledger null null"
away="DELETE FROM mh.reject WHERE run = 'r2'; DELETE FROM mh.expectation
	WHERE run = 'r2'; DELETE FROM mh.stage WHERE run = 'r2';
	DELETE FROM mh.run WHERE run = 'r2';"
finds "all of a run gone" "$away" \
	"r1 bronze.clientes rows 4 5
r1 gold.por_cidade rows 2 3
r1 silver.clientes rows 3 4
r2 null ledger null null"
finds "an older database put back" "$away DELETE FROM bronze.clientes
	WHERE id_cliente = 'C5'; DELETE FROM silver.clientes
	WHERE id_cliente = 'C5'; DELETE FROM gold.por_cidade
	WHERE cidade = 'Olinda'" \
	"r2 null ledger null null"
finds "one that began behind what the directory has: nothing" "$away
	TRUNCATE mh.reject, mh.expectation, mh.stage, mh.run;
	INSERT INTO mh.run (run, began, ended, status)
	VALUES ('x', '2100-01-01', '2100-01-01', 0)" ""

# --- the columns

finds "columns renamed crosswise" "ALTER TABLE silver.clientes
	RENAME nome TO x; ALTER TABLE silver.clientes RENAME cidade TO nome;
	ALTER TABLE silver.clientes RENAME x TO cidade" \
	"r2 silver.clientes hash $(hash silver.clientes) another"
finds "a column renamed" "ALTER TABLE silver.clientes RENAME nome TO nomes" \
	"r2 silver.clientes columns nome null"
finds "a column dropped, and a row" "ALTER TABLE silver.clientes DROP nome;
	DELETE FROM silver.clientes WHERE id_cliente = 'C2'" \
	"r2 silver.clientes columns nome null
r2 silver.clientes rows 4 3"
finds "a column added: nothing" "ALTER TABLE silver.clientes
	ADD novo text DEFAULT 'x'" ""
finds "a load before its books had columns" "ALTER TABLE mh.stage
	DROP CONSTRAINT stage_books; UPDATE mh.stage SET books = books - 'columns'" ""

finds "a row deleted by hand, and the table entered" "DELETE FROM
	silver.clientes WHERE id_cliente = 'C2'" "r2 silver.clientes rows 4 3"
LAKEHOUSE_URL=postgresql:///$copy MH_RUN=r9 bash -c 'mh-wrap -n -- true |
	mh-load silver.clientes'
LAKEHOUSE_URL=postgresql:///$copy status "is good from then on" 0 mh-audit -q
LAKEHOUSE_URL=postgresql:///$copy status "but for that run" 1 mh-audit -q r9
says "which has not deleted it" '"check":"continuity","expected":4,"found":3'

# --- a run that failed has loaded what it has loaded

failed="INSERT INTO mh.run (run, ended, status) VALUES ('r3', now(), 1);
	INSERT INTO mh.stage (run, target, place, tool, records_in, records_out,
		rejected, rows, hash, books)
	SELECT 'r3', target, place, tool, records_in, records_out,
		rejected, rows, hash, books || '{\"inserted\":0,\"unchanged\":3,\"deleted\":0}'
	FROM mh.stage WHERE run = 'r2' AND target = 'gold.por_cidade';"
finds "a table that a failed run loaded: nothing" "$failed" ""
finds "a row of it altered" "$failed UPDATE gold.por_cidade SET n = n + 1
	WHERE cidade = 'Natal'" \
	"r3 gold.por_cidade hash $(hash gold.por_cidade) another"

# --- the directory beside it

exec 8>lakehouse/.lock
flock 8
status "a run is at work" 75 mh-audit
says "is named" "lakehouse: a run is at work"
exec 8>&-
mkdir -p lakehouse/versions/r2/rejects
cp lakehouse/runs/r2/*.ndjson lakehouse/versions/r2/rejects
ln -s versions/r2 lakehouse/current
ln -s current/rejects lakehouse/rejects
finds "open rejects: nothing" "SELECT" ""
mv lakehouse/rejects/silver.clientes.ndjson open
finds "an open reject gone" "SELECT" "r2 silver.clientes open 1 0"
mv open lakehouse/rejects/silver.clientes.ndjson
sed -i s/C3/C7/ lakehouse/rejects/silver.clientes.ndjson
finds "an open reject altered" "SELECT" "r2 silver.clientes open null null"
rm lakehouse/current

sed -i 1d lakehouse/runs/r2/silver.clientes.ndjson
finds "a line of the rejects deleted" "SELECT" \
	"r2 silver.clientes rejects 1 0
r2 silver.clientes rejects 1 0"
rm -r lakehouse/runs/r2
finds "all of them" "SELECT" \
	"r2 bronze.clientes rejects 1 0
r2 silver.clientes rejects 1 0"

# --- what keeps it from its work

status "a run that is not there" 78 mh-audit r9
says "is named" "LAKEHOUSE_URL: the ledger has no run r9"
q "UPDATE mh.run SET status = 1"
status "no run that ended well" 78 mh-audit
q "DROP TABLE mh.expectation"
status "half a ledger" 78 mh-audit
says "what makes the rest" "pipelines.sh init makes the others"
q "DROP SCHEMA mh CASCADE" 2>/dev/null
status "no ledger" 78 mh-audit
says "what makes one" "pipelines.sh init"

done_testing

#!/bin/bash
# scripts/schema: the layers, their tables and who may do what, any number
# of times.
. "$(dirname "$0")/db.sh"

schema=$ROOT/scripts/schema
shape()
{
	# two dumps of one database differ in a random word of psql's
	pg_dump -s | grep -v restrict
}

status "made" 0 "$schema"
is "without a word" "$said" ""
shape >first
status "made again" 0 "$schema"
is "without a word, too" "$said" ""
check "changes nothing" cmp first <(shape)
is "the tables" "$(q "SELECT schemaname || '.' || tablename FROM pg_tables
	WHERE tableowner = 'mh_owner' ORDER BY 1")" "bronze.clientes
bronze.pedidos
bronze.produtos
bronze.vendas
gold.analise_clientes_pedidos
gold.analise_produtos
mh.expectation
mh.reject
mh.run
mh.stage
silver.clientes
silver.pedidos
silver.produtos
silver.vendas"
is "all keys are ordered by bytes" "$(q "SELECT count(*), bool_and(
	a.attcollation = (SELECT oid FROM pg_collation WHERE collname = 'C'))
	FROM pg_index i
	JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
	JOIN pg_tables t ON i.indrelid = format('%I.%I', t.schemaname,
	t.tablename)::regclass WHERE t.tableowner = 'mh_owner'
	AND i.indisprimary")" '13|t'

# may ROLE RIGHT: the tables of the layers and the ledger that a role may use so
may()
{
	q "SELECT coalesce(string_agg(DISTINCT n.nspname || '=' || k.n, ' '), '')
		FROM pg_namespace n, LATERAL (SELECT count(*) AS n FROM pg_class c
		WHERE c.relnamespace = n.oid AND c.relkind = 'r'
		AND has_schema_privilege('$1', n.oid, 'USAGE')
		AND has_table_privilege('$1', c.oid, '$2')) k
		WHERE n.nspname IN ('bronze', 'silver', 'gold', 'mh') AND k.n > 0"
}
is "anon reads gold" "$(may anon SELECT)" "gold=2"
is "and writes nothing" "$(may anon INSERT)$(may anon UPDATE)$(may anon DELETE)" ""
is "mh_read reads all" "$(may mh_read SELECT)" "bronze=4 gold=2 mh=4 silver=4"
is "and writes nothing" "$(may mh_read INSERT)$(may mh_read UPDATE)" ""
is "mh_load writes all" "$(may mh_load INSERT)" "bronze=4 gold=2 mh=4 silver=4"
is "and takes nothing out of the ledger" "$(may mh_load DELETE)" \
	"bronze=4 gold=2 silver=4"
status "anon cannot read silver" 1 \
	psql -XAtqc "SET ROLE anon; SELECT count(*) FROM silver.clientes"
says "at all" 'permission denied for schema silver'

MH_SEED_GRANTS=1 status "with the seeds' grants" 0 "$schema"
is "anon writes" "$(may anon DELETE)" "bronze=3 gold=2 silver=3"
is "and reads the same" "$(may anon SELECT)" "bronze=3 gold=2 silver=3"
status "without them again" 0 "$schema"
check "all is as it was" cmp first <(shape)

# A load by the role that is made for it, from end to end.
q "ALTER ROLE mh_load PASSWORD 'm:@/%'"
# url_of DATABASE USER[:PASSWORD]
url_of()
{
	case $PGHOST in
	/*) echo "postgresql://$2@:$PGPORT/$1?host=$PGHOST" ;;
	*) echo "postgresql://$2@$PGHOST:$PGPORT/$1" ;;
	esac
}
cat >clientes <<'END'
{"id_cliente":"C2","nome":"Ana","idade":"31"}
{"id_cliente":"C1","nome":"Zé","idade":"x"}
END
(
	LAKEHOUSE_URL=$(url_of "$db" mh_load)
	export LAKEHOUSE_URL LAKEHOUSE_KEY='m:@/%'
	mh-load bronze.clientes clientes &&
		mh-extract -l --columns id_cliente,process_id,row_version \
			bronze.clientes >out &&
		mh-extract -l bronze.clientes >came
)
is "what comes out of the lakehouse is what went in" \
	"$(jq -c 'keys_unsorted' came | sort -u)" \
	'["id_cliente","nome","email","telefone","cidade","idade"]'
is "mh_load loads" "$(jq -c '[.id_cliente, .process_id, .row_version]' out)" \
'["C1","abc1",1]
["C2","abc1",1]'
status "silver keeps out a pedido without its cliente" 0 \
	mh-load -r rejects silver.pedidos <<<'{"id_pedido":"P1","id_cliente":"C9"}'
is "as a reject" "$(rows rejects _reason)" database
status "bronze keeps it" 0 mh-load bronze.pedidos <<<'{"id_pedido":"P1","id_cliente":"C9"}'

# Who owns the database and may make roles, but is no superuser.
q "CREATE ROLE mh_test_owner LOGIN CREATEROLE PASSWORD 'a:b@%41/'"
q "CREATE ROLE mh_test_plain LOGIN PASSWORD 'p'"
for role in mh_test_owner mh_test_plain; do
	createdb -O "$role" "$role"
done
export LAKEHOUSE_URL
LAKEHOUSE_URL=$(url_of mh_test_owner mh_test_owner:a%3Ab%40%2541%2F)
status "by an owner with CREATEROLE" 0 "$schema"
is "without a word" "$said" ""
PGDATABASE=mh_test_owner shape >second
status "again" 0 "$schema"
is "without a word again" "$said" ""
check "changes nothing either" cmp second <(PGDATABASE=mh_test_owner shape)
is "mh_owner owns the layers" "$(PGDATABASE=mh_test_owner q "SELECT count(*)
	FROM pg_tables WHERE tableowner = 'mh_owner'")" 14
LAKEHOUSE_URL=$(url_of mh_test_plain mh_test_plain:p)
status "by a plain owner" 0 "$schema"
is "the tables are there" "$(PGDATABASE=mh_test_plain q "SELECT count(*) FROM
	pg_tables WHERE schemaname IN ('bronze', 'silver', 'gold', 'mh')")" 14
LAKEHOUSE_URL=https://abc.supabase.co
status "the API's address" 78 "$schema"
unset LAKEHOUSE_URL
dropdb mh_test_owner
dropdb mh_test_plain
q "DROP OWNED BY mh_test_owner, mh_test_plain; DROP ROLE mh_test_owner, mh_test_plain"
q "ALTER ROLE mh_load PASSWORD NULL"

done_testing

# shellcheck shell=bash
# tests/pipelines/database.sh - sourced behind shop.sh by those tests that
# need PostgreSQL: a source and a lakehouse, two databases of their own in the
# cluster that PG* names. Sets $source_db, $lake_db.

have_postgres()
{
	[ -n "${PGHOST:-}" ] && psql -XAtc 'SELECT 1' postgres >/dev/null 2>&1
}

make_databases() # NAME
{
	source_db=mh_${1}_source
	lake_db=mh_${1}_lakehouse
	drop_databases
	createdb -T template0 -E UTF8 "$source_db" &&
		createdb -T template0 -E UTF8 "$lake_db" || exit
	trap 'drop_databases; rm -rf "$SCRATCH"' EXIT
}

drop_databases()
{
	dropdb --if-exists --force "$source_db" 2>/dev/null
	dropdb --if-exists --force "$lake_db" 2>/dev/null
}

url() # DATABASE
{
	printf 'postgresql://%s@%s:%s/%s' "$PGUSER" "${PGHOST//\//%2F}" \
		"${PGPORT:-5432}" "$1"
}

# with_databases CMD...: with the addresses as .env has them, and nothing
# else to find a server by.
with_databases()
{
	env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE -u PGPASSWORD \
		SUPABASE_URL="$(url "$source_db")" SUPABASE_KEY="$PGPASSWORD" \
		LAKEHOUSE_URL="$(url "$lake_db")" LAKEHOUSE_KEY="$PGPASSWORD" \
		"$@"
}

on_databases() # ARGUMENT...
{
	with_databases "$ROOT/pipelines.sh" "$@"
}

sql() # DATABASE SQL
{
	psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

# gold_table TABLE: as the lakehouse's database has it
gold_table()
{
	with_databases mh-extract -l "gold.$1"
}

# The source's tables, as somebody's shop may have them: text, and a key.
fill_source() # SHOP
{
	local e
	sql "$source_db" '
		CREATE TABLE clientes (id_cliente text PRIMARY KEY, nome text,
			email text, telefone text, cidade text, idade text);
		CREATE TABLE produtos (id_produto text PRIMARY KEY,
			nome_produto text, categoria text, preco text,
			estoque text);
		CREATE TABLE pedidos (id_pedido text PRIMARY KEY,
			id_cliente text, id_produto text, quantidade text,
			status text, valor_total text, data_pedido text);
		CREATE TABLE vendas (id_venda text PRIMARY KEY, email text,
			vendedor text, data text, valor text, quantidade text,
			produto text)' || return
	for e in $ENTITIES; do
		LAKEHOUSE_URL=$(url "$source_db") LAKEHOUSE_KEY=$PGPASSWORD \
			mh-load -q --mode append "$e" "$1/$e.ndjson" || return
	done
}

TABLES_IN_DATABASE="bronze.clientes bronze.produtos bronze.pedidos
bronze.vendas silver.clientes silver.produtos silver.pedidos silver.vendas
gold.analise_clientes_pedidos gold.analise_produtos"
OWN="ARRAY['load_timestamp', 'process_id', 'row_version', 'data_ingestao']"

# A line a table: how many rows, and a checksum of what they say.
database_state()
{
	local t query=
	for t in $TABLES_IN_DATABASE; do
		query+="${query:+ UNION ALL }SELECT '$t', count(*), md5(
			string_agg((to_jsonb(t) - $OWN)::text, E'\n'
				ORDER BY to_jsonb(t)::text COLLATE \"C\"))
			FROM $t t"
	done
	sql "$lake_db" "$query" | sort
}

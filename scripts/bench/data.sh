# data.sh - for run: the programs that measure, the data, and the tables.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of run

columns=id_pedido,id_cliente,id_produto,quantidade,status,valor_total,data_pedido

build_tools()
{
	local tool

	mkdir -p "$TOOLS" "$times"
	for tool in measure csvcount; do
		[ "$TOOLS/$tool" -nt "$here/$tool.c" ] ||
			"${CC:-cc}" -std=c11 -O2 -o "$TOOLS/$tool" \
				"$here/$tool.c" -lcsv
	done
}

# A shop as mh-generate makes it, its silver, and both as CSV. sealed/ is what
# a run's programs read; the peers get the same without the seal.
make_data()
{
	local entity count produtos=5000

	for entity in generate clean-pedidos to-csv; do
		[ "$DATA/made" -nt "$B/bin/mh-$entity" ] || break
		[ $entity != to-csv ] || return 0
	done
	say "makes the data: $pedidos pedidos"
	rm -rf "$DATA"
	mkdir -p "$DATA/raw" "$DATA/silver" "$DATA/sealed"
	[ "$pedidos" -ge 1000000 ] || produtos=500
	for entity in clientes produtos pedidos; do
		case $entity in
		clientes) count=(-n "$((pedidos / 10))") ;;
		produtos) count=(-n "$produtos") ;;
		pedidos) count=(-n "$pedidos" --clientes "$((pedidos / 10))"
			--produtos "$produtos") ;;
		esac
		(
			cd "$DATA/sealed" || exit
			export MH_RUN=data
			mh-generate -q "${count[@]}" --as-of 2026-11-01 \
				"$entity" >"raw-$entity.ndjson"
			"mh-clean-$entity" -q -r /dev/null \
				"raw-$entity.ndjson" >"silver-$entity.ndjson"
			sed '$d' "raw-$entity.ndjson" >"../raw/$entity.ndjson"
			sed '$d' "silver-$entity.ndjson" \
				>"../silver/$entity.ndjson"
		)
	done
	for entity in raw silver; do
		mh-to-csv -q --columns "$columns" \
			"$DATA/$entity/pedidos.ndjson" >"$DATA/$entity/pedidos.csv"
	done
	touch "$DATA/made"
}

# --- the database ------------------------------------------------------------

sql()
{
	psql -XAtq -v ON_ERROR_STOP=1 "$@"
}

# Bytes of the write-ahead log since the server began.
wal_written()
{
	sql -c "SELECT pg_current_wal_insert_lsn() - '0/0'"
}

# The lakehouse's own tables with the ledger; bench.pedidos, which steps load;
# and bench.kept, from which it is filled and which steps extract.
make_tables()
{
	say "makes the tables"
	export LAKEHOUSE_URL=postgresql:/// SUPABASE_URL=postgresql:///
	# the same for all: not every client encrypts
	export PGSSLMODE=disable
	server=$(head -n 1 "$(sql -c 'SHOW data_directory')/postmaster.pid")
	"$root/scripts/schema"
	sql -f "$here/tables.sql"
	mh-load -q --ignore-unknown -r /dev/null bronze.pedidos \
		"$DATA/raw/pedidos.ndjson"
	mh-load -q --mode append bench.kept "$DATA/silver/pedidos.ndjson"
	sql -c "COPY bronze.pedidos ($columns) TO STDOUT" \
		>"$DATA/raw/bronze.tsv"
	sql -c 'VACUUM ANALYZE bronze.pedidos' -c 'VACUUM ANALYZE bench.kept'
}

# For a step's before(): the table as the program shall find it.
empty_table()
{
	sql -c 'TRUNCATE bench.pedidos' -c CHECKPOINT
}

full_table()
{
	sql -c 'TRUNCATE bench.pedidos' \
		-c 'INSERT INTO bench.pedidos SELECT * FROM bench.kept' \
		-c 'VACUUM ANALYZE bench.pedidos' -c CHECKPOINT
}

# For a step's result(): what the table holds.
table_holds()
{
	sql -c 'COPY bench.pedidos TO STDOUT'
}

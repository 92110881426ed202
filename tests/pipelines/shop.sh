# shellcheck shell=bash
# tests/pipelines/shop.sh - sourced by the pipelines' tests, behind tap.sh:
# shops to begin with, and what is asked of every lakehouse.

# shellcheck disable=SC2034 # those who read this use them
{
PARTS=$TESTS/pipelines
ENTITIES="clientes produtos pedidos vendas"
TABLES="analise_clientes_pedidos analise_produtos"
# of what a file at rest holds
RECORDS='select(has("$mh") | not)'
}

pipelines()
{
	"$ROOT/pipelines.sh" "$@"
}

# make_shop DIR SEED CLIENTES PRODUTOS PEDIDOS VENDAS [OPTION...]
make_shop()
{
	local dir=$1 seed=$2 clientes=$3 produtos=$4 pedidos=$5 vendas=$6
	shift 6
	mkdir -p "$dir"
	set -- --seed "$seed" --as-of 2026-11-01 "$@"
	mh-generate "$@" -n "$clientes" clientes >"$dir/clientes.ndjson"
	mh-generate "$@" -n "$produtos" produtos >"$dir/produtos.ndjson"
	set -- "$@" --clientes "$clientes" --produtos "$produtos"
	mh-generate "$@" -n "$pedidos" pedidos >"$dir/pedidos.ndjson"
	mh-generate "$@" -n "$vendas" vendas >"$dir/vendas.ndjson"
}

# Each key once and none without one: all that bronze in PostgreSQL can hold.
unique_keys() # ENTITY <RECORDS
{
	jq -c --arg key "id_${1%s}" 'select(.[$key] // "" | test("\\S"))' |
		awk -F '"' '!seen[$4]++'
}

without_seal() # FILE...
{
	sed -s '${/^{"$mh":"end"/d}' "$@"
}

# newest_run LAKEHOUSE: its books
newest_run()
{
	local f last=''
	for f in "$1"/runs/*.ndjson; do last=$f; done
	printf '%s' "$last"
}

# recompute TABLE SILVER-FOLDER: gold by gold.jq
recompute()
{
	jq -cn --slurpfile clientes "$2/clientes.ndjson" \
		--slurpfile produtos "$2/produtos.ndjson" \
		--slurpfile pedidos "$2/pedidos.ndjson" \
		--arg table "$1" -f "$PARTS/gold.jq" |
		sed 's/"@\([0-9.]*\)"/\1/'
}

# same NAME FILE FILE: a test that they are the same bytes, and some
same()
{
	if [ ! -s "$2" ]; then
		not_ok "$1" "$2: empty or not there"
	elif cmp -s "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1" "$(diff "$2" "$3" 2>&1 | cut -c 1-300 | head -n 6)"
	fi
}

# is NAME GOT WANTED
is()
{
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "got:    $2" "wanted: $3"
	fi
}

# gives NAME STATUS CMD...: a test of the exit status; what the command says
# stays in $SCRATCH/said
gives()
{
	local name=$1 wanted=$2 got=0
	shift 2
	"$@" >"$SCRATCH/said" 2>&1 </dev/null || got=$?
	if [ "$got" = "$wanted" ]; then
		ok "$name"
	else
		not_ok "$name" "status $got, not $wanted" "$(cat "$SCRATCH/said")"
	fi
}

# says NAME PATTERN: a test of what the last command of gives() said
says()
{
	if grep -q -e "$2" "$SCRATCH/said"; then
		ok "$1"
	else
		not_ok "$1" "nothing like: $2" "$(cat "$SCRATCH/said")"
	fi
}

# books_close LAKEHOUSE NAME: every law of the newest run's books, and what
# is in its rejects files
books_close()
{
	local run faults
	run=$(newest_run "$1")
	faults=$(jq -rsf "$PARTS/books.jq" "$run" 2>&1
		jq -r 'select(has("stage")) | "\(.stage).\(.name) \(.rejected)"' \
			"$run" | while read -r stage rejected; do
			files=$(ls "${run%.ndjson}/$stage".* 2>/dev/null)
			# shellcheck disable=SC2086 # names without spaces
			lines=$(cat ${files:-/dev/null} |
				jq -c 'select(._severity != "warn")' | wc -l)
			[ "$lines" = "$rejected" ] ||
				echo "$stage: $rejected rejected, $lines in $files"
		done)
	is "$2" "$faults" ''
}

GONE='BEGIN { while ((getline n <lines) > 0) gone[n] }'

# accounted LAKEHOUSE ENTITY SOURCE: a test that every line of SOURCE is in
# bronze or among bronze's rejects, as it came and in its place, and that
# every record of bronze is in silver (its key, in order) or among the
# rejects.
accounted()
{
	local lake=$1 e=$2 source=$3 work=$SCRATCH/accounted
	mkdir -p "$work"
	without_seal "$lake/bronze/$e/$(basename "$(newest_run "$lake")")" \
		>"$work/bronze"
	grep -v '^[[:space:]]*$' "$source" >"$work/source"
	put_back "$work/bronze" "$lake/rejects/bronze.$e.ndjson" \
		"$source" >"$work/again"
	same "$e: bronze and its rejects are the source, line by line" \
		"$work/source" "$work/again"

	# what silver has must be what bronze has on the lines not rejected
	jq -r 'select(._severity != "warn") | ._line' \
		"$lake/rejects/silver.$e.ndjson" 2>/dev/null >"$work/lines"
	awk -v lines="$work/lines" "$GONE"' !(FNR in gone)' \
		"$work/bronze" | jq -c "[.id_${e%s}]" >"$work/keys"
	jq -c "$RECORDS | [.id_${e%s}]" "$lake/silver/$e.ndjson" \
		>"$work/silver"
	same "$e: silver has the keys of what was not rejected, in order" \
		"$work/keys" "$work/silver"
	jq -c 'select(._severity != "warn") | ._record' \
		"$lake/rejects/silver.$e.ndjson" 2>/dev/null >"$work/records"
	awk -v lines="$work/lines" "$GONE"' FNR in gone' \
		"$work/bronze" >"$work/rejected"
	if cmp -s "$work/records" "$work/rejected"; then
		ok "$e: the rejects hold the others as they came"
	else
		not_ok "$e: the rejects hold the others as they came" \
			"$(diff "$work/records" "$work/rejected" | head -n 6)"
	fi
}

# put_back BRONZE REJECTS SOURCE: bronze with its rejects in their places;
# only the places are taken from SOURCE.
put_back()
{
	[ ! -e "$2" ] || jq -r '"\(._line) \(
		._raw // (._record | tojson | @base64))"' "$2" |
		while read -r line bytes; do
			printf '%s ' "$line"
			base64 -d <<<"$bytes"
			echo
		done >"$SCRATCH/put"
	awk -v bronze="$1" -v rejects="$SCRATCH/put" '
		BEGIN {
			while ((getline s <rejects) > 0) {
				n = index(s, " ")
				put[substr(s, 1, n - 1)] = substr(s, n + 1)
			}
		}
		/^[ \t\r]*$/ { next }
		FNR in put { print put[FNR]; next }
		(getline s <bronze) > 0 { print s }
		END { while ((getline s <bronze) > 0) print s }' "$3"
	rm -f "$SCRATCH/put"
}

# audited LAKEHOUSE NAME [CMD...]: mh-audit --all finds nothing
audited()
{
	local got=0
	"${@:3}" mh-audit -d "$1" --all >"$SCRATCH/findings" 2>&1 || got=$?
	if [ "$got" = 0 ]; then
		ok "$2: the audit finds nothing"
	else
		not_ok "$2: the audit finds nothing" "status $got" \
			"$(head -n 20 "$SCRATCH/findings")"
	fi
}

# silver.sh - for the recipes of scripts/gold: where silver comes from.
# shellcheck shell=bash
#
# To be read with `.`; gives functions that print streams of records, and
# run_recipe. Silver is the database at LAKEHOUSE_URL or else the directory
# MH_SILVER (default: silver/ of the lakehouse's directory).

bin=${BIN:-$(dirname -- "${BASH_SOURCE[0]}")/../build/bin}
if [ -x "$bin/mh-join" ]; then
	PATH=$(CDPATH="" cd -- "$bin" && pwd):$PATH
fi

# run_recipe [argument ...] - runs the function `recipe`, always as a run:
# only the seal shows that a stream at the far end of <(...) came to its end.
# By hand, outside a run, the result is plain.
run_recipe() {
	if [ -n "${MH_RUN:-}" ]; then
		recipe "$@"
	else
		MH_RUN=by-hand recipe "$@" | mh-wrap -- cat
	fi
}

# silver ENTITY - its silver records
silver() {
	local file=${MH_SILVER:-${MH_LAKEHOUSE:-lakehouse}/silver}/$1.ndjson
	if [ -n "${LAKEHOUSE_URL:-}" ]; then
		mh-extract -l "silver.$1"
	elif [ "$MH_RUN" = by-hand ] &&
		[[ $(tail -n 1 "$file") != '{"$mh":"end"'* ]]; then
		mh-wrap --no-input --name "$file" -- cat "$file"
	else
		cat "$file"
	fi
}

# pedidos - the silver pedidos that count: all of them, or those whose status
# is in MH_GOLD_STATUS (a list with commas)
pedidos() {
	if [ -z "${MH_GOLD_STATUS:-}" ]; then
		silver pedidos
	else
		silver pedidos | mh-join --semi -k status <(wanted_statuses)
	fi
}

# The wanted states as records, in the words of the pedidos' contract: each is
# cleaned as that of a pedido made up for it. One that the contract does not
# know ends the stream without a seal.
wanted_statuses() {
	local IFS=, word words clean n=0
	read -r -a words <<<"$MH_GOLD_STATUS"
	clean=$(for word in "${words[@]}"; do
		printf '{"id_pedido":"%s","id_cliente":"-1","id_produto":"-1","quantidade":1,"status":"%s","valor_total":0,"data_pedido":"2000-01-01"}\n' \
			"$((n += 1))" "${word//[\"\\]/?}"
	done | MH_RUN='' mh-clean-pedidos 2>/dev/null)
	if [[ $clean == *'"status":null'* ]]; then
		echo "MH_GOLD_STATUS: unknown status in: $MH_GOLD_STATUS" >&2
		return 78
	fi
	mh-wrap --no-input -- printf '%s\n' "$clean"
}

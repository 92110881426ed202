# silver.sh - for the recipes of scripts/gold: where silver comes from.
# shellcheck shell=bash
#
# To be read with `.`; gives functions that print streams of records. Silver
# is the database at LAKEHOUSE_URL or else the directory MH_SILVER (default:
# silver/ of the lakehouse's directory).

bin=${BIN:-${BASH_SOURCE[0]%/*}/../build/bin}
[ ! -x "$bin/mh-join" ] || PATH=$(cd "$bin" && pwd):$PATH

# silver ENTITY - its silver records
silver() {
	if [ -n "${LAKEHOUSE_URL:-}" ]; then
		mh-extract -l "silver.$1"
	else
		cat "${MH_SILVER:-${MH_LAKEHOUSE:-lakehouse}/silver}/$1.ndjson"
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

wanted_statuses() {
	local IFS=, words
	read -r -a words <<<"$MH_GOLD_STATUS"
	mh-wrap --no-input -- printf '{"status":"%s"}\n' "${words[@]}"
}

# shellcheck shell=sh
# Silver pedidos with jq: a stream, and an object for the keys seen.
jq -c -n --arg today "$TODAY" -f "$HERE/pedidos.jq" \
	"$DATA/raw/pedidos.ndjson" >"$OUT"

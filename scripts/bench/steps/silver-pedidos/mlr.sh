# shellcheck shell=sh
# Silver pedidos with Miller: one put, words and no numbers (-S).
mlr --ijsonl --ojsonl -S put -f "$HERE/pedidos.mlr" \
	-s TODAY="$TODAY" "$DATA/raw/pedidos.ndjson" >"$OUT"

# shellcheck shell=sh
export MH_RUN="$RUN"
mh-extract -l bronze.pedidos | mh-clean-pedidos -r "$OUT.rejects" |
	mh-load bench.pedidos

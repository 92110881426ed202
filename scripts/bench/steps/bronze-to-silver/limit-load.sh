# shellcheck shell=sh
# ours, but the records come clean out of a file
export MH_RUN="$RUN"
mh-load bench.pedidos "$DATA/sealed/silver-pedidos.ndjson"

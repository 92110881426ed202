# shellcheck shell=sh
export MH_RUN="$RUN"
mh-load bench.pedidos "$DATA/sealed/silver-pedidos.ndjson"

# shellcheck shell=sh
export MH_RUN="$RUN"
mh-load --mode append bench.pedidos "$DATA/sealed/silver-pedidos.ndjson"

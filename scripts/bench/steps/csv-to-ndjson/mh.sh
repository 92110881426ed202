# shellcheck shell=sh
export MH_RUN="$RUN"
mh-from-csv "$DATA/raw/pedidos.csv" >"$OUT"

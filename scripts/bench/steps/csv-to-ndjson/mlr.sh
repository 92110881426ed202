# shellcheck shell=sh
mlr --icsv --ojsonl -S cat "$DATA/raw/pedidos.csv" >"$OUT"

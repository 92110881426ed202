# shellcheck shell=sh
# What libcsv alone takes: fields and rows are counted, nothing is written.
"$TOOLS/csvcount" <"$DATA/raw/pedidos.csv" >"$OUT"

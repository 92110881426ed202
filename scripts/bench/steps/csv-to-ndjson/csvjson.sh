# shellcheck shell=sh
# csvkit; -I: no guesses at types, which would also change values
csvjson --stream -I --snifflimit 0 "$DATA/raw/pedidos.csv" >"$OUT"

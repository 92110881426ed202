# shellcheck shell=sh
# from CSV, which psql can read; making it is not counted
psql -Xqc "\copy bench.pedidos FROM '$DATA/silver/pedidos.csv' CSV HEADER"

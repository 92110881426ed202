# shellcheck shell=sh
# Ours outside a run: nothing is written into the ledger, so the table is not
# read once more for its hash.
mh-load --mode append bench.pedidos "$DATA/silver/pedidos.ndjson"

# shellcheck shell=sh
# inside a run: seals are read and written, rejects kept
export MH_RUN="$RUN"
mh-clean-pedidos -r "$OUT.rejects" "$DATA/sealed/raw-pedidos.ndjson" >"$OUT"

# shellcheck shell=sh
# ours without pages
export MH_RUN="$RUN"
mh-extract -l --page 0 bench.kept >"$OUT"

# shellcheck shell=sh
export MH_RUN="$RUN"
mh-extract -l bench.kept >"$OUT"

# shellcheck shell=sh
# COPY doubles backslashes: right only where no value has any
psql -Xqc 'COPY (SELECT row_to_json(k) FROM bench.kept k) TO STDOUT' >"$OUT"

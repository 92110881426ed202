# shellcheck shell=sh
# the same cleaning in SQL, inside the server
psql -Xq -v ON_ERROR_STOP=1 -v "today=$TODAY" -f "$HERE/clean.psql"

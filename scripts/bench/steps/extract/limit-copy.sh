# shellcheck shell=sh
# what the server and the wire take: no JSON, nothing written
psql -Xqc 'COPY bench.kept TO STDOUT' >/dev/null

# shellcheck shell=sh
# each page behind the last key of the one before
last=
: >"$OUT"
while
	psql -Xqc "COPY (SELECT row_to_json(k) FROM bench.kept k
		WHERE id_pedido > '$last' ORDER BY id_pedido LIMIT 100000)
		TO STDOUT" >"$OUT.page"
	[ -s "$OUT.page" ]
do
	cat "$OUT.page" >>"$OUT"
	last=$(tail -n 1 "$OUT.page" | sed 's/.*"id_pedido":"\([^"]*\)".*/\1/')
done

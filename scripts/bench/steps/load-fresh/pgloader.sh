# shellcheck shell=sh
# from CSV
cat >"$OUT.load" <<END
LOAD CSV FROM '$DATA/silver/pedidos.csv'
	HAVING FIELDS (id_pedido, id_cliente, id_produto, quantidade,
		status [null if blanks], valor_total, data_pedido)
	INTO postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE
	TARGET TABLE bench.pedidos
	WITH skip header = 1, fields terminated by ',',
		fields optionally enclosed by '"', workers = 2, concurrency = 1,
		batch rows = 25000;
END
pgloader --on-error-stop "$OUT.load"

# shellcheck shell=sh
# from CSV: a stage, then an INSERT ... ON CONFLICT of what differs
psql -Xq -v ON_ERROR_STOP=1 --single-transaction -f - <<END
CREATE TEMPORARY TABLE stage (LIKE bench.pedidos);
\copy stage FROM '$DATA/silver/pedidos.csv' CSV HEADER
INSERT INTO bench.pedidos AS t SELECT * FROM stage
ON CONFLICT (id_pedido) DO UPDATE SET
	(id_cliente, id_produto, quantidade, status, valor_total, data_pedido) =
	(EXCLUDED.id_cliente, EXCLUDED.id_produto, EXCLUDED.quantidade,
	EXCLUDED.status, EXCLUDED.valor_total, EXCLUDED.data_pedido)
WHERE (t.id_cliente, t.id_produto, t.quantidade, t.status, t.valor_total,
	t.data_pedido) IS DISTINCT FROM
	(EXCLUDED.id_cliente, EXCLUDED.id_produto, EXCLUDED.quantidade,
	EXCLUDED.status, EXCLUDED.valor_total, EXCLUDED.data_pedido);
END

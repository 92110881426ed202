-- Gold clientes with DuckDB.
COPY (
	SELECT id_cliente, any_value(nome) AS nome, any_value(cidade) AS cidade,
		any_value(idade) AS idade, count(*) AS total_pedidos,
		sum(valor_total) AS total_gasto,
		min(data_pedido) AS data_primeiro_pedido,
		max(data_pedido) AS data_ultimo_pedido,
		list_aggregate(list_sort(list_distinct(list(categoria))),
			'string_agg', ', ') AS categorias_compradas,
		list_aggregate(list_sort(list_distinct(list(nome_produto))),
			'string_agg', ', ') AS produtos_comprados
	FROM read_json('${DATA}/silver/pedidos.ndjson',
		format = 'newline_delimited', columns = {
		id_cliente: 'VARCHAR', id_produto: 'VARCHAR',
		valor_total: 'DECIMAL(14,2)', data_pedido: 'DATE'}) AS pedidos
	JOIN read_json('${DATA}/silver/clientes.ndjson',
		format = 'newline_delimited', columns = {
		id_cliente: 'VARCHAR', nome: 'VARCHAR', cidade: 'VARCHAR',
		idade: 'BIGINT'}) AS clientes USING (id_cliente)
	LEFT JOIN read_json('${DATA}/silver/produtos.ndjson',
		format = 'newline_delimited', columns = {
		id_produto: 'VARCHAR', nome_produto: 'VARCHAR',
		categoria: 'VARCHAR'}) AS produtos USING (id_produto)
	GROUP BY id_cliente
) TO '${OUT}' (FORMAT json);

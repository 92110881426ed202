-- Gold produtos with DuckDB.
COPY (
	SELECT id_produto, any_value(nome_produto) AS nome_produto,
		any_value(categoria) AS categoria,
		sum(quantidade) AS total_vendido,
		sum(valor_total) AS total_receita,
		any_value(estoque) AS estoque_atual
	FROM read_json('${DATA}/silver/pedidos.ndjson',
		format = 'newline_delimited', columns = {
		id_produto: 'VARCHAR', quantidade: 'BIGINT',
		valor_total: 'DECIMAL(14,2)'}) AS pedidos
	JOIN read_json('${DATA}/silver/produtos.ndjson',
		format = 'newline_delimited', columns = {
		id_produto: 'VARCHAR', nome_produto: 'VARCHAR',
		categoria: 'VARCHAR', estoque: 'BIGINT'}) AS produtos
		USING (id_produto)
	GROUP BY id_produto
) TO '${OUT}' (FORMAT json);

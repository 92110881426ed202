-- Gold produtos with DuckDB: what is known of a produto joins its sums.
COPY (
	SELECT id_produto, nome_produto, categoria, total_vendido,
		total_receita, estoque AS estoque_atual
	FROM (
		SELECT id_produto, sum(quantidade) AS total_vendido,
			sum(valor_total) AS total_receita
		FROM read_json('${DATA}/silver/pedidos.ndjson',
			format = 'newline_delimited', columns = {
			id_produto: 'VARCHAR', quantidade: 'BIGINT',
			valor_total: 'DECIMAL(14,2)'}) AS pedidos
		GROUP BY id_produto) AS grupos
	JOIN read_json('${DATA}/silver/produtos.ndjson',
		format = 'newline_delimited', columns = {
		id_produto: 'VARCHAR', nome_produto: 'VARCHAR',
		categoria: 'VARCHAR', estoque: 'BIGINT'}) AS produtos
		USING (id_produto)
) TO '${OUT}' (FORMAT json);

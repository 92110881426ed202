-- Silver pedidos with DuckDB. Of each key the first good record stays.
CREATE MACRO word(s) AS
	CASE WHEN s NOT IN ('', 'NULL', 'N/A', '-') THEN s END;
-- behind R$ a point may group and no cents follow
CREATE MACRO money(s) AS TRY_CAST(CASE
	WHEN regexp_full_match(s, '\d+(\.\d\d?)?') THEN s
	WHEN regexp_full_match(s, '((R\$|BRL)[ \x{a0}]*)?(\d+|\d{1,3}(\.\d{3})+),\d\d?')
	THEN replace(regexp_replace(s, '[^\d,]', '', 'g'), ',', '.')
	WHEN regexp_full_match(s, '((R\$|BRL)[ \x{a0}]*)?(\d+|\d{1,3}(,\d{3})+)\.\d\d?')
	THEN regexp_replace(s, '[^\d.]', '', 'g')
	WHEN regexp_full_match(s, '(R\$|BRL)[ \x{a0}]*(\d+|\d{1,3}(\.\d{3})+)')
	THEN regexp_replace(s, '[^\d]', '', 'g') END AS DECIMAL(14,2));
CREATE MACRO day(s) AS TRY_CAST(CASE
	WHEN regexp_full_match(s, '\d{4}-\d\d-\d\d([T ].*)?') THEN s[:10]
	WHEN regexp_full_match(s, '\d\d?[-/.]\d\d?[-/.]\d{4}( .*)?')
	THEN regexp_replace(s, '^(\d+).(\d+).(\d{4}).*', '\3-\2-\1')
	WHEN regexp_full_match(s, '\d{4}/\d\d/\d\d') THEN replace(s, '/', '-')
	WHEN regexp_full_match(s, '\d{8}')
	THEN s[:4] || '-' || s[5:6] || '-' || s[7:]
	WHEN regexp_full_match(s, '\d\d?(/| | de )[a-zç]{3,}(/| | de )\d{4}')
	THEN s[-4:] || '-' || list_position(['jan', 'fev', 'mar', 'abr', 'mai',
		'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez'],
		regexp_extract(s, '(?:/| de | )([a-z]{3})', 1)) || '-' ||
		regexp_extract(s, '^\d+') END AS DATE);
CREATE TABLE status AS
SELECT unnest(string_split(words, ',')) AS word, value FROM (VALUES
	('Pago', 'pago,paga,paid,approved,aprovado,aprovada'),
	('Pendente', 'pendente,pending,created,criado,aguardando,aguardando pagamento'),
	('Processando', 'processando,processing,invoiced,faturado,em processamento,em separacao'),
	('Enviado', 'enviado,enviada,shipped,despachado,em transito'),
	('Entregue', 'entregue,delivered,concluido,concluida,completed'),
	('Cancelado', 'cancelado,cancelada,canceled,cancelled,unavailable,indisponivel'),
	('Devolvido', 'devolvido,devolvida,returned,refunded,reembolsado,estornado')
) AS v (value, words);
COPY (
	WITH raw AS (
		SELECT row_number() OVER () AS n, trim(COLUMNS(*), E' \t')
		FROM read_json('${DATA}/raw/pedidos.ndjson',
			format = 'newline_delimited', columns = {
			id_pedido: 'VARCHAR', id_cliente: 'VARCHAR',
			id_produto: 'VARCHAR', quantidade: 'VARCHAR',
			status: 'VARCHAR', valor_total: 'VARCHAR',
			data_pedido: 'VARCHAR'})
	), clean AS (
		SELECT n, word(id_pedido) AS id_pedido,
			word(id_cliente) AS id_cliente,
			word(id_produto) AS id_produto,
			TRY_CAST(regexp_extract(quantidade,
				'^(\d+)([.,]00?)?$', 1) AS BIGINT) AS quantidade,
			lower(strip_accents(status)) AS word,
			money(valor_total) AS valor_total,
			day(data_pedido) AS data_pedido
		FROM raw
	)
	SELECT id_pedido, unnest(arg_min(struct_pack(id_cliente, id_produto,
		quantidade, status := value, valor_total, data_pedido), n))
	FROM clean LEFT JOIN status USING (word)
	WHERE id_pedido IS NOT NULL AND id_cliente IS NOT NULL
		AND id_produto IS NOT NULL AND quantidade >= 1
		AND valor_total >= 0
		AND data_pedido BETWEEN '1900-01-01' AND '${TODAY}'
	GROUP BY id_pedido
) TO '${OUT}' (FORMAT json);

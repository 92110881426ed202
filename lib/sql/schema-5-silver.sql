-- Silver: clean and typed, every reference good. Keys COLLATE "C" as in
-- bronze. NUMERIC without a scale keeps the digits of money as they came.
CREATE TABLE IF NOT EXISTS silver.clientes (
	id_cliente text COLLATE "C" PRIMARY KEY,
	nome text,
	email text,
	telefone text,
	cidade text,
	idade int,
	data_ingestao timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS silver.produtos (
	id_produto text COLLATE "C" PRIMARY KEY,
	nome_produto text,
	categoria text,
	preco numeric,
	estoque int,
	data_ingestao timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS silver.pedidos (
	id_pedido text COLLATE "C" PRIMARY KEY,
	id_cliente text COLLATE "C" REFERENCES silver.clientes (id_cliente),
	id_produto text COLLATE "C" REFERENCES silver.produtos (id_produto),
	quantidade int,
	status text,
	valor_total numeric,
	data_pedido date,
	data_ingestao timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS silver.vendas (
	id_venda text COLLATE "C" PRIMARY KEY,
	email text,
	vendedor text,
	data timestamp,
	valor numeric,
	quantidade int,
	produto text,
	data_ingestao timestamp DEFAULT CURRENT_TIMESTAMP
);

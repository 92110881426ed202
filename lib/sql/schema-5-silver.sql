-- Silver: clean and typed, every reference good. Keys COLLATE "C" as in
-- bronze. NUMERIC without a scale keeps the digits of money as they came.
--
-- Where the system that this replaces had INT, counts are BIGINT: an integer
-- of a clean record has up to 64 bits, and the sum of many even more of them.
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
	estoque bigint,
	data_ingestao timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS silver.pedidos (
	id_pedido text COLLATE "C" PRIMARY KEY,
	id_cliente text COLLATE "C" REFERENCES silver.clientes (id_cliente),
	id_produto text COLLATE "C" REFERENCES silver.produtos (id_produto),
	quantidade bigint,
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
	quantidade bigint,
	produto text,
	data_ingestao timestamp DEFAULT CURRENT_TIMESTAMP
);

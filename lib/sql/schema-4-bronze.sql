-- Bronze: raw data as it came, all of it text.
--
-- No foreign keys: a pedido of a cliente that nobody knows is raw data too,
-- and must be kept; silver is where such a row is refused.
--
-- Keys COLLATE "C": ordered by bytes, on every machine alike and as the
-- filters sort, and compared faster than in a language's order.
CREATE TABLE IF NOT EXISTS bronze.clientes (
	id_cliente text COLLATE "C" PRIMARY KEY,
	nome text,
	email text,
	telefone text,
	cidade text,
	idade text,
	load_timestamp timestamp DEFAULT CURRENT_TIMESTAMP,
	process_id text DEFAULT 'abc' || nextval('process_id_seq')::text,
	row_version int DEFAULT 1
);

CREATE TABLE IF NOT EXISTS bronze.produtos (
	id_produto text COLLATE "C" PRIMARY KEY,
	nome_produto text,
	categoria text,
	preco text,
	estoque text,
	load_timestamp timestamp DEFAULT CURRENT_TIMESTAMP,
	process_id text DEFAULT 'abc' || nextval('process_id_seq')::text,
	row_version int DEFAULT 1
);

CREATE TABLE IF NOT EXISTS bronze.pedidos (
	id_pedido text COLLATE "C" PRIMARY KEY,
	id_cliente text COLLATE "C",
	id_produto text COLLATE "C",
	quantidade text,
	status text,
	valor_total text,
	data_pedido text,
	load_timestamp timestamp DEFAULT CURRENT_TIMESTAMP,
	process_id text DEFAULT 'abc' || nextval('process_id_seq')::text,
	row_version int DEFAULT 1
);

CREATE TABLE IF NOT EXISTS bronze.vendas (
	id_venda text COLLATE "C" PRIMARY KEY,
	email text,
	vendedor text,
	data text,
	valor text,
	quantidade text,
	produto text,
	load_timestamp timestamp DEFAULT CURRENT_TIMESTAMP,
	process_id text DEFAULT 'abc' || nextval('process_id_seq')::text,
	row_version int DEFAULT 1
);

-- Tables of the system that this replaces have foreign keys here, too.
ALTER TABLE bronze.pedidos
	DROP CONSTRAINT IF EXISTS pedidos_id_cliente_fkey,
	DROP CONSTRAINT IF EXISTS pedidos_id_produto_fkey;

-- Silver pedidos without the keys of other tables: what is compared is
-- loading, and peers know no clientes.
CREATE SCHEMA bench;
CREATE TABLE bench.pedidos (
	id_pedido text COLLATE "C" PRIMARY KEY,
	id_cliente text COLLATE "C" NOT NULL,
	id_produto text COLLATE "C" NOT NULL,
	quantidade bigint NOT NULL,
	status text,
	valor_total numeric(14,2) NOT NULL,
	data_pedido date NOT NULL
);
CREATE TABLE bench.kept (LIKE bench.pedidos INCLUDING ALL);

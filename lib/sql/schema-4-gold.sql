-- Gold: ready for whoever looks at it. Keys COLLATE "C" as in bronze.
CREATE TABLE IF NOT EXISTS gold.analise_clientes_pedidos (
	id_cliente text COLLATE "C" PRIMARY KEY,
	nome text,
	cidade text,
	idade int,
	total_pedidos bigint,
	total_gasto numeric,
	data_primeiro_pedido date,
	data_ultimo_pedido date,
	categorias_compradas text,
	produtos_comprados text
);

CREATE TABLE IF NOT EXISTS gold.analise_produtos (
	id_produto text COLLATE "C" PRIMARY KEY,
	nome_produto text,
	categoria text,
	total_vendido bigint,
	total_receita numeric,
	estoque_atual bigint
);

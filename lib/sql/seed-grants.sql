-- Only with MH_SEED_GRANTS=1: what the system before gave to anon, which
-- makes every row public and writable. Exactly that: vendas is not among it.
GRANT USAGE ON SCHEMA bronze TO anon;
GRANT SELECT, INSERT, UPDATE, DELETE
	ON TABLE bronze.clientes, bronze.produtos, bronze.pedidos TO anon;

GRANT USAGE ON SCHEMA silver TO anon;
GRANT SELECT, INSERT, UPDATE, DELETE
	ON TABLE silver.clientes, silver.produtos, silver.pedidos TO anon;

GRANT USAGE ON SCHEMA gold TO anon;
GRANT SELECT, INSERT, UPDATE, DELETE
	ON TABLE gold.analise_clientes_pedidos, gold.analise_produtos TO anon;

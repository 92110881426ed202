-- Bronze and silver have the tables that mh-contract --ddl makes of the
-- contracts. Where they depart from the system that this replaces:
--
-- Bronze has no foreign keys: a pedido of a cliente that nobody knows is raw
-- data too, and must be kept; silver is where such a row is refused. Tables
-- of that system have them, and lose them here.
ALTER TABLE IF EXISTS bronze.pedidos
	DROP CONSTRAINT IF EXISTS pedidos_id_cliente_fkey,
	DROP CONSTRAINT IF EXISTS pedidos_id_produto_fkey;

-- Keys are COLLATE "C": ordered by bytes, on every machine alike and as the
-- filters sort.
--
-- Integers without a limit that INT could hold are BIGINT: those of a clean
-- record have up to 64 bits, and the sums of many in gold even more of them.

CREATE TABLE produtos (id text PRIMARY KEY, preco numeric,
	estoque int CHECK (estoque >= 0), row_version int);

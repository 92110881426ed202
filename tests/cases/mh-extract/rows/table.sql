CREATE TABLE produtos (id text PRIMARY KEY, nome text, preco numeric,
	ativo bool, desde timestamptz);
INSERT INTO produtos VALUES
	('P2', 'Caf"é', 1234567890123456789.10, false, '2024-05-06 07:08:09-03'),
	('P1', NULL, 0.10, true, NULL);

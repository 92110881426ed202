COPY (
	FROM read_csv('${DATA}/raw/pedidos.csv', header = true,
		all_varchar = true)
) TO '${OUT}' (FORMAT json);

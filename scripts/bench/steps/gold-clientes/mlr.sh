# shellcheck shell=sh
# shellcheck disable=SC1010 # Miller's own then
# Gold clientes with Miller: distinct pairs and their lists, then figures.
# join keeps what is unpaired of its main input by --ur.
cd "$DATA/silver" || exit
lists() { # COLUMN NAME
	mlr --ijsonl --ojsonl join -j id_produto -f produtos.ndjson then \
		filter "\$$1 . \"\" != \"\"" then \
		head -n 1 -g "id_cliente,$1" then cut -o -f "id_cliente,$1" then \
		sort -f "$1" then nest --implode --values --across-records \
		-f "$1" --nested-fs ', ' then rename "$1,$2" pedidos.ndjson
}
lists categoria categorias_compradas >"$OUT.categorias"
lists nome_produto produtos_comprados >"$OUT.produtos"
mlr --ijsonl --ojsonl stats1 -a count,sum,min,max \
	-f valor_total,data_pedido -g id_cliente then \
	join -j id_cliente -f clientes.ndjson then \
	join --ur -j id_cliente -f "$OUT.categorias" then \
	join --ur -j id_cliente -f "$OUT.produtos" then \
	rename valor_total_count,total_pedidos,valor_total_sum,total_gasto \
	then rename data_pedido_min,data_primeiro_pedido then \
	rename data_pedido_max,data_ultimo_pedido pedidos.ndjson >"$OUT"

# shellcheck shell=sh
# the recipe of scripts/gold, inside a run
export MH_RUN="$RUN"
cd "$DATA/sealed" || exit
mh-join --left -k id_produto -f categoria,nome_produto \
	-o id_cliente,valor_total,data_pedido,categoria,nome_produto \
	silver-produtos.ndjson silver-pedidos.ndjson |
	mh-aggregate -k id_cliente \
		-a 'total_pedidos=count()' -a 'total_gasto=sum(valor_total)' \
		-a 'data_primeiro_pedido=min(data_pedido)' \
		-a 'data_ultimo_pedido=max(data_pedido)' \
		-a 'categorias_compradas=list(categoria)' \
		-a 'produtos_comprados=list(nome_produto)' |
	mh-join -k id_cliente -f nome,cidade,idade \
		-o id_cliente,nome,cidade,idade,total_pedidos,total_gasto,data_primeiro_pedido,data_ultimo_pedido,categorias_compradas,produtos_comprados \
		silver-clientes.ndjson >"$OUT"

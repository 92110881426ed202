# shellcheck shell=sh
# the recipe of scripts/gold, inside a run
export MH_RUN="$RUN"
cd "$DATA/sealed" || exit
mh-join --left -k id_produto -f categoria,nome_produto \
	silver-produtos.ndjson silver-pedidos.ndjson |
	mh-join -k id_cliente -f nome,cidade,idade silver-clientes.ndjson |
	mh-aggregate -k id_cliente -a 'nome=first(nome)' \
		-a 'cidade=first(cidade)' -a 'idade=first(idade)' \
		-a 'total_pedidos=count()' -a 'total_gasto=sum(valor_total)' \
		-a 'data_primeiro_pedido=min(data_pedido)' \
		-a 'data_ultimo_pedido=max(data_pedido)' \
		-a 'categorias_compradas=list(categoria)' \
		-a 'produtos_comprados=list(nome_produto)' >"$OUT"

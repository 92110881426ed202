#!/usr/bin/env bash
# analise_clientes_pedidos - what each cliente with a pedido has bought.
#
# One row per cliente. A pedido whose produto is unknown counts, and lists
# nothing.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/../silver.sh"

joined() {
	mh-join --left -k id_produto -f categoria,nome_produto \
		-o "$key,valor_total,data_pedido,categoria,nome_produto" \
		<(silver produtos)
}

key=id_cliente
grouped() {
	mh-aggregate "$@" -k "$key" \
		-a 'total_pedidos=count()' \
		-a 'total_gasto=sum(valor_total)' \
		-a 'data_primeiro_pedido=min(data_pedido)' \
		-a 'data_ultimo_pedido=max(data_pedido)' \
		-a 'categorias_compradas=list(categoria)' \
		-a 'produtos_comprados=list(nome_produto)'
}

# once for each cliente, not for each of its pedidos
completed() {
	mh-join -k "$key" -f nome,cidade,idade \
		-o "$key,nome,cidade,idade,total_pedidos,total_gasto,data_primeiro_pedido,data_ultimo_pedido,categorias_compradas,produtos_comprados" \
		<(silver clientes)
}

expected() {
	mh-expect "$@" --dataset gold.analise_clientes_pedidos \
		--fail 'uma_linha=unique(id_cliente)' \
		--fail 'tem_pedido=total_pedidos >= 1' \
		--fail 'gasto_nao_negativo=total_gasto >= 0' \
		--fail 'datas_em_ordem=data_primeiro_pedido <= data_ultimo_pedido'
}

run_parts "$@"

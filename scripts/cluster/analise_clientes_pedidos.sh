#!/usr/bin/env bash
# analise_clientes_pedidos.sh map PART [file ...] | reduce [option ...]
#
# The recipe scripts/gold/analise_clientes_pedidos.sh in two halves, for many
# machines. `map` reads clean pedidos, part PART of all of them, and writes
# states behind their keys; `reduce` reads these, of any parts in any order,
# and writes the rows. Options are those of mh-expect. The other silver files
# are those in MH_SILVER (default: this directory).
set -euo pipefail
PATH=$PATH:. # where Hadoop and Spark put what is sent along

silver=${MH_SILVER:-.}

group() {
	mh-aggregate "$@" -k id_cliente \
		-a 'nome=first(nome)' \
		-a 'cidade=first(cidade)' \
		-a 'idade=first(idade)' \
		-a 'total_pedidos=count()' \
		-a 'total_gasto=sum(valor_total)' \
		-a 'data_primeiro_pedido=min(data_pedido)' \
		-a 'data_ultimo_pedido=max(data_pedido)' \
		-a 'categorias_compradas=list(categoria)' \
		-a 'produtos_comprados=list(nome_produto)'
}

half=${1-} part=${2-}
case $half in
map)
	shift 2
	mh-join --left -k id_produto -f categoria,nome_produto \
		"$silver/produtos.ndjson" "$@" |
		mh-join -k id_cliente -f nome,cidade,idade \
			"$silver/clientes.ndjson" |
		group --partial --part "$part" --emit-key id_cliente
	;;
reduce)
	shift
	group --merge --read-key |
		mh-expect "$@" --dataset gold.analise_clientes_pedidos \
			--fail 'uma_linha=unique(id_cliente)' \
			--fail 'tem_pedido=total_pedidos >= 1' \
			--fail 'gasto_nao_negativo=total_gasto >= 0' \
			--fail 'datas_em_ordem=data_primeiro_pedido <= data_ultimo_pedido'
	;;
*)
	sed -n '2s/^# /usage: /p' "$0" >&2
	exit 2
	;;
esac

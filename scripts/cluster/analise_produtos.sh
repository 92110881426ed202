#!/usr/bin/env bash
# analise_produtos.sh map PART [file ...] | reduce [option ...]
#
# The recipe scripts/gold/analise_produtos.sh in two halves, for many machines:
# as analise_clientes_pedidos.sh here.
set -euo pipefail
PATH=$PATH:. # where Hadoop and Spark put what is sent along

silver=${MH_SILVER:-.}

group() {
	mh-aggregate "$@" -k id_produto \
		-a 'nome_produto=first(nome_produto)' \
		-a 'categoria=first(categoria)' \
		-a 'total_vendido=total(quantidade)' \
		-a 'total_receita=total(valor_total)' \
		-a 'estoque_atual=first(estoque)'
}

half=${1-} part=${2-}
case $half in
map)
	shift 2
	mh-join -k id_produto -f nome_produto,categoria,estoque \
		"$silver/produtos.ndjson" "$@" |
		group --partial --part "$part" --emit-key id_produto
	;;
reduce)
	shift
	group --merge --read-key |
		mh-expect "$@" --dataset gold.analise_produtos \
			--fail 'uma_linha=unique(id_produto)' \
			--fail 'vendido_nao_negativo=total_vendido >= 0' \
			--fail 'receita_nao_negativa=total_receita >= 0'
	;;
*)
	sed -n '2s/^# /usage: /p' "$0" >&2
	exit 2
	;;
esac

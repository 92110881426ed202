#!/usr/bin/env bash
# analise_produtos [--all] - what each produto has sold.
#
# One row per produto with at least one pedido; with --all also those never
# sold, with zeros.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/../silver.sh"

sold() {
	pedidos |
		mh-join -k id_produto -f nome_produto,categoria,estoque \
			<(silver produtos)
}

never_sold() {
	silver produtos | mh-join --anti -k id_produto <(pedidos)
}

recipe() {
	sold_or_all "$@" |
		mh-aggregate -k id_produto \
			-a 'nome_produto=first(nome_produto)' \
			-a 'categoria=first(categoria)' \
			-a 'total_vendido=total(quantidade)' \
			-a 'total_receita=total(valor_total)' \
			-a 'estoque_atual=first(estoque)' |
		mh-expect --dataset gold.analise_produtos \
			--fail 'uma_linha=unique(id_produto)' \
			--fail 'vendido_nao_negativo=total_vendido >= 0' \
			--fail 'receita_nao_negativa=total_receita >= 0'
}

sold_or_all() {
	sold
	[ "${1:-}" != --all ] || never_sold
}

run_recipe "$@"

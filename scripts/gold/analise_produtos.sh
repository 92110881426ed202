#!/usr/bin/env bash
# analise_produtos [--all] - what each produto has sold.
#
# One row per produto with at least one pedido; with --all also those never
# sold, with zeros.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/../silver.sh"

all=false
if [ "${1:-}" = --all ]; then
	all=true
	shift
fi

joined() {
	mh-join "$@" -k id_produto -f nome_produto,categoria,estoque \
		<(silver produtos)
	! $all || silver produtos |
		mh-join "$@" --anti -k id_produto <(pedidos)
}

key=id_produto
grouped() {
	mh-aggregate "$@" -k "$key" \
		-a 'nome_produto=first(nome_produto)' \
		-a 'categoria=first(categoria)' \
		-a 'total_vendido=total(quantidade)' \
		-a 'total_receita=total(valor_total)' \
		-a 'estoque_atual=first(estoque)'
}

expected() {
	mh-expect "$@" --dataset gold.analise_produtos \
		--fail 'uma_linha=unique(id_produto)' \
		--fail 'vendido_nao_negativo=total_vendido >= 0' \
		--fail 'receita_nao_negativa=total_receita >= 0'
}

run_parts "$@"

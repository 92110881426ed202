#!/usr/bin/env bash
# analise_produtos [--all] - what each produto has sold.
#
# One row per produto with at least one pedido; with --all also those never
# sold, with zeros.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/../silver.sh"

if [ "${1:-}" = --all ]; then
	shift
	joined() {
		cat
		silver produtos | mh-join --anti -k id_produto <(pedidos)
	}
fi

key=id_produto
grouped() {
	mh-aggregate "$@" -k "$key" \
		-a 'total_vendido=total(quantidade)' \
		-a 'total_receita=total(valor_total)'
}

# once for each produto, not for each of its pedidos
completed() {
	mh-join -k "$key" -f nome_produto,categoria,estoque_atual=estoque \
		-o "$key,nome_produto,categoria,total_vendido,total_receita,estoque_atual" \
		<(silver produtos)
}

expected() {
	mh-expect "$@" --dataset gold.analise_produtos \
		--fail 'uma_linha=unique(id_produto)' \
		--fail 'vendido_nao_negativo=total_vendido >= 0' \
		--fail 'receita_nao_negativa=total_receita >= 0'
}

run_parts "$@"

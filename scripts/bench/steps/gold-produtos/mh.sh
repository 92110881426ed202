# shellcheck shell=sh
# the recipe of scripts/gold, inside a run
export MH_RUN="$RUN"
cd "$DATA/sealed" || exit
mh-join -k id_produto -f nome_produto,categoria,estoque \
	silver-produtos.ndjson silver-pedidos.ndjson |
	mh-aggregate -k id_produto -a 'nome_produto=first(nome_produto)' \
		-a 'categoria=first(categoria)' \
		-a 'total_vendido=total(quantidade)' \
		-a 'total_receita=total(valor_total)' \
		-a 'estoque_atual=first(estoque)' >"$OUT"

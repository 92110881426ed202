# shellcheck shell=sh
# the recipe of scripts/gold, inside a run
export MH_RUN="$RUN"
cd "$DATA/sealed" || exit
mh-aggregate -k id_produto -a 'total_vendido=total(quantidade)' \
	-a 'total_receita=total(valor_total)' silver-pedidos.ndjson |
	mh-join -k id_produto \
		-f nome_produto,categoria,estoque_atual=estoque \
		-o id_produto,nome_produto,categoria,total_vendido,total_receita,estoque_atual \
		silver-produtos.ndjson >"$OUT"

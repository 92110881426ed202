# shellcheck shell=sh
# shellcheck disable=SC1010 # Miller's own then
# Gold produtos with Miller: sums by produto, then a join.
cd "$DATA/silver" || exit
mlr --ijsonl --ojsonl stats1 -a sum -f quantidade,valor_total \
	-g id_produto then join -j id_produto -f produtos.ndjson then \
	rename quantidade_sum,total_vendido,valor_total_sum,total_receita,estoque,estoque_atual \
	pedidos.ndjson >"$OUT"

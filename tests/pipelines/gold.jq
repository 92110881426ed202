# gold.jq - the gold tables once more, by other means: sums in whole cents,
# the rest as jq has it. A sum is written as the text
# "@N.NN", for sed to take the quotes off.
#
#	jq -cn --slurpfile clientes FILE --slurpfile produtos FILE \
#	    --slurpfile pedidos FILE --arg table NAME -f gold.jq |
#	    sed 's/"@\([0-9.]*\)"/\1/'

def data: map(select(has("$mh") | not));
def by(key): map({ (.[key]): . }) | add;
def cents: . * 100 | round;
def money:
	tostring | ("00" + .)[-2:] as $fraction |
	"@" + (if length > 2 then .[:-2] else "0" end) + "." + $fraction;
def list: map(select(. != null)) | unique | if . == [] then null else join(", ") end;

($clientes | data | by("id_cliente")) as $cliente
| ($produtos | data | by("id_produto")) as $produto
| ($pedidos | data) as $pedidos
| if $table == "analise_clientes_pedidos" then
	$pedidos | group_by(.id_cliente)[] | $cliente[.[0].id_cliente] as $c |
	select($c != null) | {
		id_cliente: $c.id_cliente,
		nome: $c.nome,
		cidade: $c.cidade,
		idade: $c.idade,
		total_pedidos: length,
		total_gasto: (map(.valor_total | cents) | add | money),
		data_primeiro_pedido: (map(.data_pedido) | min),
		data_ultimo_pedido: (map(.data_pedido) | max),
		categorias_compradas: (map($produto[.id_produto].categoria) | list),
		produtos_comprados: (map($produto[.id_produto].nome_produto) | list)
	}
  elif $table == "analise_produtos" then
	$pedidos | group_by(.id_produto)[] | $produto[.[0].id_produto] as $p |
	select($p != null) | {
		id_produto: $p.id_produto,
		nome_produto: $p.nome_produto,
		categoria: $p.categoria,
		total_vendido: (map(.quantidade) | add),
		total_receita: (map(.valor_total | cents) | add | money),
		estoque_atual: $p.estoque
	}
  else error("no such table") end

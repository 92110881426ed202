#!/bin/bash
# mh-contract --ddl: the tables that follow from contracts, and scripts/schema,
# which makes them.
. "$(dirname "$0")/db.sh"

schema=$ROOT/scripts/schema
shape()
{
	pg_dump -s | grep -v restrict
}

# columns LAYER.ENTITY: name, type, order, default, and ! where NOT NULL
columns()
{
	q "SELECT string_agg(a.attname || ' ' || format_type(atttypid, NULL)
		|| CASE WHEN collname = 'C' THEN ' C' ELSE '' END
		|| coalesce(' = ' || pg_get_expr(adbin, adrelid), '')
		|| CASE WHEN attnotnull THEN ' !' ELSE '' END, E'\n'
		ORDER BY attnum)
		FROM pg_attribute a LEFT JOIN pg_collation c ON c.oid = attcollation
		LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
		WHERE attrelid = '$1'::regclass AND attnum > 0"
}

# keys LAYER.ENTITY: its primary and its foreign keys
keys()
{
	q "SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), E'\n'
		ORDER BY contype DESC, conname) FROM pg_constraint
		WHERE conrelid = '$1'::regclass"
}

status "the shop's tables are made" 0 "$schema"
is "bronze.pedidos" "$(columns bronze.pedidos)" \
'id_pedido text C !
id_cliente text C
id_produto text C
quantidade text
status text
valor_total text
data_pedido text
load_timestamp timestamp without time zone = CURRENT_TIMESTAMP
process_id text = ('"'abc'::text || (nextval('process_id_seq'::regclass))::text"')
row_version integer = 1'
is "bronze.pedidos: keys" "$(keys bronze.pedidos)" \
	'pedidos_pkey PRIMARY KEY (id_pedido)'
is "silver.clientes" "$(columns silver.clientes)" \
'id_cliente text C !
nome text
email text
telefone text
cidade text
idade integer
data_ingestao timestamp without time zone = CURRENT_TIMESTAMP'
is "silver.produtos" "$(columns silver.produtos)" \
'id_produto text C !
nome_produto text
categoria text
preco numeric
estoque bigint
data_ingestao timestamp without time zone = CURRENT_TIMESTAMP'
is "silver.pedidos" "$(columns silver.pedidos)" \
'id_pedido text C !
id_cliente text C
id_produto text C
quantidade bigint
status text
valor_total numeric
data_pedido date
data_ingestao timestamp without time zone = CURRENT_TIMESTAMP'
is "silver.pedidos: keys" "$(keys silver.pedidos)" \
'pedidos_pkey PRIMARY KEY (id_pedido)
pedidos_id_cliente_fkey FOREIGN KEY (id_cliente) REFERENCES silver.clientes(id_cliente)
pedidos_id_produto_fkey FOREIGN KEY (id_produto) REFERENCES silver.produtos(id_produto)'
is "silver.vendas" "$(columns silver.vendas)" \
'id_venda text C !
email text
vendedor text
data timestamp without time zone
valor numeric
quantidade bigint
produto text
data_ingestao timestamp without time zone = CURRENT_TIMESTAMP'
is "a table's comment" "$(q "SELECT obj_description('silver.pedidos'::regclass)")" \
	'Orders of the shop, one line each'
is "a column's" "$(q "SELECT col_description('bronze.vendas'::regclass, 2)")" \
	'the buyer'

shape >before
status "the tables again" 0 sh -c '{ mh-contract --ddl bronze pedidos produtos
	mh-contract --ddl silver clientes produtos pedidos; } |
	PGOPTIONS=--client-min-messages=warning psql -Xq -v ON_ERROR_STOP=1'
is "without a word" "$said" ''
check "change nothing" cmp before <(shape)

# A contract with all that could be written wrong into SQL.
cp "$TESTS/cases/mh-contract/ddl-silver/v.contract" .
for layer in bronze silver; do
	for time in first second; do
		status "every type, $layer, the $time time" 0 sh -c "mh-contract \
			--ddl $layer v.contract | psql -Xq -v ON_ERROR_STOP=1"
	done
done
is "their types" "$(columns silver.todos)" \
'Id bigint !
order text C !
texto text
cifras text C
inteiro integer
longo bigint
fundo bigint
justo integer
valor numeric
dia date
quando timestamp without time zone
sim boolean
estado text
extra jsonb
tudo jsonb
fone text
cpf text
cnpj text
cep text
uf text
data_ingestao timestamp without time zone = CURRENT_TIMESTAMP'
is "their keys" "$(keys silver.todos)" \
'todos_pkey PRIMARY KEY ("Id", "order")
todos_cifras_fkey FOREIGN KEY (cifras) REFERENCES silver.clientes(id_cliente)'
is "quotes in a comment" "$(q "SELECT obj_description('silver.todos'::regclass)
	|| col_description('silver.todos'::regclass, 1)")" \
	"It's \"all\" of them | 100%the customer's \\ number"
is "quotes in bronze's" "$(q "SELECT obj_description('bronze.todos'::regclass)")" \
	"It's \"all\" of them | 100%"
cat >one <<'END'
{"Id":"7","order":"ANA@EXAMPLE.COM","texto":"o  sol","inteiro":"3","longo":"-9000000000","fundo":9000000000,"valor":"US$ 1.500","dia":"03/04/2024","quando":"2024-03-04 10:00","sim":"S","estado":"paid","extra":[1, {"a":2}],"tudo":"x","uf":"ceará"}
END
status "a record of them all" 0 sh -c 'mh-clean -c v.contract one >clean &&
	mh-load silver.todos clean && mh-load bronze.todos one'
is "is in silver as it was cleaned" "$(mh-extract -l silver.todos |
	jq -c 'del(.data_ingestao)')" "$(jq -c . clean)"
is "and in bronze as it came" "$(mh-extract -l bronze.todos |
	jq -c '[.Id, .order, .longo, .valor, .sim, .tudo]')" \
	'["7","ANA@EXAMPLE.COM","-9000000000","US$ 1.500","S","x"]'

# scripts/schema with contracts of one's own
createdb -T template0 -E UTF8 "${db}_own"
export PGDATABASE=${db}_own
trap 'dropdb --force "${db}_own"; dropdb --force "$db"; rm -rf "$SCRATCH"' EXIT
printf '%s\n' 'entity lojas' 'key id' 'column id text' \
	'column id_marca text references marcas' >lojas.contract
status "a contract of one's own, and a built-in one" 0 \
	"$schema" lojas.contract marcas
is "are the tables there are" "$(q "SELECT string_agg(schemaname || '.'
	|| tablename || ' ' || tableowner, ' ' ORDER BY schemaname, tablename)
	FROM pg_tables WHERE schemaname IN ('bronze', 'silver')")" \
'bronze.lojas mh_owner bronze.marcas mh_owner silver.lojas mh_owner silver.marcas mh_owner'
is "with their grants" "$(q "SELECT has_table_privilege('mh_load',
	'bronze.lojas', 'INSERT'), has_table_privilege('mh_read', 'silver.lojas',
	'SELECT'), has_table_privilege('anon', 'silver.lojas', 'SELECT')")" 't|t|f'
is "and their references" "$(keys silver.lojas | sed 1d)" \
'lojas_id_marca_fkey FOREIGN KEY (id_marca) REFERENCES silver.marcas(id_marca)'
shape >before
status "again" 0 "$schema" lojas.contract marcas
check "changes nothing" cmp before <(shape)
echo nonsense >wrong.contract
status "a wrong contract" 78 "$schema" lojas.contract wrong.contract
says "is named" 'mh-contract: wrong.contract: line 1: nonsense: expected'
check "and nothing has changed" cmp before <(shape)
mapfile -t all < <(mh-contract --list)
status "all built-in contracts" 0 "$schema" "${all[@]}"
is "are tables of silver" "$(q "SELECT count(*) FROM pg_tables
	WHERE schemaname = 'silver' AND tablename <> 'lojas'")" "${#all[@]}"
is "itenspedido has a key of two columns" "$(keys silver.itenspedido)" \
'itenspedido_pkey PRIMARY KEY (id_pedido, item)
itenspedido_id_pedido_fkey FOREIGN KEY (id_pedido) REFERENCES silver.pedidos(id_pedido)
itenspedido_id_produto_fkey FOREIGN KEY (id_produto) REFERENCES silver.produtos(id_produto)'

done_testing

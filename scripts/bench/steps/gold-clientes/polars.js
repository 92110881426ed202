// Gold clientes with Polars: one lazy query.
const pl = require('nodejs-polars');

const { DATA, OUT } = process.env;
const col = pl.col;

function read(name, schema) {
	return pl.scanJson(`${DATA}/silver/${name}.ndjson`, { schema });
}

function listed(name) {
	return col(name).dropNulls().unique().sort().alias(name);
}

const produtos = read('produtos', { id_produto: pl.Utf8,
	nome_produto: pl.Utf8, categoria: pl.Utf8 });
const clientes = read('clientes', { id_cliente: pl.Utf8, nome: pl.Utf8,
	cidade: pl.Utf8, idade: pl.Int64 });
read('pedidos', { id_cliente: pl.Utf8, id_produto: pl.Utf8,
	valor_total: pl.Float64, data_pedido: pl.Utf8 })
	.join(produtos, { on: 'id_produto', how: 'left' })
	.groupBy('id_cliente')
	.agg(pl.len().alias('total_pedidos'),
		col('valor_total').sum().alias('total_gasto'),
		col('data_pedido').min().alias('data_primeiro_pedido'),
		col('data_pedido').max().alias('data_ultimo_pedido'),
		listed('categoria').alias('categorias_compradas'),
		listed('nome_produto').alias('produtos_comprados'))
	.join(clientes, { on: 'id_cliente', how: 'inner' })
	.withColumns(col('total_gasto').round(2),
		col('categorias_compradas').lst.join(', '),
		col('produtos_comprados').lst.join(', '))
	.sinkNdJson(OUT)
	.collectSync();

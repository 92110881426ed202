// Gold produtos with Polars: one lazy query.
const pl = require('nodejs-polars');

const { DATA, OUT } = process.env;
const col = pl.col;

function read(name, schema) {
	return pl.scanJson(`${DATA}/silver/${name}.ndjson`, { schema });
}

const produtos = read('produtos', { id_produto: pl.Utf8,
	nome_produto: pl.Utf8, categoria: pl.Utf8, estoque: pl.Int64 });
read('pedidos', { id_produto: pl.Utf8, quantidade: pl.Int64,
	valor_total: pl.Float64 })
	.groupBy('id_produto')
	.agg(col('quantidade').sum().alias('total_vendido'),
		col('valor_total').sum().round(2).alias('total_receita'))
	.join(produtos, { on: 'id_produto', how: 'inner' })
	.withColumnRenamed('estoque', 'estoque_atual')
	.sinkNdJson(OUT)
	.collectSync();

// Silver pedidos with Polars: one lazy query.
const pl = require('nodejs-polars');

const STATUS = {
	Pago: 'pago paga paid approved aprovado aprovada',
	Pendente: 'pendente pending created criado aguardando aguardando_pagamento',
	Processando: 'processando processing invoiced faturado em_processamento em_separação em_separacao',
	Enviado: 'enviado enviada shipped despachado em_trânsito em_transito',
	Entregue: 'entregue delivered completed concluído concluída concluido concluida',
	Cancelado: 'cancelado cancelada canceled cancelled unavailable indisponível indisponivel',
	Devolvido: 'devolvido devolvida returned refunded reembolsado estornado',
};
const WORDS = Object.values(STATUS).flatMap((s) => s.split(' '))
	.map((s) => s.replace('_', ' '));
const VALUES = Object.keys(STATUS)
	.flatMap((v) => STATUS[v].split(' ').map(() => v));
const MONTHS = 'jan fev mar abr mai jun jul ago set out nov dez'.split(' ');
const COLUMNS = ['id_pedido', 'id_cliente', 'id_produto', 'quantidade',
	'status', 'valor_total', 'data_pedido'];
const { TODAY, DATA, OUT } = process.env;

function money(column) {
	const real = column.str.contains('^(R\\$|BRL)');
	const s = column.str.replace('^(R\\$|BRL)[ \u00a0]*', '');
	return pl.when(s.str.contains('^\\d+(\\.\\d\\d?)?$')).then(s)
		.when(s.str.contains('^(\\d+|\\d{1,3}(\\.\\d{3})+),\\d\\d?$'))
		.then(s.str.replaceAll('.', '', true).str.replace(',', '.', true))
		.when(s.str.contains('^\\d{1,3}(,\\d{3})+\\.\\d\\d?$'))
		.then(s.str.replaceAll(',', '', true))
		// behind R$ a point may group and no cents follow
		.when(real.and(s.str.contains('^\\d{1,3}(\\.\\d{3})+$')))
		.then(s.str.replaceAll('.', '', true))
		.otherwise(pl.lit(null)).cast(pl.Float64, false);
}

function day(s) {
	const month = s.str.extract(' ?(?:de |[ /])([a-z]{3})', 1)
		.replaceStrict(MONTHS, MONTHS.map((m, i) => `${i + 1}`),
			pl.lit(null));
	return pl.when(s.str.contains('^\\d{4}-\\d\\d-\\d\\d([T ].*)?$'))
		.then(s.str.slice(0, 10))
		.when(s.str.contains('^\\d\\d?[-/.]\\d\\d?[-/.]\\d{4}( .*)?$'))
		.then(s.str.replace('^(\\d+).(\\d+).(\\d{4}).*$', '$3-$2-$1'))
		.when(s.str.contains('^\\d{4}/\\d\\d/\\d\\d$'))
		.then(s.str.replaceAll('/', '-', true))
		.when(s.str.contains('^\\d{8}$'))
		.then(s.str.replace('^(\\d{4})(\\d\\d)', '$1-$2-'))
		.when(s.str.contains('^\\d\\d?(/| | de )[a-zç]+(/| | de )\\d{4}$'))
		.then(pl.concatString([s.str.extract('(\\d{4})$', 1), month,
			s.str.extract('^(\\d+)', 1)], '-'))
		.otherwise(pl.lit(null)).str.strptime(pl.Date, '%Y-%m-%d');
}

const col = pl.col;
const today = pl.lit(TODAY).str.strptime(pl.Date, '%Y-%m-%d');
pl.scanJson(`${DATA}/raw/pedidos.ndjson`, {
	schema: Object.fromEntries(COLUMNS.map((c) => [c, pl.Utf8])),
}).withColumns(pl.col(COLUMNS).str.strip())
	.withColumns(
		pl.col(['id_pedido', 'id_cliente', 'id_produto'])
			.replace(['', 'NULL', 'N/A', '-'], [null, null, null, null]),
		col('quantidade').str.extract('^(\\d+)(?:[.,]00?)?$', 1)
			.cast(pl.Int64, false),
		col('status').str.toLowerCase()
			.replaceStrict(WORDS, VALUES, pl.lit(null)),
		money(col('valor_total')).alias('valor_total'),
		day(col('data_pedido')).alias('data_pedido'))
	.dropNulls(COLUMNS.filter((c) => c !== 'status'))
	.filter(col('quantidade').gtEq(1)
		.and(col('data_pedido').ltEq(today)))
	.unique({ subset: ['id_pedido'], keep: 'first', maintainOrder: true })
	.sinkNdJson(OUT)
	.collectSync();

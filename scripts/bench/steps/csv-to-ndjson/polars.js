// CSV to NDJSON with Polars, every field a string.
const pl = require('nodejs-polars');

const { DATA, OUT } = process.env;
pl.scanCSV(`${DATA}/raw/pedidos.csv`, { inferSchemaLength: 0 })
	.sinkNdJson(OUT)
	.collectSync();

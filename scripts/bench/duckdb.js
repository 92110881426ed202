// usage: node duckdb.js FILE.sql - runs the file in a database in memory.
// ${NAME} stands for the variable NAME of the environment.
const fs = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');

async function main() {
	const sql = fs.readFileSync(process.argv[2], 'utf8')
		.replace(/\$\{(\w+)\}/g, (all, name) => process.env[name]);
	const database = await DuckDBInstance.create(':memory:');
	const connection = await database.connect();
	await connection.run(sql);
}

main().catch((error) => {
	console.error(`duckdb: ${error.message}`);
	process.exit(1);
});

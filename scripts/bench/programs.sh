# programs.sh - for run: a step's programs, and which of them can run here.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of run
#
# A program is named by its file: pandas.py; psql-copy.sh is one of psql's;
# limit-NAME.sh is no peer, but what nobody could be faster than.

# The Python that has pandas need not be the first of PATH.
python=python3
for python in python3 /usr/bin/python3; do
	! "$python" -I -c 'import pandas' 2>/dev/null || break
done

# Sets the array command.
command_for() # FILE
{
	case $1 in
	*.py) command=("$python" -I "$1") ;;
	*.js) command=(node "$1") ;;
	*.sql) command=(node "$here/duckdb.js" "$1") ;;
	*) command=(sh -eu "$1") ;;
	esac
}

# What the program NAME.SUFFIX lacks here; nothing if it can run.
missing()
{
	local name=${1%.*}

	case ${name%%-*} in
	mh | limit) ;;
	pandas)
		"$python" -I -c 'import pandas, sqlalchemy, psycopg2' \
			2>/dev/null || echo "pandas with SQLAlchemy and psycopg2"
		;;
	psycopg2)
		"$python" -I -c 'import psycopg2' 2>/dev/null || echo psycopg2
		;;
	duckdb) node_has @duckdb/node-api || echo @duckdb/node-api ;;
	polars) node_has nodejs-polars || echo nodejs-polars ;;
	*) command -v "${name%%-*}" >/dev/null || echo "${name%%-*}" ;;
	esac
}

node_has()
{
	node -e 'require(process.argv[1])' "$1" >/dev/null 2>&1
}

# Those that nobody wants to wait for with ten million records.
is_slow()
{
	case ${1%.*} in
	pandas | psycopg2 | pgloader | mlr | jq | csvjson) ;;
	*) return 1 ;;
	esac
}

# A line for each peer that is here: name and version.
versions()
{
	[ -n "$(missing pandas.py)" ] || "$python" -I -c '
import pandas, psycopg2, sqlalchemy, sys
print("pandas", pandas.__version__ + ", SQLAlchemy",
      sqlalchemy.__version__ + ", psycopg2", psycopg2.__version__.split()[0]
      + ", Python", sys.version.split()[0])'
	[ -n "$(missing duckdb.sql)" ] || node -e '
console.log("DuckDB", require("@duckdb/node-api").version());'
	[ -n "$(missing polars.js)" ] || node -e '
const at = require.resolve("nodejs-polars/package.json");
console.log("Polars", require(at).version, "(nodejs-polars)");'
	[ -n "$(missing mlr.sh)" ] || mlr --version | sed 's/^mlr/Miller/'
	[ -n "$(missing jq.sh)" ] || jq --version
	[ -n "$(missing csvjson.sh)" ] || csvjson --version |
		sed 's/^csvjson/csvkit/'
	[ -n "$(missing psql.sh)" ] || psql --version |
		sed 's/^psql (PostgreSQL)/PostgreSQL/'
	[ -n "$(missing pgloader.sh)" ] || pgloader --version |
		sed -n 's/pgloader version "\(.*\)"/pgloader \1/p'
}

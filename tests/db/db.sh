# shellcheck shell=bash
# tests/db/db.sh - sourced by the database tests: a database of their own in
# the cluster that PG* names, and a few words more than tap.sh has.
#
#	q SQL                    what psql answers, bare
#	is NAME GOT WANT         passes if they are equal
#	status NAME WANT CMD...  passes if CMD exits so; its words go to $said
#	rows FILE MEMBER         one member of each record of a file

. "$(dirname "${BASH_SOURCE[0]}")/../tap.sh"

if ! psql -XAtc 'SELECT 1' postgres >/dev/null 2>&1; then
	echo "1..0 # SKIP no PostgreSQL server"
	exit 0
fi

db=$(basename "$0" .t)
db=mh_test_${db//-/_}
dropdb --if-exists --force "$db" 2>/dev/null
createdb -T template0 -E UTF8 "$db" || exit
trap 'dropdb --force "$db"; rm -rf "$SCRATCH"' EXIT
export PGDATABASE=$db
cd "$SCRATCH" || exit

q()
{
	psql -XAtq -v ON_ERROR_STOP=1 -c "$1"
}

is()
{
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "got:" "$2" "want:" "$3"
	fi
}

status()
{
	local name=$1 want=$2 got=0
	shift 2
	said=$("$@" 2>&1) || got=$?
	if [ "$got" = "$want" ]; then
		ok "$name"
	else
		not_ok "$name" "exit status $got, not $want" "$said"
	fi
}

# says NAME PATTERN: did the last status say something like that?
says()
{
	# shellcheck disable=SC2254 # a pattern is meant
	case $said in
	*$2*) ok "$1" ;;
	*) not_ok "$1" "$said" ;;
	esac
}

rows()
{
	jq -r ".$2" "$1"
}

# books FILE: the counts of a summary, those that matter to a load
books()
{
	jq -r '"\(.in) \(.inserted) \(.updated) \(.unchanged) \(.deleted) \(.rejected)"' "$1"
}

# shellcheck shell=bash
# tests/tap.sh - sourced by every test script (bash): the one environment
# in which tests run, and the few words of TAP that they need.
#
#	ok NAME                 a test that passed
#	not_ok NAME [TEXT...]   one that failed; standard input is not read
#	is NAME GOT WANT        passes if they are equal
#	check NAME CMD...       passes if the command does, shows its output
#	peak FILE CMD...        the most memory that CMD >FILE took, in kB
#	skip NAME WHY           one that cannot run here
#	done_testing            the plan; the script's last line

TESTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=${TESTS%/*}
BIN=${BIN:-build/bin}
case $BIN in
/*) ;;
*) BIN=$ROOT/$BIN ;;
esac

# What a user has set must not change a result.
unset MH_RUN MH_SUMMARY MH_LAKEHOUSE MH_SEED_GRANTS MH_JOBS CASE
for tap_v in ${!LAKEHOUSE_*} ${!SUPABASE_*}; do
	unset "$tap_v"
done
export ROOT BIN PATH="$BIN:$PATH"
export LC_ALL=C TZ=America/Sao_Paulo MH_TODAY=2026-11-22

# One scratch folder a script, gone at its end.
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/mh-test.XXXXXX")
trap 'rm -rf "$SCRATCH"' EXIT
trap 'exit 1' HUP INT TERM

tap_n=0
tap_failed=0

ok()
{
	echo "ok $((++tap_n)) - $1"
}

not_ok()
{
	echo "not ok $((++tap_n)) - $1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/# /'
	tap_failed=$((tap_failed + 1))
}

is()
{
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "got:" "$2" "want:" "$3"
	fi
}

peak()
{
	local file=$1
	shift
	"$@" >"$file" &
	local pid=$! line peak=0
	while line=$(grep -s VmHWM "/proc/$pid/status"); do
		line=${line//[^0-9]/}
		peak=${line:-$peak}
		sleep 0.02
	done
	wait "$pid" || peak="exit status $?"
	echo "$peak"
}

check()
{
	local name=$1 said
	shift
	if said=$("$@" 2>&1 </dev/null); then
		ok "$name"
	else
		not_ok "$name" "$said"
	fi
}

skip()
{
	echo "ok $((++tap_n)) - $1 # SKIP $2"
}

done_testing()
{
	echo "1..$tap_n"
	exit $((tap_failed > 0))
}

# silver.sh - for the recipes of scripts/gold: where silver comes from, and
# how a recipe is run.
# shellcheck shell=bash
#
# To be read with `.`; gives functions that print streams of records,
# run_recipe and run_parts. Silver is the database at LAKEHOUSE_URL or else the
# directory MH_SILVER (default: silver/ of the lakehouse's directory).

# the programs: built here, or installed with this file
for bin in "${BIN:-$(dirname -- "${BASH_SOURCE[0]}")/../build/bin}" \
	"$(dirname -- "${BASH_SOURCE[0]}")/../../../bin"; do
	[ -x "$bin/mh-join" ] || continue
	PATH=$(CDPATH="" cd -- "$bin" && pwd):$PATH
	break
done

# run_recipe [argument ...] - runs the function `recipe`, always as a run:
# only the seal shows that a stream at the far end of <(...) came to its end.
# By hand, outside a run, the result is plain.
run_recipe() {
	if [ -n "${MH_RUN:-}" ]; then
		recipe "$@"
	else
		MH_RUN=by-hand recipe "$@" | mh-wrap -- cat
	fi
}

# silver ENTITY - its silver records
silver() {
	local file=${MH_SILVER:-${MH_LAKEHOUSE:-lakehouse}/silver}/$1.ndjson
	if [ -n "${LAKEHOUSE_URL:-}" ]; then
		mh-extract -l "silver.$1"
	elif [ "$MH_RUN" = by-hand ]; then
		sealed "$file"
	else
		cat "$file"
	fi
}

# pedidos [COMMAND ...] - the silver pedidos that count, or of those that the
# command prints: all of them, or those whose status is in MH_GOLD_STATUS (a
# list with commas)
pedidos() {
	[ $# -gt 0 ] || set -- silver pedidos
	if [ -z "${MH_GOLD_STATUS:-}" ]; then
		"$@"
	else
		"$@" | mh-join --semi -k status <(wanted_statuses)
	fi
}

# The wanted states as records, in the words of the pedidos' contract: each is
# cleaned as that of a pedido made up for it. One that the contract does not
# know ends the stream without a seal.
wanted_statuses() {
	local IFS=, word words clean n=0
	read -r -a words <<<"$MH_GOLD_STATUS"
	clean=$(for word in "${words[@]}"; do
		printf '{"id_pedido":"%s","id_cliente":"-1","id_produto":"-1","quantidade":1,"status":"%s","valor_total":0,"data_pedido":"2000-01-01"}\n' \
			"$((n += 1))" "${word//[\"\\]/?}"
	done | MH_RUN='' mh-clean-pedidos 2>/dev/null)
	if [[ $clean == *'"status":null'* ]]; then
		echo "MH_GOLD_STATUS: unknown status in: $MH_GOLD_STATUS" >&2
		return 78
	fi
	mh-wrap --no-input -- printf '%s\n' "$clean"
}

# --- a recipe of steps, which can be made in parts ---------------------------

# run_parts [map ... | reduce ... | argument ...] - runs a recipe that has, in
# the place of `recipe`, these functions, and in `key` the members of a group:
#
#	joined			pedidos in, with what is joined to them out; may
#				be left out. It refuses nothing: in parts each
#				of them takes all pedidos
#	grouped OPTION...	mh-aggregate, which takes the options
#	completed		rows of groups in, with what is joined to them
#				out; may be left out
#	expected OPTION...	mh-expect, which takes the options
#
# Whole, it is these in a pipe. In parts it is
#
#	map I/N			the groups of shard I of N, of silver's pedidos,
#				or
#	map I [FILE ...]	part I: pedidos in files or standard input, to
#				the states of their groups
#	reduce			states of all parts, to rows
#
# In a run states are a stream like any other, and reduce takes them from
# files. By hand they are lines with keys, see mh-record(5), which reduce takes
# from standard input, and its options are those of mh-expect.
run_parts() {
	if ! declare -F grouped >/dev/null || ! declare -F expected >/dev/null; then
		echo "${0##*/}: run_parts needs the functions grouped and expected" >&2
		exit 78
	fi
	case ${1:-} in
	map)
		[[ ${2:-} =~ ^[0-9]+(/[1-9][0-9]*)?$ ]] || usage_of_parts
		map_part "${@:2}"
		;;
	reduce) reduce_parts "${@:2}" ;;
	'')
		recipe() { taken pedidos | grouped | looked_up | expected; }
		run_recipe "$@"
		;;
	*) usage_of_parts ;;
	esac
}

usage_of_parts() {
	echo "usage: ${0##*/} [map PART[/PARTS] [file ...] | reduce [option ...]]" >&2
	exit 2
}

# What `pedidos` gives, joined; a recipe that does not needs no cat between.
taken() { # COMMAND ...
	if declare -F joined >/dev/null; then
		"$@" | joined
	else
		"$@"
	fi
}

# What `grouped` gives, or the command does, with what is looked up for it.
looked_up() { # [COMMAND ...]
	if [ $# -gt 0 ]; then
		"$@" | looked_up
	elif declare -F completed >/dev/null; then
		completed
	else
		cat
	fi
}

map_part() { # PART [FILE ...]
	local states=(--partial --part "${1%/*}")
	[[ $1 != */* ]] || states+=(--shard "$1" --memory "$(share "${1#*/}")")
	if [ -n "${MH_RUN:-}" ]; then
		of_part "$@" | grouped "${states[@]}"
	else
		find_silver
		# shellcheck disable=SC2154 # key is the recipe's
		MH_RUN=by-hand of_part "$@" |
			grouped "${states[@]}" --emit-key "$key"
	fi
}

of_part() { # PART [FILE ...]
	case $1 in
	*/*) taken pedidos ;;
	*) taken pedidos given "${@:2}" ;;
	esac
}

# Where parts that are made by hand find the rest of silver: in MH_SILVER,
# whatever database there is; in the lakehouse; or on a machine without one here.
find_silver() {
	if [ -n "${MH_SILVER:-}" ]; then
		unset LAKEHOUSE_URL
	elif [ ! -d "${MH_LAKEHOUSE:-lakehouse}/silver" ]; then
		export MH_SILVER=.
	fi
}

# given [FILE ...] - their records, or those of standard input, sealed
given() {
	local file
	[ $# -gt 0 ] ||
		mh-wrap --no-input --name 'standard input' -- cat /dev/fd/3 3<&0
	for file; do
		sealed "$file"
	done
}

# sealed FILE - its records with a seal, which it may have or not
sealed() {
	if [[ $(tail -n 1 -- "$1") == '{"$mh":"end"'* ]]; then
		cat -- "$1"
	else
		mh-wrap --no-input --name "$1" -- cat -- "$1"
	fi
}

# What a program may hold in memory, where N of them share what one alone would
# take: a quarter of the machine's. None takes less than 1M.
share() { # N
	local bytes
	bytes=$(($(getconf _PHYS_PAGES) * $(getconf PAGE_SIZE) / 4 / $1))
	echo $((bytes > 1048576 ? bytes : 1048576))
}

reduce_parts() {
	if [ -n "${MH_RUN:-}" ]; then
		grouped --merge "$@" | looked_up | expected
	else
		find_silver
		grouped --merge --read-key |
			MH_RUN=by-hand looked_up given | mh-wrap -- cat |
			expected "$@"
	fi
}

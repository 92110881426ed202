# jobs.sh - for pipelines.sh: -j, so many pipes side by side.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh
#
# Pipes wait for their turn; where there are fewer gold tables than pipes may
# run, the tables are made in parts. Without -j all runs that can, and gold
# tables are made whole.

parts=1 # into so many the stage that begins is made
parallel_is='' # there or missing, once somebody has asked

# Waits until one more pipe may begin.
wait_turn() {
	local running
	[ -n "$at_once" ] || return 0
	while mapfile -t running < <(jobs -rp) &&
		[ ${#running[@]} -ge "$at_once" ]; do
		wait -n || true
	done
}

# Only what silver.sh's run_parts runs has parts. Of a database, each part would
# fetch all of the pedidos.
has_parts() { # TABLE
	on_files && grep -q '^run_parts ' "$here/scripts/gold/$1.sh"
}

have_parallel() {
	if [ -z "$parallel_is" ]; then
		parallel_is=missing
		case $(parallel --version 2>/dev/null) in
		'GNU parallel'*) parallel_is=there ;;
		*) echo "pipelines.sh: -j: no GNU parallel: gold tables are made whole, one process each" >&2 ;;
		esac
	fi
	[ "$parallel_is" = there ]
}

# The beginning of a gold table's pipe: the recipe; or its parts and what merges
# them, which in a run refuses one without a seal.
made_in() { # PARTS TABLE
	local recipe states last=$(($1 - 1))
	recipe=$(q "$here/scripts/gold/$2.sh")
	states=$(q "$work/gold.$2.states")
	if [ "$1" = 1 ]; then
		printf '%s' "$recipe"
		return
	fi
	# shellcheck disable=SC2016 # for the shell that runs the pipe
	printf 'recipe=%s states=%s PARALLEL_SHELL=$BASH ' "$recipe" "$states"
	printf 'parallel --plain -u -j %s --halt now,fail=1 ' "$1"
	# shellcheck disable=SC2016 # for the shell that parallel starts
	printf "'%s'" '"$recipe" map {}/'"$1"' >"$states.{}"'
	printf ' ::: {0..%s} && ' "$last"
	printf '%s reduce %s.{0..%s}' "$recipe" "$states" "$last"
}

# Was every record taken by just one part? Then they have passed it over all but
# once.
is_whole() { # STAGE.NAME PARTS
	[ "$2" = 1 ] || awk -v parts="$2" '
		function count(key) {
			if (!match($0, "\"" key "\":[0-9]+"))
				return 0
			return substr($0, RSTART + length(key) + 3,
			    RLENGTH - length(key) - 3) + 0
		}
		{ sub(/"(samples|upstream)":.*/, "") }
		/"elsewhere":/ {
			shards++
			into += count("in")
			elsewhere += count("elsewhere")
		}
		END {
			exit !(shards >= parts &&
			    elsewhere * parts == into * (parts - 1))
		}' "$work/$1.books" || {
		echo "pipelines.sh: $1: its parts are not the whole: does the recipe give the options of grouped to mh-aggregate?" >&2
		return 70
	}
}

#!/usr/bin/env bash
# pipelines.sh - source -> bronze -> silver -> gold, one pipe a table.
#
# The pipes stand here; scripts/run.sh runs and publishes them.
set -euo pipefail
here=$(CDPATH="" cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

usage() {
	cat <<'END'
usage: ./pipelines.sh [options] COMMAND [NAME ...]

  all                  bronze, silver and gold
  bronze [ENTITY ...]  the source's records, as they came
  silver [ENTITY ...]  the newest bronze records, clean and typed
  gold [TABLE ...]     the recipes of scripts/gold, over silver
  init [CONTRACT ...]  the schema of the lakehouse's database, any number of
                       times (MH_SEED_GRANTS=1: with the seeds' grants);
                       tables of these contracts, or of the shop's
  rejects [ENTITY]     what could not be used, by reason, with examples
  replay ENTITY [RUN]  the rejects of silver again, after a contract was mended
  audit                is the lakehouse as its runs left it? see mh-audit(1)
  status               the last runs; with --run RUN one of them
  list                 the entities and the gold tables

  --from DIR    the source: ENTITY.csv or ENTITY.ndjson in DIR
                (default: the database at SUPABASE_URL)
  --csv OPTS    options of mh-from-csv, as in --csv '-d ; --encoding cp1252'
  --max-rejects N[%]
                a stage that rejects more has failed (default 50%)
  --allow-empty take an entity without records, where there were some before
  --history     silver from all bronze runs, of each key the last good record
                (files only; a database's bronze table holds that anyway)
  --run RUN     status, rejects, audit: of this run
  -j, --jobs N  so many pipes side by side, gold tables in parts among them
  -n, --dry-run show the pipes, run nothing
  -h, --help    show this help

The lakehouse is the database at LAKEHOUSE_URL or, without one, the directory
MH_LAKEHOUSE (default lakehouse/). Entities are the shop's and those with a
contract in MH_CONTRACTS (default contracts/). Variables may stand in .env:
.env.example has them all. Exit status: that of the worst stage; see mh(7).
END
}

# shellcheck source=scripts/settings.sh
. "$here/scripts/settings.sh"
# shellcheck source=scripts/entities.sh
. "$here/scripts/entities.sh"
# shellcheck source=scripts/replay.sh
. "$here/scripts/replay.sh"
# shellcheck source=scripts/books.sh
. "$here/scripts/books.sh"
# shellcheck source=scripts/jobs.sh
. "$here/scripts/jobs.sh"
# shellcheck source=scripts/run.sh
. "$here/scripts/run.sh"

entities=(clientes produtos pedidos vendas) # and those in MH_CONTRACTS
core=(clientes produtos pedidos)
recipes=()
for recipe in "$here"/scripts/gold/*.sh; do
	recipe=${recipe##*/}
	recipes+=("${recipe%.sh}")
done

# --- bronze: raw, as it came -------------------------------------------------

bronze() {
	local read
	read=$(source_of "$1") || return
	read+=" | $(expectations bronze "$1")"
	if on_files; then
		pipe bronze "$1" "$read |" \
			"mh-save $(fewest "$1")$(q "$build/bronze/$1.ndjson")"
	else
		pipe bronze "$1" "$read | $(rename_members "$1")" \
			"mh-load --whole --ignore-unknown" \
			"$(rejects bronze "$1.load") bronze.$1"
	fi
}

# --- silver: clean and typed -------------------------------------------------

silver() {
	local clean refs files checks
	refs=$(references "$1") || return
	clean="$(clean "$1") $(rejects silver "$1")$refs"
	! $history || clean+=" --keep last"
	checks=$(expectations silver "$1")
	if on_files; then
		files=$(bronze_files "$1") || return
		if masks; then
			clean="$(mask "$1") $files | $clean"
		else
			clean+=" $files"
		fi
		pipe silver "$1" "$clean | $checks |" \
			"mh-save $(q "$build/silver/$1.ndjson")"
	else
		! masks || clean="$(mask "$1") | $clean"
		pipe silver "$1" "mh-extract -l bronze.$1 | $clean | $checks |" \
			"mh-load --whole $(rejects silver "$1.load") silver.$1"
	fi
}

# What silver has rejected, once more. On files, what it has under the same key
# by now stays; in a database so it is for the rejects of older runs alone, as
# there a record may take the place of its last good version.
replay() { # ENTITY
	local again clean checks refs key
	! on_files || have_silver "replay $1" "$1"
	key=$(key_of "$1") && refs=$(references "$1") || return
	again="mh-rejects --records $(spare_rejects "$1") $replayed_files"
	# those of a run that did not mask
	! masks || again+=" | $(mask "$1")"
	clean="$(clean "$1") $(rejects silver "$1")$refs"
	checks=$(expectations silver "$1")
	if on_files; then
		clean+=" --taken $(q "$build/silver/$1.ndjson:$key")"
		pipe silver "$1" "$again | $clean | $checks |" \
			"mh-save $(q "$build/silver/$1.ndjson")" \
			"$(q "$build/silver/$1.ndjson") -"
	else
		$replays_open ||
			clean+=" --taken $(silver_keys "$1" "$1" "$key")"
		pipe silver "$1" "$again | $clean | $checks |" \
			"mh-load $(rejects silver "$1.load") silver.$1"
	fi
	together
}

# --- gold: joined and aggregated ---------------------------------------------

gold() { # TABLE PARTS
	local parts=$2
	have_silver "gold $1" clientes produtos pedidos
	if on_files; then
		pipe gold "$1" "$(made_in "$parts" "$1") |" \
			"mh-save --plain $(q "$build/gold/$1.ndjson")"
	else
		pipe gold "$1" "$(made_in "$parts" "$1") |" \
			"mh-load --mode replace" \
			"$(rejects gold "$1.load") gold.$1"
	fi
}

# --- which of them, in which order -------------------------------------------

# What does not need each other runs at the same time; `needs` holds a stage
# back that depends on one of this run that failed.
run_bronze() {
	for e in "$@"; do bronze "$e"; done
	together
}

# An entity comes behind those that it refers to.
run_silver() {
	local left=("$@") now later
	while [ ${#left[@]} -gt 0 ]; do
		now=() later=()
		for e in "${left[@]}"; do
			if waits_for "$e" "${left[@]}"; then
				later+=("$e")
			else
				now+=("$e")
			fi
		done
		[ ${#now[@]} -gt 0 ] ||
			die 78 "silver: these refer to each other: ${later[*]}"
		for e in "${now[@]}"; do
			# shellcheck disable=SC2046 # names without spaces
			needs silver "$e" "bronze.$e" \
				$(refers_to "$e" | sed 's/^/silver./') ||
				silver "$e"
		done
		together
		left=(${later[@]+"${later[@]}"})
	done
}

# Each table has its share of -j, as far as it can be made in parts.
run_gold() {
	local tables=$# free=${at_once:-0} parts
	for t in "$@"; do
		parts=$(((free + tables - 1) / tables))
		{ [ "$parts" -gt 1 ] && has_parts "$t" && have_parallel; } ||
			parts=1
		free=$((free - parts)) tables=$((tables - 1))
		needs gold "$t" silver.clientes silver.produtos silver.pedidos ||
			gold "$t" "$parts"
	done
	together
}

# The source has the shop, whose gold needs all of its core, or entities of the
# user's alone; then gold is what `gold TABLE` makes of them.
run_all() {
	local found=() missing=()
	for e in "${entities[@]}"; do
		if source_has "$e"; then
			found+=("$e")
		elif among "$e" "${core[@]}"; then
			missing+=("$e")
		else
			echo "$(source_name): no $e: left as it is"
		fi
	done
	if [ ${#missing[@]} -eq ${#core[@]} ] && [ ${#found[@]} -gt 0 ]; then
		recipes=()
	elif [ ${#missing[@]} -gt 0 ]; then
		e=${missing[0]}
		die 78 "$(source_name): no $e: neither $e.csv nor $e.ndjson"
	fi
	run_bronze "${found[@]}"
	run_silver "${found[@]}"
	run_gold ${recipes[@]+"${recipes[@]}"}
}

main() {
	local command names=()
	take_options "$@"
	command=${operands[0]:-}
	case $command in
	bronze | silver) take_names "$command" "${entities[@]}" ;;
	gold) take_names gold "${recipes[@]}" ;;
	init) ;;
	rejects) take_names rejects "${entities[@]}" ;;
	replay) take_replay ;;
	all | audit | status | list)
		[ ${#operands[@]} -eq 1 ] ||
			die 2 "$command takes no names; see --help"
		;;
	help) usage ; return ;;
	'') usage >&2 ; exit 2 ;;
	*) die 2 "unknown command $command; see --help" ;;
	esac
	case $command in
	init) check_contracts ; init_database "${operands[@]:1}" ; return ;;
	audit) audit ; return ;;
	status) show_status ; return ;;
	rejects) report_rejects ; return ;;
	list) printf '%s\n' "${entities[@]}" "${recipes[@]/#/gold.}" ; return ;;
	esac
	check_contracts
	check_mask
	begin_run
	case $command in
	all) run_all ;;
	replay)
		find_rejects "${names[0]}"
		replay "${names[0]}"
		;;
	bronze | silver)
		[ ${#names[@]} -gt 0 ] ||
			mapfile -t names < <("present_in_$command")
		[ ${#names[@]} -gt 0 ] ||
			die 78 "$command: there is nothing to make it of"
		"run_$command" "${names[@]}"
		;;
	gold)
		[ ${#names[@]} -gt 0 ] || names=("${recipes[@]}")
		run_gold "${names[@]}"
		;;
	esac
	end_run
}

main "$@"

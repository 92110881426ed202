# replay.sh - for pipelines.sh: what was rejected, and which of it to try again.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh

# The files of rejects in a directory: of one layer, one entity, or all.
reject_files() { # DIRECTORY LAYER ENTITY
	local f
	# shellcheck disable=SC2231 # both may be patterns
	for f in "$1"/$2.$3.ndjson "$1"/$2.$3.*.ndjson; do
		[ ! -s "$f" ] || printf '%q ' "$f"
	done
}

# By reason, with an example each: the open ones, or those of one run.
report_rejects() {
	local e files='' folder=$lakehouse/rejects
	if [ -n "$of_run" ]; then
		have_run "$of_run"
		folder=$lakehouse/runs/$of_run
	fi
	[ ${#names[@]} -gt 0 ] || names=('*')
	for e in "${names[@]}"; do
		files+=$(reject_files "$folder" '*' "$e")
	done
	if [ -z "$files" ]; then
		echo "no rejects"
	else
		eval "mh-rejects $files"
	fi
}

# The operands of replay. Without a run, the open rejects of silver are meant.
take_replay() {
	local entity=${operands[1]:-} f
	case ${#operands[@]} in
	2 | 3) ;;
	*) die 2 "replay takes an entity and perhaps a run; see --help" ;;
	esac
	among "$entity" "${entities[@]}" ||
		die 2 "replay: unknown name $entity; known are: ${entities[*]}"
	names=("$entity") replays_open=true
	replayed_run=${operands[2]:-$(open_run "$entity")}
	if [ ${#operands[@]} -eq 3 ]; then
		have_run "$replayed_run"
		[ "$replayed_run" = "$(open_run "$entity")" ] || replays_open=false
	fi
	if $replays_open; then
		replayed_files=$(reject_files "$lakehouse/rejects" silver "$entity")
	else
		replayed_files=$(reject_files "$lakehouse/runs/$replayed_run" silver "$entity")
	fi
	if [ -z "$replayed_files" ]; then
		echo "replay $entity: there are no rejects"
		exit
	fi
	$replays_open || replayed_before "$entity" "$replayed_run"
}

# The rejects that stay as they are: of the open ones those that are not tried
# again, or all of them if an older run's are.
spare_rejects() { # ENTITY: an option of mh-rejects
	local rest=$work/silver.$1.rest
	if $replays_open; then
		printf -- '--rest %s' "$(q "$rest")"
	elif ! $dry; then
		cat "$build/rejects/silver.$1".* >"$rest" 2>/dev/null || true
	fi
}

# The run whose rejects of silver are open.
open_run() { # ENTITY
	local f last=''
	for f in "$lakehouse/runs"/*/; do
		[ -z "$(same_files "$f" "$1")" ] || last=${f%/}
	done
	last=${last##*/}
	printf '%s' "${last:-open}"
}

same_files() { # DIRECTORY ENTITY
	local f
	for f in "$1"silver."$2".ndjson "$1"silver."$2".*.ndjson; do
		[ ! "$f" -ef "$lakehouse/rejects/${f##*/}" ] || echo "$f"
	done
}

# What an older run has rejected is tried once: what comes of it are rejects
# of the run that tried.
replayed_before() { # ENTITY RUN
	local f
	for f in "$lakehouse/runs"/*.ndjson; do
		if grep -q "\"stage\":\"silver\",\"name\":\"$1\",\"replays\":\"$2\",\"state\":\"ok\"" "$f"; then
			f=${f##*/}
			echo "replay $1: run ${f%.ndjson} has replayed $2 already; what is open still: ./pipelines.sh replay $1"
			exit
		fi
	done
}

# replay.sh - for pipelines.sh: what was rejected, and which of it to try again.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh

# The files of rejects in a directory: of one layer, one entity, or all. What was
# a good record once goes first, so that what was refused for having its key
# comes behind it again.
reject_files() { # DIRECTORY LAYER ENTITY
	local f
	# shellcheck disable=SC2231 # both may be patterns
	for f in "$1"/$2.$3.expect.ndjson "$1"/$2.$3.mask.ndjson \
		"$1"/$2.$3.ndjson "$1"/$2.$3.load.ndjson "$1"/$2.$3.rest.ndjson; do
		[ ! -s "$f" ] || printf '%q ' "$f"
	done
}

# By reason, with an example each: the open ones, or those of one run.
report_rejects() {
	local e files='' folder=$lakehouse/rejects
	have_lakehouse
	if [ -n "$of_run" ]; then
		have_run "$of_run"
		folder=$lakehouse/runs/$of_run
	fi
	for e in ${names[@]+"${names[@]}"}; do
		files+=$(reject_files "$folder" '*' "$e")
	done
	if [ ${#names[@]} -eq 0 ] && [ -n "$(ls "$folder" 2>/dev/null)" ]; then
		printf -v files '%q ' "$folder"/*.ndjson
	fi
	if [ -z "$files" ]; then
		echo "no rejects"
	else
		eval "mh-rejects $files"
	fi
}

# The operands of replay. Without a run, the open rejects of silver are meant.
take_replay() {
	case ${#operands[@]} in
	2 | 3) ;;
	*) die 2 "replay takes an entity and perhaps a run; see --help" ;;
	esac
	names=("${operands[1]}")
	among "${names[0]}" "${entities[@]}" ||
		die 2 "replay: unknown name ${names[0]}; known are: ${entities[*]}"
	replayed_run=${operands[2]:-}
	have_lakehouse
	[ -z "$replayed_run" ] || have_run "$replayed_run"
}

# The files that a replay takes, once no other run can change them.
find_rejects() { # ENTITY
	local folder=$lakehouse/rejects open
	open=$(open_run "$1")
	replays_open=true
	if [ -z "$replayed_run" ] || [ "$replayed_run" = "$open" ]; then
		replayed_run=${open:-none}
	else
		replays_open=false folder=$lakehouse/runs/$replayed_run
		! replayed_before "$1" "$replayed_run" || nothing_to_do
	fi
	replayed_files=$(reject_files "$folder" silver "$1")
	[ -n "$replayed_files" ] || {
		echo "replay $1: there are no rejects"
		nothing_to_do
	}
}

# The run is as if it had not begun.
nothing_to_do() {
	! $dry || exit 0
	abandon
	rm -f "$lakehouse/runs/$run.ndjson"
	exit 0
}

# The rejects that stay as they are: of the open ones those that are not tried
# again, or all of them if an older run's are. In a database a record that was
# refused for its key would take the place of the one that has it.
spare_rejects() { # ENTITY: options of mh-rejects
	local rest=$lakehouse/runs/$run/silver.$1.rest not=superseded
	on_files || not=duplicate,superseded
	if $replays_open; then
		printf -- '--not-reason %s --rest %s' "$not" "$(q "$rest")"
		return
	fi
	printf -- '--not-reason %s' "$not"
	$dry || cat "$build/rejects/silver.$1".* >"$rest" 2>/dev/null || true
}

# The last run that made silver of an entity: its rejects are the open ones.
open_run() { # ENTITY
	local f last=''
	for f in "$lakehouse/runs"/*.ndjson; do
		! made_silver "$1" '' "$f" || last=${f##*/}
	done
	printf '%s' "${last%.ndjson}"
}

# Does a record say so? Perhaps by replaying a certain run.
made_silver() { # ENTITY REPLAYED FILE
	grep -q "^{\"run\":\"[^\"]*\",\"stage\":\"silver\",\"name\":\"$1\",${2:+\"replays\":\"$2\",}.*\"state\":\"ok\"" "$3" &&
		{ ! on_files || grep -q '^{"run":"[^"]*","end":0}' "$3"; }
}

# What an older run has rejected is tried once: what comes of it are rejects
# of the run that tried.
replayed_before() { # ENTITY RUN
	local f
	for f in "$lakehouse/runs"/*.ndjson; do
		if made_silver "$1" "$2" "$f"; then
			f=${f##*/}
			echo "replay $1: run ${f%.ndjson} has replayed $2 already; what is open still: ./pipelines.sh replay $1"
			return
		fi
	done
	return 1
}

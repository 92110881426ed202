# settings.sh - for pipelines.sh: options, .env, and where the records come
# from.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh

export LC_ALL=C # one way to write numbers and to sort

die() { # STATUS MESSAGE
	printf 'pipelines.sh: %s\n' "$2" >&2
	exit "$1"
}

q() { # a word as the shell wants it
	printf '%q' "$1"
}

among() { # WORD WORD...
	local word=$1 other
	shift
	for other; do
		[ "$word" != "$other" ] || return 0
	done
	return 1
}

take_options() {
	from='' csv='' history=false dry=false empty=false operands=()
	max_rejects='' of_run='' at_once=''
	while [ $# -gt 0 ]; do
		case $1 in
		--from) [ $# -gt 1 ] || die 2 "--from needs a directory; see --help"
			from=$2 ; shift ;;
		--from=*) from=${1#*=} ;;
		--csv) [ $# -gt 1 ] || die 2 "--csv needs options; see --help"
			csv=$2 ; shift ;;
		--csv=*) csv=${1#*=} ;;
		--max-rejects) [ $# -gt 1 ] || die 2 "--max-rejects needs a number; see --help"
			max_rejects=$2 ; shift ;;
		--max-rejects=*) max_rejects=${1#*=} ;;
		--run) [ $# -gt 1 ] || die 2 "--run needs a run's name; see --help"
			of_run=$2 ; shift ;;
		--run=*) of_run=${1#*=} ;;
		-j | --jobs) [ $# -gt 1 ] || die 2 "$1 needs a number; see --help"
			at_once=${2:-0} ; shift ;;
		--jobs=*) at_once=${1#*=} at_once=${at_once:-0} ;;
		-j*) at_once=${1#-j} ;;
		--history) history=true ;;
		--allow-empty) empty=true ;;
		-n | --dry-run) dry=true ;;
		-h | --help) usage ; exit 0 ;;
		-*) die 2 "unknown option $1; see --help" ;;
		*) operands+=("$1") ;;
		esac
		shift
	done
	# of many runs' records most are old, of rejects most are wrong as
	# before: no share of them is too large
	[ -n "$max_rejects" ] || case $history.${operands[0]:-} in
	true.* | *.replay) max_rejects=100% ;;
	*) max_rejects=50% ;;
	esac
	read_settings
}

# NAME=VALUE lines, read and never run; the environment goes first. A line
# that is none ends it: what it was to say would go somewhere else.
read_env() {
	local line name value number=0
	local blank='^[[:space:]]*(#.*)?$'
	local setting='^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)[[:space:]]*=[[:space:]]*(.*)$'
	local quoted='^("([^"]*)"|'"'([^']*)'"')[[:space:]]*(#.*)?$'
	while IFS= read -r line || [ -n "$line" ]; do
		number=$((number + 1))
		line=${line#$'\xef\xbb\xbf'} line=${line%$'\r'}
		[[ ! $line =~ $blank ]] || continue
		[[ $line =~ $setting ]] ||
			die 78 ".env: line $number: not NAME=VALUE"
		name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
		if [[ $value =~ $quoted ]]; then
			value=${BASH_REMATCH[2]}${BASH_REMATCH[3]}
		else
			value=${value%%[[:space:]]#*}
			value=${value%"${value##*[![:space:]]}"}
		fi
		case $value in
		\~/*) value=$HOME/${value#\~/} ;;
		\"* | \'*) die 78 ".env: line $number: $name: expected a closing quote" ;;
		esac
		[ -n "${!name+set}" ] || export "$name=$value"
	done <.env
}

read_settings() {
	local name bin=${BIN:-$here/build/bin}
	[ -z "${BIN:-}" ] || [ -x "$BIN/mh-clean" ] ||
		die 78 "BIN: no programs in $BIN"
	# the programs: those in BIN, else those built here, else those in
	# PATH, else those that were installed with this file
	[ -x "$bin/mh-clean" ] || bin=$here/../../bin
	if [ -x "$bin/mh-clean" ] &&
		{ [ -n "${BIN:-}" ] || [ -d "$here/build" ] || ! command -v mh-clean >/dev/null; }; then
		PATH=$(cd -- "$bin" && pwd):$PATH
	fi
	command -v mh-clean >/dev/null ||
		die 78 "the programs are neither built (make) nor in PATH"
	[ ! -f .env ] || read_env
	lakehouse=${MH_LAKEHOUSE:-lakehouse}
	find_entities
	case $from in
	*://*) die 2 "--from takes a directory; a connection string belongs into SUPABASE_URL" ;;
	esac
	[ -z "$from" ] || [ -d "$from" ] || die 78 "$from: no such directory"
	# a name that begins with - is no option
	case $from in -*) from=./$from ;; esac
	if $history && ! on_files; then
		die 2 "--history: a database's bronze holds all runs; see --help"
	fi
	[ -z "$csv" ] || [ -n "$from" ] || die 2 "--csv: only with --from; see --help"
	case ${operands[0]:-}.$of_run in
	status.* | rejects.* | audit.* | *.) ;;
	*) die 2 "--run: only for status, rejects and audit; see --help" ;;
	esac
	check_jobs
	[[ $max_rejects =~ ^[0-9]+(\.[0-9]+)?%$|^[0-9]+$ ]] ||
		die 2 "--max-rejects: not a number or a percentage: $max_rejects"
	for name in LAKEHOUSE_URL SUPABASE_URL; do
		case ${!name:-} in
		http://* | https://*)
			die 78 "$name is the address of an API: mh wants a connection string, postgresql://... (Supabase shows it under Connect, Connection string, URI)" ;;
		esac
	done
}

# Without a number, all that can be at work at the same time is.
check_jobs() {
	[[ -z $at_once || $at_once =~ ^[1-9][0-9]{0,2}$ ]] ||
		die 2 "-j: not a number from 1 to 999: $at_once"
	at_once=${at_once:-${MH_JOBS:-}}
	[[ -z $at_once || $at_once =~ ^[1-9][0-9]{0,2}$ ]] ||
		die 78 "MH_JOBS: not a number from 1 to 999: $at_once"
}

on_files() { [ -z "${LAKEHOUSE_URL:-}" ]; }

# The operands without repeats, in names; every one must be among the others.
take_names() { # COMMAND KNOWN-NAME...
	local command=$1 word
	shift
	names=()
	for word in "${operands[@]:1}"; do
		word=${word#"$command."}
		among "$word" "$@" ||
			die 2 "$command: unknown name $word; known are: $*"
		among "$word" ${names[@]+"${names[@]}"} || names+=("$word")
	done
}

# --- where the records come from ---------------------------------------------

source_name() { printf '%s' "${from:-SUPABASE_URL}"; }

source_has() { # ENTITY
	local said
	if [ -n "$from" ]; then
		[ -f "$from/$1.csv" ] || [ -f "$from/$1.ndjson" ]
	elif ! among "$1" "${core[@]}" && ! $dry; then
		# a source need not have them; whatever else is wrong with it,
		# the bronze stage will say
		said=$(mh-extract --where false "$1" 2>&1 >/dev/null) ||
			[[ $said != *"no such table"* ]]
	fi
}

# A stream at rest, whose seal is to be checked like any other.
is_sealed() { # FILE
	[[ $(tail -n 1 "$1" | head -c 12) == '{"$mh":"end"' ]]
}

# The first part of a bronze pipe.
source_of() { # ENTITY
	local r words
	r=$(rejects bronze "$1")
	if [ -z "$from" ]; then
		[ -n "${SUPABASE_URL:-}" ] ||
			die 78 "no source: set SUPABASE_URL or say --from DIR"
		printf 'mh-extract %s' "$1"
	elif [ -f "$from/$1.ndjson" ] && is_sealed "$from/$1.ndjson"; then
		printf 'cat %s' "$(q "$from/$1.ndjson")"
	elif [ -f "$from/$1.ndjson" ]; then
		printf 'mh-wrap %s --no-input --name %s -- cat %s' "$r" \
			"$(q "$from/$1.ndjson")" "$(q "$from/$1.ndjson")"
	elif [ -f "$from/$1.csv" ]; then
		read -r -a words <<<"$csv"
		printf 'mh-from-csv %s ' "$r"
		printf '%q ' ${words[@]+"${words[@]}"} "$from/$1.csv"
	else
		die 78 "$from: neither $1.csv nor $1.ndjson"
	fi
}

# The fewest records that bronze must have: none where there never was one,
# else an empty export would take the place of a whole table.
fewest() { # ENTITY
	$empty || [ ! -d "$lakehouse/bronze/$1" ] || printf -- '--min-records 1 '
}

# What silver is made of, on files: this run's bronze, else the newest.
bronze_files() { # ENTITY
	local f newest='' all=()
	for f in "$lakehouse/bronze/$1"/*.ndjson; do
		[ ! -f "$f" ] || all+=("$(q "$f")") newest=$f
	done
	if [ -f "$build/bronze/$1.ndjson" ] || { $dry && [ "$command" = all ]; }; then
		newest=$build/bronze/$1.ndjson
	fi
	$dry || [ -n "$newest" ] ||
		die 78 "silver $1: there is no bronze $1 yet"
	if $history; then
		[ ! -f "$build/bronze/$1.ndjson" ] ||
			all+=("$(q "$build/bronze/$1.ndjson")")
		printf '%s' "${all[*]}"
	else
		q "${newest:-$build/bronze/$1.ndjson}"
	fi
}

# The keys of silver records that an entity may refer to.
silver_keys() { # FOR-WHICH ENTITY COLUMNS
	if on_files; then
		have_silver "silver $1" "$2"
		q "$build/silver/$2.ndjson"
	else
		printf '<(mh-extract -l --columns %s silver.%s)' "$3" "$2"
	fi
}

have_silver() { # FOR-WHAT ENTITY...
	local what=$1 e
	shift
	for e; do
		$dry || ! on_files || [ -f "$build/silver/$e.ndjson" ] ||
			die 78 "$what: there is no silver $e yet"
	done
}

present_in_bronze() {
	for e in "${entities[@]}"; do
		! source_has "$e" || echo "$e"
	done
}

present_in_silver() {
	if on_files; then
		for e in "${entities[@]}"; do
			[ ! -d "$lakehouse/bronze/$e" ] || echo "$e"
		done
	else
		printf '%s\n' "${entities[@]}"
	fi
}

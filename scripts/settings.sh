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
	local word=$1
	shift
	case " $* " in *" $word "*) return 0 ;; esac
	return 1
}

take_options() {
	from='' csv='' history=false dry=false operands=() max_rejects=50%
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
		--history) history=true max_rejects=100% ;;
		-n | --dry-run) dry=true ;;
		-h | --help) usage ; exit 0 ;;
		-*) die 2 "unknown option $1; see --help" ;;
		*) operands+=("$1") ;;
		esac
		shift
	done
	read_settings
}

# NAME=VALUE lines, read and never run; the environment goes first.
read_settings() {
	local line name value bin=${BIN:-$here/build/bin}
	# the programs: those in BIN, else those built here, else those in PATH
	[ ! -x "$bin/mh-clean" ] || PATH=$bin:$PATH
	if [ -f .env ]; then
		while IFS= read -r line || [ -n "$line" ]; do
			line=${line%$'\r'}
			[[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] ||
				continue
			name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
			case $value in
			\"*\") value=${value#\"} value=${value%\"} ;;
			\'*\') value=${value#\'} value=${value%\'} ;;
			*) value=${value%%[[:space:]]#*}
				value=${value%"${value##*[![:space:]]}"} ;;
			esac
			[ -n "${!name+set}" ] || export "$name=$value"
		done <.env
	fi
	lakehouse=${MH_LAKEHOUSE:-lakehouse}
	for name in LAKEHOUSE_URL SUPABASE_URL; do
		case ${!name:-} in
		http://* | https://*)
			die 78 "$name is the address of an API: mh wants a connection string, postgresql://... (Supabase shows it under Connect, Connection string, URI)" ;;
		esac
	done
}

on_files() { [ -z "${LAKEHOUSE_URL:-}" ]; }

known() { # COMMAND "NAME..." WORD...
	local command=$1 names=$2 word
	shift 2
	for word; do
		among "$word" "$names" ||
			die 2 "$command: unknown name $word; known are: $names"
	done
}

# --- where the records come from ---------------------------------------------

source_name() { printf '%s' "${from:-SUPABASE_URL}"; }

source_has() { # ENTITY
	local said
	if [ -n "$from" ]; then
		[ -f "$from/$1.csv" ] || [ -f "$from/$1.ndjson" ]
	elif [ "$1" = vendas ] && ! $dry; then
		# a shop need not have them; whatever else is wrong with the
		# source, its bronze stage will say
		said=$(mh-extract --where false "$1" 2>&1 >/dev/null) ||
			[[ $said != *"no such table"* ]]
	fi
}

# The first part of a bronze pipe.
source_of() { # ENTITY
	local r words
	r=$(rejects bronze "$1")
	if [ -z "$from" ]; then
		[ -n "${SUPABASE_URL:-}" ] ||
			die 78 "no source: set SUPABASE_URL or say --from DIR"
		printf 'mh-extract %s' "$1"
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

# What silver is made of, on files: this run's bronze, else the newest.
bronze_files() { # ENTITY
	local f newest='' all=()
	for f in "$lakehouse/bronze/$1"/*.ndjson; do
		[ ! -f "$f" ] || all+=("$(q "$f")") newest=$f
	done
	[ ! -f "$build/bronze/$1.ndjson" ] || newest=$build/bronze/$1.ndjson
	$dry || [ -n "$newest" ] ||
		die 78 "silver $1: there is no bronze $1 yet"
	if $history; then
		[ ! -f "$build/bronze/$1.ndjson" ] ||
			all+=("$(q "$build/bronze/$1.ndjson")")
		printf '%s' "--keep last ${all[*]}"
	else
		q "${newest:-$build/bronze/$1.ndjson}"
	fi
}

# The keys that pedidos may refer to.
silver_keys() { # ENTITY COLUMN
	if on_files; then
		have_silver "silver pedidos" "$1"
		q "$build/silver/$1.ndjson"
	else
		printf '<(mh-extract -l --columns %s silver.%s)' "$2" "$1"
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

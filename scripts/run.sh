# run.sh - the machinery behind pipelines.sh: runs stages, keeps their books,
# publishes what they made.
# shellcheck shell=bash
#
# A run on files is built beside the lakehouse and published by one rename of
# a symbolic link: silver, gold and rejects change all at once or not at all.
#
#	lakehouse/bronze/ENTITY/RUN.ndjson	kept for ever
#	lakehouse/versions/RUN/...		what the last run made
#	lakehouse/current -> versions/RUN	the one switch
#	lakehouse/{silver,gold,rejects} -> current/...
#	lakehouse/runs/RUN.ndjson		the books, a line a stage
#
# In PostgreSQL every table is published by its own transaction (mh-load); the
# directory holds the rejects and the books.

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

# --- options and settings -----------------------------------------------------

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

# --- sources ------------------------------------------------------------------

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

# --- one run ------------------------------------------------------------------

# The options of a program that may reject: where to, and how many at most.
rejects() { # STAGE NAME
	printf -- '-r %s' "$(q "$build/rejects/$1.$2.ndjson")"
	[ -z "$max_rejects" ] || printf -- ' --max-rejects %s' "$max_rejects"
}

# A run's name: the second, and which 65536th of it, so that names sort as the
# runs came.
new_run() {
	local now=$EPOCHREALTIME
	TZ=UTC printf '%(%Y%m%dT%H%M%SZ)T-%04x\n' "${now%.*}" \
		$((10#${now#*.} * 65536 / 1000000))
}

last_record() { # the newest file of runs/
	local f last=''
	for f in "$lakehouse/runs"/*.ndjson; do
		[ ! -f "$f" ] || last=$f
	done
	printf '%s' "$last"
}

begin_run() {
	run=$(new_run)
	! $dry || run=RUN
	export MH_RUN=$run MH_TODAY=${MH_TODAY:-$(date +%F)}
	build=$lakehouse/.build/$run
	work=$build/.work
	waiting=() groups=() worst=0
	on_files || export LAKEHOUSE_URL
	! $dry || return 0
	mkdir -p "$lakehouse/.build" "$lakehouse/runs"
	lock
	[[ $lakehouse/runs/$run.ndjson > $(last_record) ]] ||
		die 75 "the clock stands before the last run, $(last_record)"
	# what a run that died has left behind
	rm -rf "$lakehouse/.build"/* && recover
	mkdir -p "$build"/{bronze,silver,gold,rejects} "$work"
	take_over
	export MH_SILVER=$build/silver
	if ! on_files && [ -z "${MH_PROCESS_ID:-}" ]; then
		# what is wrong with the server, the stages will say
		MH_PROCESS_ID=$(new_process_id 2>/dev/null) || true
	fi
	export MH_PROCESS_ID
	record began "\"$(date -u +%FT%TZ)\""
	trap abandon EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# No pipe of ours goes on when we end.
end_jobs() {
	local pid
	for pid in $(jobs -p); do
		kill -TERM -- "-$pid" 2>/dev/null || true
	done
	wait
}

# One run at a time: the lock goes with the last process that holds it.
lock() {
	exec 9>"$lakehouse/.lock"
	if command -v flock >/dev/null; then
		flock -n 9 || die 75 "$lakehouse: another run is at work"
	fi
}

# A new version begins with the files of the last one, under a second name.
take_over() {
	local f kind
	for kind in silver gold rejects; do
		for f in "$lakehouse/current/$kind"/*; do
			[ ! -f "$f" ] || ln "$f" "$build/$kind/" 2>/dev/null ||
				cp -p "$f" "$build/$kind/"
		done
	done
}

new_process_id() {
	"$here/scripts/lakehouse-psql" -Atqc \
		"SELECT 'abc' || nextval('process_id_seq')"
}

pipe() { # STAGE NAME PIPE...
	local stage=$1 name=$2
	shift 2
	if $dry; then
		printf '%s\n' "$*"
		return
	fi
	rm -f "$build/rejects/$stage.$name".*
	waiting+=("$stage.$name")
	# a process group of its own, so that an interrupt can end all of it
	set -m
	run_pipe "$stage.$name" "$*" </dev/null &
	groups+=($!)
	set +m
}

# Runs a pipe with its books and its state kept in $work. The status is that
# of the leftmost program that failed: those behind it fail because of it, and
# one that was told that nobody reads any more (141) only follows.
run_pipe() { # STAGE.NAME PIPE
	local began=$EPOCHREALTIME group=$BASHPID status
	export MH_SUMMARY=$work/$1.books
	trap : TERM
	# The substitution ends when nobody holds its pipe, descriptor 8, any
	# more: not before the last program, even if the pipe's shell dies.
	# shellcheck disable=SC2016
	status=$(
		bash -c "$2"'
		statuses=("${PIPESTATUS[@]}")
		for s in "${statuses[@]}"; do
			case $s in 0 | 141) ;; *) exit "$s" ;; esac
		done
		for s in "${statuses[@]}"; do
			[ "$s" = 0 ] || exit "$s"
		done' 8>&1 >&2 && s=0 || s=$?
		trap '' TERM
		[ "$s" -lt 128 ] || kill -TERM -- "-$group"
		echo "$s"
	)
	echo "$status $began $EPOCHREALTIME" >"$work/$1.state"
}

# Waits for the stages that were started.
together() {
	! $dry || return 0
	wait
	local i s
	for i in "${!waiting[@]}"; do
		s=${waiting[i]}
		if [ ! -f "$work/$s.state" ]; then
			# killed, and its programs may still be at work
			kill -TERM -- "-${groups[i]}" 2>/dev/null || true
			echo "137 0 0" >"$work/$s.state"
		fi
		enter "$s"
	done
	waiting=() groups=()
	# on files nothing of a failed run is published: go no further
	if on_files && [ "$worst" -ne 0 ]; then
		end_run
	fi
}

# True, and the stage skipped, if one that it needs has failed in this run.
needs() { # STAGE NAME STAGE.NAME...
	local stage=$1.$2 other
	shift 2
	! $dry || return 1
	for other; do
		[ -f "$work/$other.state" ] || continue
		read -r state _ <"$work/$other.state"
		[ "$state" != 0 ] || continue
		echo "skipped 0 0" >"$work/$stage.state"
		enter "$stage"
		return 0
	done
	return 1
}

# --- the books ----------------------------------------------------------------

# One line a stage in the run's record: what its programs say of themselves,
# and the sums of it. Bronze counts from its source on, silver from the
# cleaning, gold from the first join.
enter() { # STAGE.NAME
	local status began ended
	read -r status began ended <"$work/$1.state"
	[ "$status" = skipped ] || [ "$status" -le "$worst" ] || worst=$status
	[ -f "$work/$1.books" ] || : >"$work/$1.books"
	awk -v run="$run" -v stage="${1%%.*}" -v name="${1#*.}" \
		-v status="$status" -v began="$began" -v ended="$ended" '
		function count(key,   s) {
			if (!match($0, "\"" key "\":[0-9]+"))
				return 0
			s = substr($0, RSTART, RLENGTH)
			sub(/.*:/, "", s)
			return s + 0
		}
		{
			first = stage == "bronze" ||
			    (stage == "silver" && !/^{"tool":"mh-extract"/) ||
			    (stage == "gold" && /^{"tool":"mh-join"/)
			if (first && !begun) {
				begun = 1
				into = count("in")
			}
			rejected += count("rejected")
			out = count("in") - count("rejected")
			books = books (NR > 1 ? "," : "") $0
		}
		END {
			state = status == "skipped" ? "skipped" : \
			    status == 0 ? "ok" : "failed"
			printf "{\"run\":\"%s\",\"stage\":\"%s\",\"name\":\"%s\",", \
			    run, stage, name
			printf "\"state\":\"%s\",\"status\":%d,", state, status
			printf "\"in\":%d,\"out\":%d,\"rejected\":%d,", \
			    into, state == "ok" ? out : 0, rejected
			printf "\"seconds\":%.2f,\"books\":[%s]}\n", \
			    ended - began, books
		}' "$work/$1.books" >>"$lakehouse/runs/$run.ndjson"
}

show_run() { # FILE
	local run=${1##*/}
	run=${run%.ndjson}
	printf 'run %s: %s\n' "$run" "$(outcome "$run" "$1")"
	sed -n 's/^{"run":"\([^"]*\)","stage":"\([^"]*\)","name":"\([^"]*\)","state":"\([^"]*\)","status":\([0-9]*\),"in":\([0-9]*\),"out":\([0-9]*\),"rejected":\([0-9]*\),"seconds":\([0-9.]*\),.*/\2 \3 \4 \6 \7 \8 \9/p' "$1" |
		awk 'BEGIN { form = "%-7s %-25s %-8s %10s %10s %9s %8s\n"
			printf form, "stage", "table", "state", "in", "out",
			    "rejected", "seconds" }
			{ printf form, $1, $2, $3, $4, $5, $6, $7 }'
}

show_rejects() { # DIRECTORY
	local f
	for f in "$1"/*.ndjson; do
		[ ! -s "$f" ] || printf '%8d  %s\n' "$(wc -l <"$f")" "$f"
	done
}

show_status() {
	local last
	last=$(last_record)
	[ -n "$last" ] || die 1 "$lakehouse: no run yet"
	show_run "$last"
}

outcome() { # RUN FILE
	if on_files; then
		if [ "$(readlink "$lakehouse/current")" = "versions/$1" ]; then
			echo "published"
		elif grep -q '"end":0' "$2"; then
			echo "was published"
		else
			echo "failed: nothing of it is published"
		fi
	elif grep -q '"end":0' "$2"; then
		echo "published"
	elif grep -q '"end":' "$2"; then
		echo "failed: the tables with state ok are published"
	else
		echo "cut short: the tables with state ok are published, others may be"
	fi
}

# --- publishing -----------------------------------------------------------------

kinds() {
	if on_files; then echo silver gold rejects; else echo rejects; fi
}

# Everything before the rename of the link can be thrown away, everything
# behind it can be done again: recover() does.
publish() {
	local kind
	find "$build/rejects" -type f -empty -delete
	rm -rf "$work"
	mkdir -p "$lakehouse/versions"
	mv "$build" "$lakehouse/versions/$run"
	for kind in $(kinds); do
		[ -L "$lakehouse/$kind" ] ||
			ln -s "current/$kind" "$lakehouse/$kind"
	done
	ln -sfn "versions/$run" "$lakehouse/.current.new"
	mv -Tf "$lakehouse/.current.new" "$lakehouse/current"
	recover
}

# Gives the current version's bronze files their names in bronze/, and drops
# the versions before it.
recover() {
	local f entity current
	[ -L "$lakehouse/current" ] || return 0
	current=$(readlink "$lakehouse/current")
	for f in "$lakehouse/current/bronze"/*.ndjson; do
		[ -f "$f" ] || continue
		entity=${f##*/} entity=${entity%.ndjson}
		mkdir -p "$lakehouse/bronze/$entity"
		ln "$f" "$lakehouse/bronze/$entity/${current##*/}.ndjson" \
			2>/dev/null || [ -f "$lakehouse/bronze/$entity/${current##*/}.ndjson" ] ||
			cp "$f" "$lakehouse/bronze/$entity/${current##*/}.ndjson"
	done
	for f in "$lakehouse/versions"/*; do
		[ "versions/${f##*/}" = "$current" ] || rm -rf "$f"
	done
}

# A run that failed leaves its rejects behind, for who wants to see why.
abandon() {
	local f
	trap - EXIT
	end_jobs
	[ -d "$build" ] || return 0
	rm -rf "$lakehouse/failed"
	find "$build/rejects" -type f -empty -delete
	for f in "$build/rejects"/*; do
		[ ! "$f" -ef "$lakehouse/current/rejects/${f##*/}" ] || rm "$f"
	done
	mv "$build/rejects" "$lakehouse/failed"
	rmdir "$lakehouse/failed" 2>/dev/null || true
	rm -rf "$build"
}

# A line of its own in the run's record: that it began, and how it ended.
record() { # WORD VALUE
	printf '{"run":"%s","%s":%s}\n' "$run" "$1" "$2" \
		>>"$lakehouse/runs/$run.ndjson"
}

end_run() {
	! $dry || return 0
	local kept=$lakehouse/rejects
	if [ "$worst" -eq 0 ] || ! on_files; then
		publish
	else
		abandon
		kept=$lakehouse/failed
	fi
	trap - EXIT
	record end "$worst"
	show_run "$lakehouse/runs/$run.ndjson"
	if [ -d "$kept" ] && [ -n "$(ls "$kept/")" ]; then
		echo rejects:
		show_rejects "$kept"
	fi
	exit "$worst"
}

init_database() {
	on_files &&
		die 78 "init: LAKEHOUSE_URL is not set, and a directory needs no schema"
	"$here/scripts/schema"
}

# run.sh - for pipelines.sh: runs stages and publishes what they made.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh
#
# A run on files is built beside what is published and takes its place by one
# rename of a symbolic link: silver, gold and rejects change all at once or not
# at all.
#
#	lakehouse/bronze/ENTITY/RUN.ndjson	kept for ever
#	lakehouse/versions/RUN/...		what a run makes
#	lakehouse/current -> versions/RUN	the one switch
#	lakehouse/{silver,gold,rejects} -> current/...
#	lakehouse/runs/RUN.ndjson		the books, a line a stage
#	lakehouse/runs/RUN/			its rejects, kept for ever
#
# rejects/ has the open ones: of each stage those of the last run that ran it.
#
# In PostgreSQL every table is published by its own transaction (mh-load); the
# directory holds the rejects and the books.

# The options of a program that may reject: where to, and how many at most.
rejects() { # STAGE NAME
	local folder=$lakehouse/runs/$run
	# what has seen no mask yet is masked first
	case $1.$2 in
	bronze.* | *.mask) ! masks || folder=$raw ;;
	esac
	printf -- '-r %s --max-rejects %s' "$(q "$folder/$1.$2.ndjson")" \
		"$max_rejects"
}

# A run's name: the second, and which 65536th of it, so that names sort as the
# runs came.
new_run() {
	local now=$EPOCHREALTIME
	TZ=UTC printf '%(%Y%m%dT%H%M%SZ)T-%04x\n' "${now%.*}" \
		$((10#${now#*.} * 65536 / 1000000))
}

begin_run() {
	run=$(new_run)
	! $dry || run=RUN
	export MH_RUN=$run MH_TODAY=${MH_TODAY:-$(date +%F)}
	build=$lakehouse/versions/$run
	work=$build/.work
	raw=$work/raw # rejects that are still to be masked
	waiting=() groups=() done_stages=() worst=0
	on_files || export LAKEHOUSE_URL
	! $dry || return 0
	mkdir -p "$lakehouse/runs"
	lock
	[[ $lakehouse/runs/$run.ndjson > $(last_record) ]] ||
		die 75 "the clock stands before the last run, $(last_record)"
	recover
	mkdir -p "$work" "$build"/{bronze,silver,gold,rejects} \
		"$lakehouse/runs/$run"
	mkdir -m 700 "$raw"
	take_over
	export MH_SILVER=$build/silver
	if ! on_files && [ -z "${MH_PROCESS_ID:-}" ]; then
		# what is wrong with the server, the stages will say
		MH_PROCESS_ID=$(new_process_id 2>/dev/null) || true
	fi
	export MH_PROCESS_ID
	began_at=$(date -u +%FT%TZ)
	# 0 is what bash knows of a signal that has no trap
	trap 'status=$?; [ "$status" != 0 ] || status=129; abandon; end_record "$run" "$status"; on_files || enter_run "$status"' EXIT
	begin_record || exit 74
	if on_files; then
		echo "run $run, into the directory $lakehouse"
	else
		echo "run $run, into the database of LAKEHOUSE_URL; rejects and books in $lakehouse"
	fi
	trap 'exit 129' HUP
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
	command -v flock >/dev/null ||
		die 78 "flock(1) is needed, which util-linux has"
	exec 9>"$lakehouse/.lock"
	# status looks at it for a moment
	flock -w 1 9 || die 75 "$lakehouse: another run is at work"
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
	wait_turn
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
		# read, not given: --history may name more files than fit into
		# one argument
		bash <(printf '%s\n' "$2"'
		statuses=("${PIPESTATUS[@]}")
		for s in "${statuses[@]}"; do
			case $s in 0 | 141) ;; *) exit "$s" ;; esac
		done
		for s in "${statuses[@]}"; do
			[ "$s" = 0 ] || exit "$s"
		done') 8>&1 >&2 && s=0 || s=$?
		trap '' TERM
		[ "$s" -lt 128 ] || kill -TERM -- "-$group"
		echo "$s"
	)
	if masks && ! mask_rejects "$1" && [ "$status" = 0 ]; then
		status=74
	fi
	[ "$status" != 0 ] || is_whole "$1" "$parts" || status=$?
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

# --- publishing -----------------------------------------------------------------

kinds() {
	if on_files; then echo silver gold rejects; else echo rejects; fi
}

# Everything before the rename of the link can be thrown away, everything
# behind it can be done again: recover() does.
publish() {
	local kind
	open_rejects
	rm -rf "$work"
	for kind in $(kinds); do
		[ -L "$lakehouse/$kind" ] ||
			ln -s "current/$kind" "$lakehouse/$kind"
	done
	# mh-save has synced what it wrote; this is for the rest
	sync -f "$build"
	# from here on it is published, whoever wants to end us
	trap '' INT TERM
	ln -sfn "versions/$run" "$lakehouse/.current.new"
	mv -Tf "$lakehouse/.current.new" "$lakehouse/current"
	recover "$worst"
}

# This run's rejects are open now, and those that a replay has not tried; of
# stages that it did not run, or that failed in a database, those before.
open_rejects() {
	local f stage state
	find "$lakehouse/runs/$run" -type f -empty -delete
	for stage in ${done_stages[@]+"${done_stages[@]}"}; do
		read -r state _ <"$work/$stage.state"
		[ "$state" = 0 ] || continue
		rm -f "$build/rejects/$stage".*
		for f in "$lakehouse/runs/$run/$stage".*; do
			[ ! -f "$f" ] ||
				ln "$f" "$build/rejects/$(open_name "$f")" 2>/dev/null ||
				cp "$f" "$build/rejects/$(open_name "$f")"
		done
	done
	rm -f "$lakehouse/runs/$run"/*.rest
	rmdir "$lakehouse/runs/$run" 2>/dev/null || true
}

# Gives the current version's bronze files their names in bronze/, and drops
# the other versions: older ones, and what a run that died has left behind.
recover() { # [STATUS]
	local f name current=''
	[ ! -L "$lakehouse/current" ] || current=$(readlink "$lakehouse/current")
	for f in "$lakehouse/current/bronze"/*.ndjson; do
		[ -f "$f" ] || continue
		name=${f##*/}
		name=$lakehouse/bronze/${name%.ndjson}/${current##*/}.ndjson
		mkdir -p "${name%/*}"
		ln "$f" "$name" 2>/dev/null || [ -f "$name" ] ||
			{ cp "$f" "$name.new" && mv "$name.new" "$name"; }
	done
	rm -rf "$lakehouse/current/bronze"
	# a run that died behind the switch has not written that it ended
	[ ! -f "$lakehouse/runs/${current##*/}.ndjson" ] ||
		end_record "${current##*/}" "$@"
	on_files || adopt_rejects "${current##*/}"
	# a link that leads nowhere says nothing about what may go
	[ -z "$current" ] || [ -d "$lakehouse/$current" ] || return 0
	for f in "$lakehouse/versions"/*; do
		[ "versions/${f##*/}" = "$current" ] || rm -rf "$f"
	done
}

# In a database a run that died has loaded what it has loaded: for these tables
# its rejects are the open ones. The ledger knows.
adopt_rejects() { # LAST-RUN-THAT-ENDED
	local f record stage dead
	[ -d "$lakehouse/current/rejects" ] || return 0
	for record in "$lakehouse/runs"/*.ndjson; do
		dead=${record##*/} dead=${dead%.ndjson}
		[[ $dead > $1 ]] || continue
		for stage in $(loaded_by "$dead"); do
			rm -f "$lakehouse/current/rejects/$stage".*
			for f in "$lakehouse/runs/$dead/$stage".*; do
				[ ! -s "$f" ] || cp "$f" \
					"$lakehouse/current/rejects/$(open_name "$f")"
			done
		done
	done
}

loaded_by() { # RUN
	"$here/scripts/lakehouse-psql" -Atq -v run="$1" -f - 2>/dev/null <<'SQL' || true
SELECT DISTINCT target FROM mh.stage WHERE run = :'run' AND rows IS NOT NULL;
SQL
}

open_name() { # FILE: what it is called among the open rejects
	case $1 in
	*.rest) printf '%s.ndjson' "${1##*/}" ;;
	*) printf '%s' "${1##*/}" ;;
	esac
}

# A run that failed leaves its rejects in runs/, for who wants to see why.
abandon() {
	trap - EXIT
	end_jobs
	[ -d "$build" ] || return 0
	# what is published stays, whatever ends us behind the switch
	if [ "$(readlink "$lakehouse/current")" = "versions/$run" ]; then
		end_record "$run" "$worst"
		return
	fi
	find "$lakehouse/runs/$run" -type f -empty -delete
	rmdir "$lakehouse/runs/$run" 2>/dev/null || true
	rm -rf "$build"
}

end_run() {
	! $dry || return 0
	if [ "$worst" -eq 0 ] || ! on_files; then
		publish
	else
		abandon
	fi
	trap - EXIT
	end_record "$run" "$worst"
	on_files || enter_run "$worst"
	show_run "$run"
	[ "$worst" -ne 0 ] || [ "$command" != replay ] ||
		echo "gold is as it was: ./pipelines.sh gold makes it anew"
	exit "$worst"
}

# With no CONTRACT, those of all the entities.
init_database() { # CONTRACT...
	on_files &&
		die 78 "init: LAKEHOUSE_URL is not set, and a directory needs no schema"
	if [ $# -eq 0 ]; then
		for e in "${entities[@]}"; do
			set -- "$@" "$(contract_of "$e")"
		done
	fi
	if $dry; then
		printf '%q ' "$here/scripts/schema" "$@"
		echo
	else
		"$here/scripts/schema" "$@"
	fi
}

# books.sh - for pipelines.sh: the record of each run, lakehouse/runs/RUN.ndjson.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh
#
# A line when the run begins and when it ends, and one a stage: the sums, and
# beside them what its programs said of themselves.

# A line of its own in the run's record: that it began, and how it ended.
record() { # WORD VALUE
	printf '{"run":"%s","%s":%s}\n' "$run" "$1" "$2" \
		>>"$lakehouse/runs/$run.ndjson"
}

last_record() { # the newest file of runs/
	local f last=''
	for f in "$lakehouse/runs"/*.ndjson; do
		[ ! -f "$f" ] || last=$f
	done
	printf '%s' "$last"
}

# One line a stage in the run's record: what its programs say of themselves,
# and the sums of it. Bronze counts from its source on, silver from the
# cleaning, gold from the first join.
enter() { # STAGE.NAME
	local status began ended code
	done_stages+=("$1")
	read -r status began ended <"$work/$1.state" ||
		status=74 began=0 ended=0 # a full disk: nothing could be said
	code=$status
	# ended by a signal: nothing is wrong with the data, try again
	[ "$code" = skipped ] || [ "$code" -le 128 ] || code=75
	[ "$code" = skipped ] || [ "$code" -le "$worst" ] || worst=$code
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

# The reject files of the stages of this run.
show_rejects() { # DIRECTORY
	local f stage said=false
	for f in "$1"/*.ndjson; do
		stage=${f##*/} stage=${stage%.ndjson} stage=${stage%.load}
		[ -s "$f" ] || continue
		among "$stage" ${done_stages[@]+"${done_stages[@]}"} || continue
		$said || echo "rejects, by line:"
		said=true
		printf '%8d  %s\n' "$(wc -l <"$f")" "$f"
	done
}

show_status() {
	local last
	last=$(last_record)
	[ -n "$last" ] || die 1 "$lakehouse: no run yet"
	show_run "$last"
}

outcome() { # RUN FILE
	local end
	end=$(sed -n 's/.*"end":\([0-9]*\)}$/\1/p' "$2")
	if [ -z "$end" ] && ! flock -n "$lakehouse/.lock" true; then
		echo "at work"
	elif on_files; then
		if [ "$(readlink "$lakehouse/current")" = "versions/$1" ]; then
			echo "published"
		elif [ "$end" = 0 ]; then
			echo "was published"
		elif [ -n "$end" ]; then
			echo "failed: nothing of it is published"
		else
			echo "cut short: nothing of it is published"
		fi
	elif [ "$end" = 0 ]; then
		echo "published"
	elif [ -n "$end" ]; then
		echo "failed: the tables with state ok are published"
	else
		echo "cut short: the tables with state ok are published, others may be"
	fi
}

# books.sh - for pipelines.sh: the record of each run, lakehouse/runs/RUN.ndjson.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh
#
# A line when the run begins and when it ends, and one a stage: the sums, and
# beside them what its programs said of themselves.

# The first line of the run's record.
begin_record() {
	printf '{"run":"%s","began":"%s"}\n' "$run" "$began_at" \
		>"$lakehouse/runs/$run.ndjson"
}

# How a run ended, said once; without a status as its stages say.
end_record() { # RUN [STATUS]
	local file=$lakehouse/runs/$1.ndjson status=${2:-0}
	# a full disk may have left a part of a line, on which nobody relied
	[ -z "$(tail -c 1 "$file")" ] || sed -i '$d' "$file"
	! grep -q '^{"run":"[^"]*","end":[0-9]*}$' "$file" || return 0
	[ $# -gt 1 ] || ! grep -q '"state":"failed"' "$file" || status=1
	printf '{"run":"%s","end":%s}\n' "$1" "$status" >>"$file"
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
# cleaning, gold from the first that joins or groups, a replay the rejects that
# it takes.
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
		-v status="$status" -v began="$began" -v ended="$ended" \
		-v replays="${replayed_run:-}" '
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
			    (stage == "gold" && /^{"tool":"mh-(join|aggregate)"/)
			if (first && !begun) {
				begun = 1
				into = count(replays ? "out" : "in")
			}
			rejected += count("rejected")
			out = count("in") - count("rejected")
			books = books (NR > 1 ? "," : "") $0
		}
		END {
			state = status == "skipped" ? "skipped" : \
			    status == 0 ? "ok" : "failed"
			if (replays)
				out = into - rejected
			printf "{\"run\":\"%s\",\"stage\":\"%s\",\"name\":\"%s\",", \
			    run, stage, name
			if (replays)
				printf "\"replays\":\"%s\",", replays
			printf "\"state\":\"%s\",\"status\":%d,", state, status
			printf "\"in\":%d,\"out\":%d,\"rejected\":%d,", \
			    into, state == "ok" ? out : 0, rejected
			printf "\"seconds\":%.2f,\"books\":[%s]}\n", \
			    ended - began, books
		}' "$work/$1.books" >>"$lakehouse/runs/$run.ndjson"
}

# What the record says of each stage, as words.
stages_of() { # RUN
	sed -En 's/^\{"run":"[^"]*","stage":"([^"]*)","name":"([^"]*)",("replays":"[^"]*",)?"state":"([^"]*)","status":([0-9]*),"in":([0-9]*),"out":([0-9]*),"rejected":([0-9]*),"seconds":([0-9.]*),.*/\1 \2 \4 \6 \7 \8 \9/p' \
		"$lakehouse/runs/$1.ndjson"
}

show_run() { # RUN
	printf 'run %s: %s\n' "$1" "$(outcome "$1")"
	stages_of "$1" |
		awk 'BEGIN { form = "%-7s %-25s %-8s %10s %10s %9s %8s\n"
			printf form, "stage", "table", "state", "in", "out",
			    "rejected", "seconds" }
			{ printf form, $1, $2, $3, $4, $5, $6, $7 }'
	show_left_out "$1"
	show_expectations "$1"
	show_rejects "$1"
}

# Members that no column took, and of how many records: a slip in a name, as a
# rule, or a column that the contract does not know yet.
show_left_out() { # RUN
	awk '
	/^{"run":"[^"]*","stage":/ &&
	match($0, /"(dropped_members|ignored)":{[^}]*}/) {
		members = substr($0, RSTART, RLENGTH)
		sub(/^[^{]*{/, "", members)
		sub(/}$/, "", members)
		match($0, /"stage":"[^"]*","name":"[^"]*"/)
		stage = substr($0, RSTART + 9, RLENGTH - 10)
		sub(/","name":"/, ".", stage)
		if (!said++)
			print "members that no column takes, and of how many records:"
		print "          " stage ": " members
	}' "$lakehouse/runs/$1.ndjson"
}

# What was expected and was not so, with the first record that shows it. Only
# the books of mh-expect itself have samples: seals repeat the counts alone.
show_expectations() { # RUN
	awk '
	/^{"run":"[^"]*","stage":/ {
		match($0, /"stage":"[^"]*","name":"[^"]*"/)
		stage = substr($0, RSTART + 9, RLENGTH - 10)
		sub(/","name":"/, ".", stage)
		rest = $0
		while (match(rest, /"expectations":\[[^]]*\],"samples":/)) {
			list = substr(rest, RSTART, RLENGTH)
			rest = substr(rest, RSTART + RLENGTH)
			show(list, rest)
		}
	}
	function show(list, samples,   e, w) {
		while (match(list, /{"name":"[^"]*","severity":"[^"]*","passed":[0-9]*,"failed":[0-9]*}/)) {
			e = substr(list, RSTART, RLENGTH)
			list = substr(list, RSTART + RLENGTH)
			split(e, w, /[":,{}]+/)
			if (w[9] == 0)
				continue
			if (!said++)
				print "expectations, and how many records did not meet them:"
			printf "%8d  of %d: %s: %s (%s)%s\n", w[9], w[7] + w[9],
			    stage, w[3], w[5], sample(samples, w[3])
		}
	}
	function sample(samples, name,   at, s) {
		at = index(samples, "\"" name "\":{\"file\":")
		s = substr(samples, at)
		if (!at || !match(s, /"record":{[^}]*}/))
			return ""
		return "\n          " substr(s, RSTART + 9, RLENGTH - 9)
	}' "$lakehouse/runs/$1.ndjson"
}

# The rejects of a run, by stage.
show_rejects() { # RUN
	local f said=false
	for f in "$lakehouse/runs/$1"/*.ndjson; do
		[ -s "$f" ] || continue
		$said || echo "rejects, by line:"
		said=true
		printf '%8d  %s\n' "$(wc -l <"$f")" "$f"
	done
}

RUNS_SHOWN=10

show_status() {
	local f all=()
	have_lakehouse
	for f in "$lakehouse/runs"/*.ndjson; do
		[ ! -f "$f" ] || all+=("${f##*/}")
	done
	[ ${#all[@]} -gt 0 ] || die 1 "$lakehouse: no run yet"
	if [ -n "$of_run" ]; then
		have_run "$of_run"
		show_run "$of_run"
		return
	fi
	all=("${all[@]:$((${#all[@]} > RUNS_SHOWN ? -RUNS_SHOWN : 0))}")
	printf '%-22s %7s %10s %10s %9s %8s  %s\n' run tables source gold \
		rejected seconds 'and then'
	for f in "${all[@]%.ndjson}"; do
		# a record that passes from layer to layer is counted once
		stages_of "$f" | awk -v run="$f" -v end="$(outcome "$f")" '
			{ tables++; rejected += $6; seconds += $7 }
			NR == 1 || $1 == first { first = $1; into += $4 }
			{ last = $1; out[$1] += $5 }
			END { printf "%-22s %7d %10d %10d %9d %8.2f  %s\n",
			    run, tables, into, out[last], rejected, seconds,
			    end }'
	done
}

have_lakehouse() {
	[ -d "$lakehouse/runs" ] || die 78 "$lakehouse: no lakehouse"
}

audit() {
	have_lakehouse
	if [ -n "$of_run" ]; then
		mh-audit -d "$lakehouse" -- "$of_run"
	else
		mh-audit -d "$lakehouse" --all
	fi
}

have_run() { # RUN
	[ -f "$lakehouse/runs/$1.ndjson" ] ||
		die 78 "$lakehouse: no run $1; status shows the last ones"
}

# In the ledger of the database, where mh-load has entered what it loaded: how
# the run ended. One that loaded nothing is there too.
enter_run() { # STATUS
	"$here/scripts/lakehouse-psql" -q -v ON_ERROR_STOP=1 -v run="$run" \
		-v status="$1" -v began="$began_at" -f - <<'SQL' ||
SELECT to_regclass('mh.run') IS NOT NULL AS there \gset
\if :there
INSERT INTO mh.run (run, began, ended, status)
VALUES (:'run', :'began', now(), :status)
ON CONFLICT (run) DO UPDATE
SET began = least(run.began, excluded.began), ended = excluded.ended,
	status = excluded.status;
\endif
SQL
		echo "pipelines.sh: the ledger does not know how this run ended" >&2
}

outcome() { # RUN
	local end
	end=$(sed -n 's/.*"end":\([0-9]*\)}$/\1/p' "$lakehouse/runs/$1.ndjson")
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

# report.sh - for run: the table of all steps; RESULTS.md.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of run

results=$here/RESULTS.md

# The median of column N of a program's times.
median() # N FILE
{
	cut -d ' ' -f "$1" "$2" | sort -n | awk '
	{ v[NR] = $1 }
	END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

medians()
{
	echo "$(median 1 "$1") $(median 2 "$1") $(median 3 "$1")" \
		"$(median 4 "$1")"
}

# One row: the medians of both, and what ours reads.
row() # STEP PROGRAM RECORDS BYTES
{
	local dir=$times/$1 is

	is=$(<"$dir/$2.is")
	[ "$(wc -l <"$dir/$2")" -gt 1 ] || [ "$rounds" -eq 1 ] ||
		[[ $is = failed* ]] || is+=", once"
	echo "$(medians "$dir/mh") $(medians "$dir/$2")" |
		awk -v step="$1" -v peer="$2" -v records="$3" -v bytes="$4" \
			-v is="$is" -v wal="$database" '
	{
		if (wal == "yes" && $4 + $8 > 0)
			is = is sprintf("; WAL %.0f, %.0f MB", $4 / 1e6, $8 / 1e6)
		if (is ~ /^failed/) {
			printf "| %s | %s | %.3f | - | - | - | %.1f | - | %d | %.1f | %s |\n",
			    step, peer, $1, $3 / 1024, records / $1,
			    bytes / $1 / 1e6, is
			exit
		}
		printf "| %s | %s | %.3f | %.3f | %.2f | %.2f | %.1f | %.1f | %d | %.1f | %s |\n",
		    step, peer, $1, $5, $5 / $1, $6 / $2, $3 / 1024, $7 / 1024,
		    records / $1, bytes / $1 / 1e6, is
	}'
}

rows() # STEP
{
	local is name records bytes

	read_step "$1"
	[ -e "$times/$1/mh" ] || return 0
	records=$(wc -l <"$DATA/$input")
	bytes=$(wc -c <"$DATA/$input")
	if grep -q ^failed "$times/$1/mh.is"; then
		echo "| $1 | ours: $(<"$times/$1/mh.is") |"
		return
	fi
	for is in "$times/$1"/*.is; do
		name=${is##*/}
		name=${name%.is}
		[ "$name" = mh ] || row "$1" "$name" "$records" "$bytes"
	done
}

report()
{
	local step

	echo "| step | peer | s, ours | s, peer | wall, times | CPU, times | MiB, ours | MiB, peer | records/s | MB/s | result |"
	echo "|---|---|---|---|---|---|---|---|---|---|---|"
	for step in "${steps[@]}"; do
		rows "$step"
	done
}

machine()
{
	echo "- $(date +%F), median of $rounds rounds, $pedidos pedidos"
	echo "- $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)," \
		"$(nproc) cores," \
		"$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' \
			/proc/meminfo), Linux $(uname -r)"
	echo "- ours: $(mh-clean --version), $("${CC:-cc}" --version | head -n 1)"
	versions | sed 's/^/- /'
}

# Standard input takes the place of this size's part of RESULTS.md.
save_results()
{
	local table

	table=$(cat)
	{
		if [ -e "$results" ]; then
			awk -v head="## $size" '/^## / { skip = $0 == head } !skip' \
				"$results"
		else
			echo "# Results"
			echo
		fi
		printf '## %s\n\n%s\n\n%s\n\n' "$size" "$(machine)" "$table"
	} >"$results.new"
	mv "$results.new" "$results"
	echo "$table"
}

# A ratio that has become smaller by more than 15% is a step that lost.
check_results()
{
	awk -F ' *[|] *' -v head="## $size" -v file="$results" '
	function lost(what, was, is) {
		if (is + 0 < was * 0.85)
			losses = losses sprintf("lost: %s against %s: " \
			    "%s %s times, was %s\n", $2, $3, what, is, was)
	}
	BEGIN {
		while ((getline line < file) > 0) {
			if (line ~ /^## /)
				on = line == head
			else if (on && split(line, f, / *[|] */) > 10) {
				wall[f[2], f[3]] = f[6]
				cpu[f[2], f[3]] = f[7]
			}
		}
	}
	{ print }
	FNR > 2 && ($2, $3) in wall && $6 != "-" {
		compared++
		lost("wall", wall[$2, $3], $6)
		lost("CPU", cpu[$2, $3], $7)
	}
	END {
		if (!compared)
			losses = "nothing to compare with in " file "\n"
		printf "%s", losses
		exit losses != ""
	}'
}

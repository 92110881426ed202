# books.jq - holds the record of a run (runs/RUN.ndjson) to the laws of the
# books: prints a line for each that does not close, so nothing if all do.
#
#	jq -rsf books.jq lakehouse/runs/RUN.ndjson

def sum(f): map(f // 0) | add // 0;

# What one program's counts must come to; one that does a shard alone passes
# over the records elsewhere.
def law:
	if .tool == "mh-join" then
		.in == .matched + .unmatched + .rejected + .elsewhere and
		(.out == .pairs or .out == .pairs + .unmatched)
	elif .tool == "mh-load" then
		.in == .inserted + .updated + .unchanged + .rejected
	elif .tool == "mh-aggregate" then .out == .groups
	else .in == .out + .rejected + .elsewhere
	end;

# What came in is what those in front of it have given.
def handed_on:
	(.upstream | length) == 0 or
	.in == (.upstream | sum(.[-1].out));

# A stage's own sums: its first program's in is its last one's out and all
# that was rejected on the way, but gold, which aggregates.
def stage_law:
	.in == .out + .rejected or (.stage == "gold" and .rejected == 0);

map(select(has("stage"))) as $stages
| ($stages | map({ (.stage + "." + .name): . }) | add) as $by_name
| $stages[]
| . as $stage
| (.stage + "." + .name) as $name
| (
	(select(.state != "ok") | "\(.state), status \(.status)"),
	(select(.books | length < 2) | "only \(.books | length) books"),
	(.books[] | select(.status != 0) | "\(.tool): status \(.status)"),
	(.books[] | select(law | not) | "\(.tool): \(. | del(.upstream))"),
	(.books[] | select(handed_on | not) |
		"\(.tool): in \(.in), but \(.upstream | map(.[-1]))"),
	(select(stage_law | not) |
		"in \(.in), out \(.out), rejected \(.rejected)"),
	# silver takes all of bronze, gold all of silver's pedidos
	(select(.stage == "silver") | $by_name["bronze." + .name] |
		select(. != null and .out != $stage.in) |
		"in \($stage.in), but bronze gave \(.out)"),
	(select(.stage == "gold") | $by_name["silver.pedidos"] |
		select(. != null and .out != $stage.in) |
		"in \($stage.in), but silver gave \(.out)")
)
| $name + ": " + .

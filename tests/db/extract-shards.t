#!/bin/bash
# mh-extract: the shards of a table, all together, are the table.
. "$(dirname "$0")/db.sh"

q "CREATE TABLE t (id text PRIMARY KEY, n numeric, at timestamptz, \"A b\" int)"
q "INSERT INTO t SELECT 'C' || i, i / 8.0, '2024-01-01'::timestamptz + i *
	interval '1 second', nullif(i % 5, 0) FROM generate_series(1, 1000) i"
mh-extract t | sort >whole
# shards NAME N OPTION...: as many as there are, put together
shards()
{
	local name=$1 n=$2 i
	shift 2
	rm -f part.*
	for ((i = 0; i < n; i++)); do
		mh-extract --shard "$i/$n" --summary books "$@" t >"part.$i"
	done
	check "$name" cmp whole <(sort part.*)
}
shards "by the primary key" 4
is "which are of a size" "$(wc -l part.* | awk '$1 < 200 || $1 > 300 {
	print }' | tail -n +2)" ''
is "the books" "$(jq -c '[.in, .out + .elsewhere, .rejected, has("table")]' books |
	sort -u)" '[1000,1000,0,false]'
shards "by other columns, in pages" 3 --shard-key '"A b",n' --page 7
is "nulls and all" "$(grep -l '"A b":null' part.* | wc -l)" 3
shards "by one that is null: shard 0" 3 --shard-key '"A b"'
is "which has all of those" "$(grep -c '"A b":null' part.0)" 200
shards "by the columns of -k" 2 -k at
mh-extract t | mh-join --shard 1/2 -k at - <(cut -d, -f 3 <whole | sort -u |
	sed 's/.*/{&}/') >joined
is "a join has the same shards" "$(jq -r .id joined | sort | md5sum)" \
	"$(jq -r .id part.1 | sort | md5sum)"
is "a shard is sealed" "$(MH_RUN=r mh-extract --shard 0/2 t | tail -n 1 |
	jq -c '.stages[0] | [."in", .elsewhere + .out]')" '[1000,1000]'
is "keys in front" "$(mh-extract --emit-key '"A b",id' t 2>&1)" \
	'mh-extract: --emit-key: no record has a member "A b"'
is "are names of members" \
	"$(mh-extract --emit-key 'A b,id' --columns '"A b",id' --where "id = 'C1'" t)" \
	'1,C1	{"A b":1,"id":"C1"}'

q "CREATE VIEW v AS SELECT * FROM t"
status "without a primary key" 78 mh-extract --shard 0/2 v
says "columns are needed" 'v: it has no primary key; --shard-key says'
status "a column that is not there" 78 mh-extract --shard 0/2 --shard-key x t
status "one that is not written" 78 mh-extract --shard 0/2 --columns n t
says "is named" 'public.t: --shard goes by column id, which is not written'
status "a key without a shard" 2 mh-extract --shard-key id t
status "a shard past the last" 2 mh-extract --shard 2/2 t

done_testing

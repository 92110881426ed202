#!/bin/bash
# mh-extract: pages come to the same as one COPY, out of one snapshot.
. "$(dirname "$0")/db.sh"

q "CREATE TABLE pair (a text COLLATE \"C\", b timestamptz, c int,
	PRIMARY KEY (b, a))"
q "INSERT INTO pair SELECT chr(97 + i % 7) || E'\\'\\\\' || i % 3,
	'2024-01-01'::timestamptz + (i % 50) * interval '0.1 second', i
	FROM generate_series(1, 1000) i ON CONFLICT DO NOTHING"
q "SELECT count(*) FROM pair" >count
mh-extract pair >all
is "a key of two columns: no row lost" "$(wc -l <all)" "$(cat count)"
for page in 1 7 50 999; do
	mh-extract --page "$page" pair >pages
	check "the same bytes in pages of $page" cmp all pages
done
mh-extract --page 0 pair | sort >once
check "the same rows all at once" cmp <(sort all) once
mh-extract --page 13 pair --columns c >pages
check "by a key that is not written" cmp <(jq -c '{c}' all) pages

q "CREATE TABLE plain (a int, b int)"
q "INSERT INTO plain SELECT i % 10, i FROM generate_series(1, 100) i"
is "without a key in one COPY" "$(mh-extract --page 10 plain | wc -l)" 100
q "CREATE VIEW seen AS SELECT b, b % 3 AS c FROM plain"
is "a view by a key of ours" \
	"$(mh-extract -k b --page 7 seen --where 'c = 1' | md5sum)" \
	"$(q "SELECT '{\"b\":' || b || ',\"c\":1}' FROM seen WHERE c = 1
	ORDER BY b" | md5sum)"
status "a key that repeats would lose rows" 78 mh-extract -k a --page 7 plain
says "and is refused" '--key a: some rows'
q "INSERT INTO plain VALUES (1000, NULL)"
status "so would one with nulls" 78 mh-extract -k b --page 7 plain

q "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child () INHERITS
	(parent); INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (2), (2)"
is "children share a key: in one COPY" "$(mh-extract --page 2 parent | wc -l)" 4
q "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE high PARTITION OF parts FOR VALUES FROM (10) TO (20);
INSERT INTO parts SELECT generate_series(0, 19)"
is "partitions have one key" "$(mh-extract --page 3 parts | jq -s -c 'map(.id)')" \
	"$(jq -nc '[range(20)]')"

# Slowly read, while others write: the pages are still those of one moment.
q "CREATE TABLE busy (id int PRIMARY KEY, t text)"
q "INSERT INTO busy SELECT i, repeat('x', 1000) FROM generate_series(1, 5000) i"
mkfifo pipe
mh-extract --page 100 busy >pipe &
{
	IFS= read -r line
	echo "$line"
	q "DELETE FROM busy WHERE id > 2500; INSERT INTO busy VALUES (0, 'new')"
	cat
} <pipe >busy
wait $! || not_ok "status"
is "one snapshot for all pages" "$(wc -l <busy)" 5000

# The server ends the session in the middle.
q "INSERT INTO busy SELECT i, repeat('y', 1000) FROM generate_series(10000, 30000) i"
MH_RUN=r1 mh-extract --page 100 busy >pipe 2>err &
pid=$!
{
	IFS= read -r line
	q "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE application_name = 'mh-extract'" >/dev/null
	cat >taken
} <pipe
wait $pid
is "the server went away: try again" $? 75
is "and no seal" "$(grep -c '"\$mh"' taken)" 0

done_testing

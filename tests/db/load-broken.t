#!/bin/bash
# mh-load: whatever breaks, the table is as it was.
. "$(dirname "$0")/db.sh"

q "CREATE TABLE t (id int PRIMARY KEY, v text)"
q "INSERT INTO t VALUES (1, 'old')"
unchanged()
{
	is "$1: the table is as it was" "$(q "SELECT id, v FROM t")" "1|old"
}
for i in {1..3000}; do
	echo "{\"id\":$i,\"v\":\"new\"}"
done >in

MH_RUN=r1 status "no seal inside a run" 65 mh-load t in
says "says so" 'nothing was loaded'
unchanged "no seal"
MH_RUN=r1 mh-extract --where false t >seal
MH_RUN=r1 status "a seal that counts otherwise" 65 mh-load t <(cat in seal)
unchanged "a wrong seal"
status "the same outside a run" 65 mh-load t <(cat in seal)
unchanged "a wrong seal outside"
status "a cut line" 65 mh-load t <(head -c -5 in)
unchanged "a cut line"
status "a file that is not there" 74 mh-load t in nowhere.ndjson
unchanged "a missing file"

# Waits until a load is in its COPY, with part of the stream taken.
mkfifo pipe
slow_load()
{
	mh-load --batch 100 t <pipe 2>err &
	pid=$!
	exec 9>pipe
	head -n 2000 in >&9
	local i
	for i in {1..200}; do
		[ "$(q "SELECT count(*) FROM pg_stat_activity WHERE
			application_name = 'mh-load' AND query LIKE '%COPY%'")" = 0 ] ||
			return 0
		sleep 0.05
	done
	not_ok "the load does not begin"
}
slow_load
q "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE application_name = 'mh-load'" >/dev/null
tail -n 1000 in >&9 2>/dev/null
exec 9>&-
wait $pid
is "the server ends the session: try again" $? 75
is "and says what came of it" "$(tail -n 1 err)" "mh-load: public.t: nothing was loaded"
unchanged "a lost session"

slow_load
disown $pid # or bash tells of its end
kill -9 $pid
while kill -0 $pid 2>/dev/null; do
	sleep 0.05
done
exec 9>&-
unchanged "killed"
for i in {1..200}; do
	[ "$(q "SELECT count(*) FROM pg_stat_activity
		WHERE application_name = 'mh-load'")" = 0 ] && break
	sleep 0.05
done
is "the server gave up too" "$(q "SELECT count(*) FROM pg_locks
	WHERE locktype = 'advisory'")" 0

slow_load
status "a second load of one table" 75 mh-load --lock-timeout 1 t in
says "waits no longer than it may" 'lock timeout'
exec 9>&-
wait $pid
is "the first goes on" $? 0
is "and is whole" "$(q "SELECT count(*) FROM t WHERE v = 'new'")" 2000
q "TRUNCATE t; INSERT INTO t VALUES (1, 'old')"

# Somebody else's lock on the table itself.
psql -XAtq <<'END' >/dev/null &
BEGIN; INSERT INTO t VALUES (99999, 'theirs'); SELECT pg_sleep(3); ROLLBACK;
END
for i in {1..100}; do
	[ "$(q "SELECT count(*) FROM pg_stat_activity
		WHERE query LIKE '%pg_sleep%' AND wait_event = 'PgSleep'")" = 0 ] || break
	sleep 0.05
done
status "a writer in the way" 75 mh-load --lock-timeout 1 t in
wait
unchanged "a lock"

q "CREATE ROLE mh_test_reader LOGIN PASSWORD 'r'; GRANT SELECT ON t TO mh_test_reader"
PGUSER=mh_test_reader PGPASSWORD=r status "no right to write" 78 mh-load t in
says "in the server's words" 'permission denied for table t'
q "DROP OWNED BY mh_test_reader; DROP ROLE mh_test_reader"
unchanged "no right"
LAKEHOUSE_URL=postgresql://localhost:1/d status "nobody there" 75 mh-load t in
# After the commit: its failure must not look like the load's.
status "a summary that cannot be written" 74 mh-load --summary /dev/full t \
	<<<'{"id":1,"v":"old"}'
says "comes too late to undo anything" 'the rows were loaded all the same'
TMPDIR=/nowhere status "no room for the spool" 74 mh-load t in
unchanged "no spool"

# The connection is cut at the commit, before it gets there or behind it.
lose_commit()
{
	coproc PROXY { exec "$TESTS/db/cut-at-commit" "$1"; }
	# shellcheck disable=SC2153 # coproc sets it
	read -r port <&"${PROXY[0]}"
	LAKEHOUSE_URL="postgresql://localhost:$port/$db?sslmode=disable" \
		status "a commit lost $1 the server" 75 mh-load t in
	says "nobody can say what came of it" 'nobody knows whether the commit happened; to load the same stream again is safe'
	case $said in
	*nothing\ was*) not_ok "and nobody does" "$said" ;;
	*) ok "and nobody does" ;;
	esac
	# shellcheck disable=SC2153
	wait "$PROXY_PID" 2>/dev/null
}
lose_commit before
unchanged "no commit"
lose_commit behind
is "it was done" "$(q "SELECT count(*) FROM t WHERE v = 'new'")" 3000
rm -f books
status "again" 0 mh-load --summary books t in
is "it changes nothing" "$(books books)" "3000 0 0 3000 0 0"

done_testing

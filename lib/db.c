/* db - the connection to PostgreSQL, and its failures. */
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>

#include "db.h"
#include "embed.h"
#include "mh.h"

#define CONNECT_SECONDS 30

static const struct {
	const char *url, *key;
} places[] = {
	[DB_SOURCE] = { "SUPABASE_URL", "SUPABASE_KEY" },
	[DB_LAKEHOUSE] = { "LAKEHOUSE_URL", "LAKEHOUSE_KEY" },
};

/* Everything on one line: a run of controls becomes one space. */
static void
one_line(struct buf *b)
{
	size_t i, n = 0;

	for (i = 0; i < b->n; i++) {
		if ((unsigned char)b->p[i] > ' ')
			b->p[n++] = b->p[i];
		else if (n != 0 && (b->p[i] == ' ' || b->p[n - 1] != ' '))
			b->p[n++] = ' ';
	}
	while (n != 0 && b->p[n - 1] == ' ')
		n--;
	b->n = n;
}

static bool
is_state(const char *p)
{
	size_t n = strspn(p, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n == 5 && p[5] == ':';
}

/*
 * libpq has no call for the SQLSTATE of a failed connection, but puts it
 * into a verbose message, in any language: "...FATAL:  28P01: words". Takes
 * it out of there, and what else is verbose: the next lines.
 */
static const char *
take_state(struct buf *words, char state[6])
{
	char *p, *end;

	state[0] = '\0';
	buf_cstr(words);
	for (p = words->p; (p = strstr(p, ":  ")) != NULL; p += 3) {
		if (!is_state(p + 3))
			continue;
		memcpy(state, p + 3, 5);
		state[5] = '\0';
		end = p + 3 + strcspn(p + 3, "\n");
		memmove(p + 2, p + 9, (size_t)(end - p) - 9);
		words->n = (size_t)(end - words->p) - 7;
		break;
	}
	one_line(words);
	return buf_cstr(words);
}

/* What to do about a SQLSTATE; "" is a connection that broke. */
static int
status_of(const char *state)
{
	static const char *const retry[] = {
		"08",    /* connection exceptions */
		"40",    /* deadlock, serialization */
		"53",    /* no resources: connections, memory, disk */
		"55P03", /* lock not available, or not in time */
		"57",    /* shut down, cancelled, not yet ready */
		"58",    /* the server's own disk or system */
	};
	size_t i;

	if (state == NULL || *state == '\0')
		return MH_TEMP;
	for (i = 0; i < sizeof(retry) / sizeof(retry[0]); i++) {
		if (strncmp(state, retry[i], strlen(retry[i])) == 0)
			return MH_TEMP;
	}
	return MH_CONFIG;
}

static _Noreturn void
die_unconnected(struct db *db)
{
	char state[6];
	const char *words;

	db->words.n = 0;
	buf_text(&db->words, PQerrorMessage(db->conn));
	words = take_state(&db->words, state);
	mh_die(status_of(state), "%s: %s", db->object, words);
}

/* Seconds that may pass until there is a connection. */
static int
patience(PGconn *conn)
{
	PQconninfoOption *all = PQconninfo(conn), *o;
	int seconds = 0;

	for (o = all; o != NULL && o->keyword != NULL; o++) {
		if (strcmp(o->keyword, "connect_timeout") == 0 &&
		    o->val != NULL)
			seconds = atoi(o->val);
	}
	PQconninfoFree(all);
	return seconds > 0 ? seconds : CONNECT_SECONDS;
}

/* Waits for the socket; false when the time is over. */
static bool
await(PGconn *conn, PostgresPollingStatusType how, double until)
{
	struct pollfd fd = {
		.fd = PQsocket(conn),
		.events = how == PGRES_POLLING_READING ? POLLIN : POLLOUT,
	};
	double left = until - mh_seconds();
	int n;

	if (left <= 0)
		return false;
	n = poll(&fd, 1, (int)(left * 1000) + 1);
	return n > 0 || (n < 0 && errno == EINTR);
}

/* Step by step, because only so can a failure's SQLSTATE be asked for. */
static void
connect_to(struct db *db, const char *url, const char *key)
{
	/* what the URL says itself stands behind the key and so prevails */
	const char *const names[] = { "password", "dbname",
		"fallback_application_name", "client_encoding", NULL };
	const char *const values[] = { key, url, mh.name, "UTF8", NULL };
	PostgresPollingStatusType how = PGRES_POLLING_WRITING;
	double until;

	db->conn = PQconnectStartParams(names, values, 1);
	if (db->conn == NULL)
		mh_die(MH_TEMP, "out of memory");
	PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE);
	if (PQstatus(db->conn) == CONNECTION_BAD) {
		/* nothing was tried: it is the words that are wrong */
		if (PQpingParams(names, values, 1) == PQPING_NO_ATTEMPT)
			mh_die(MH_CONFIG, "%s: %s", db->object,
			    db_words(db, NULL));
		die_unconnected(db);
	}
	until = mh_seconds() + patience(db->conn);
	while (how != PGRES_POLLING_OK) {
		if (!await(db->conn, how, until))
			mh_die(MH_TEMP, "%s: the server does not answer",
			    db->object);
		how = PQconnectPoll(db->conn);
		if (how == PGRES_POLLING_FAILED)
			die_unconnected(db);
	}
	PQsetErrorVerbosity(db->conn, PQERRORS_DEFAULT);
}

/* Does the environment name a server in libpq's own way? */
static bool
named_by_libpq(void)
{
	return mh_env("PGHOST") != NULL || mh_env("PGHOSTADDR") != NULL ||
	       mh_env("PGSERVICE") != NULL || mh_env("PGDATABASE") != NULL ||
	       mh_env("PGPORT") != NULL;
}

static void
heed_notice(void *arg, const char *text)
{
	struct db *db = arg;

	db->words.n = 0;
	buf_text(&db->words, text);
	one_line(&db->words);
	mh_warn("%s: %s", db->object, buf_cstr(&db->words));
}

/* A wrong URL is not shown: it may hold a password. */
static void
check_url(const char *name, const char *url)
{
	PQconninfoOption *options;

	if (url == NULL && named_by_libpq())
		return;
	if (url == NULL)
		mh_die(MH_CONFIG,
		    "%s: not set; it holds a connection string "
		    "like postgresql://user@host:5432/database",
		    name);
	if (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0)
		mh_die(MH_CONFIG,
		    "%s: this is the address of the API, not of "
		    "the database; Supabase shows the connection string under "
		    "Project > Connect > Connection string > URI",
		    name);
	options = PQconninfoParse(url, NULL);
	if (options == NULL)
		mh_die(MH_CONFIG,
		    "%s: not a connection string; it looks like "
		    "postgresql://user@host:5432/database",
		    name);
	PQconninfoFree(options);
}

void
db_open(struct db *db, enum db_place place)
{
	const char *url = mh_env(places[place].url);

	*db = (struct db){ .object = places[place].url };
	check_url(db->object, url);
	connect_to(db, url, mh_env(places[place].key));
	PQsetNoticeProcessor(db->conn, heed_notice, db);
}

void
db_close(struct db *db)
{
	PQfinish(db->conn);
	buf_free(&db->words);
	buf_free(&db->sql);
}

bool
db_failed(const struct pg_result *res)
{
	switch (PQresultStatus(res)) {
	case PGRES_EMPTY_QUERY:
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_SINGLE_TUPLE:
	case PGRES_COPY_IN:
	case PGRES_COPY_OUT: return false;
	default: return true;
	}
}

bool
db_row_fault(const struct pg_result *res)
{
	static const char *const classes[] = {
		"21", /* a row met twice */
		"22", /* data exceptions */
		"23", /* constraints */
		"44", /* a view's check option */
		"54", /* too large, for an index for example */
		"P0", /* raised by a trigger */
	};
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (state != NULL && strncmp(state, classes[i], 2) == 0)
			return true;
	}
	return false;
}

const char *
db_words_of(struct db *db, const char *message, const char *detail)
{
	db->words.n = 0;
	buf_text(&db->words, message);
	one_line(&db->words);
	if (detail != NULL)
		buf_fmt(&db->words, ": %s", detail);
	one_line(&db->words);
	return buf_cstr(&db->words);
}

const char *
db_words(struct db *db, const struct pg_result *res)
{
	const char *main = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (main == NULL)
		return db_words_of(db, PQerrorMessage(db->conn), NULL);
	return db_words_of(
	    db, main, PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL));
}

void
db_die(struct db *db, struct pg_result *res)
{
	int status = status_of(PQresultErrorField(res, PG_DIAG_SQLSTATE));
	const char *words = db_words(db, res);

	PQclear(res);
	mh_die(status, "%s: %s", db->object, words);
}

void
db_exec(struct db *db, const char *sql)
{
	PGresult *res = PQexec(db->conn, sql);

	if (db_failed(res))
		db_die(db, res);
	PQclear(res);
}

struct pg_result *
db_query(struct db *db, const char *sql, int n, const char *const *params)
{
	PGresult *res =
	    PQexecParams(db->conn, sql, n, NULL, params, NULL, NULL, 0);

	if (db_failed(res))
		db_die(db, res);
	return res;
}

struct pg_result *
db_try(struct db *db)
{
	PGresult *res = PQexec(db->conn, buf_cstr(&db->sql));

	db->sql.n = 0;
	return res;
}

void
db_end(struct db *db)
{
	PGresult *res;

	while ((res = PQgetResult(db->conn)) != NULL) {
		if (db_failed(res))
			db_die(db, res);
		PQclear(res);
	}
}

const char *
db_sql(const char *name)
{
	const char *text = embed_find(name);

	if (text == NULL)
		mh_die(MH_BUG, "%s: not built in", name);
	return text;
}

void
db_literal(struct db *db, struct buf *out, struct slice text)
{
	char *quoted = PQescapeLiteral(db->conn, text.p, text.n);

	if (quoted == NULL)
		db_die(db, NULL);
	buf_text(out, quoted);
	PQfreemem(quoted);
}

uint64_t
db_touched(const struct pg_result *res)
{
	/* libpq wants a result that it might change, and does not */
	return strtoull(PQcmdTuples((PGresult *)(uintptr_t)res), NULL, 10);
}

void
db_refuse_url(const char *arg)
{
	if (strstr(arg, "://") != NULL)
		mh_die_usage(
		    "a connection string is no argument, others "
		    "could read it there; it belongs into the environment");
}

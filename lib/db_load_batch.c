/* db_load_batch - rows to the server by COPY, batch by batch. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"

#define CHUNK       ((size_t)64 << 10)
#define BATCH_BYTES ((size_t)4 << 20)

/*
 * Rows of one COPY into the table itself, where no row need be found again.
 * It ends now and then only to hear whether all is well.
 */
#define DIRECT_ROWS ((size_t)1 << 20)

void
load_batch_open(struct load *l)
{
	size_t rows = l->form->batch;

	l->batch.binary = l->ways.binary;
	l->batch.ends = mem_zero(rows, sizeof(*l->batch.ends));
	l->batch.places = mem_zero(rows, sizeof(*l->batch.places));
}

void
load_batch_free(struct load *l)
{
	free(l->batch.ends);
	free(l->batch.places);
	buf_free(&l->batch.text);
}

void
load_undo(struct load *l)
{
	db_exec(&l->db, "ROLLBACK TO SAVEPOINT mh");
}

static void
send(struct load *l, const char *p, size_t n)
{
	size_t piece;

	for (; n != 0; p += piece, n -= piece) {
		piece = n < CHUNK ? n : CHUNK;
		if (PQputCopyData(l->db.conn, p, (int)piece) != 1)
			db_die(&l->db, NULL);
	}
}

/* A direct load is one part from its beginning: it stands or falls whole. */
static void
begin_copy(struct load *l)
{
	/* without flags, and without more of a header */
	static const char header[19] = "PGCOPY\n\377\r\n";

	if (!l->direct)
		buf_text(&l->db.sql, LOAD_PART);
	load_sql_copy(l);
	db_exec(&l->db, buf_cstr(&l->db.sql));
	l->db.sql.n = 0;
	if (l->batch.binary)
		send(l, header, sizeof(header));
}

/* Ends the COPY: the server's answer. */
static PGresult *
end_copy(struct load *l)
{
	PGresult *res, *more;

	if (l->batch.binary)
		send(l, "\377\377", 2);
	if (PQputCopyEnd(l->db.conn, NULL) != 1)
		db_die(&l->db, NULL);
	res = PQgetResult(l->db.conn);
	while ((more = PQgetResult(l->db.conn)) != NULL)
		PQclear(more);
	if (db_failed(res) && !db_row_fault(res))
		db_die(&l->db, res);
	return res;
}

/*
 * The column at fault. COPY names one of mh_stage's, in a sentence of the
 * server's language and ahead of any data: "..., column c3: ...".
 */
static const struct db_column *
column_at_fault(const struct load *l, const PGresult *res)
{
	const struct db_column *c =
	    load_column(l, PQresultErrorField(res, PG_DIAG_COLUMN_NAME));
	const char *p = PQresultErrorField(res, PG_DIAG_CONTEXT);
	unsigned long number;

	if (c != NULL)
		return c;
	for (; p != NULL && (p = strstr(p, " c")) != NULL; p++) {
		number = strtoul(p + 2, NULL, 10);
		if (number >= 1 && number <= l->ncol)
			return l->col[number - 1];
	}
	return NULL;
}

/*
 * Which of n rows the server stumbled over, if it says so: "COPY mh_stage,
 * line 7, ...". A guess, as the sentence is in the server's language: the
 * middle will do as well.
 */
static size_t
row_at_fault(const PGresult *res, size_t n)
{
	const char *p = PQresultErrorField(res, PG_DIAG_CONTEXT);
	unsigned long line = 0;

	if (p != NULL && (p = strpbrk(p, "0123456789")) != NULL)
		line = strtoul(p, NULL, 10);
	return line >= 1 && line <= n ? line - 1 : n / 2;
}

static void settle(struct load *l, size_t lo, size_t hi, PGresult *res);

/* Sends rows lo..hi-1 once more. */
static void
resend(struct load *l, size_t lo, size_t hi)
{
	const struct load_batch *b = &l->batch;
	size_t from = lo == 0 ? 0 : b->ends[lo - 1];

	if (lo == hi)
		return;
	begin_copy(l);
	send(l, b->text.p + from, b->ends[hi - 1] - from);
	settle(l, lo, hi, end_copy(l));
}

/*
 * What became of rows lo..hi-1: taken all; or none, and then the one at
 * fault, those before and those behind it go again, each for themselves.
 */
static void
settle(struct load *l, size_t lo, size_t hi, PGresult *res)
{
	size_t at;

	if (!db_failed(res)) {
		l->staged += db_touched(res);
		PQclear(res);
		return;
	}
	load_undo(l);
	at = lo + row_at_fault(res, hi - lo);
	if (hi - lo == 1)
		load_refuse(l, l->batch.places[lo], column_at_fault(l, res),
		    db_words(&l->db, res));
	PQclear(res);
	if (hi - lo == 1)
		return;
	resend(l, lo, at);
	resend(l, at, at + 1);
	resend(l, at + 1, hi);
}

/* The rows of the batch once more, as text: so the server's words are always
 * those about a text, and its rows can be sent one by one. */
static void
remake(struct load *l)
{
	struct load_batch *b = &l->batch;
	const struct rec *r;
	size_t i, at;

	b->binary = false;
	b->text.n = 0;
	for (i = 0; i < b->n; i++) {
		r = spool_at(&l->spool, b->places[i]);
		names_seek(&l->members, r);
		load_put_text(l, r, l->n - b->n + 1 + i, b->places[i], &at);
		b->ends[i] = b->text.n;
	}
	l->members.shape = 0; /* the spool counts its shapes anew */
}

static void
empty(struct load *l)
{
	l->batch.text.n = l->batch.sent = l->batch.n = 0;
	l->batch.binary = l->ways.binary;
}

/* Was a batch taken by the table itself? If not, all goes the other way. */
static void
settle_direct(struct load *l, PGresult *res)
{
	bool failed = db_failed(res);

	l->inserted += db_touched(res);
	PQclear(res);
	empty(l);
	if (!failed)
		return;
	load_undo(l);
	l->direct = false;
	l->inserted = 0;
	load_rows_again(l);
}

static void
flush(struct load *l)
{
	struct load_batch *b = &l->batch;
	PGresult *res;

	send(l, b->text.p + b->sent, b->text.n - b->sent);
	res = end_copy(l);
	if (l->direct) {
		settle_direct(l, res);
		return;
	}
	if (db_failed(res) && b->binary) {
		PQclear(res);
		load_undo(l);
		remake(l);
		resend(l, 0, b->n);
	} else {
		settle(l, 0, b->n, res);
	}
	empty(l);
}

void
load_batch_flush(struct load *l)
{
	/* a load that starts over leaves its last rows in the batch */
	while (l->batch.n != 0)
		flush(l);
}

void
load_batch_as_text(struct load *l)
{
	load_batch_flush(l);
	l->batch.binary = false;
}

/* Rows go out as they come: the server works while we read on. */
static void
send_chunk(struct load *l)
{
	struct load_batch *b = &l->batch;

	if (b->text.n - b->sent < CHUNK)
		return;
	send(l, b->text.p + b->sent, b->text.n - b->sent);
	b->sent = b->text.n;
	if (l->direct)
		b->sent = b->text.n = 0;
}

void
load_batch_row(struct load *l, uint64_t place)
{
	struct load_batch *b = &l->batch;
	size_t most = l->direct ? DIRECT_ROWS : l->form->batch;

	if (b->n == 0)
		begin_copy(l);
	if (!l->direct) {
		b->ends[b->n] = b->text.n;
		b->places[b->n] = place;
	}
	b->n++;
	send_chunk(l);
	if (b->n == most || b->text.n >= BATCH_BYTES)
		load_batch_flush(l);
}

const struct db_column *
load_column(const struct load *l, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < l->ncol; i++) {
		if (strcmp(l->col[i]->name, name) == 0)
			return l->col[i];
	}
	return NULL;
}

void
load_refuse(struct load *l, uint64_t place, const struct db_column *c,
    const char *words)
{
	const struct rec *r = spool_at(&l->spool, place);
	struct failure f = { .reason = "database", .message = words };
	const struct slice *value;

	if (c != NULL) {
		f.field = slice_of(c->name);
		value = rec_get(r, f.field);
		if (value != NULL)
			f.value = *value;
	}
	rejects_add(&l->s->rejects, r, &f, 1);
}

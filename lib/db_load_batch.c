/* db_load_batch - rows into mh_stage by COPY, batch by batch. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"

#define CHUNK       ((size_t)64 << 10)
#define BATCH_BYTES ((size_t)4 << 20)

void
load_batch_open(struct load *l)
{
	size_t rows = l->form->batch;

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
begin_copy(struct load *l)
{
	db_exec(&l->db, LOAD_PART "COPY pg_temp.mh_stage FROM STDIN");
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

/* Ends the COPY: the server's answer. */
static PGresult *
end_copy(struct load *l)
{
	PGresult *res, *more;

	if (PQputCopyEnd(l->db.conn, NULL) != 1)
		db_die(&l->db, NULL);
	res = PQgetResult(l->db.conn);
	while ((more = PQgetResult(l->db.conn)) != NULL)
		PQclear(more);
	return res;
}

/*
 * What became of rows lo..hi-1: taken all; or none, and then their halves
 * go again, until it is clear which ones the server refuses.
 */
static void
settle(struct load *l, size_t lo, size_t hi, PGresult *res)
{
	const struct load_batch *b = &l->batch;
	size_t mid = lo + (hi - lo) / 2, half, from, to;

	if (!db_failed(res)) {
		PQclear(res);
		return;
	}
	if (!db_row_fault(res))
		db_die(&l->db, res);
	load_undo(l);
	if (hi - lo == 1)
		load_refuse(l, b->places[lo], res);
	PQclear(res);
	if (hi - lo == 1)
		return;
	for (half = 0; half < 2; half++) {
		from = half == 0 ? lo : mid;
		to = half == 0 ? mid : hi;
		begin_copy(l);
		send(l, b->text.p + (from == 0 ? 0 : b->ends[from - 1]),
		    b->ends[to - 1] - (from == 0 ? 0 : b->ends[from - 1]));
		settle(l, from, to, end_copy(l));
	}
}

void
load_batch_flush(struct load *l)
{
	struct load_batch *b = &l->batch;

	if (b->n == 0)
		return;
	send(l, b->text.p + b->sent, b->text.n - b->sent);
	settle(l, 0, b->n, end_copy(l));
	b->text.n = b->sent = b->n = 0;
}

/* Rows go out as they come: the server works while we read on. */
void
load_batch_row(struct load *l, uint64_t place)
{
	struct load_batch *b = &l->batch;

	if (b->n == 0)
		begin_copy(l);
	b->ends[b->n] = b->text.n;
	b->places[b->n++] = place;
	if (b->text.n - b->sent >= CHUNK) {
		send(l, b->text.p + b->sent, b->text.n - b->sent);
		b->sent = b->text.n;
	}
	if (b->n == l->form->batch || b->text.n >= BATCH_BYTES)
		load_batch_flush(l);
}

/*
 * The column at fault. COPY names one of mh_stage's, in a sentence of the
 * server's language and ahead of any data: "..., column c3: ...".
 */
static const struct db_column *
column_at_fault(const struct load *l, const PGresult *res)
{
	const char *name = PQresultErrorField(res, PG_DIAG_COLUMN_NAME);
	const char *p = PQresultErrorField(res, PG_DIAG_CONTEXT);
	unsigned long number;
	size_t i;

	for (i = 0; name != NULL && i < l->ncol; i++) {
		if (strcmp(l->col[i]->name, name) == 0)
			return l->col[i];
	}
	for (; p != NULL && (p = strstr(p, " c")) != NULL; p++) {
		number = strtoul(p + 2, NULL, 10);
		if (number >= 1 && number <= l->ncol)
			return l->col[number - 1];
	}
	return NULL;
}

void
load_refuse(struct load *l, uint64_t place, const struct pg_result *res)
{
	const struct rec *r = spool_at(&l->spool, place);
	const struct db_column *c = column_at_fault(l, res);
	struct failure f = { .reason = "database" };
	const struct slice *value;

	if (c != NULL) {
		f.field = slice_of(c->name);
		value = rec_get(r, f.field);
		if (value != NULL)
			f.value = *value;
	}
	f.message = db_words(&l->db, res);
	rejects_add(&l->s->rejects, r, &f, 1);
}

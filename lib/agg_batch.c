/*
 * agg_batch - records wait until some are together.
 *
 * A group is somewhere in memory that the processor has not at hand. What is
 * asked for early, for a batch of records, comes while something else is
 * done: first the table's slot of a record's key, when the record is read;
 * then, for all of the batch, the key itself and the group's block.
 */
#include <stdlib.h>

#include "agg_ops.h"

#define RECORDS 64
#define BYTES   ((size_t)64 << 10) /* of keys and tokens; or one record's */

/* Bytes of groups that are at hand whoever comes: no need to ask early. */
#define NEAR ((size_t)1 << 20)

/* Bytes of records that can pass before memory is measured again. */
#define UNCHECKED ((size_t)64 << 10)

struct row {
	struct slice key;
	uint64_t hash, position;
	struct agg_value *values;
};

struct agg_batch {
	struct row rows[RECORDS];
	size_t n;
	struct agg_value *values; /* of all rows */
	struct buf bytes;
};

/* The values that are read next are those of the next row. */
static void
begin_row(struct agg *a)
{
	struct agg_batch *b = a->batch;

	a->values = b->rows[b->n].values;
}

void
agg_batch_begin(struct agg *a)
{
	struct agg_batch *b = mem_zero(1, sizeof(*b));
	size_t i, inputs = a->members.n;

	b->values = mem_zero(RECORDS * inputs, sizeof(*b->values));
	for (i = 0; i < RECORDS; i++)
		b->rows[i].values = b->values + i * inputs;
	buf_room(&b->bytes, BYTES);
	a->batch = b;
	begin_row(a);
}

void
agg_batch_free(struct agg *a)
{
	buf_free(&a->batch->bytes);
	free(a->batch->values);
	free(a->batch);
}

/* Nothing moves: there is room. */
static struct slice
keep(struct agg_batch *b, struct slice s)
{
	char *p = b->bytes.p + b->bytes.n;

	buf_slice(&b->bytes, s);
	return (struct slice){ p, s.n };
}

/* Does a measure look at this value's token? */
static bool
has_token(const struct agg *a, size_t i)
{
	return (a->inputs[i].needs & ~(unsigned)AGG_NUMBER) != 0 &&
	       !a->values[i].null;
}

/* Takes the record that has been read into its group. */
static void
take_now(struct agg *a, size_t size)
{
	struct slice key = buf_view(&a->key);
	uint64_t hash = a->single ? 0 : table_hash(key.p, key.n);

	agg_apply(a, agg_group(a, key, hash), a->values);
	a->unchecked += size;
	if (a->unchecked > UNCHECKED)
		agg_make_room(a);
}

static void
queue(struct agg *a)
{
	struct agg_batch *b = a->batch;
	struct row *row = &b->rows[b->n++];
	size_t i;

	row->key = keep(b, buf_view(&a->key));
	row->hash = table_hash(row->key.p, row->key.n);
	row->position = a->position;
	table_ask(&a->table, row->hash);
	for (i = 0; i < a->members.n; i++) {
		if (has_token(a, i))
			row->values[i].token = keep(b, row->values[i].token);
	}
}

/* Makes room for the bytes of the record that has been read. */
static void
make_room(struct agg *a)
{
	struct agg_batch *b = a->batch;
	struct agg_value *values = a->values;
	size_t i, need = a->key.n;

	for (i = 0; i < a->members.n; i++)
		need += has_token(a, i) ? values[i].token.n : 0;
	if (need <= b->bytes.cap - b->bytes.n)
		return;
	agg_flush(a);
	/* the first row is the next one now */
	memmove(a->values, values, a->members.n * sizeof(*values));
	buf_room(&b->bytes, need);
}

/* The order of the records is kept: none passes one that waits. */
void
agg_queue(struct agg *a, size_t size)
{
	struct agg_batch *b = a->batch;

	if (b->n == 0 && a->table.n * a->stride < NEAR) {
		take_now(a, size);
		return;
	}
	make_room(a);
	queue(a);
	if (b->n == RECORDS)
		agg_flush(a);
	begin_row(a);
}

void
agg_flush(struct agg *a)
{
	uint64_t position = a->position;
	struct agg_batch *b = a->batch;
	size_t i;

	for (i = 0; i < b->n; i++) {
		uint32_t group = table_guess(&a->table, b->rows[i].hash);

		if (group != TABLE_NONE)
			agg_ask(a, group);
	}
	for (i = 0; i < b->n; i++) {
		struct row *row = &b->rows[i];

		a->position = row->position;
		agg_apply(a, agg_group(a, row->key, row->hash), row->values);
	}
	a->position = position;
	b->n = b->bytes.n = 0;
	begin_row(a);
	agg_make_room(a);
}

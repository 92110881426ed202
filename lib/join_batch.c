/*
 * join_batch - left records wait until some are together.
 *
 * A large right side is somewhere in memory that the processor has not at
 * hand: the table's slot of a key, the key, the row and its bytes. What is
 * asked for early, for a batch of records, comes while something else is
 * done. The records are copied, for what they were read into is used again.
 */
#include <stdlib.h>

#include "join_ops.h"
#include "mh.h"

#define RECORDS 64

/* Bytes of keys and rows that are at hand whoever comes. */
#define NEAR ((size_t)4 << 20)

struct waiting {
	size_t key, text, end; /* places in the batch's bytes */
	uint64_t hash;
	bool whole;   /* the key can match */
	uint32_t row; /* of what matches, or JOIN_NONE */
};

struct join_batch {
	struct waiting v[RECORDS];
	size_t n;
	struct buf bytes; /* of each record the key, and what is written */
};

void
join_batch_begin(struct join *j)
{
	if (j->spill == NULL && !mh.unbuffered && join_memory(j) > NEAR)
		j->batch = mem_zero(1, sizeof(*j->batch));
}

static struct slice
key_of(const struct join_batch *b, const struct waiting *w)
{
	return (struct slice){ b->bytes.p + w->key, w->text - w->key };
}

void
join_queue(struct join *j, struct out *out, const struct rec *r,
    const struct slice *key)
{
	struct join_batch *b = j->batch;
	struct waiting *w = &b->v[b->n++];

	*w = (struct waiting){ .key = b->bytes.n, .whole = key != NULL };
	if (w->whole) {
		w->hash = table_hash(key->p, key->n);
		table_ask(&j->keys, w->hash);
		buf_slice(&b->bytes, *key);
	}
	w->text = b->bytes.n;
	buf_slice(&b->bytes, join_left_text(j, r));
	w->end = b->bytes.n;
	if (b->n == RECORDS)
		join_flush(j, out);
}

/* Finds the rows; each step has asked for what the next one needs. */
static void
find_rows(struct join *j)
{
	struct join_batch *b = j->batch;
	size_t i;

	for (i = 0; i < b->n; i++)
		table_guess(&j->keys, b->v[i].hash);
	for (i = 0; i < b->n; i++) {
		struct waiting *w = &b->v[i];

		w->row = JOIN_NONE;
		if (w->whole)
			w->row = join_find_hashed(j, key_of(b, w), w->hash);
		if (w->row != JOIN_NONE && !j->bare)
			__builtin_prefetch(&j->rows[w->row]);
	}
	for (i = 0; i < b->n; i++) {
		if (b->v[i].row != JOIN_NONE && !j->bare)
			__builtin_prefetch(j->rows[b->v[i].row].p);
	}
}

void
join_flush(struct join *j, struct out *out)
{
	struct join_batch *b = j->batch;
	size_t i;

	find_rows(j);
	for (i = 0; i < b->n; i++) {
		const struct waiting *w = &b->v[i];
		struct slice text = { b->bytes.p + w->text, w->end - w->text };

		join_write(j, out, text, w->row);
	}
	b->n = b->bytes.n = 0;
}

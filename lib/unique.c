/* unique - which record of each key is kept, in bounded memory. */
#include <stdlib.h>

#include "parts.h"
#include "unique.h"

/* Bytes of keys that can pass before memory is measured again, if a 16th of
 * the limit is not less, and what a key counts besides its text. */
#define UNCHECKED ((size_t)64 << 10)
#define OVERHEAD  16

/* The number of a record that came before all: it is nobody's. */
#define TAKEN UINT64_MAX

static size_t
memory(const struct unique_keys *k)
{
	return ids_memory(&k->seen) + ids_growth(&k->seen) +
	       table_memory(&k->table) + table_growth(&k->table) +
	       k->cap * sizeof(*k->latest);
}

/* Past the last level there is nothing that would tell the keys apart. */
static void
measure(const struct unique *u, struct unique_keys *k, struct slice key)
{
	if (k->unchecked > key.n + OVERHEAD) {
		k->unchecked -= key.n + OVERHEAD;
		return;
	}
	k->unchecked = u->memory / 16 < UNCHECKED ? u->memory / 16 : UNCHECKED;
	k->full = k->level < PARTS_LEVELS && memory(k) > u->memory;
}

static void
keep(struct unique *u, uint64_t number)
{
	if (number != TAKEN)
		u->kept[number / 64] |= (uint64_t)1 << number % 64;
}

static void
put_aside(
    struct unique *u, struct unique_keys *k, struct slice key, uint64_t number)
{
	if (k->parts == NULL)
		k->parts = parts_open();
	u->line.n = 0;
	piece_add(&u->line, key);
	parts_deal(k->parts, buf_view(&u->line), number, k->level);
}

/* Is it decided by the keys that are remembered? */
static bool
take_first(
    struct unique *u, struct unique_keys *k, struct slice key, uint64_t number)
{
	if (k->full)
		return ids_has(&k->seen, key);
	if (ids_add(&k->seen, key))
		keep(u, number);
	return true;
}

static bool
take_last(struct unique_keys *k, struct slice key, uint64_t number)
{
	bool added;
	uint32_t i = k->full ? table_find(&k->table, key)
			     : table_put(&k->table, key, &added);

	if (i == TABLE_NONE)
		return false;
	if (i >= k->cap) {
		k->cap = k->cap * 2 + 1024;
		k->latest = mem_resize(k->latest, k->cap, sizeof(*k->latest));
	}
	k->latest[i] = number;
	return true;
}

static void
take(struct unique *u, struct unique_keys *k, struct slice key, uint64_t number)
{
	if (u->last ? take_last(k, key, number) : take_first(u, k, key, number))
		measure(u, k, key);
	else
		put_aside(u, k, key, number);
}

bool
unique_add(struct unique *u, struct slice key)
{
	measure(u, &u->keys, key);
	return ids_add(&u->keys.seen, key);
}

void
unique_taken(struct unique *u, struct slice key)
{
	take(u, &u->keys, key, TAKEN);
}

void
unique_put(struct unique *u, struct slice key)
{
	if (u->n == u->words * 64) {
		size_t more = u->words + 1024;

		u->kept =
		    mem_resize(u->kept, u->words + more, sizeof(*u->kept));
		memset(u->kept + u->words, 0, more * sizeof(*u->kept));
		u->words += more;
	}
	take(u, &u->keys, key, u->n++);
}

/* Decides what the keys that are remembered do, and forgets them. */
static void
forget(struct unique *u, struct unique_keys *k)
{
	uint32_t i;

	for (i = 0; i < k->table.n; i++)
		keep(u, k->latest[i]);
	ids_free(&k->seen);
	table_free(&k->table);
	free(k->latest);
	k->latest = NULL;
}

static void
decide(struct unique *u, struct unique_keys *k)
{
	uint64_t number;
	struct slice line;
	size_t i;

	forget(u, k);
	if (k->parts == NULL)
		return;
	/* their buffers are needed no more but for one at a time */
	for (i = 0; i < PARTS; i++)
		spool_rewind(&k->parts[i]);
	for (i = 0; i < PARTS; i++) {
		struct unique_keys part = { .level = k->level + 1 };

		while (spool_next_line(&k->parts[i], &line, &number))
			take(u, &part, piece_next(&line), number);
		spool_close(&k->parts[i]);
		decide(u, &part);
	}
	free(k->parts);
}

void
unique_decide(struct unique *u)
{
	decide(u, &u->keys);
	buf_free(&u->line);
}

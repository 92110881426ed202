/* table_sort - the keys of a table in the order of their bytes. */
#include <stdlib.h>

#include "table.h"

#define HEAD 8 /* bytes of a key that are sorted at once */

/* Most keys of a table begin alike and differ soon: behind what all of them
 * begin with, eight bytes as one number tell nearly all apart. */
struct entry {
	uint64_t head; /* the first byte is the highest; zeros behind the end */
	uint32_t number;
};

struct whole {
	struct slice key;
	uint32_t number;
};

/* How many bytes all keys begin with. */
static size_t
common_start(const struct table *t)
{
	struct slice first = table_key(t, 0);
	size_t n = first.n, k;
	uint32_t i;

	for (i = 1; i < t->n && n > 0; i++) {
		struct slice key = table_key(t, i);

		n = key.n < n ? key.n : n;
		for (k = 0; k < n && key.p[k] == first.p[k]; k++)
			;
		n = k;
	}
	return n;
}

static uint64_t
head_of(struct slice key, size_t from)
{
	uint64_t head = 0;
	size_t i;

	for (i = from; i < from + HEAD; i++)
		head = head << 8 | (i < key.n ? (unsigned char)key.p[i] : 0);
	return head;
}

/* Sorts by the heads, from the lowest byte on, each pass keeping the order
 * of the one before it. `spare` has room for as many. Gives whichever of the
 * two holds the result. */
static struct entry *
by_heads(struct entry *all, struct entry *spare, uint32_t n)
{
	static const size_t values = 256;
	uint32_t(*counts)[256] = mem_zero(HEAD, sizeof(*counts));
	uint32_t i, sum;
	size_t b, v;

	for (i = 0; i < n; i++) {
		for (b = 0; b < HEAD; b++)
			counts[b][all[i].head >> (8 * b) & 0xff]++;
	}
	for (b = 0; b < HEAD && n > 0; b++) {
		uint32_t *at = counts[b];
		struct entry *moved = spare;

		if (at[all[0].head >> (8 * b) & 0xff] == n)
			continue; /* the same byte in all of them */
		for (sum = 0, v = 0; v < values; v++) {
			sum += at[v];
			at[v] = sum - at[v];
		}
		for (i = 0; i < n; i++)
			moved[at[all[i].head >> (8 * b) & 0xff]++] = all[i];
		spare = all;
		all = moved;
	}
	free(counts);
	return all;
}

static int
by_key(const void *a, const void *b)
{
	const struct whole *x = a, *y = b;

	return slice_cmp(x->key, y->key);
}

/* Sorts entries of equal heads. */
static void
by_whole_keys(const struct table *t, struct entry *some, size_t n)
{
	struct whole *whole = mem_resize(NULL, n, sizeof(*whole));
	size_t i;

	for (i = 0; i < n; i++)
		whole[i] = (struct whole){ table_key(t, some[i].number),
			some[i].number };
	qsort(whole, n, sizeof(*whole), by_key);
	for (i = 0; i < n; i++)
		some[i].number = whole[i].number;
	free(whole);
}

uint32_t *
table_sorted(const struct table *t)
{
	struct entry *room = mem_resize(NULL, t->n, 2 * sizeof(*room));
	uint32_t *numbers = mem_resize(NULL, t->n, sizeof(*numbers));
	size_t from = t->n == 0 ? 0 : common_start(t);
	struct entry *all;
	uint32_t i, k;

	for (i = 0; i < t->n; i++)
		room[i] = (struct entry){ head_of(table_key(t, i), from), i };
	all = by_heads(room, room + t->n, t->n);
	for (i = 0; i < t->n; i = k) {
		for (k = i + 1; k < t->n && all[k].head == all[i].head; k++)
			;
		if (k - i > 1)
			by_whole_keys(t, all + i, k - i);
	}
	for (i = 0; i < t->n; i++)
		numbers[i] = all[i].number;
	free(room);
	return numbers;
}

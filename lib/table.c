/* table - a hash table from byte strings to the numbers 0, 1, 2, ... */
#include <stdlib.h>

#include "mh.h"
#include "table.h"

#define FIRST_BITS 6
#define PAGE_BITS  12
#define PAGE       ((size_t)1 << PAGE_BITS)

/* A short key lies here, where it is found without one more look into far
 * memory; of a longer one, the address. */
struct table_key {
	uint32_t n;
	char text[TABLE_SHORT];
};

__extension__ typedef unsigned __int128 wide;

static uint64_t
fold(uint64_t a, uint64_t b)
{
	wide product = (wide)a * b;

	return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/* Eight bytes, the first of them the lowest, whatever the machine. */
static uint64_t
load(const unsigned char *p)
{
	uint64_t w;

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(&w, p, sizeof(w));
#else
	int i;

	for (w = 0, i = 7; i >= 0; i--)
		w = w << 8 | p[i];
#endif
	return w;
}

uint64_t
table_hash(const void *p, size_t n)
{
	const uint64_t add = 0xd6e8feb86659fd93, by = 0xa0761d6478bd642f;
	const unsigned char *at = p, *end = at + n;
	uint64_t h = n * 0x9e3779b97f4a7c15, w = 0;

	for (; end - at >= 8; at += 8)
		h = fold(h ^ load(at) ^ add, by);
	if (at < end && n >= 8) {
		/* the last 8 bytes, less those that have been taken */
		w = load(end - 8) >> (8 * (8 - (end - at)));
		h = fold(h ^ w ^ add, by);
	} else if (at < end) {
		while (end > at)
			w = w << 8 | *--end;
		h = fold(h ^ w ^ add, by);
	}
	return fold(h ^ 0x8ebc6af09c88c6e3, 0xe7037ed1a0b428db);
}

/* A slot holds the hash's upper half and the number + 1; 0 is a free one. */
static uint64_t
slot_of(uint32_t tag, uint32_t number)
{
	return (uint64_t)tag << 32 | (number + 1);
}

/*
 * The tag's highest bits say where to look first: growing the table then
 * moves the slots without a look at the keys, and from front to back.
 */
static size_t
first_place(const struct table *t, uint32_t tag)
{
	return tag >> (32 - t->bits);
}

static size_t
free_place(const struct table *t, uint32_t tag)
{
	size_t mask = ((size_t)1 << t->bits) - 1, i = first_place(t, tag);

	while (t->slots[i] != 0)
		i = (i + 1) & mask;
	return i;
}

static void
grow(struct table *t)
{
	uint64_t *old = t->slots;
	size_t i, n = t->bits == 0 ? 0 : (size_t)1 << t->bits;

	if (t->bits == 32)
		mh_die(MH_TEMP, "more than %u keys in memory", t->n);
	t->bits = n == 0 ? FIRST_BITS : t->bits + 1;
	t->slots = mem_zero((size_t)1 << t->bits, sizeof(*t->slots));
	for (i = 0; i < n; i++) {
		if (old[i] != 0)
			t->slots[free_place(t, (uint32_t)(old[i] >> 32))] =
			    old[i];
	}
	free(old);
}

struct slice
table_key(const struct table *t, uint32_t number)
{
	const struct table_key *k =
	    &t->pages[number >> PAGE_BITS][number & (PAGE - 1)];
	const char *p = k->text;

	if (k->n > TABLE_SHORT)
		memcpy(&p, k->text, sizeof(p));
	return (struct slice){ p, k->n };
}

static void
keep_key(struct table *t, struct slice key)
{
	size_t page = t->n >> PAGE_BITS;
	struct table_key *k;

	if (key.n > UINT32_MAX)
		mh_die(MH_DATA, "a key of %zu bytes is too long", key.n);
	if ((t->n & (PAGE - 1)) == 0) {
		t->pages = mem_resize(t->pages, page + 1, sizeof(*t->pages));
		t->pages[page] = arena_alloc(&t->bytes, PAGE * sizeof(*k));
	}
	k = &t->pages[page][t->n & (PAGE - 1)];
	k->n = (uint32_t)key.n;
	if (key.n > TABLE_SHORT) {
		key = arena_keep(&t->bytes, key);
		memcpy(k->text, &key.p, sizeof(key.p));
	} else if (key.n != 0) {
		memcpy(k->text, key.p, key.n);
	}
	t->n++;
}

static uint32_t
look_up(const struct table *t, struct slice key, uint32_t tag)
{
	size_t mask = ((size_t)1 << t->bits) - 1, i = first_place(t, tag);
	uint64_t slot;

	for (; (slot = t->slots[i]) != 0; i = (i + 1) & mask) {
		if (slot >> 32 == tag &&
		    slice_eq(table_key(t, (uint32_t)slot - 1), key))
			return (uint32_t)slot - 1;
	}
	return TABLE_NONE;
}

uint32_t
table_find(const struct table *t, struct slice key)
{
	return table_find_hashed(t, key, table_hash(key.p, key.n));
}

uint32_t
table_find_hashed(const struct table *t, struct slice key, uint64_t hash)
{
	return t->n == 0 ? TABLE_NONE : look_up(t, key, (uint32_t)(hash >> 32));
}

void
table_ask(const struct table *t, uint64_t hash)
{
	if (t->n != 0)
		__builtin_prefetch(
		    &t->slots[first_place(t, (uint32_t)(hash >> 32))]);
}

void
table_ask_key(const struct table *t, uint32_t number)
{
	__builtin_prefetch(&t->pages[number >> PAGE_BITS][number & (PAGE - 1)]);
}

uint32_t
table_guess(const struct table *t, uint64_t hash)
{
	uint32_t tag = (uint32_t)(hash >> 32), number;
	uint64_t slot = t->n == 0 ? 0 : t->slots[first_place(t, tag)];

	if (slot >> 32 != tag || slot == 0)
		return TABLE_NONE;
	number = (uint32_t)slot - 1;
	table_ask_key(t, number);
	return number;
}

uint32_t
table_put(struct table *t, struct slice key, bool *added)
{
	return table_put_hashed(t, key, table_hash(key.p, key.n), added);
}

uint32_t
table_put_hashed(struct table *t, struct slice key, uint64_t hash, bool *added)
{
	uint32_t tag = (uint32_t)(hash >> 32), number = TABLE_NONE;

	if (t->n != 0)
		number = look_up(t, key, tag);
	*added = number == TABLE_NONE;
	if (!*added)
		return number;
	if (t->bits == 0 || t->n >= ((uint64_t)3 << t->bits) / 4)
		grow(t);
	number = t->n;
	keep_key(t, key);
	t->slots[free_place(t, tag)] = slot_of(tag, number);
	return number;
}

size_t
table_memory(const struct table *t)
{
	size_t slots = t->bits == 0 ? 0 : (size_t)1 << t->bits;
	size_t pages = (t->n + PAGE - 1) / PAGE;

	return slots * sizeof(*t->slots) + pages * sizeof(*t->pages) +
	       t->bytes.total;
}

size_t
table_growth(const struct table *t)
{
	return t->bits == 0 ? 0 : (2 * sizeof(*t->slots)) << t->bits;
}

void
table_free(struct table *t)
{
	free(t->slots);
	free(t->pages);
	arena_free(&t->bytes);
	*t = (struct table){ 0 };
}

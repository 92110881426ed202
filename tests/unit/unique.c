/* unique - whatever the memory, the records that a table says. */
#include <stdio.h>
#include <stdlib.h>

#include "mh.h"
#include "rng.h"
#include "tap.h"
#include "unique.h"

#define RECORDS  200000u
#define FEW      3000u
#define COLLIDES 300u

/* Makes the key of a record; these are many with one another's. */
static void
mixed_key(struct buf *key, struct rng *rng)
{
	/* near and far: some keys come often, most once or twice */
	unsigned long long n =
	    rng_below(rng, rng_below(rng, 3) == 0 ? 500 : RECORDS);

	key->n = 0;
	switch (n % 3) {
	case 0: buf_fmt(key, "%llu", n * n * n); break;
	case 1: buf_fmt(key, "\"%032llx\"", n * 0x9e3779b97f4a7c15); break;
	default: buf_fmt(key, "[\"%llu\",\"%llx\"]", n, n * n);
	}
}

__extension__ typedef unsigned __int128 wide;

/*
 * Keys that no hash tells apart: their second word undoes what the first one
 * does in table_hash().
 */
static void
colliding_key(struct buf *key, struct rng *rng)
{
	uint64_t w[2] = { rng_below(rng, COLLIDES) * 2654435761u, 0 };
	uint64_t h = 16 * UINT64_C(0x9e3779b97f4a7c15);
	wide product = (wide)(h ^ w[0] ^ UINT64_C(0xd6e8feb86659fd93)) *
		       UINT64_C(0xa0761d6478bd642f);

	w[1] = (uint64_t)(product >> 64) ^ (uint64_t)product;
	key->n = 0;
	buf_add(key, w, sizeof(w));
}

static void
test_collisions(void)
{
	struct rng rng = rng_at(2, 1, 1);
	struct buf a = { 0 }, b = { 0 };

	colliding_key(&a, &rng);
	colliding_key(&b, &rng);
	OK(!slice_eq(buf_view(&a), buf_view(&b)) &&
	    table_hash(a.p, a.n) == table_hash(b.p, b.n));
	buf_free(&a);
	buf_free(&b);
}

struct example {
	const char *name;
	void (*make)(struct buf *key, struct rng *rng);
	uint32_t records;
	uint32_t taken; /* the keys of so many records come before */
	size_t memory;
	bool last;
	bool at_once; /* as long as there is room */
};

static const struct example examples[] = {
	{ "first", mixed_key, RECORDS, 0, 1 << 20, false, true },
	{ "first, and much room", mixed_key, RECORDS, 0, 1 << 30, false, true },
	{ "first, next to no room", mixed_key, FEW, 0, 1, false, true },
	{ "first, put aside", mixed_key, RECORDS, 0, 1 << 20, false, false },
	{ "last", mixed_key, RECORDS, 0, 1 << 20, true, false },
	{ "last, and much room", mixed_key, RECORDS, 0, 1 << 30, true, false },
	{ "last, next to no room", mixed_key, FEW, 0, 1, true, false },
	{ "some taken", mixed_key, RECORDS, 1000, 1 << 20, false, true },
	{ "many taken", mixed_key, RECORDS, 90000, 1 << 20, false, true },
	{ "of one hash, first", colliding_key, COLLIDES, 0, 1, false, true },
	{ "of one hash, last", colliding_key, COLLIDES, 0, 1, true, false },
};

/* What is to be kept, by a table of all keys. */
static void
expect(const struct example *e, bool *kept)
{
	struct rng rng = rng_at(3, 1, 1);
	struct table t = { 0 };
	struct buf key = { 0 };
	uint32_t *latest = mem_zero(e->taken + e->records, sizeof(*latest)), i;
	bool added;

	for (i = 0; i < e->taken; i++) {
		e->make(&key, &rng);
		table_put(&t, buf_view(&key), &added);
	}
	for (i = 0; i < e->records; i++) {
		uint32_t n;

		e->make(&key, &rng);
		n = table_put(&t, buf_view(&key), &added);
		kept[i] = added || e->last;
		if (!added && e->last)
			kept[latest[n]] = false;
		latest[n] = i;
	}
	buf_free(&key);
	table_free(&t);
	free(latest);
}

static void
test_example(const struct example *e)
{
	struct unique u = { .last = e->last, .memory = e->memory };
	bool *kept = mem_zero(e->records, sizeof(*kept));
	struct rng rng = rng_at(3, 1, 1);
	struct buf key = { 0 };
	uint32_t i, wrong = 0, first;

	expect(e, kept);
	for (i = 0; i < e->taken; i++) {
		e->make(&key, &rng);
		unique_taken(&u, buf_view(&key));
	}
	for (i = 0; i < e->records && e->at_once && !unique_full(&u); i++) {
		e->make(&key, &rng);
		wrong += unique_add(&u, buf_view(&key)) != kept[i];
	}
	for (first = i; i < e->records; i++) {
		e->make(&key, &rng);
		unique_put(&u, buf_view(&key));
	}
	OK_NAMED(unique_full(&u) == (e->memory < 1 << 30), e->name);
	unique_decide(&u);
	for (i = first; i < e->records; i++)
		wrong += unique_kept(&u, i - first) != kept[i];
	OK_NAMED(wrong == 0, e->name);
	buf_free(&key);
	free(u.kept);
	free(kept);
}

int
main(void)
{
	size_t i;

	mh_init("unique", "", 0);
	test_collisions();
	for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		test_example(&examples[i]);
	return tap_done();
}

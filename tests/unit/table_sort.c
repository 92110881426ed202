/* table_sort - the order of many keys, of all sorts. */
#include <stdlib.h>

#include "rng.h"
#include "table.h"
#include "tap.h"

#define KEYS 20000

/* Keys that begin alike, and of up to `most` more bytes out of `letters`. */
static const struct {
	const char *name, *start, *letters;
	uint32_t nletters, most;
} tests[] = {
	{ "numbers", "", "0123456789", 10, 7 },
	{ "of one beginning", "CLIENTE-", "0123456789", 10, 6 },
	{ "that differ far behind", "x", "ab", 2, 40 },
	{ "with zeros", "",
	    "\0\xff"
	    "a",
	    3, 12 },
	{ "one", "", "", 1, 0 },
};

static struct slice
make(struct rng *rng, size_t i, char *text)
{
	size_t n = strlen(tests[i].start);
	uint32_t more = rng_below(rng, tests[i].most + 1);

	memcpy(text, tests[i].start, n);
	for (; more > 0; more--)
		text[n++] = tests[i].letters[rng_below(rng, tests[i].nletters)];
	return (struct slice){ text, n };
}

static void
test(size_t i)
{
	struct rng rng = rng_at(1, i, 0);
	bool added, *seen, good = true;
	struct table t = { 0 };
	uint32_t k, *sorted;
	char text[64];

	for (k = 0; k < KEYS; k++)
		table_put(&t, make(&rng, i, text), &added);
	sorted = table_sorted(&t);
	seen = mem_zero(t.n, sizeof(*seen));
	for (k = 0; k < t.n; k++) {
		good = good && sorted[k] < t.n && !seen[sorted[k]];
		seen[sorted[k]] = true;
		good =
		    good && (k == 0 || slice_cmp(table_key(&t, sorted[k - 1]),
					   table_key(&t, sorted[k])) < 0);
	}
	OK_NAMED(good, tests[i].name);
	free(seen);
	free(sorted);
	table_free(&t);
}

int
main(void)
{
	struct table none = { 0 };
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		test(i);
	free(table_sorted(&none));
	return tap_done();
}

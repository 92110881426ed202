/* ids - a set that says what a table says, in less memory. */
#include <stdio.h>
#include <stdlib.h>

#include "ids.h"
#include "mh.h"
#include "rng.h"
#include "tap.h"

#define MANY 1000000u

/* How keys look, around a number; the last ones are no numbers. */
static const char *const forms[] = { "%llu", "\"%llu\"", "\"P%06llu\"",
	"C%06llu", "%016llu", "%017llu", "A%020llu", "a long head, %llu",
	"0123456789abcde%llu", "%llux", "\"%llu\"\"", "[\"%llu\",1]", "-%llu",
	"\"\xc3\xa9%llu\"", "%032llx", "\"%032llx\"", "%.0llu", "\"%.0llu\"",
	"\"x%.0llu\"" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct slice
key_of(char text[64], struct rng *rng)
{
	static const uint32_t tops[] = { 10, 100, 3000, 1u << 31 };
	unsigned long long number = rng_below(rng, tops[rng_below(rng, 4)]);
	const char *form = forms[rng_below(rng, (uint32_t)COUNT(forms))];
	int n;

	if (rng_below(rng, 4) == 0)
		number *= number;
	n = snprintf(text, 64, form, number);
	return (struct slice){ text, (size_t)n };
}

/* A table that has all keys says what is new and what is there. */
static void
test_against_table(void)
{
	struct rng rng = rng_at(1, 1, 1);
	struct table t = { 0 };
	struct ids s = { 0 };
	bool same = true, added;
	char text[64];
	int i;

	for (i = 0; i < 300000; i++) {
		struct slice key = key_of(text, &rng);

		same = same &&
		       ids_has(&s, key) == (table_find(&t, key) != TABLE_NONE);
		if (rng_below(&rng, 2) == 0)
			continue;
		table_put(&t, key, &added);
		same = same && ids_add(&s, key) == added;
	}
	OK(same && t.n > 10000);
	OK(s.nkinds == IDS_KINDS && s.others.n > 0 && s.others.n < t.n);
	table_free(&t);
	ids_free(&s);
}

/* Each of these once; none is taken for another. */
static void
test_likenesses(void)
{
	static const char *const keys[] = { "", "\"", "\"\"", "1", "01", "001",
		"\"1", "\"1\"", "1\"", "a1", "1a", "A1", "a01", "65", "1.0",
		"0000000000000001", "00000000000000001", "10000000000000000",
		"100000000", "00000000", "000000000", "99999999", "/9", ":9",
		":0", "9:", "100000002", "200000001",
		"\x80"
		"1" };
	struct ids s = { 0 };
	size_t i;

	for (i = 0; i < COUNT(keys); i++) {
		OK_NAMED(!ids_has(&s, slice_of(keys[i])), keys[i]);
		OK_NAMED(ids_add(&s, slice_of(keys[i])), keys[i]);
	}
	for (i = 0; i < COUNT(keys); i++) {
		OK_NAMED(ids_has(&s, slice_of(keys[i])), keys[i]);
		OK_NAMED(!ids_add(&s, slice_of(keys[i])), keys[i]);
	}
	ids_free(&s);
}

/* Digits of all kinds, in each of the forms; what is almost one is not it. */
static void
test_hexadecimal(void)
{
	static const char *const good[] = { "0123456789abcdef0123456789abcdef",
		"1123456789abcdef0123456789abcdef",
		"0123456789abcdef0123456789abcdee",
		"00000000000000000000000000000001",
		"10000000000000000000000000000000",
		"0123456789abcdef1123456789abcdef",
		"ffffffffffffffffffffffffffffffff" };
	static const char *const bad[] = { "00000000000000000000000000000000",
		"0123456789abcdeF0123456789abcdef",
		"0123456789abcdef0123456789abcdeg",
		"0123456789abcdef01234567o9abcdef",
		"01234567:9abcdef0123456789abcdef",
		"01234567/9abcdef0123456789abcdef",
		"01234567`9abcdef0123456789abcdef",
		"01234567@9abcdef0123456789abcdef",
		"p123456789abcdef0123456789abcdef",
		"0123456789abcdef0123456789abcde\xb1",
		"0123456789abcdef0123456789abcde",
		"0123456789abcdef0123456789abcdef0" };
	char text[64];
	size_t form, i;

	for (form = 0; form < 4; form++) {
		struct ids s = { 0 };

		for (i = 0; i < COUNT(good) + COUNT(bad); i++) {
			bool is_good = i < COUNT(good);
			const char *k =
			    is_good ? good[i] : bad[i - COUNT(good)];
			size_t others = s.others.n;
			struct slice key = { text, 0 };

			if (form < 2)
				key.n = (size_t)snprintf(text, sizeof(text),
				    form == 0 ? "%s" : "\"%s\"", k);
			else
				key.n = (size_t)snprintf(text, sizeof(text),
				    form == 2 ? "%.8s-%.4s-%.4s-%.4s-%s"
					      : "\"%.8s-%.4s-%.4s-%.4s-%s\"",
				    k, k + 8, k + 12, k + 16, k + 20);
			OK_NAMED(!ids_has(&s, key), text);
			OK_NAMED(ids_add(&s, key), text);
			OK_NAMED(ids_has(&s, key), text);
			OK_NAMED(!ids_add(&s, key), text);
			OK_NAMED(s.others.n == others + !is_good, text);
		}
		OK(s.hexes.n == COUNT(good));
		ids_free(&s);
	}
}

static void
test_memory(void)
{
	struct ids s = { 0 };
	char text[64];
	unsigned i;
	bool all = true;

	for (i = 0; i < MANY; i++) {
		int n = snprintf(text, sizeof(text), "\"P%07u\"", i);

		all = ids_add(&s, (struct slice){ text, (size_t)n }) && all;
	}
	OK(all && s.others.n == 0);
	/* of which a table would take more than 24 each */
	OK(ids_memory(&s) <= MANY);
	ids_free(&s);
	OK(ids_memory(&s) == 0);
}

int
main(void)
{
	mh_init("ids", "", 0);
	test_against_table();
	test_likenesses();
	test_hexadecimal();
	test_memory();
	return tap_done();
}

/* table - numbers for keys, the hash for ever, and what it costs. */
#include <stdlib.h>

#include "table.h"
#include "tap.h"

#define MANY 1000000u

static struct slice
numbered(char text[32], unsigned i)
{
	int n = snprintf(text, 32, "P%09u", i);

	return (struct slice){ text, (size_t)n };
}

/* Made once by the formula in table.h with another program (Python). */
static void
test_hash(void)
{
	static const struct {
		const char *text;
		size_t n;
		uint64_t hash;
	} cases[] = {
		{ "", 0, 0xe6d24d7e0390ae94 },
		{ "\0", 1, 0x7f68dbabf2fcfdcd },
		{ "\0\0", 2, 0xa9029b374167cbf1 },
		{ "a", 1, 0xb6420df4580b3c38 },
		{ "P000001", 7, 0xf1a542f3c8c031b4 },
		{ "P0000001", 8, 0xcdad821f4342eda7 },
		{ "P00000001", 9, 0x6c73fcb3ee08f847 },
		{ "P000000000000001", 16, 0xf020d12c50f5bffc },
		{ "caf\xc3\xa9 com p\xc3\xa3o de queijo", 24,
		    0xfaf2623da2848c3f },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		OK_NAMED(table_hash(cases[i].text, cases[i].n) == cases[i].hash,
		    cases[i].text);
}

/*
 * Every bit of the key changes every bit of the hash in about half of all
 * keys: of 4096, within 6 standard deviations (32) of the half.
 */
static void
test_avalanche(size_t bytes, const char *name)
{
	enum {
		KEYS = 4096,
		OFF = 6 * 32
	};
	static unsigned flips[24 * 8][64];
	char text[32] = { 0 };
	unsigned i, bit, out, worst = 0;

	memset(flips, 0, sizeof(flips));
	for (i = 0; i < KEYS; i++) {
		uint64_t h;

		snprintf(text, sizeof(text), "%024u", i * 7919);
		memmove(text, text + 24 - bytes, bytes);
		h = table_hash(text, bytes);
		for (bit = 0; bit < bytes * 8; bit++) {
			uint64_t changed;

			text[bit / 8] ^= (char)(1 << bit % 8);
			changed = h ^ table_hash(text, bytes);
			text[bit / 8] ^= (char)(1 << bit % 8);
			for (out = 0; out < 64; out++)
				flips[bit][out] +=
				    (unsigned)(changed >> out) & 1;
		}
	}
	for (bit = 0; bit < bytes * 8; bit++) {
		for (out = 0; out < 64; out++) {
			unsigned n = flips[bit][out];
			unsigned off =
			    n > KEYS / 2 ? n - KEYS / 2 : KEYS / 2 - n;

			worst = off > worst ? off : worst;
		}
	}
	OK_NAMED(worst <= OFF, name);
	if (worst > OFF)
		printf("# off by %u\n", worst);
}

static void
test_keys(void)
{
	static const struct {
		const char *key;
		size_t n;
		uint32_t number;
	} puts[] = {
		{ "Ana", 3, 0 },
		{ "", 0, 1 },
		{ "Ana\0", 4, 2 },
		{ "\0\0", 2, 3 },
		{ "Ana", 3, 0 },
		{ "123456789012", 12, 4 },
		{ "1234567890123", 13, 5 },
		{ "1234567890124", 13, 6 },
		{ "1234567890123", 13, 5 },
		{ "", 0, 1 },
	};
	struct table t = { 0 };
	size_t i;
	bool added;

	OK(table_find(&t, SLICE("Ana")) == TABLE_NONE);
	OK(table_memory(&t) == 0);
	for (i = 0; i < sizeof(puts) / sizeof(puts[0]); i++) {
		struct slice key = { puts[i].key, puts[i].n };
		uint32_t before = t.n;

		OK_NAMED(table_put(&t, key, &added) == puts[i].number &&
			     added == (before == puts[i].number) &&
			     table_find(&t, key) == puts[i].number &&
			     slice_eq(table_key(&t, puts[i].number), key),
		    "a key has its number");
	}
	OK(t.n == 7);
	OK(table_find(&t, SLICE("Anb")) == TABLE_NONE);
	table_free(&t);
	OK(t.n == 0 && table_find(&t, SLICE("Ana")) == TABLE_NONE);
}

static void
test_sorted(void)
{
	static const char *const keys[] = { "b", "", "ab", "a", "\xff", "B" };
	static const uint32_t want[] = { 1, 5, 3, 2, 0, 4 };
	struct table t = { 0 };
	uint32_t *got;
	size_t i;
	bool added;

	for (i = 0; i < 6; i++)
		table_put(&t, slice_of(keys[i]), &added);
	got = table_sorted(&t);
	OK(memcmp(got, want, sizeof(want)) == 0);
	free(got);
	table_free(&t);
}

static void
test_many(void)
{
	struct table t = { 0 };
	const char *first;
	size_t peak = 0, size;
	unsigned i, bits = 0, wrong = 0;
	char text[32];
	bool added;

	table_put(&t, numbered(text, 0), &added);
	first = table_key(&t, 0).p;
	for (i = 1; i < MANY; i++) {
		bits = t.bits;
		wrong += table_put(&t, numbered(text, i), &added) != i;
		wrong += !added;
		/* while the slots grow, the old half is there too */
		size = table_memory(&t);
		if (t.bits != bits && bits != 0)
			size += sizeof(*t.slots) << bits;
		peak = size > peak ? size : peak;
	}
	OK_NAMED(wrong == 0, "new keys get the next numbers");
	for (i = 0; i < MANY; i++) {
		wrong += table_put(&t, numbered(text, i), &added) != i;
		wrong += added;
		wrong += table_find(&t, numbered(text, i)) != i;
		wrong += !slice_eq(table_key(&t, i), numbered(text, i));
		wrong += table_find(&t, numbered(text, i + MANY)) != TABLE_NONE;
	}
	OK_NAMED(wrong == 0, "a million keys are found, others are not");
	OK_NAMED(table_key(&t, 0).p == first, "keys do not move");
	OK_NAMED(t.n <= ((uint64_t)3 << t.bits) / 4, "a quarter is free");
	OK_NAMED(peak < 60000000, "a million keys in less than 60 MB");
	printf("# %zu bytes\n", peak);
	table_free(&t);
}

int
main(void)
{
	test_hash();
	test_avalanche(5, "5 bytes: every bit matters");
	test_avalanche(8, "8 bytes: every bit matters");
	test_avalanche(10, "10 bytes: every bit matters");
	test_avalanche(24, "24 bytes: every bit matters");
	test_keys();
	test_sorted();
	test_many();
	return tap_done();
}

/* shard - the text of a key and the shard it is of, which never change. */
#include "key.h"
#include "shard.h"
#include "tap.h"

/* The shards were made once by the words of mh-record(5) with another program
 * (Python): of 2, 3, 4, 8 and 1000. */
static const uint64_t numbers[] = { 2, 3, 4, 8, 1000 };

#define NUMBERS (sizeof(numbers) / sizeof(numbers[0]))

static const struct {
	const char *line;
	const char *text;
	uint64_t shards[NUMBERS];
} keys[] = {
	/* what mh-join takes for equal */
	{ "{\"a\":1}", "1", { 1, 1, 3, 3, 331 } },
	{ "{\"a\":\"1\"}", "1", { 1, 1, 3, 3, 331 } },
	{ "{\"a\":\"\\u0031\"}", "1", { 1, 1, 3, 3, 331 } },
	{ "{\"b\":2, \"a\" : 1 }", "1", { 1, 1, 3, 3, 331 } },
	{ "{\"a\":1.0}", "1.0", { 1, 0, 3, 3, 851 } },
	{ "{\"a\":12345678901234567890.10}", "12345678901234567890.10",
	    { 0, 0, 0, 0, 360 } },
	{ "{\"a\":\"C000001\"}", "C000001", { 0, 2, 2, 2, 306 } },
	{ "{\"a\":\"S\xc3\xa3o Paulo\"}", "S\xc3\xa3o Paulo",
	    { 0, 2, 2, 2, 258 } },
	{ "{\"a\":\"\"}", "", { 0, 2, 0, 4, 612 } },
	{ "{\"a\":true}", "true", { 1, 0, 3, 7, 807 } },
	/* a line stays a line, and a comma no end of a value */
	{ "{\"a\":\"a\\tb\\nc\\r\\\\d\"}", "a\\tb\\nc\\r\\\\d",
	    { 0, 0, 2, 2, 490 } },
	{ "{\"a\":\"a,b\"}", "a\\,b", { 0, 1, 2, 2, 218 } },
	{ "{\"a\":{\"a\": [1, 2],\"b\":\"\\t\"}}",
	    "{\"a\":[1\\,2]\\,\"b\":\"\\\\t\"}", { 1, 2, 1, 5, 437 } },
	/* nulls */
	{ "{\"a\":null}", "\\N", { 0, 0, 0, 0, 0 } },
	{ "{\"b\":1}", "\\N", { 0, 0, 0, 0, 0 } },
	{ "{}", "\\N", { 0, 0, 0, 0, 0 } },
	{ "no record", "\\N", { 0, 0, 0, 0, 0 } },
}, pairs[] = {
	{ "{\"a\":\"P1\",\"c\":\"C9\"}", "P1,C9", { 1, 1, 3, 3, 547 } },
	{ "{\"c\":\"C9\",\"a\":\"P1\"}", "P1,C9", { 1, 1, 3, 3, 547 } },
	{ "{\"a\":\"a\",\"c\":\"b\"}", "a,b", { 1, 0, 3, 3, 779 } },
	{ "{\"a\":\"\",\"c\":\"\"}", ",", { 0, 1, 2, 2, 402 } },
	{ "{\"a\":null,\"c\":\"x\"}", "\\N,x", { 1, 2, 1, 1, 185 } },
	{ "{\"c\":\"x\"}", "\\N,x", { 1, 2, 1, 1, 185 } },
	{ "{\"a\":null}", "\\N,\\N", { 0, 0, 0, 0, 0 } },
	{ "", "\\N,\\N", { 0, 0, 0, 0, 0 } },
};

static void
check_key(struct key *k, const char *line, const char *want,
    const uint64_t shards[NUMBERS])
{
	struct slice text = key_read_line(k, slice_of(line));
	size_t i, wrong = 0;

	IS(text.p, text.n, want, line);
	for (i = 0; i < NUMBERS; i++) {
		struct shard s = { shards[i], numbers[i] };

		wrong += shard_of(k, numbers[i]) != shards[i];
		wrong += !shard_has(&s, k);
		s.i = (s.i + 1) % s.n;
		wrong += shard_has(&s, k);
	}
	OK_NAMED(wrong == 0, "its shards");
	OK(shard_has(&(struct shard){ 0, 0 }, k));
}

static void
test_keys(void)
{
	struct key one = { 0 }, two = { 0 };
	size_t i;

	key_members(&one, "-k", "a");
	key_members(&two, "-k", "a,c");
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		check_key(&one, keys[i].line, keys[i].text, keys[i].shards);
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check_key(&two, pairs[i].line, pairs[i].text, pairs[i].shards);
	key_free(&one);
	key_free(&two);
}

/* Of 80,000 keys each of 8 shards gets 10,000, give or take 6 standard
 * deviations. */
static void
test_even(void)
{
	enum {
		SHARDS = 8,
		EACH = 10000,
		OFF = 560
	};
	int of[SHARDS] = { 0 }, i, worst = 0;
	struct key k = { 0 };
	char token[32];

	for (i = 0; i < SHARDS * EACH; i++) {
		int n = snprintf(token, sizeof(token), "\"C%06d\"", i);

		key_begin(&k);
		key_add(&k, (struct slice){ token, (size_t)n });
		of[shard_of(&k, SHARDS)]++;
	}
	for (i = 0; i < SHARDS; i++) {
		int off = of[i] > EACH ? of[i] - EACH : EACH - of[i];

		worst = off > worst ? off : worst;
	}
	OK_NAMED(worst < OFF, "the shards of many keys are of a size");
	key_free(&k);
}

static void
test_lines(void)
{
	static const struct {
		const char *line, *rest; /* NULL: it has no key */
	} lines[] = {
		{ "1\t{}", "{}" },
		{ "\t{}", "{}" },
		{ "a\t{\t}", "{\t}" },
		{ "a\t", "" },
		{ "{}", NULL },
		{ "", NULL },
	};
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct slice line = slice_of(lines[i].line);
		bool there = key_take_off(&line);

		OK(there == (lines[i].rest != NULL));
		if (!there)
			continue;
		IS(line.p, line.n, lines[i].rest, "behind the key");
	}
}

int
main(void)
{
	test_keys();
	test_even();
	test_lines();
	return tap_done();
}

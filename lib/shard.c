/* shard - one of N parts of a stream, by the hash of the key. */
#include "mh.h"
#include "shard.h"
#include "table.h"

/* Digits to a number below 2^32, which is shards enough. */
static bool
read_number(struct slice digits, uint64_t *n)
{
	size_t i;

	*n = 0;
	for (i = 0; i < digits.n && *n <= UINT32_MAX; i++) {
		if (!ascii_digit(digits.p[i]))
			return false;
		*n = *n * 10 + (uint64_t)(digits.p[i] - '0');
	}
	return digits.n != 0 && *n <= UINT32_MAX;
}

struct shard
shard_parse(const char *text)
{
	struct slice rest = slice_of(text), first;
	struct shard s;

	slice_split(&rest, '/', &first);
	if (!read_number(first, &s.i) || !read_number(rest, &s.n) || s.i >= s.n)
		mh_die_usage("--shard: I/N, I from 0 to N - 1, not %s", text);
	return s;
}

uint64_t
shard_of(const struct key *k, uint64_t n)
{
	return k->null ? 0 : table_hash(k->text.p, k->text.n) % n;
}

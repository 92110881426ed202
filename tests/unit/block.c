/* block - sixteen answers at once are those that a loop gives. */
#include <stdlib.h>

#include "block.h"
#include "rng.h"
#include "tap.h"

#define TRIALS 20000

/* Bytes at both sides of every limit there is, more often than others. */
static void
fill(char *p, size_t n, struct rng *rng)
{
	static const unsigned char edges[] = { 0, '\n', 0x1f, ' ', '!', '"',
		'[', '\\', ']', '~', 0x7f, 0x80, 0xbf, 0xc0, 0xc2, 0xc3, 0xc5,
		0xc6, 0xff };
	size_t i;

	for (i = 0; i < n; i++)
		p[i] = (char)(rng_below(rng, 2) == 0
				  ? edges[rng_below(rng, sizeof(edges))]
				  : rng_below(rng, 256));
}

static bool
is_ink(unsigned char c)
{
	return (c > ' ' && c < 0x7f && c != '\\') || (c >= 0x80 && c < 0xc0) ||
	       (c >= 0xc3 && c <= 0xc5);
}

static bool
answers(const char *p, const char *q)
{
	unsigned wide = 0, stops = 0, ink = 0, feeds = 0, same = 0;
	struct block x = block_at(p);
	unsigned i;

	for (i = 0; i < BLOCK_SIZE; i++) {
		unsigned char c = (unsigned char)p[i];

		wide |= (unsigned)(c >= 0x80) << i;
		stops |= (unsigned)(c == '"' || c == '\\' || c < 0x20) << i;
		ink |= (unsigned)is_ink(c) << i;
		feeds |= (unsigned)(c == '\n') << i;
		same |= (unsigned)(p[i] == q[i]) << i;
	}
	return block_wide(x) == wide && block_stops(x) == stops &&
	       block_ink(x) == ink && block_is(x, '\n') == feeds &&
	       block_same(x, block_at(q)) == same;
}

/* Texts of 0 to 47 bytes that differ in one place, or not. */
static bool
compares(char *p, char *q, size_t n, struct rng *rng)
{
	size_t at = rng_below(rng, 48);

	memcpy(q, p, 64);
	if (!block_equal(p, q, n))
		return false;
	q[at] ^= 1;
	return block_equal(p, q, n) == (at >= n);
}

static bool
copies(const char *p, size_t n)
{
	char to[80];
	size_t whole = n == 0 ? BLOCK_SIZE : (n + 15) / BLOCK_SIZE * BLOCK_SIZE;
	size_t i;

	memset(to, '?', sizeof(to));
	block_copy(to, p, n);
	for (i = whole; i < sizeof(to); i++) {
		if (to[i] != '?')
			return false;
	}
	return memcmp(to, p, whole) == 0;
}

/* The first n bytes and zeros, of a text that ends where it may. */
static bool
parts(const char *p, size_t n)
{
	char *end = malloc(n + 1), want[BLOCK_SIZE] = { 0 }, have[BLOCK_SIZE];

	memcpy(end, p, n);
	memcpy(want, p, n);
	block_store(have, block_part(end, n));
	free(end);
	return memcmp(have, want, sizeof(have)) == 0;
}

static bool
finds(const char *p, size_t n)
{
	struct slice text = { p, n };

	return block_has(text, '\\') == (memchr(p, '\\', n) != NULL);
}

int
main(void)
{
	struct rng rng = rng_at(1, 1, 1);
	bool right = true, equal = true, copied = true, part = true, has = true;
	char p[64], q[64];
	int i;

	for (i = 0; i < TRIALS; i++) {
		fill(p, sizeof(p), &rng);
		fill(q, sizeof(q), &rng);
		right = right && answers(p, q);
		equal = equal && compares(p, q, rng_below(&rng, 48), &rng);
		copied = copied && copies(p, rng_below(&rng, 48));
		part = part && parts(p, rng_below(&rng, BLOCK_SIZE));
		has = has && finds(p, rng_below(&rng, 48));
	}
	OK(right);
	OK(equal);
	OK(copied);
	OK(part);
	OK(has);
	OK(block_first(0) == 0 && block_first(1) == 1 &&
	    block_first(15) == 0x7fff && block_first(16) == BLOCK_ALL);
	OK(block_place(0x8000) == 15 && block_place(3) == 0);
	return tap_done();
}

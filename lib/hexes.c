/* hexes - a set of keys of 32 hexadecimal digits. */
#include <stdlib.h>

#include "hexes.h"

#define FIRST_BITS 6
#define UUID       36

#define BYTES(c) (UINT64_C(0x0101010101010101) * (c))

__extension__ typedef unsigned __int128 wide;

/* The digits of a key of at least 32 bytes, in a row; those of a UUID are
 * copied. NULL if it has not that form. */
static inline const char *
find_digits(struct slice key, char *copy)
{
	const char *p = key.p;

	if (*p == '"') {
		p++;
		key.n -= 2;
		if (p[key.n] != '"')
			return NULL;
	}
	if (key.n == HEXES_DIGITS)
		return p;
	if (key.n != UUID || p[8] != '-' || p[13] != '-' || p[18] != '-' ||
	    p[23] != '-')
		return NULL;
	memcpy(copy, p, 8);
	memcpy(copy + 8, p + 9, 4);
	memcpy(copy + 12, p + 14, 4);
	memcpy(copy + 16, p + 19, 4);
	memcpy(copy + 20, p + 24, 12);
	return copy;
}

/* Eight digits to the lower halves of eight bytes; *wrong gets bits if they
 * are none. */
static inline uint64_t
read_eight(const char *p, uint64_t *wrong)
{
	uint64_t w, x, letters;

	memcpy(&w, p, sizeof(w));
	/* a letter's lower half is 9 less than what it stands for */
	x = (w & BYTES(0x0f)) + (w >> 6 & BYTES(1)) * 9;
	letters = (x + BYTES(6)) >> 4 & BYTES(1);
	*wrong |= x & BYTES(0xf0);
	*wrong |= w ^ (x + BYTES('0') + letters * ('a' - '0' - 10));
	return x;
}

/* In which order the digits are in the number is nobody's business. */
bool
hexes_read(const struct hexes *s, struct slice key, struct hex *h)
{
	char copy[HEXES_DIGITS];
	const char *p;
	uint64_t wrong = 0;

	if (key.n != s->length || (p = find_digits(key, copy)) == NULL)
		return false;
	h->a = read_eight(p, &wrong) | read_eight(p + 8, &wrong) << 4;
	h->b = read_eight(p + 16, &wrong) | read_eight(p + 24, &wrong) << 4;
	return wrong == 0 && (h->a | h->b) != 0;
}

static inline size_t
first_place(const struct hexes *s, struct hex h)
{
	wide product = (wide)(h.a ^ UINT64_C(0x9e3779b97f4a7c15)) *
		       (h.b ^ UINT64_C(0xd6e8feb86659fd93));
	uint64_t hash = (uint64_t)(product >> 64) ^ (uint64_t)product;

	return (size_t)(hash >> (64 - s->bits));
}

/* The place of a key, or the free one where it belongs. */
static struct hex *
find(const struct hexes *s, struct hex h)
{
	size_t mask = ((size_t)1 << s->bits) - 1, i = first_place(s, h);
	struct hex *at;

	for (;; i = (i + 1) & mask) {
		at = &s->places[i];
		if ((at->a == h.a && at->b == h.b) || (at->a | at->b) == 0)
			return at;
	}
}

static void
grow(struct hexes *s)
{
	struct hex *old = s->places;
	size_t i, n = s->bits == 0 ? 0 : (size_t)1 << s->bits;

	s->bits = n == 0 ? FIRST_BITS : s->bits + 1;
	s->places = mem_zero((size_t)1 << s->bits, sizeof(*s->places));
	for (i = 0; i < n; i++) {
		if ((old[i].a | old[i].b) != 0)
			*find(s, old[i]) = old[i];
	}
	free(old);
}

bool
hexes_add(struct hexes *s, struct hex h)
{
	struct hex *at;

	if (s->bits == 0 || s->n >= ((size_t)3 << s->bits) / 4)
		grow(s);
	at = find(s, h);
	if ((at->a | at->b) != 0)
		return false;
	*at = h;
	s->n++;
	return true;
}

bool
hexes_has(const struct hexes *s, struct hex h)
{
	struct hex *at;

	if (s->n == 0)
		return false;
	at = find(s, h);
	return (at->a | at->b) != 0;
}

void
hexes_ask(const struct hexes *s, struct hex h)
{
	__builtin_prefetch(&s->places[first_place(s, h)]);
}

size_t
hexes_memory(const struct hexes *s)
{
	return s->bits == 0 ? 0 : sizeof(*s->places) << s->bits;
}

void
hexes_free(struct hexes *s)
{
	free(s->places);
	*s = (struct hexes){ 0 };
}

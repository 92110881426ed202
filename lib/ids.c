/* ids - a set of keys, which is small where they are numbers. */
#include <stdlib.h>

#include "ids.h"
#include "mh.h"

#define FIRST_BITS 6
#define WORD_BITS  6  /* 64 numbers */
#define KIND_SHIFT 48 /* 10^16 / 64 < 2^48 */
#define EIGHT      UINT64_C(100000000)

#define BYTES(c) (UINT64_C(0x0101010101010101) * (c))

/* A key taken apart: head, number, quote. */
struct parts {
	struct slice head;
	unsigned digits;
	bool quoted;
	uint64_t number;
};

/* The up to 8 bytes from `start` on that stand before `end`, the last one
 * highest; zeros where there are less. */
static inline uint64_t
eight_before(const char *end, const char *start)
{
	uint64_t w = 0;
	ptrdiff_t n = end - start;

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint32_t low, high;

	if (n >= 8) {
		memcpy(&w, end - 8, sizeof(w));
		return w;
	}
	/* from four on, two halves have them all, some of them twice */
	if (n >= 4) {
		memcpy(&low, start, sizeof(low));
		memcpy(&high, end - 4, sizeof(high));
		return (uint64_t)high << 32 | (uint64_t)low << 8 * (8 - n);
	}
#endif
	for (n = n > 8 ? 8 : n; n > 0; n--)
		w = w >> 8 | (uint64_t)(unsigned char)end[-n] << 56;
	return w;
}

/* How many of the last bytes of eight are digits? */
static inline unsigned
digits_at_end(uint64_t w)
{
	uint64_t x = w ^ BYTES('0');
	/* the highest bit of every byte that is more than 9 */
	uint64_t others = (((x & BYTES(0x7f)) + BYTES(0x76)) | x) & BYTES(0x80);

	return others == 0 ? 8 : (unsigned)__builtin_clzll(others) / 8;
}

/* The number that the last n bytes of eight are, n 1 to 8: neighbours join to
 * pairs, fours and eight. */
static inline uint64_t
number_at_end(uint64_t w, unsigned n)
{
	w = (w ^ BYTES('0')) >> (64 - 8 * n) << (64 - 8 * n);
	w = (w * 10 + (w >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	w = (w * 100 + (w >> 16)) & UINT64_C(0x0000ffff0000ffff);
	return (w * 10000 + (w >> 32)) & UINT64_C(0xffffffff);
}

/* False if it is no such key. */
static inline bool
take_apart(struct parts *k, struct slice key)
{
	const char *end = key.p + key.n;
	uint64_t w;
	unsigned n;

	if (key.n == 0)
		return false;
	k->quoted = end[-1] == '"';
	end -= k->quoted;
	w = eight_before(end, key.p);
	if ((k->digits = digits_at_end(w)) == 0)
		return false;
	k->number = number_at_end(w, k->digits);
	if (k->digits == 8) {
		w = eight_before(end - 8, key.p);
		if ((n = digits_at_end(w)) != 0)
			k->number += number_at_end(w, n) * EIGHT;
		k->digits += n;
	}
	k->head = (struct slice){ key.p, (size_t)(end - key.p) - k->digits };
	return k->head.n <= IDS_HEAD;
}

static inline bool
is_kind(const struct id_kind *kind, const struct parts *k)
{
	size_t i;

	if (kind->nhead != k->head.n || kind->digits != k->digits ||
	    kind->quoted != k->quoted)
		return false;
	for (i = 0; i < k->head.n; i++) {
		if (kind->head[i] != k->head.p[i])
			return false;
	}
	return true;
}

/* The number of the kind; s->nkinds if it is new. */
static inline unsigned
find_kind(const struct ids *s, const struct parts *k)
{
	unsigned i;

	for (i = 0; i < s->nkinds && !is_kind(&s->kinds[i], k); i++)
		;
	return i;
}

static void
add_kind(struct ids *s, const struct parts *k)
{
	struct id_kind *kind = &s->kinds[s->nkinds++];

	kind->nhead = (uint8_t)k->head.n;
	kind->digits = (uint8_t)k->digits;
	kind->quoted = k->quoted;
	if (k->head.n != 0)
		memcpy(kind->head, k->head.p, k->head.n);
}

static uint64_t
place_of(unsigned kind, uint64_t number)
{
	return ((uint64_t)kind << KIND_SHIFT | number >> WORD_BITS) + 1;
}

static uint64_t
bit_of(uint64_t number)
{
	return (uint64_t)1 << (number & ((1 << WORD_BITS) - 1));
}

/* The word of a place, or the free one where it belongs. */
static struct id_word *
find_word(const struct ids *s, uint64_t place)
{
	size_t mask = ((size_t)1 << s->bits) - 1;
	/* by the golden ratio, neighbours go far apart */
	size_t i = (size_t)(place * 0x9e3779b97f4a7c15 >> (64 - s->bits));

	while (s->words[i].place != 0 && s->words[i].place != place)
		i = (i + 1) & mask;
	return &s->words[i];
}

static void
grow(struct ids *s)
{
	struct id_word *old = s->words;
	size_t i, n = s->bits == 0 ? 0 : (size_t)1 << s->bits;

	s->bits = n == 0 ? FIRST_BITS : s->bits + 1;
	s->words = mem_zero((size_t)1 << s->bits, sizeof(*s->words));
	for (i = 0; i < n; i++) {
		if (old[i].place != 0)
			*find_word(s, old[i].place) = old[i];
	}
	free(old);
}

static bool
add_number(struct ids *s, unsigned kind, uint64_t number)
{
	uint64_t place = place_of(kind, number), bit = bit_of(number);
	struct id_word *word;
	bool added;

	if (s->bits == 0 || s->nwords >= ((size_t)3 << s->bits) / 4)
		grow(s);
	word = find_word(s, place);
	s->nwords += word->place == 0;
	word->place = place;
	added = (word->bits & bit) == 0;
	word->bits |= bit;
	return added;
}

/* Until there is one, any key may be the first to have its form. */
static bool
read_hex(struct ids *s, struct slice key, struct hex *hex)
{
	if (s->hexes.n == 0)
		s->hexes.length = key.n;
	return hexes_read(&s->hexes, key, hex);
}

bool
ids_add(struct ids *s, struct slice key)
{
	struct parts k;
	struct hex hex;
	unsigned kind;
	bool added;

	if (key.n >= HEXES_DIGITS && read_hex(s, key, &hex))
		return hexes_add(&s->hexes, hex);
	if (take_apart(&k, key)) {
		kind = find_kind(s, &k);
		if (kind == s->nkinds && kind < IDS_KINDS)
			add_kind(s, &k);
		if (kind < s->nkinds)
			return add_number(s, kind, k.number);
	}
	table_put(&s->others, key, &added);
	return added;
}

bool
ids_has(const struct ids *s, struct slice key)
{
	struct parts k;
	struct hex hex;
	unsigned kind;

	if (key.n >= HEXES_DIGITS && hexes_read(&s->hexes, key, &hex))
		return hexes_has(&s->hexes, hex);
	if (take_apart(&k, key)) {
		kind = find_kind(s, &k);
		if (kind < s->nkinds)
			return (find_word(s, place_of(kind, k.number))->bits &
				   bit_of(k.number)) != 0;
	}
	return table_find(&s->others, key) != TABLE_NONE;
}

void
ids_ask_far(const struct ids *s, struct slice key)
{
	struct hex hex;

	if (key.n >= HEXES_DIGITS && s->hexes.n != 0 &&
	    hexes_read(&s->hexes, key, &hex))
		hexes_ask(&s->hexes, hex);
	else
		table_ask(&s->others, table_hash(key.p, key.n));
}

size_t
ids_memory(const struct ids *s)
{
	size_t words = s->bits == 0 ? 0 : (size_t)1 << s->bits;

	return words * sizeof(*s->words) + hexes_memory(&s->hexes) +
	       table_memory(&s->others);
}

size_t
ids_growth(const struct ids *s)
{
	size_t words = s->bits == 0 ? 0 : (2 * sizeof(*s->words)) << s->bits;
	size_t hexes = 2 * hexes_memory(&s->hexes);
	size_t others = table_growth(&s->others);

	/* one after another */
	if (hexes > words)
		words = hexes;
	return words > others ? words : others;
}

void
ids_free(struct ids *s)
{
	free(s->words);
	hexes_free(&s->hexes);
	table_free(&s->others);
	*s = (struct ids){ 0 };
}

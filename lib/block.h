/*
 * block - sixteen bytes at a time.
 *
 * A question about a block has sixteen answers, one bit each, the lowest for
 * the first byte. SSE2, which every x86-64 has, answers them all at once;
 * other machines eight by eight, with the same result. A block is read as a
 * whole: what lies behind the text must be readable (JSON_SLACK), and its
 * answers are to be left out (block_first).
 */
#ifndef BLOCK_H
#define BLOCK_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "str.h"

#define BLOCK_SIZE 16

#ifdef __SSE2__

struct block {
	__m128i b;
};

static inline struct block
block_at(const char *p)
{
	return (struct block){ _mm_loadu_si128((const void *)p) };
}

/* The block that n bytes begin, less than 16, with zeros behind them; these
 * bytes alone are read. */
static inline struct block
block_part(const char *p, size_t n)
{
	uint64_t low = 0, high = 0;
	uint32_t head, tail;

	/* two loads, in which bytes in the middle may be there twice */
	if (n > 8) {
		memcpy(&low, p, sizeof(low));
		memcpy(&high, p + n - 8, sizeof(high));
		high >>= 8 * (16 - n);
	} else if (n >= 4) {
		memcpy(&head, p, sizeof(head));
		memcpy(&tail, p + n - 4, sizeof(tail));
		low = head | (uint64_t)tail << 8 * (n - 4);
	} else {
		while (n > 0)
			low = low << 8 | (unsigned char)p[--n];
	}
	return (struct block){ _mm_set_epi64x((int64_t)high, (int64_t)low) };
}

static inline void
block_store(char *p, struct block x)
{
	_mm_storeu_si128((void *)p, x.b);
}

static inline unsigned
block_bits(__m128i bytes)
{
	return (unsigned)_mm_movemask_epi8(bytes);
}

/* Which bytes are `c`? */
static inline unsigned
block_is(struct block x, char c)
{
	return block_bits(_mm_cmpeq_epi8(x.b, _mm_set1_epi8(c)));
}

/* Which bytes are the same in both? */
static inline unsigned
block_same(struct block x, struct block y)
{
	return block_bits(_mm_cmpeq_epi8(x.b, y.b));
}

/* Which bytes are no ASCII? */
static inline unsigned
block_wide(struct block x)
{
	return block_bits(x.b);
}

/* Which bytes does JSON not allow in a string: quotes, backslashes and
 * controls? */
static inline unsigned
block_stops(struct block x)
{
	__m128i quote = _mm_cmpeq_epi8(x.b, _mm_set1_epi8('"'));
	__m128i slash = _mm_cmpeq_epi8(x.b, _mm_set1_epi8('\\'));
	/* as unsigned bytes, x is its own minimum with 0x1f */
	__m128i control =
	    _mm_cmpeq_epi8(_mm_min_epu8(x.b, _mm_set1_epi8(0x1f)), x.b);

	return block_bits(_mm_or_si128(_mm_or_si128(quote, slash), control));
}

/* Which bytes are ASCII that is seen, but for the backslash; or part of a
 * letter of Latin-1 or Latin Extended-A (or of the signs times and divided
 * by), where the text is UTF-8? */
static inline unsigned
block_ink(struct block x)
{
	/* signed: 0x80 is -128, 0xbf is -65; these letters begin with 0xc3,
	 * 0xc4 or 0xc5 */
	__m128i seen = _mm_and_si128(_mm_cmpgt_epi8(x.b, _mm_set1_epi8(' ')),
	    _mm_cmplt_epi8(x.b, _mm_set1_epi8(0x7f)));
	__m128i slash = _mm_cmpeq_epi8(x.b, _mm_set1_epi8('\\'));
	__m128i tail = _mm_cmplt_epi8(x.b, _mm_set1_epi8(-64));
	__m128i lead = _mm_and_si128(_mm_cmpgt_epi8(x.b, _mm_set1_epi8(-62)),
	    _mm_cmplt_epi8(x.b, _mm_set1_epi8(-58)));

	return block_bits(_mm_or_si128(
	    _mm_andnot_si128(slash, seen), _mm_or_si128(tail, lead)));
}

#else

/* Two words of eight bytes, the first byte lowest; in what is asked of them
 * below, an answer is the highest bit of its byte. */
struct block {
	uint64_t w[2];
};

#define BLOCK_BYTES(c) (UINT64_C(0x0101010101010101) * (unsigned char)(c))

static inline uint64_t
block_order(uint64_t w)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(w);
#else
	return w;
#endif
}

static inline struct block
block_at(const char *p)
{
	struct block x;

	memcpy(x.w, p, sizeof(x.w));
	return (struct block){ { block_order(x.w[0]), block_order(x.w[1]) } };
}

static inline struct block
block_part(const char *p, size_t n)
{
	char bytes[BLOCK_SIZE] = { 0 };

	if (n != 0)
		memcpy(bytes, p, n);
	return block_at(bytes);
}

static inline void
block_store(char *p, struct block x)
{
	uint64_t w[2] = { block_order(x.w[0]), block_order(x.w[1]) };

	memcpy(p, w, sizeof(w));
}

/* Each byte's answer times its own power of two comes to stand on top. */
static inline unsigned
block_bits(uint64_t low, uint64_t high)
{
	const uint64_t gather = UINT64_C(0x0102040810204080);

	low = (low >> 7 & BLOCK_BYTES(1)) * gather >> 56;
	high = (high >> 7 & BLOCK_BYTES(1)) * gather >> 56;
	return (unsigned)(low | high << 8);
}

/* Bytes from n on, 1 to 128; no sum reaches into the next byte. */
static inline uint64_t
block_from(uint64_t w, unsigned n)
{
	return ((w & BLOCK_BYTES(0x7f)) + BLOCK_BYTES(0x80 - n)) | w;
}

static inline uint64_t
block_zeros(uint64_t w)
{
	return ~block_from(w, 1);
}

static inline uint64_t
block_stops_of(uint64_t w)
{
	return block_zeros(w ^ BLOCK_BYTES('"')) |
	       block_zeros(w ^ BLOCK_BYTES('\\')) | ~block_from(w, 0x20);
}

/* 0x80 to 0xbf, and 0xc3 to 0xc5 */
static inline uint64_t
block_ink_of(uint64_t w)
{
	uint64_t seen = block_from(w, '!') & ~block_from(w, 0x7f) &
			~block_zeros(w ^ BLOCK_BYTES('\\'));
	uint64_t tail = w & ~(w << 1);
	uint64_t rest = w ^ BLOCK_BYTES(0x80); /* 0x43 to 0x45 */
	uint64_t lead = block_from(rest, 0x43) & ~block_from(rest, 0x46);

	return seen | tail | (lead & w);
}

static inline unsigned
block_is(struct block x, char c)
{
	return block_bits(block_zeros(x.w[0] ^ BLOCK_BYTES(c)),
	    block_zeros(x.w[1] ^ BLOCK_BYTES(c)));
}

static inline unsigned
block_same(struct block x, struct block y)
{
	return block_bits(
	    block_zeros(x.w[0] ^ y.w[0]), block_zeros(x.w[1] ^ y.w[1]));
}

static inline unsigned
block_wide(struct block x)
{
	return block_bits(x.w[0], x.w[1]);
}

static inline unsigned
block_stops(struct block x)
{
	return block_bits(block_stops_of(x.w[0]), block_stops_of(x.w[1]));
}

static inline unsigned
block_ink(struct block x)
{
	return block_bits(block_ink_of(x.w[0]), block_ink_of(x.w[1]));
}

#endif

#define BLOCK_ALL 0xffffu /* the bits of a whole block */

/* The bits of a block's first n bytes, n <= 16. */
static inline unsigned
block_first(size_t n)
{
	return BLOCK_ALL >> (BLOCK_SIZE - n);
}

/* The place of the first bit; there must be one. */
static inline size_t
block_place(unsigned bits)
{
	return (size_t)(unsigned)__builtin_ctz(bits);
}

/* Are n bytes the same in both? Whole blocks are read, and none behind one
 * that differs. */
static inline bool
block_equal(const char *p, const char *q, size_t n)
{
	for (; n > BLOCK_SIZE; n -= BLOCK_SIZE) {
		if (block_same(block_at(p), block_at(q)) != BLOCK_ALL)
			return false;
		p += BLOCK_SIZE;
		q += BLOCK_SIZE;
	}
	return (~block_same(block_at(p), block_at(q)) & block_first(n)) == 0;
}

/* Is the byte, which is not 0, in the text? Nothing behind it is read. */
static inline bool
block_has(struct slice text, char c)
{
	const char *p = text.p;
	size_t n = text.n;

	for (; n >= BLOCK_SIZE; p += BLOCK_SIZE, n -= BLOCK_SIZE) {
		if (block_is(block_at(p), c) != 0)
			return true;
	}
	return block_is(block_part(p, n), c) != 0;
}

/* Copies n bytes in whole blocks, at least one: up to 16 bytes more are read
 * and written than that. */
static inline void
block_copy(char *to, const char *from, size_t n)
{
	size_t i = 0;

	do
		block_store(to + i, block_at(from + i));
	while ((i += BLOCK_SIZE) < n);
}

#endif

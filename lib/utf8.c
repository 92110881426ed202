/* utf8 - validate and tidy UTF-8 text. */
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "utf8.h"

/* The number of ASCII bytes that `p` begins with. */
static size_t
ascii_run(const unsigned char *p, size_t n)
{
	size_t i = 0;

#ifdef __SSE2__
	for (; n - i >= 16; i += 16) {
		const __m128i *at = (const void *)(p + i);
		int high = _mm_movemask_epi8(_mm_loadu_si128(at));

		if (high != 0)
			return i + (size_t)__builtin_ctz((unsigned)high);
	}
#else
	for (; n - i >= 8; i += 8) {
		uint64_t word;

		memcpy(&word, p + i, 8);
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
#endif
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

/*
 * The length of the well-formed sequence of two bytes or more at `p`, 0 if
 * there is none. Only the second byte's range depends on the first.
 */
static size_t
sequence(const unsigned char *p, size_t n)
{
	unsigned char lead = p[0], low = 0x80, high = 0xBF;
	size_t i, len;

	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	len = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	switch (lead) {
	case 0xE0: low = 0xA0; break;  /* below: overlong */
	case 0xED: high = 0x9F; break; /* above: surrogates */
	case 0xF0: low = 0x90; break;  /* below: overlong */
	case 0xF4: high = 0x8F; break; /* above: past U+10FFFF */
	}
	if (n < len || p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

bool
utf8_valid(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t i = 0, len;

	while (i < n) {
		if (p[i] < 0x80)
			len = ascii_run(p + i, n - i);
		else if (p[i] >= 0xC2 && p[i] < 0xE0 && n - i > 1 &&
			 (p[i + 1] & 0xC0) == 0x80)
			len = 2; /* as most are in Portuguese */
		else if ((len = sequence(p + i, n - i)) == 0)
			return false;
		i += len;
	}
	return true;
}

uint32_t
utf8_next_wide(const char **at)
{
	const unsigned char *p = (const unsigned char *)*at;
	uint32_t cp = p[0];
	size_t i, len = cp < 0xE0 ? 2 : cp < 0xF0 ? 3 : 4;

	cp &= 0x7Fu >> len;
	for (i = 1; i < len; i++)
		cp = cp << 6 | (p[i] & 0x3Fu);
	*at += len;
	return cp;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* The code point that ends at `end`, and its first byte in `*start`. */
static uint32_t
previous(const char *end, const char **start)
{
	const char *p = end - 1;

	while (is_continuation(*p))
		p--;
	*start = p;
	return utf8_next(&p);
}

size_t
utf8_length(struct slice s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += !is_continuation(s.p[i]);
	return n;
}

void
utf8_put_wide(struct buf *b, uint32_t cp)
{
	if (cp < 0x800) {
		buf_byte(b, (char)(0xC0 | cp >> 6));
	} else {
		if (cp < 0x10000) {
			buf_byte(b, (char)(0xE0 | cp >> 12));
		} else {
			buf_byte(b, (char)(0xF0 | cp >> 18));
			buf_byte(b, (char)(0x80 | (cp >> 12 & 0x3F)));
		}
		buf_byte(b, (char)(0x80 | (cp >> 6 & 0x3F)));
	}
	buf_byte(b, (char)(0x80 | (cp & 0x3F)));
}

bool
utf8_is_space(uint32_t cp)
{
	if (cp <= 0xA0)
		return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 ||
		       cp == 0xA0;
	return cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 ||
	       cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* A control that is no white space, or an invisible mark; never U+0000. */
static bool
is_noise(uint32_t cp)
{
	if (cp < 0xA0)
		return cp != 0 && (cp < ' ' || cp >= 0x7F) &&
		       !utf8_is_space(cp);
	return cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F ||
	       (cp >= 0x202A && cp <= 0x202E) || cp == 0x2060 || cp == 0xFEFF;
}

/* Does it go when it stands at an end? Zero width joiners go there, too. */
static bool
is_edge(uint32_t cp)
{
	return utf8_is_space(cp) || is_noise(cp) || cp == 0x200C ||
	       cp == 0x200D;
}

static bool
is_ascii_ink(char c)
{
	return c > ' ' && c < 0x7F;
}

struct slice
utf8_trim(struct slice s)
{
	const char *p = s.p, *end, *at;

	if (s.n == 0)
		return s;
	end = p + s.n;
	for (at = p; p < end && !is_ascii_ink(*p); p = at)
		if (!is_edge(utf8_next(&at)))
			break;
	for (; end > p && !is_ascii_ink(end[-1]); end = at)
		if (!is_edge(previous(end, &at)))
			break;
	return (struct slice){ p, (size_t)(end - p) };
}

/* How many bytes at the beginning are ASCII that stays as it is. */
static size_t
plain_run(struct slice s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is_ascii_ink(s.p[i]) &&
		    (s.p[i] != ' ' || i == 0 || s.p[i - 1] == ' '))
			break;
	return i;
}

/*
 * Trimmed text neither begins nor ends with anything that goes, so the last
 * byte written is all that has to be remembered: a space swallows the next
 * one, and only ASCII letters take an accent.
 */
void
utf8_tidy(struct buf *out, struct slice s)
{
	struct slice text = utf8_trim(s);
	size_t plain = plain_run(text), begin = out->n;
	const char *p, *end;

	if (text.n == 0)
		return;
	p = text.p + plain;
	end = text.p + text.n;
	buf_room(out, text.n);
	buf_add(out, text.p, plain);
	while (p < end) {
		const char *start = p;
		uint32_t cp = utf8_next(&p), both;
		char last = out->n > begin ? out->p[out->n - 1] : '\0';

		if (is_ascii_ink(*start)) {
			buf_byte(out, *start);
		} else if (utf8_is_space(cp)) {
			if (last != ' ')
				buf_byte(out, ' ');
		} else if ((both = utf8_compose((uint8_t)last, cp)) != 0) {
			out->n--;
			utf8_put(out, both);
		} else if (!is_noise(cp)) {
			buf_add(out, start, (size_t)(p - start));
		}
	}
}

bool
utf8_is_word(struct slice s, const char *lower_word)
{
	size_t i;

	for (i = 0; i < s.n && lower_word[i] != '\0'; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if (c != lower_word[i])
			return false;
	}
	return i == s.n && lower_word[i] == '\0';
}

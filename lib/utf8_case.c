/* utf8_case - letters of ASCII, Latin-1 and Latin Extended-A. */
#include "utf8.h"

enum {
	FIRST = 0xC0, /* what the tables below begin and end with */
	LAST = 0x17F,
};

/* Each letter without its accent; a dot where there is nothing to take. */
static const char base[] = "AAAAAA.CEEEEIIII.NOOOOO.OUUUUY.." /* U+00C0 */
			   "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"
			   "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg" /* U+0100 */
			   "GgGgHhHhIiIiIiIiIi..JjKk.LlLlLlL"
			   "lLlNnNnNnn..OoOoOo..RrRrRrSsSsSs" /* U+0140 */
			   "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/* Its accent, if it is one that mark_of() names. */
static const char mark[] = "`'^~:..,`'^:`'^:.~`'^~:..`'^:'.." /* U+00C0 */
			   "`'^~:..,`'^:`'^:.~`'^~:..`'^:'.:"
			   "......''^^..................^^.." /* U+0100 */
			   "..,,^^..~~..........^^,,.'',,..."
			   "...'',,.............'',,..''^^,," /* U+0140 */
			   "..,,....~~..........^^^^:''.....";

_Static_assert(sizeof(base) == LAST - FIRST + 2, "one byte per letter");
_Static_assert(sizeof(mark) == sizeof(base), "one byte per letter");

static char
mark_of(uint32_t combining)
{
	switch (combining) {
	case 0x300: return '`';
	case 0x301: return '\'';
	case 0x302: return '^';
	case 0x303: return '~';
	case 0x308: return ':';
	case 0x327: return ',';
	default: return '\0';
	}
}

static bool
is_combining(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36F;
}

uint32_t
utf8_compose(uint32_t letter, uint32_t combining)
{
	char accent = mark_of(combining);
	uint32_t i;

	if (accent == '\0')
		return 0;
	for (i = 0; i <= LAST - FIRST; i++)
		if ((uint32_t)base[i] == letter && mark[i] == accent)
			return FIRST + i;
	return 0;
}

static uint32_t
without_accent(uint32_t cp)
{
	if (cp < FIRST || cp > LAST || base[cp - FIRST] == '.')
		return cp;
	return (uint32_t)base[cp - FIRST];
}

bool
utf8_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	if (cp < FIRST)
		return cp == 0xAA || cp == 0xB5 || cp == 0xBA;
	if (cp == 0xD7 || cp == 0xF7) /* times, divided by */
		return false;
	return cp < 0x2000 ||
	       (cp > 0x2BFF && cp < 0x1F000 && (cp < 0xFE00 || cp > 0xFE0F));
}

/*
 * Latin Extended-A goes in pairs, the capital first: at even code points but
 * for two stretches where it is at the odd ones. Not in pairs are the dotted
 * capital and the dotless small I, kra, N with apostrophe, Y with diaeresis,
 * whose small letter is in Latin-1, and long S.
 */
static bool
is_pair(uint32_t cp)
{
	return cp >= 0x100 && cp < 0x17F && cp != 0x130 && cp != 0x131 &&
	       cp != 0x138 && cp != 0x149 && cp != 0x178;
}

static uint32_t
pair_capital(uint32_t cp)
{
	bool odd = (cp > 0x138 && cp < 0x149) || cp > 0x178;

	return odd ? (cp - 1) | 1 : cp & ~UINT32_C(1);
}

uint32_t
utf8_lower_cp(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 0x20 : cp;
	if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7)
		return cp + 0x20;
	if (is_pair(cp))
		return pair_capital(cp) + 1;
	return cp == 0x130 ? 'i' : cp == 0x178 ? 0xFF : cp;
}

uint32_t
utf8_upper_cp(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z' ? cp - 0x20 : cp;
	if (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7)
		return cp - 0x20;
	if (is_pair(cp))
		return pair_capital(cp);
	switch (cp) {
	case 0xFF: return 0x178;
	case 0x131: return 'I';
	case 0x17F: return 'S';
	default: return cp;
	}
}

#define BYTES(c) (UINT64_C(0x0101010101010101) * (c))

/* Eight bytes of ASCII with the 26 letters from `first` on in their other
 * case: a sum's highest bit says what is not below a limit. */
static inline uint64_t
turn_eight(uint64_t w, char first)
{
	uint64_t from = w + BYTES(0x80u - (unsigned char)first);
	uint64_t past = w + BYTES(0x80u - (unsigned char)first - 26);

	return w ^ ((from & ~past & BYTES(0x80)) >> 2);
}

/*
 * Maps ASCII letters from `first` on, 26 of them, to their other case, and
 * what is no ASCII by `wide`; nothing gets longer.
 */
static inline void
map(struct buf *out, struct slice s, char first, uint32_t (*wide)(uint32_t))
{
	const char *p = s.p, *end = s.n == 0 ? p : p + s.n;
	char *at;

	buf_room(out, s.n);
	at = out->p + out->n;
	for (; p < end; p++) {
		unsigned char c = (unsigned char)*p;
		bool turns = (unsigned char)(c - first) < 26;
		uint64_t w;

		if (end - p >= 8) {
			memcpy(&w, p, 8);
			if ((w & BYTES(0x80)) == 0) {
				w = turn_eight(w, first);
				memcpy(at, &w, 8);
				at += 8;
				p += 7;
				continue;
			}
		}
		*at++ = (char)(c ^ (turns ? 0x20 : 0));
		if (c < 0x80)
			continue;
		out->n = (size_t)(at - 1 - out->p);
		utf8_put(out, wide(utf8_next(&p)));
		at = out->p + out->n;
		p--;
	}
	out->n = (size_t)(at - out->p);
}

void
utf8_lower(struct buf *out, struct slice s)
{
	map(out, s, 'A', utf8_lower_cp);
}

void
utf8_upper(struct buf *out, struct slice s)
{
	map(out, s, 'a', utf8_upper_cp);
}

void
utf8_fold(struct buf *out, struct slice s)
{
	const char *p = s.p, *end = s.n == 0 ? p : p + s.n;

	buf_room(out, s.n);
	while (p < end) {
		uint32_t cp = utf8_next(&p);

		if (!is_combining(cp))
			utf8_put(out, utf8_lower_cp(without_accent(cp)));
	}
}

/*
 * utf8 - validate, tidy, change the case of and compare UTF-8 text.
 *
 * Case and accents cover ASCII, Latin-1 and Latin Extended-A: Brazilian and
 * other western names. What lies outside passes through as it is. No locale.
 */
#ifndef UTF8_H
#define UTF8_H

#include "str.h"

/*
 * Is it well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no
 * surrogates, nothing past U+10FFFF)? Fast on ASCII.
 */
bool utf8_valid(const char *p, size_t n);

/*
 * The code point at *p, which must be valid, and *p moved past it. The wide
 * half is for utf8_next() alone, and so below.
 */
uint32_t utf8_next_wide(const char **p);

static inline uint32_t
utf8_next(const char **p)
{
	if ((unsigned char)**p < 0x80)
		return (unsigned char)*(*p)++;
	return utf8_next_wide(p);
}

/* The number of code points of valid text. */
size_t utf8_length(struct slice s);

/* Appends a code point. */
void utf8_put_wide(struct buf *b, uint32_t cp);

static inline void
utf8_put(struct buf *b, uint32_t cp)
{
	if (cp < 0x80)
		buf_byte(b, (char)cp);
	else
		utf8_put_wide(b, cp);
}

/* Is it Unicode White_Space (PropList.txt)? */
bool utf8_is_space(uint32_t cp);

/*
 * Appends valid text put in order, as cleaning rules ask of every text:
 * controls that are no white space and invisible marks (U+00AD U+200B
 * U+200E U+200F U+202A-U+202E U+2060 U+FEFF) go, joiners (U+200C U+200D) go
 * at the ends, runs of white space become one space, the ends are trimmed,
 * and a letter with a combining accent becomes one letter where Latin-1 or
 * Latin Extended-A has it. U+0000 is the caller's business: it stays.
 */
void utf8_tidy(struct buf *out, struct slice s);

/*
 * The text without white space, controls, invisible marks and joiners at its
 * ends; a slice of `s`. What is inside stays: for every type but text.
 */
struct slice utf8_trim(struct slice s);

/*
 * Is it a letter? Exact in ASCII, Latin-1 and Latin Extended-A. Beyond them
 * everything counts as one but the blocks of punctuation and symbols
 * U+2000-U+2BFF, the variation selectors and what lies past U+1F000 (emoji).
 */
bool utf8_is_letter(uint32_t cp);

/*
 * The letter that an ASCII letter and a combining grave, acute, circumflex,
 * tilde, diaeresis or cedilla make together in Latin-1 or Latin Extended-A;
 * 0 if there is none.
 */
uint32_t utf8_compose(uint32_t letter, uint32_t mark);

/*
 * One letter's other case (UnicodeData.txt, the simple mappings), or itself.
 * The micro sign stays: its capital is Greek.
 */
uint32_t utf8_lower_cp(uint32_t cp);
uint32_t utf8_upper_cp(uint32_t cp);
void utf8_lower(struct buf *out, struct slice s);
void utf8_upper(struct buf *out, struct slice s);

/*
 * Appends the text in lower case without accents, for comparisons: "São" and
 * "SAO" give "sao". Strokes count as accents (ø is o); letters of their own
 * (æ œ ß ð þ ŋ ĸ ĳ) stay; combining marks U+0300-U+036F go.
 */
void utf8_fold(struct buf *out, struct slice s);

/* Compares text with an ASCII word without regard to ASCII case. */
bool utf8_is_word(struct slice s, const char *lower_word);

#endif

/* utf8: well-formed text, tidy text, case and accents. */
#include <stdlib.h>

#include "tap.h"
#include "utf8.h"

/*
 * Well-formed by another road: a character is well-formed if its bits, taken
 * out without any question, come back as the same bytes from the encoder,
 * and are no surrogate and not past the end.
 */
static size_t
encode(uint32_t cp, unsigned char *to)
{
	size_t more = cp < 0x80 ? 0 : cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3, i;
	static const unsigned char lead[] = { 0x00, 0xC0, 0xE0, 0xF0 };

	for (i = more; i > 0; i--, cp >>= 6)
		to[i] = (unsigned char)(0x80 + cp % 64);
	to[0] = (unsigned char)(lead[more] + cp);
	return more + 1;
}

static bool
is_character(const unsigned char *p, size_t n)
{
	static const uint32_t bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	unsigned char again[4];
	uint32_t cp = p[0] & bits[n];
	size_t i;

	for (i = 1; i < n; i++)
		cp = cp * 64 + p[i] % 64;
	return cp <= 0x10FFFF && cp / 0x800 != 0xD800 / 0x800 &&
	       encode(cp, again) == n && memcmp(again, p, n) == 0;
}

static bool
is_text(const unsigned char *p, size_t n)
{
	size_t len;

	if (n == 0)
		return true;
	for (len = 1; len <= n && len <= 4; len++)
		if (is_character(p, len))
			return is_text(p + len, n - len);
	return false;
}

static bool
same_verdict(const unsigned char *p, size_t n)
{
	return utf8_valid((const char *)p, n) == is_text(p, n);
}

static void
test_every_short_sequence(void)
{
	size_t n, wrong;
	uint32_t v;
	unsigned char p[4];

	OK(utf8_valid("", 0));
	for (n = 1; n <= 3; n++) {
		wrong = 0;
		for (v = 0; v < UINT32_C(1) << 8 * n; v++) {
			p[0] = (unsigned char)v;
			p[1] = (unsigned char)(v >> 8);
			p[2] = (unsigned char)(v >> 16);
			wrong += !same_verdict(p, n);
		}
		OK_NAMED(wrong == 0, n == 1   ? "every byte"
				     : n == 2 ? "every two bytes"
					      : "every three bytes");
	}
}

static void
test_four_bytes(void)
{
	static const unsigned char edges[] = { 0x00, 0x41, 0x7F, 0x80, 0x8F,
		0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF };
	size_t wrong = 0, i, j, good = 0;
	unsigned lead, second;

	for (lead = 0; lead < 256; lead++)
		for (second = 0; second < 256; second++)
			for (i = 0; i < sizeof(edges); i++)
				for (j = 0; j < sizeof(edges); j++) {
					unsigned char p[4] = {
						(unsigned char)lead,
						(unsigned char)second,
						edges[i],
						edges[j],
					};
					wrong += !same_verdict(p, 4);
					good += is_character(p, 4);
				}
	OK_NAMED(wrong == 0, "four bytes at the edges");
	/* F0 has 48 second bytes, F1-F3 64 each, F4 16; 6 edges continue */
	OK_NAMED(good == (48 + 3 * 64 + 16) * 36, "the definition is right");
}

static const char *const samples[] = {
	"\xC3\xA3",
	"\xE2\x82\xAC",
	"\xED\x9F\xBF",
	"\xEE\x80\x80",
	"\xF0\x90\x80\x80",
	"\xF4\x8F\xBF\xBF",
	"\xF0\x9F\x98\x80", /* good */
	"\x80",
	"\xBF",
	"\xC0\x80",
	"\xC1\xBF",
	"\xC3",
	"\xC3\xC3",
	"\xE0\x9F\xBF",
	"\xE2\x82",
	"\xE2\x82\x41",
	"\xE2",
	"\xED\xA0\x80",
	"\xED\xBF\xBF",
	"\xF0\x8F\xBF\xBF",
	"\xF0\x9F\x98",
	"\xF0\x9F",
	"\xF0",
	"\xF4\x90\x80\x80",
	"\xF5\x80\x80\x80",
	"\xF8",
	"\xFE",
	"\xFF",
};

enum {
	GOOD_SAMPLES = 7,
	SAMPLES = sizeof(samples) / sizeof(*samples),
	ROUND = 40,
};

/* Copies end where the allocated block ends: reading on is seen by ASan. */
static bool
verdict_at(const char *sample, size_t place, size_t align)
{
	size_t len = strlen(sample);
	char *block = malloc(align + ROUND + len), *p = block + align;
	bool good;

	memset(p, 'x', ROUND + len);
	memcpy(p + place, sample, len);
	good = utf8_valid(p, ROUND + len);
	free(block);
	return good;
}

static void
test_places(void)
{
	size_t i, place, align, wrong;

	for (i = 0; i < SAMPLES; i++) {
		wrong = 0;
		for (place = 0; place <= ROUND; place++)
			for (align = 0; align < 16; align++)
				wrong += verdict_at(samples[i], place, align) !=
					 (i < GOOD_SAMPLES);
		OK_NAMED(wrong == 0, "a sample at every place and alignment");
	}
}

static void
test_code_points(void)
{
	struct buf b = { 0 };
	unsigned char want[4];
	size_t wrong = 0, points = 0;
	uint32_t cp;

	for (cp = 0; cp <= 0x10FFFF; cp++) {
		const char *p;
		size_t n = encode(cp, want);

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		b.n = 0;
		utf8_put(&b, cp);
		p = b.p;
		wrong += b.n != n || memcmp(b.p, want, n) != 0 ||
			 !utf8_valid(b.p, b.n) || utf8_next(&p) != cp ||
			 p != b.p + n || utf8_length(buf_view(&b)) != 1;
		points++;
	}
	OK_NAMED(wrong == 0, "every code point there and back");
	OK(points == 0x110000 - 0x800);
	OK(utf8_length(SLICE("")) == 0);
	OK(utf8_length(SLICE("São João")) == 8);
	OK(utf8_length(SLICE("a\0b")) == 3);
	OK(utf8_length(SLICE("\xF0\x9F\x98\x80€")) == 2);
	buf_free(&b);
}

/* White_Space in PropList.txt: 25 code points, in order. */
static void
test_spaces(void)
{
	static const uint32_t want[] = { 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20,
		0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
		0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029,
		0x202F, 0x205F, 0x3000 };
	size_t n = 0, wrong = 0;
	uint32_t cp;

	for (cp = 0; cp <= 0x10FFFF; cp++)
		if (utf8_is_space(cp))
			wrong += n >= 25 || want[n++] != cp;
	OK_NAMED(wrong == 0 && n == 25, "white space is what Unicode says");
}

static const struct row {
	const char *in, *out, *name;
} tidy_rows[] = {
	{ "", "", "nothing" },
	{ "plain", "plain", "plain ASCII" },
	{ "two words", "two words", "one space stays" },
	{ "two  words", "two words", "two spaces become one" },
	{ " a ", "a", "the ends are trimmed" },
	{ "   ", "", "only spaces" },
	{ "a \t\r\n\v\f b", "a b", "ASCII white space" },
	{ "a\tb", "a b", "a tab becomes a space" },
	{ "a\xC2\x85"
	  "b",
	    "a b", "next line is white space" },
	{ "a\u00A0\u00A0b", "a b", "no-break spaces" },
	{ "\u3000a\u2003\u2028\u2029\u202F\u205F\u1680b\u2009", "a b",
	    "Unicode white space" },
	{ "a\x01\x02\x1F\x7F"
	  "b",
	    "ab", "C0 and DEL go" },
	{ "a\xC2\x80\xC2\x84\xC2\x86\xC2\x9F"
	  "b",
	    "ab", "C1 goes" },
	{ "a\x1C b", "a b", "U+001C is a control, no white space" },
	{ "a \u200B b", "a b", "spaces around what goes are one run" },
	{ "a\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A\u202B\u202C\u202D\u202Eb",
	    "ab", "invisible marks go" },
	{ "\uFEFFnome", "nome", "a byte order mark" },
	{ "\u200D\u200Ca\u200D\u200C", "a", "joiners go at the ends" },
	{ " \u200D a \u200C ", "a", "joiners and spaces at the ends" },
	{ "\u200B\u200D\x01 a\u00A0\u200D\u200E", "a", "a mixed end" },
	{ "\U0001F468\u200D\U0001F469", "\U0001F468\u200D\U0001F469",
	    "joiners stay inside" },
	{ "a \u200D b", "a \u200D b", "a joiner between spaces is inside" },
	{ "Joa\u0303o", "João", "a tilde joins its letter" },
	{ "Jose\u0301", "José", "at the end, too" },
	{ "a\u200B\u0301", "á", "marks between them go first" },
	{ "a\u200D\u0301", "a\u200D\u0301", "a joiner keeps them apart" },
	{ "a \u0301", "a \u0301", "a space takes no accent" },
	{ "\u0301a", "\u0301a", "an accent at the beginning stays" },
	{ "e\u0301\u0301", "é\u0301", "one accent for one letter" },
	{ "e\u030C", "e\u030C", "a caron is not among the six" },
	{ "x\u0301", "x\u0301", "no such letter in Latin Extended-A" },
	{ "á\u0301", "á\u0301", "an accented letter takes no second one" },
	{ "c\u0327a\u0303o \t ok", "ção ok", "all at once" },
	{ "日本\u3000語", "日本 語", "other scripts pass" },
	{ "á  é", "á é", "spaces between accents" },
	{ "\u2010a\u2027\u2061", "\u2010a\u2027\u2061", "neighbours stay" },
};

static const struct row trim_rows[] = {
	{ "", "", "nothing" },
	{ "a", "a", "nothing to trim" },
	{ " \t a  b \r\n", "a  b", "inside stays" },
	{ "\u00A0\u200B\uFEFF42\x01\u200D\u3000", "42",
	    "all that is invisible" },
	{ "a\x01\u200Bb", "a\x01\u200Bb", "controls inside stay" },
	{ " \u200B\u00AD\u2060 ", "", "nothing left" },
	{ "ã", "ã", "a letter of two bytes" },
	{ " \U0001F600 ", "\U0001F600", "four bytes" },
	{ "e\u0301 ", "e\u0301", "no composing" },
};

static void
run(const struct row *rows, size_t n, void (*f)(struct buf *, struct slice))
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		size_t len = strlen(rows[i].in);
		char *in = malloc(len + 1); /* but no NUL: ASan sees all */

		memcpy(in + 1, rows[i].in, len);
		b.n = 0;
		buf_text(&b, "e"); /* what is there must not count */
		f(&b, (struct slice){ in + 1, len });
		free(in);
		IS(b.p + 1, b.n - 1, rows[i].out, rows[i].name);
	}
	buf_free(&b);
}

#define RUN(rows, f) run((rows), sizeof(rows) / sizeof(*(rows)), (f))

static void
put_trim(struct buf *b, struct slice s)
{
	buf_slice(b, utf8_trim(s));
}

static void
tidy_twice(struct buf *b, struct slice s)
{
	struct buf once = { 0 };

	utf8_tidy(&once, s);
	utf8_tidy(b, buf_view(&once));
	buf_free(&once);
}

static void
test_nul(void)
{
	struct buf b = { 0 };

	utf8_tidy(&b, SLICE("\0 a\0  b\0"));
	OK_NAMED(slice_eq(buf_view(&b), SLICE("\0 a\0 b\0")),
	    "U+0000 stays, inside and at the ends");
	OK(utf8_trim(SLICE(" \0 ")).n == 1);
	OK(utf8_trim((struct slice){ NULL, 0 }).n == 0);
	b.n = 0;
	utf8_tidy(&b, (struct slice){ NULL, 0 });
	utf8_lower(&b, (struct slice){ NULL, 0 });
	utf8_fold(&b, (struct slice){ NULL, 0 });
	OK_NAMED(b.n == 0, "no bytes at all");
	buf_free(&b);
}

/* Every pair of the six accents, letter by letter, as Unicode composes it. */
static const struct accents {
	uint32_t mark;
	const char *plain, *composed;
} accents[] = {
	{ 0x300, "AEIOUaeiou", "ÀÈÌÒÙàèìòù" },
	{ 0x301, "AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź" },
	{ 0x302, "AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ" },
	{ 0x303, "ANOanoIiUu", "ÃÑÕãñõĨĩŨũ" },
	{ 0x308, "AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ" },
	{ 0x327, "CcGgKkLlNnRrSsTt", "ÇçĢģĶķĻļŅņŖŗŞşŢţ" },
};

static void
test_compose(void)
{
	size_t i, pairs = 0, wrong = 0, want = 0;
	uint32_t letter, mark;

	for (i = 0; i < sizeof(accents) / sizeof(*accents); i++) {
		const char *plain = accents[i].plain, *p = accents[i].composed;

		for (; *plain != '\0'; plain++, want++)
			wrong += utf8_compose((uint32_t)*plain,
				     accents[i].mark) != utf8_next(&p);
		wrong += *p != '\0';
	}
	OK_NAMED(wrong == 0, "letters and accents compose");
	for (letter = 0; letter < 0x250; letter++)
		for (mark = 0; mark < 0x400; mark++)
			pairs += utf8_compose(letter, mark) != 0;
	OK_NAMED(pairs == want, "and no others do");
}

static const char capitals[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸ"
    "ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŹŻŽ";
static const char smalls[] =
    "abcdefghijklmnopqrstuvwxyz"
    "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "āăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĳĵķĺļľŀłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž";

static void
test_case(void)
{
	const char *big = capitals, *small = smalls;
	size_t wrong = 0, pairs = 0, cased = 0;
	uint32_t cp;

	while (*big != '\0' && *small != '\0') {
		uint32_t a = utf8_next(&big), b = utf8_next(&small);

		wrong += utf8_lower_cp(a) != b || utf8_upper_cp(b) != a ||
			 utf8_upper_cp(a) != a || utf8_lower_cp(b) != b;
		pairs++;
	}
	OK_NAMED(wrong == 0 && *big == *small, "pairs of letters");
	for (cp = 0; cp <= 0x10FFFF; cp++)
		cased += (size_t)(utf8_lower_cp(cp) != cp) +
			 (size_t)(utf8_upper_cp(cp) != cp);
	OK_NAMED(
	    cased == 2 * pairs + 3, "no others but the three one-way ones");
	OK_NAMED(utf8_lower_cp(0x130) == 'i', "dotted capital I");
	OK_NAMED(utf8_upper_cp(0x131) == 'I', "dotless small i");
	OK_NAMED(utf8_upper_cp(0x17F) == 'S', "long s");
	OK_NAMED(utf8_upper_cp(0xDF) == 0xDF, "sharp s has no single capital");
	OK_NAMED(utf8_upper_cp(0x138) == 0x138, "kra has no capital");
	OK_NAMED(utf8_upper_cp(0x149) == 0x149, "nor n with apostrophe");
	OK_NAMED(utf8_upper_cp(0xB5) == 0xB5, "the micro sign stays");
	OK_NAMED(utf8_lower_cp(0xD7) == 0xD7, "times is no letter");
	OK_NAMED(utf8_upper_cp(0xF7) == 0xF7, "nor is divided by");
}

static const struct row lower_rows[] = {
	{ "", "", "nothing" },
	{ "JOÃO Ñ Ÿ 42", "joão ñ ÿ 42", "lower" },
	{ "\u0130\u0131ſß", "i\u0131ſß", "lower, the irregular ones" },
	{ "Ω日\U0001F600", "Ω日\U0001F600", "other scripts pass" },
};

static const struct row upper_rows[] = {
	{ "joão ñ ÿ 42", "JOÃO Ñ Ÿ 42", "upper" },
	{ "\u0130\u0131ſßŉĸµ", "\u0130ISßŉĸµ", "upper, the irregular ones" },
};

static const struct row fold_rows[] = {
	{ "", "", "nothing" },
	{ "São", "sao", "fold" },
	{ "SAO", "sao", "fold capitals" },
	{ "Sa\u0303o", "sao", "fold combining marks" },
	{ "a\u0300\u036Fb\u0370", "ab\u0370", "all of U+0300-U+036F" },
	{ "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸ", "aaaaaaceeeeiiiinoooooouuuuyy",
	    "fold Latin-1 capitals" },
	{ "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy",
	    "fold Latin-1 small letters" },
	{ "ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮ\u0130", "aaaccccddeeeeegggghhiiiii",
	    "fold Latin Extended-A, A to I" },
	{ "ĴĶĹĻĽĿŁŃŅŇŌŎŐŔŖŘŚŜŞŠ", "jklllllnnnooorrrssss", "J to S" },
	{ "ŢŤŦŨŪŬŮŰŲŴŶŹŻŽ", "tttuuuuuuwyzzz", "T to Z" },
	{ "\u0131ŉſ", "ins", "small letters that have no capital" },
	{ "ÆŒÐÞŊĲßĸ", "æœðþŋĳßĸ", "letters of their own" },
	{ "×÷ªº", "×÷ªº", "signs pass" },
};

static void
test_fold_is_blind_to_case(void)
{
	struct buf text = { 0 }, up = { 0 }, a = { 0 }, b = { 0 };
	uint32_t cp;

	for (cp = 1; cp < 0x300; cp++)
		utf8_put(&text, cp);
	utf8_upper(&up, buf_view(&text));
	utf8_fold(&a, buf_view(&text));
	utf8_fold(&b, buf_view(&up));
	OK_NAMED(slice_eq(buf_view(&a), buf_view(&b)),
	    "capitals fold like small letters");
	buf_free(&text);
	buf_free(&up);
	buf_free(&a);
	buf_free(&b);
}

static void
test_letters(void)
{
	static const char yes[] = "azAZªºµÀßÖØöøÿĀſΩж日한"
				  "\u1FFF\u2C00\uFDFF\uFE10\U0001EFFF";
	static const char no[] = "@[`{09 \u00A0\u00AD·²¿×÷–’☎①"
				 "\u2000\u2BFF\uFE00\uFE0F\U0001F000\U0001F4DE";
	const char *p;

	for (p = yes; *p != '\0';)
		OK_NAMED(utf8_is_letter(utf8_next(&p)), "a letter");
	for (p = no; *p != '\0';)
		OK_NAMED(!utf8_is_letter(utf8_next(&p)), "no letter");
}

static void
test_words(void)
{
	OK(utf8_is_word(SLICE("null"), "null"));
	OK(utf8_is_word(SLICE("NuLL"), "null"));
	OK(utf8_is_word(SLICE("N/A"), "n/a"));
	OK(utf8_is_word(SLICE(""), ""));
	OK(!utf8_is_word(SLICE("nul"), "null"));
	OK(!utf8_is_word(SLICE("nulls"), "null"));
	OK(!utf8_is_word(SLICE("null\0"), "null"));
	OK(!utf8_is_word(SLICE("não"), "nao"));
	OK(!utf8_is_word(SLICE("@"), "`"));
	OK(!utf8_is_word(SLICE("["), "{"));
}

/* Texts of all lengths and places give what their letters give. */
static void
test_case_of_texts(void)
{
	struct buf text = { 0 }, got = { 0 }, want = { 0 };
	size_t i, n, wrong = 0;

	for (i = 0; i < 4000; i++) {
		const char *p;

		text.n = want.n = got.n = 0;
		for (n = 0; n < i % 40; n++)
			utf8_put(&text, (i + n) % 11 == 0
					    ? (uint32_t)(0x80 + i % 0x120)
					    : (uint32_t)(i * 7 + n) % 128);
		for (p = text.p; n != 0 && p < text.p + text.n;)
			utf8_put(&want, i % 2 == 0
					    ? utf8_lower_cp(utf8_next(&p))
					    : utf8_upper_cp(utf8_next(&p)));
		if (i % 2 == 0)
			utf8_lower(&got, buf_view(&text));
		else
			utf8_upper(&got, buf_view(&text));
		wrong += !slice_eq(buf_view(&got), buf_view(&want));
	}
	OK(wrong == 0);
	buf_free(&text);
	buf_free(&got);
	buf_free(&want);
}

int
main(void)
{
	test_every_short_sequence();
	test_four_bytes();
	test_places();
	test_code_points();
	test_spaces();
	RUN(tidy_rows, utf8_tidy);
	RUN(tidy_rows, tidy_twice);
	RUN(trim_rows, put_trim);
	test_nul();
	test_compose();
	test_case();
	RUN(lower_rows, utf8_lower);
	RUN(upper_rows, utf8_upper);
	RUN(fold_rows, utf8_fold);
	test_case_of_texts();
	test_fold_is_blind_to_case();
	test_letters();
	test_words();
	return tap_done();
}

/* json - scan, check, escape and unescape JSON text. */
#include <stdlib.h>

#include "block.h"
#include "json.h"
#include "utf8.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* White space of one line: the sentinel is none. */
static const char *
skip_space(const char *p, bool *spaced)
{
	if (*p != ' ' && *p != '\t' && *p != '\r')
		return p;
	*spaced = true;
	do
		p++;
	while (*p == ' ' || *p == '\t' || *p == '\r');
	return p;
}

/* The first quote, backslash or control at or behind p: there is one. */
static const char *
string_stop(const char *p)
{
	unsigned stops;

	for (; (stops = block_stops(block_at(p))) == 0; p += BLOCK_SIZE)
		;
	return p + block_place(stops);
}

/* The same up to `end`, for text with nothing behind it. */
static const char *
plain_end(const char *p, const char *end)
{
	size_t n = (size_t)(end - p);
	unsigned stops;

	for (; n >= BLOCK_SIZE; p += BLOCK_SIZE, n -= BLOCK_SIZE) {
		if ((stops = block_stops(block_at(p))) != 0)
			return p + block_place(stops);
	}
	stops = block_stops(block_part(p, n)) & block_first(n);
	return stops != 0 ? p + block_place(stops) : end;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four hex digits at p; -1 if they are none. */
static int32_t
hex4(const char *p)
{
	int32_t v = 0;
	int i, d;

	for (i = 0; i < 4; i++) {
		if ((d = hex_digit(p[i])) < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

static bool
is_high(int32_t v)
{
	return v >= 0xd800 && v <= 0xdbff;
}

static bool
is_low(int32_t v)
{
	return v >= 0xdc00 && v <= 0xdfff;
}

/* The code point of the \u escape at p, moved past it; -1 if it is none. */
static int32_t
unicode_escape(const char **p)
{
	int32_t v = hex4(*p + 2), low;

	if (v < 0 || is_low(v))
		return -1;
	*p += 6;
	if (!is_high(v))
		return v;
	if ((*p)[0] != '\\' || (*p)[1] != 'u' || !is_low(low = hex4(*p + 2)))
		return -1;
	*p += 6;
	return 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
}

/* The first byte behind the escape at p, NULL if it is none. */
static const char *
escape_end(const char *p)
{
	if (p[1] == 'u')
		return unicode_escape(&p) < 0 ? NULL : p;
	return p[1] > ' ' && strchr("\"\\/bfnrt", p[1]) != NULL ? p + 2 : NULL;
}

const char *
json_string_end(const char *p)
{
	if (*p++ != '"')
		return NULL;
	for (;;) {
		p = string_stop(p);
		if (*p == '"')
			return p + 1;
		if (*p != '\\' || (p = escape_end(p)) == NULL)
			return NULL;
	}
}

static const char *
digits_end(const char *p)
{
	if (!ascii_digit(*p))
		return NULL;
	do
		p++;
	while (ascii_digit(*p));
	return p;
}

static const char *
number_end(const char *p)
{
	p += *p == '-';
	p = *p == '0' ? p + 1 : digits_end(p);
	if (p != NULL && *p == '.')
		p = digits_end(p + 1);
	if (p != NULL && (*p == 'e' || *p == 'E')) {
		p++;
		p = digits_end(p + (*p == '+' || *p == '-'));
	}
	return p;
}

static const char *
word_end(const char *p, struct slice word)
{
	return strncmp(p, word.p, word.n) == 0 ? p + word.n : NULL;
}

static const char *
scalar_end(const char *p)
{
	switch (*p) {
	case '"': return json_string_end(p);
	case 't': return word_end(p, SLICE("true"));
	case 'f': return word_end(p, SLICE("false"));
	case 'n': return word_end(p, SLICE("null"));
	default: return number_end(p);
	}
}

/* From a member's key to where its value begins. */
static const char *
member_value(const char *p, bool *spaced)
{
	if ((p = json_string_end(p)) == NULL)
		return NULL;
	p = skip_space(p, spaced);
	return *p == ':' ? skip_space(p + 1, spaced) : NULL;
}

/* The same as json_value_end, for an object or an array: no recursion. */
static const char *
nested_end(const char *p, int depth, bool *spaced)
{
	char closer[JSON_DEPTH_MAX];
	int level = 0;

	while (p != NULL) {
		/* here a value begins */
		if (*p == '{' || *p == '[') {
			if (level == depth)
				return NULL;
			closer[level++] = *p == '{' ? '}' : ']';
			p = skip_space(p + 1, spaced);
			if (*p != closer[level - 1]) {
				if (closer[level - 1] == '}')
					p = member_value(p, spaced);
				continue;
			}
			p++;
			level--;
		} else if ((p = scalar_end(p)) == NULL) {
			return NULL;
		}
		/* here one has ended, and with it perhaps what holds it */
		while (level > 0 &&
		       *(p = skip_space(p, spaced)) == closer[level - 1]) {
			p++;
			level--;
		}
		if (level == 0)
			return p;
		if (*p != ',')
			return NULL;
		p = skip_space(p + 1, spaced);
		if (closer[level - 1] == '}')
			p = member_value(p, spaced);
	}
	return NULL;
}

const char *
json_value_end(const char *p, int depth, bool *spaced)
{
	if (*p == '{' || *p == '[')
		return nested_end(p, depth, spaced);
	return scalar_end(p);
}

bool
json_valid(struct slice text)
{
	struct buf copy = { 0 };
	const char *end;
	bool spaced, valid;
	size_t i;

	if (!utf8_valid(text.p, text.n))
		return false;
	buf_room(&copy, text.n + 1 + JSON_SLACK);
	buf_slice(&copy, text);
	/* line feeds between tokens are white space; inside they are none
	 * and stay what they are: tabs are refused there just the same */
	for (i = 0; i < copy.n; i++) {
		if (copy.p[i] == '\n')
			copy.p[i] = '\t';
	}
	memset(copy.p + copy.n, '\n', 1 + JSON_SLACK);
	end = json_value_end(
	    skip_space(copy.p, &spaced), JSON_DEPTH_MAX, &spaced);
	valid = end != NULL && skip_space(end, &spaced) == copy.p + copy.n;
	buf_free(&copy);
	return valid;
}

static void
unescape(struct buf *out, struct slice inner)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *p = inner.p, *end = inner.p + inner.n, *slash, *known;

	while ((slash = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		buf_add(out, p, (size_t)(slash - p));
		p = slash;
		if (p[1] == 'u') {
			utf8_put(out, (uint32_t)unicode_escape(&p));
			continue;
		}
		known = strchr(from, p[1]);
		buf_byte(out, known != NULL ? to[known - from] : p[1]);
		p += 2;
	}
	buf_add(out, p, (size_t)(end - p));
}

struct slice
json_text(struct slice token, struct buf *scratch)
{
	struct slice inner;

	if (!json_is_string(token))
		return token;
	inner = (struct slice){ token.p + 1, token.n - 2 };
	if (!block_has(inner, '\\'))
		return inner;
	scratch->n = 0;
	unescape(scratch, inner);
	return buf_view(scratch);
}

static void
escape_byte(struct buf *out, char c)
{
	static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *known = c != '\0' ? strchr(named, c) : NULL;

	if (known != NULL) {
		buf_byte(out, '\\');
		buf_byte(out, letters[known - named]);
	} else {
		buf_fmt(out, "\\u%04x", (unsigned)c);
	}
}

/* A text of less than a block that needs no escape; false if it is another. */
static bool
quote_short(struct buf *out, struct slice text)
{
	struct block x = block_part(text.p, text.n);
	char *p;

	if ((block_stops(x) & block_first(text.n)) != 0)
		return false;
	buf_room(out, BLOCK_SIZE + 2);
	p = out->p + out->n;
	p[0] = '"';
	block_store(p + 1, x);
	p[1 + text.n] = '"';
	out->n += text.n + 2;
	return true;
}

void
json_quote(struct buf *out, struct slice text)
{
	const char *p = text.n != 0 ? text.p : "";
	const char *end = p + text.n, *stop;

	if (text.n < BLOCK_SIZE && quote_short(out, text))
		return;
	buf_room(out, text.n + 2);
	buf_byte(out, '"');
	while ((stop = plain_end(p, end)) < end) {
		buf_add(out, p, (size_t)(stop - p));
		escape_byte(out, *stop);
		p = stop + 1;
	}
	buf_add(out, p, (size_t)(end - p));
	buf_byte(out, '"');
}

void
json_compact(struct buf *out, struct slice value)
{
	const char *p = value.p, *end = value.p + value.n;
	bool string = false;

	for (; p < end; p++) {
		if (!string && is_space(*p))
			continue;
		if (*p == '"')
			string = !string;
		buf_byte(out, *p);
		if (*p == '\\' && p + 1 < end)
			buf_byte(out, *++p);
	}
}

/* Behind an element stands a comma or the end: only the first call sees an
 * opening bracket at the head of what is left. */
bool
json_next(struct slice *rest, struct slice *element)
{
	const char *p = rest->p, *end;
	bool spaced;

	if (rest->n == 0 || (*p != '[' && *p != ','))
		return false;
	p = skip_space(p + 1, &spaced);
	if (*p == ']' ||
	    (end = json_value_end(p, JSON_DEPTH_MAX, &spaced)) == NULL)
		return false;
	*element = (struct slice){ p, (size_t)(end - p) };
	end = skip_space(end, &spaced);
	rest->n -= (size_t)(end - rest->p);
	rest->p = end;
	return true;
}

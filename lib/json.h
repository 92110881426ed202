/*
 * json - scan, check, escape and unescape JSON text (RFC 8259, strictly).
 *
 * A token is a slice of the text as it came: "12.50", "\"Ana\"", "null".
 * Values are never converted: they stay tokens until somebody asks.
 *
 * The scanning calls read up to a sentinel instead of an end: the text must
 * be followed by a line feed, which no JSON token of one line contains, and
 * then by JSON_SLACK bytes that may be read (whatever they hold).
 */
#ifndef JSON_H
#define JSON_H

#include "str.h"

#define JSON_DEPTH_MAX 512
#define JSON_SLACK     16

/*
 * The first byte behind the value that begins at p; NULL if there is none
 * that RFC 8259 allows (lone surrogates are refused too), or if it is nested
 * deeper than `depth`. Sets *spaced if there is white space between tokens
 * inside. UTF-8 is not looked at: utf8_valid() the line first.
 */
const char *json_value_end(const char *p, int depth, bool *spaced);

/* The same for the string whose opening quote is at p. */
const char *json_string_end(const char *p);

/* Is the whole slice, outer white space apart, one JSON value? Copies it
 * once; for texts that are not lines. */
bool json_valid(struct slice text);

static inline bool
json_is_string(struct slice token)
{
	return token.n != 0 && token.p[0] == '"';
}

static inline bool
json_is_number(struct slice token)
{
	return token.n != 0 &&
	       (token.p[0] == '-' || (token.p[0] >= '0' && token.p[0] <= '9'));
}

static inline bool
json_is_null(struct slice token)
{
	return token.n == 4 && token.p[0] == 'n';
}

/* An object or an array. */
static inline bool
json_is_nested(struct slice token)
{
	return token.n != 0 && (token.p[0] == '{' || token.p[0] == '[');
}

/*
 * The text that a valid token stands for: a string decoded, anything else
 * as its JSON text. Without escapes it is a slice of the token; with them it
 * lies in `scratch`, which is emptied first and valid until its next use.
 */
struct slice json_text(struct slice token, struct buf *scratch);

/*
 * Appends text as a JSON string, quotes included. Escapes only `"`, `\` and
 * controls (\b \f \n \r \t, else \u00xx); the text must be valid UTF-8.
 */
void json_quote(struct buf *out, struct slice text);

/* Appends a valid value without the white space between its tokens. */
void json_compact(struct buf *out, struct slice value);

/* Appends a value as it stands, but for that white space. */
static inline void
json_put(struct buf *out, struct slice value)
{
	if (json_is_nested(value))
		json_compact(out, value);
	else
		buf_slice(out, value);
}

/*
 * Cuts the next element off `*rest`, which begins as a whole array: a valid
 * token of a line, with the line still behind it. False when there is none
 * left, or if the token is no array.
 */
bool json_next(struct slice *rest, struct slice *element);

/* Appends bytes in base64 (RFC 4648), for what is no UTF-8. */
void json_base64(struct buf *out, struct slice bytes);

/* Appends the bytes that a text in base64 stands for; false, and some of
 * them, if it is none: the padding must be there. */
bool json_unbase64(struct buf *out, struct slice text);

#endif

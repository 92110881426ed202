/* db_json - rows in the text form of COPY as JSON objects. */
#include <stdlib.h>

#include "db_json.h"
#include "json.h"

/* What ends a run of bytes that stand in a JSON string as they are. */
static bool
is_plain(char c)
{
	return (unsigned char)c >= ' ' && c != '"' && c != '\\';
}

static bool
is_end(char c)
{
	return c == '\t' || c == '\n';
}

static const char *
field_end(const char *p)
{
	while (!is_end(*p))
		p++;
	return p;
}

/* The byte that a backslash and c stand for. */
static char
unescaped(char c)
{
	switch (c) {
	case 'b': return '\b';
	case 'f': return '\f';
	case 'n': return '\n';
	case 'r': return '\r';
	case 't': return '\t';
	case 'v': return '\v';
	default: return c;
	}
}

/* Appends the field at p without its escapes. */
static void
put_unescaped(struct buf *out, const char *p)
{
	const char *run;

	while (!is_end(*p)) {
		for (run = p; *p != '\\' && !is_end(*p); p++)
			;
		buf_add(out, run, (size_t)(p - run));
		if (*p == '\\') {
			buf_byte(out, unescaped(p[1]));
			p += 2;
		}
	}
}

/* COPY escapes as JSON does, but for the vertical tab. */
static void
put_escape(struct buf *out, char c)
{
	if (c == 'v') {
		buf_text(out, "\\u000b");
	} else {
		buf_byte(out, '\\');
		buf_byte(out, c);
	}
}

/* Appends the field at p as a JSON string; gives the field's end. */
static const char *
put_string(struct buf *out, const char *p)
{
	const char *run;

	buf_byte(out, '"');
	for (;;) {
		for (run = p; is_plain(*p); p++)
			;
		buf_add(out, run, (size_t)(p - run));
		if (is_end(*p))
			break;
		if (*p == '\\') {
			put_escape(out, p[1]);
			p += 2;
		} else if (*p == '"') {
			buf_text(out, "\\\"");
			p++;
		} else {
			buf_fmt(out, "\\u%04x", (unsigned)*p++);
		}
	}
	buf_byte(out, '"');
	return p;
}

/* As its digits came; NaN and Infinity, which JSON lacks, as strings. */
static const char *
put_number(struct buf *out, const char *p)
{
	const char *end = field_end(p);
	const char *digit = p + (*p == '-');

	if (*digit < '0' || *digit > '9')
		return put_string(out, p);
	buf_add(out, p, (size_t)(end - p));
	return end;
}

/*
 * 2024-05-06 07:08:09.5+00 as RFC 3339 has it, with a T and a whole offset;
 * what comes behind (BC) stays. Infinity has neither.
 */
static const char *
put_time(struct buf *out, const char *p, enum db_kind kind)
{
	const char *end = field_end(p);
	const char *space = memchr(p, ' ', (size_t)(end - p));
	const char *zone;

	if (space == NULL)
		return put_string(out, p);
	zone = memchr(space, '+', (size_t)(end - space));
	if (zone == NULL || kind == DB_TIME)
		zone = end - 3;
	buf_byte(out, '"');
	buf_add(out, p, (size_t)(space - p));
	buf_byte(out, 'T');
	buf_add(out, space + 1, (size_t)(zone + 3 - space) - 1);
	if (kind == DB_TIMEZ)
		buf_text(out, ":00");
	buf_add(out, zone + 3, (size_t)(end - zone) - 3);
	buf_byte(out, '"');
	return end;
}

/*
 * As a value. PostgreSQL's json takes more than RFC 8259 and we do (a lone
 * surrogate, depth without end): that comes as a string, nothing is lost.
 */
static const char *
put_json(struct db_json *j, struct buf *out, const char *p)
{
	j->text.n = 0;
	put_unescaped(&j->text, p);
	if (json_valid(buf_view(&j->text)))
		json_compact(out, buf_view(&j->text));
	else
		json_quote(out, buf_view(&j->text));
	return field_end(p);
}

static const char *
put_value(struct db_json *j, struct buf *out, const char *p, enum db_kind kind)
{
	if (p[0] == '\\' && p[1] == 'N') {
		buf_text(out, "null");
		return p + 2;
	}
	switch (kind) {
	case DB_NUMBER: return put_number(out, p);
	case DB_BOOL: buf_text(out, *p == 't' ? "true" : "false"); return p + 1;
	case DB_JSON: return put_json(j, out, p);
	case DB_TIME:
	case DB_TIMEZ: return put_time(out, p, kind);
	default: return put_string(out, p);
	}
}

void
db_json_open(struct db_json *j, const struct db_column *const *col, size_t n)
{
	size_t i;

	*j = (struct db_json){ .col = col, .n = n };
	j->name_ends = mem_zero(n, sizeof(*j->name_ends));
	for (i = 0; i < n; i++) {
		buf_byte(&j->names, i == 0 ? '{' : ',');
		json_quote(&j->names, slice_of(col[i]->name));
		buf_byte(&j->names, ':');
		j->name_ends[i] = j->names.n;
	}
}

void
db_json_put(struct db_json *j, struct buf *out, const char *row)
{
	size_t i, at = 0;

	for (i = 0; i < j->n; i++) {
		buf_add(out, j->names.p + at, j->name_ends[i] - at);
		at = j->name_ends[i];
		/* behind a field stands its tab, behind the last the end */
		row = put_value(j, out, row, j->col[i]->kind) + 1;
	}
	buf_byte(out, '}');
}

void
db_json_field(struct buf *out, const char *row, size_t at)
{
	for (; at != 0; at--)
		row = field_end(row) + 1;
	put_unescaped(out, row);
}

void
db_json_free(struct db_json *j)
{
	free(j->name_ends);
	buf_free(&j->names);
	buf_free(&j->text);
}

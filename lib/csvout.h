/*
 * csvout - records as rows of CSV (RFC 4180), and what both ways share.
 */
#ifndef CSVOUT_H
#define CSVOUT_H

#include "names.h"

/* How the CSV is to look. */
struct csvout_form {
	char delim;
	bool excel_safe; /* a ' in front of what a spreadsheet would run */
	bool crlf;       /* rows end with CR LF, not LF */
	bool bom;        /* a byte order mark comes first */
	bool no_header;
};

struct csvout {
	struct csvout_form form;
	bool stops[256]; /* bytes that want quotes around their field */
	struct buf scratch;
};

void csvout_begin(struct csvout *c, const struct csvout_form *form);

/* Appends what stands above the rows: a mark, the columns' names. */
void csvout_header(
    struct csvout *c, struct buf *out, const struct names *columns);

/*
 * Appends a row but for its line feed: the columns' values in `r`, whose
 * places names_seek() has found. A string is its text, with quotes where it
 * needs them: for the delimiter, a quote, CR, LF, a blank at either end, or
 * because it is empty. Numbers, true and false and nested values are their
 * JSON text, null and what is missing an empty field without quotes (but
 * with them where it is the only one: an empty line is no row).
 */
void csvout_row(struct csvout *c, struct buf *out, const struct names *columns,
    const struct rec *r);

void csvout_free(struct csvout *c);

/*
 * The delimiter that an option names: one ASCII character that is no quote
 * and no line end; `tab` and `\t` are a tab. A usage error if it is none.
 */
char csv_delimiter(const char *text);

#endif

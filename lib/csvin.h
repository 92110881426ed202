/*
 * csvin - rows of CSV files as records, read with libcsv.
 *
 * RFC 4180, strictly: fields between delimiters, quotes around a whole field
 * and doubled inside it, rows that end with CR LF, LF or CR. Every value is
 * a string just as it stands in the file: zeros in front and blanks at the
 * ends stay. An empty line is no row. Each file has a header, unless the
 * columns are given; those of further files must equal the first's.
 *
 * A row that cannot be used is given out with its fault. A file whose
 * quoting or header is wrong cannot be trusted any further: the program ends
 * with status 65; where a file cannot be read, with 74.
 */
#ifndef CSVIN_H
#define CSVIN_H

#include "csvrow.h"
#include "names.h"

enum csvin_encoding {
	CSVIN_UTF8,
	CSVIN_LATIN1, /* ISO 8859-1: each byte its code point */
	CSVIN_CP1252, /* windows-1252, five bytes of which mean nothing */
};

/* What the user said of the files. */
struct csvin_form {
	char delim; /* '\0': a comma, if that looks right */
	enum csvin_encoding encoding;
	const struct names *columns; /* empty: the header has them */
};

struct csvin_column {
	struct slice name;
	struct slice key; /* what stands before the value: ,"name": */
};

struct csvin {
	struct rec rec;     /* the row: file, lineno, line, fault */
	struct slice field; /* the column at fault; p NULL: the whole row */
	struct buf problem; /* the fault in more words, a C string; or empty */

	struct csvin_form form;
	char delim;
	struct csvrow rows;
	struct csv_parser *parser;
	struct csvin_column *columns;
	size_t ncolumns;
	const char *model; /* the file that they come from; NULL: none yet */
	struct arena keep; /* their names */
	bool header_due;
	struct buf decoded; /* the row in UTF-8, where it was not */
	struct buf *out;    /* where its fields go */
	struct slice *pieces;
	size_t npieces, cap;
	size_t nfields; /* of the row so far */
	size_t bad;     /* the first that is no UTF-8 */
};

/* Begins with the files of `in`, of which in_next() is never asked. */
void csvin_open(struct csvin *c, struct in *in, const struct csvin_form *form);

/*
 * The next row. A good one (rec.fault NULL) has been appended to `out` as a
 * record, without a line feed; of any other nothing has. Faults: `fields`
 * (too many or too few), `utf8`, `encoding` (a byte that means nothing),
 * `too_long`. rec.line holds the row's bytes as they came, without its end,
 * rec.lineno the line on which it begins. NULL at the end of the last file.
 */
const struct rec *csvin_next(struct csvin *c, struct buf *out);

void csvin_close(struct csvin *c);

/* For csvin.c: a row in UTF-8, which it may be already; good until the next
 * one. What means nothing becomes 0xff, which is never UTF-8. */
struct slice csvin_decode(struct csvin *c, struct slice row);

#endif

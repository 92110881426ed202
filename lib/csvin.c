/* csvin - rows of CSV files as records, read with libcsv. */
#include <csv.h>
#include <stdlib.h>

#include "csvin.h"
#include "json.h"
#include "mh.h"
#include "utf8.h"

#define KEPT_LONG 1024 /* bytes of a row too long that a reject shows */

/* What libcsv calls for each field. */
typedef void take_fn(void *p, size_t n, void *csvin);

/* libcsv takes blanks off the ends of a field; to us nothing is a blank. */
static int
is_blank(unsigned char c)
{
	(void)c;
	return 0;
}

static void
open_parser(struct csvin *c)
{
	if (csv_init(c->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		mh_die(MH_TEMP, "out of memory");
	csv_set_delim(c->parser, (unsigned char)c->delim);
	csv_set_space_func(c->parser, is_blank);
	/* its buffer grows by 128 bytes at a time if not told otherwise */
	csv_set_blk_size(c->parser, (size_t)64 << 10);
}

static void
add_column(struct csvin *c, struct slice name)
{
	struct buf key = { 0 };
	struct csvin_column *column;

	c->columns =
	    mem_resize(c->columns, c->ncolumns + 1, sizeof(*c->columns));
	column = &c->columns[c->ncolumns];
	column->name = arena_keep(&c->keep, name);
	buf_byte(&key, c->ncolumns == 0 ? '{' : ',');
	json_quote(&key, name);
	buf_byte(&key, ':');
	column->key = arena_keep(&c->keep, buf_view(&key));
	buf_free(&key);
	c->ncolumns++;
}

void
csvin_open(struct csvin *c, struct in *in, const struct csvin_form *form)
{
	size_t i;

	*c = (struct csvin){ .form = *form };
	c->delim = form->delim != '\0' ? form->delim : ',';
	csvrow_open(&c->rows, in);
	c->parser = mem_zero(1, sizeof(*c->parser));
	open_parser(c);
	for (i = 0; i < form->columns->n; i++)
		add_column(c, form->columns->v[i].to);
}

/* Ends the program: the file is wrong at that line. */
static _Noreturn void
die_at(const struct csvin *c, uint64_t line, const char *what)
{
	mh_die(MH_DATA, "%s: line %llu: %s", c->rows.file,
	    (unsigned long long)line, what);
}

/* The quoting is wrong at byte `at` of the row; at its end: not closed. */
static _Noreturn void
die_malformed(const struct csvin *c, struct slice row, size_t at)
{
	uint64_t line = c->rows.line;
	size_t i;

	if (at == row.n)
		die_at(c, line, "a quoted field of this row is never closed");
	for (i = 0; i < at; i++)
		line += row.p[i] == '\n';
	if (row.p[at] == '"')
		die_at(
		    c, line, "a quote inside a field that has none around it");
	die_at(c, line,
	    "text behind the closing quote of a field; "
	    "is the delimiter right (-d)?");
}

/* Gives a row's bytes, or the beginning of one, to libcsv. */
static void
parse(struct csvin *c, struct slice row, take_fn *take)
{
	size_t n = csv_parse(c->parser, row.p, row.n, take, NULL, c);

	if (n == row.n)
		return;
	if (csv_error(c->parser) != CSV_EPARSE)
		mh_die(MH_TEMP, "out of memory");
	die_malformed(c, row, n);
}

/*
 * Cuts the next field off a row that has quotes. False if they are not just
 * two, around the whole field: that is for libcsv.
 */
static bool
cut_field(struct csvin *c, struct slice *row, struct slice *field)
{
	const char *p = row->p + 1, *end = row->p + row->n, *quote;

	if (row->n == 0 || *row->p != '"') {
		slice_split(row, c->delim, field);
		return memchr(field->p, '"', field->n) == NULL;
	}
	quote = memchr(p, '"', row->n - 1);
	if (quote == NULL || (quote + 1 < end && quote[1] != c->delim))
		return false;
	*field = (struct slice){ p, (size_t)(quote - p) };
	*row = (struct slice){ NULL, 0 };
	if (quote + 1 < end)
		*row = (struct slice){ quote + 2, (size_t)(end - quote) - 2 };
	return true;
}

static void
keep_piece(struct csvin *c, struct slice piece)
{
	if (c->npieces == c->cap) {
		c->cap = c->cap == 0 ? 16 : 2 * c->cap;
		c->pieces = mem_resize(c->pieces, c->cap, sizeof(*c->pieces));
	}
	c->pieces[c->npieces++] = piece;
}

/* Where nothing in the row is to be decoded, there is nothing to parse, and
 * this is faster. False if there is. */
static bool
cut_row(struct csvin *c, struct slice row)
{
	struct slice piece;

	c->npieces = 0;
	while (row.p != NULL) {
		if (!c->rows.quotes)
			slice_split(&row, c->delim, &piece);
		else if (!cut_field(c, &row, &piece))
			return false;
		keep_piece(c, piece);
	}
	return true;
}

/* Calls `take` for each field of the row. */
static void
split(struct csvin *c, struct slice row, take_fn *take)
{
	size_t i;

	c->nfields = 0;
	if (!cut_row(c, row)) {
		parse(c, row, take);
		if (csv_fini(c->parser, take, NULL, c) != 0)
			die_malformed(c, row, row.n);
		return;
	}
	for (i = 0; i < c->npieces; i++)
		take((void *)(uintptr_t)c->pieces[i].p, c->pieces[i].n, c);
}

/* What of a row too long is there must be well quoted all the same. */
static void
check_long(struct csvin *c, struct slice row)
{
	parse(c, row, NULL);
	if (c->rows.open)
		die_malformed(c, row, row.n);
	csv_free(c->parser);
	open_parser(c);
}

/* take_fn: a value of the record. */
static void
take_value(void *p, size_t n, void *csvin)
{
	struct csvin *c = csvin;

	if (c->nfields < c->ncolumns) {
		buf_slice(c->out, c->columns[c->nfields].key);
		json_quote(c->out, (struct slice){ p, n });
	}
	c->nfields++;
}

/* take_fn: looks for the first field that is no UTF-8. */
static void
take_suspect(void *p, size_t n, void *csvin)
{
	struct csvin *c = csvin;

	if (c->bad == SIZE_MAX && !utf8_valid(p, n))
		c->bad = c->nfields;
	c->nfields++;
}

static void
check_name(const struct csvin *c, struct slice name)
{
	size_t i;

	if (name.n == 0)
		mh_die(MH_DATA, "%s: line %llu: column %zu has no name",
		    c->rows.file, (unsigned long long)c->rows.line,
		    c->nfields + 1);
	if (slice_is(name, "$mh"))
		die_at(c, c->rows.line, "the column name $mh is reserved");
	for (i = 0; i < c->ncolumns; i++) {
		if (slice_eq(c->columns[i].name, name))
			mh_die(MH_DATA,
			    "%s: line %llu: two columns are called %.*s",
			    c->rows.file, (unsigned long long)c->rows.line,
			    (int)name.n, name.p);
	}
}

/* take_fn: a column's name, of the file that says what there is. */
static void
take_name(void *p, size_t n, void *csvin)
{
	struct csvin *c = csvin;
	struct slice name = utf8_trim((struct slice){ p, n });

	check_name(c, name);
	add_column(c, name);
	c->nfields++;
}

static _Noreturn void
die_differs(const struct csvin *c)
{
	mh_die(MH_DATA, "%s: line %llu: column %zu is not that of %s",
	    c->rows.file, (unsigned long long)c->rows.line, c->nfields + 1,
	    c->model);
}

/* take_fn: a column's name, of a further file. */
static void
take_same_name(void *p, size_t n, void *csvin)
{
	struct csvin *c = csvin;
	struct slice name = utf8_trim((struct slice){ p, n });

	if (c->nfields == c->ncolumns ||
	    !slice_eq(name, c->columns[c->nfields].name))
		die_differs(c);
	c->nfields++;
}

/* A file with another delimiter looks like one long column. */
static void
check_delimiter(const struct csvin *c)
{
	static const char others[] = ";\t|";
	static const char *const names[] = { ";", "\\t", "|" };
	struct slice name = c->columns[0].name;
	size_t i;

	if (c->form.delim != '\0' || c->ncolumns > 1)
		return;
	for (i = 0; others[i] != '\0'; i++) {
		if (memchr(name.p, others[i], name.n) != NULL)
			mh_die(MH_DATA,
			    "%s: line %llu: the header has no comma but '%s'; "
			    "say -d '%s', or -d , if it is one column",
			    c->rows.file, (unsigned long long)c->rows.line,
			    names[i], names[i]);
	}
}

static void
read_header(struct csvin *c, struct slice row)
{
	if (c->rows.too_long)
		die_at(c, c->rows.line, "the header is too long");
	if (!utf8_valid(row.p, row.n))
		die_at(c, c->rows.line,
		    "the header is no UTF-8; "
		    "--encoding latin1 or cp1252 converts");
	if (c->model != NULL) {
		split(c, row, take_same_name);
		if (c->nfields < c->ncolumns)
			die_differs(c);
		return;
	}
	split(c, row, take_name);
	check_delimiter(c);
	c->model = c->rows.file;
}

/* A mark at the beginning of the file: of UTF-8 it goes, others are wrong. */
static struct slice
drop_mark(const struct csvin *c, struct slice row)
{
	if (slice_starts(row, SLICE("\xff\xfe")) ||
	    slice_starts(row, SLICE("\xfe\xff")))
		die_at(c, 1, "the file is UTF-16; iconv -t UTF-8 converts it");
	if (!slice_starts(row, SLICE("\xef\xbb\xbf")))
		return row;
	if (c->form.encoding != CSVIN_UTF8)
		die_at(c, 1, "the file is marked as UTF-8, --encoding differs");
	return (struct slice){ row.p + 3, row.n - 3 };
}

static const char *
not_utf8(struct csvin *c, struct slice row)
{
	c->bad = SIZE_MAX;
	split(c, row, take_suspect);
	if (c->bad < c->ncolumns)
		c->field = c->columns[c->bad].name;
	return c->form.encoding == CSVIN_UTF8 ? "utf8" : "encoding";
}

/* Appends the row as a record; NULL, or what is wrong with it. */
static const char *
put_row(struct csvin *c, struct slice row, struct buf *out)
{
	size_t from = out->n;

	if (!utf8_valid(row.p, row.n))
		return not_utf8(c, row);
	c->out = out;
	split(c, row, take_value);
	buf_byte(out, '}');
	if (c->nfields == c->ncolumns)
		return NULL;
	out->n = from;
	buf_fmt(
	    &c->problem, "%zu fields for %zu columns", c->nfields, c->ncolumns);
	return "fields";
}

static void
read_row(struct csvin *c, struct slice row, struct buf *out)
{
	c->rec.file = c->rows.file;
	c->rec.lineno = c->rows.line;
	c->rec.line = row;
	c->field = (struct slice){ NULL, 0 };
	c->problem.n = 0;
	if (!c->rows.too_long) {
		c->rec.fault = put_row(c, csvin_decode(c, row), out);
		return;
	}
	check_long(c, row);
	c->rec.fault = "too_long";
	if (c->rec.line.n > KEPT_LONG)
		c->rec.line.n = KEPT_LONG;
}

const struct rec *
csvin_next(struct csvin *c, struct buf *out)
{
	struct slice row;

	for (;;) {
		if (!csvrow_next(&c->rows)) {
			if (c->header_due)
				mh_die(MH_DATA, "%s: there is no header",
				    c->rows.file);
			if (!csvrow_file(&c->rows))
				return NULL;
			c->header_due = c->form.columns->n == 0;
			continue;
		}
		row = c->rows.row;
		if (c->rows.line == 1)
			row = drop_mark(c, row);
		if (row.n == 0) {
			c->rows.in->blank++;
			continue;
		}
		if (!c->header_due)
			break;
		read_header(c, csvin_decode(c, row));
		c->header_due = false;
	}
	c->rows.in->records++;
	read_row(c, row, out);
	return &c->rec;
}

void
csvin_close(struct csvin *c)
{
	csv_free(c->parser);
	free(c->parser);
	free(c->columns);
	free(c->pieces);
	arena_free(&c->keep);
	csvrow_close(&c->rows);
	buf_free(&c->problem);
	buf_free(&c->decoded);
}

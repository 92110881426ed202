/* contract_statement - the statements of the contract language. */
#include <stdarg.h>
#include <stdio.h>

#include "mh.h"
#include "reader.h"
#include "type.h"
#include "utf8.h"

#define NAME_MAX_BYTES 63  /* PostgreSQL cuts longer ones */
#define WORD_SHOWN     200 /* bytes of a word in a message */

_Noreturn void
reader_wrong(
    const struct reader *rd, const struct word *word, const char *fmt, ...)
{
	size_t shown = word->text.n;
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (shown > WORD_SHOWN) {
		shown = WORD_SHOWN;
		while ((word->text.p[shown] & 0xc0) == 0x80)
			shown--;
	}
	mh_die(MH_CONFIG, "%s: line %u: %.*s: %s", rd->c->file, word->line,
	    shown != 0 ? (int)shown : 2, shown != 0 ? word->text.p : "\"\"",
	    text);
}

const struct word *
reader_need(struct reader *rd, const char *what)
{
	if (rd->at == rd->w.n)
		reader_wrong(
		    rd, &rd->w.word[rd->at - 1], "expected %s behind it", what);
	return &rd->w.word[rd->at++];
}

struct slice
reader_name(struct reader *rd, const char *what)
{
	static const char later[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	const struct word *w = reader_need(rd, what);

	/* names go into SQL, file names and expressions */
	if (w->text.n == 0 || strspn(w->text.p, later) != w->text.n ||
	    strchr("_0123456789", w->text.p[0]) != NULL)
		reader_wrong(rd, w,
		    "expected %s: letters, digits and _, a letter first", what);
	if (w->text.n > NAME_MAX_BYTES)
		reader_wrong(rd, w, "longer than a name can be (%d letters)",
		    NAME_MAX_BYTES);
	return w->text;
}

static void
read_entity(struct reader *rd)
{
	if (rd->c->entity.p != NULL)
		reader_wrong(rd, &rd->w.word[0], "is there twice");
	rd->c->entity = reader_name(rd, "the entity's name");
}

static void
read_describe(struct reader *rd)
{
	if (rd->c->describe.p != NULL)
		reader_wrong(rd, &rd->w.word[0], "is there twice");
	rd->c->describe = reader_need(rd, "a text in quotes")->text;
}

/* The key may stand before its columns: reader_end() looks them up. */
static void
read_key(struct reader *rd)
{
	struct contract *c = rd->c;
	size_t i, j;

	if (c->nkey != 0)
		reader_wrong(rd, &rd->w.word[0], "is there twice");
	c->nkey = rd->w.n - 1;
	rd->key = mem_zero(c->nkey, sizeof(*rd->key));
	for (i = 0; i < c->nkey || i == 0; i++) {
		reader_name(rd, "a column of the key");
		rd->key[i] = rd->w.word[i + 1];
		for (j = 0; j < i; j++) {
			if (slice_eq(rd->key[j].text, rd->key[i].text))
				reader_wrong(rd, &rd->key[i], "is there twice");
		}
	}
}

static void
read_sequence(struct reader *rd)
{
	if (rd->sequence.text.p != NULL)
		reader_wrong(rd, &rd->w.word[0], "is there twice");
	reader_name(rd, "a column");
	rd->sequence = rd->w.word[1];
}

static void
read_nulls(struct reader *rd)
{
	struct contract *c = rd->c;
	struct buf lower = { 0 };

	reader_need(rd, "a word that means null");
	rd->at = 1;
	c->own_nulls = true;
	c->nulls = mem_resize(c->nulls, c->nnulls + rd->w.n, sizeof(*c->nulls));
	while (rd->at < rd->w.n) {
		lower.n = 0;
		utf8_lower(&lower, rd->w.word[rd->at++].text);
		c->nulls[c->nnulls++] =
		    arena_keep(&rd->w.arena, buf_view(&lower));
	}
	buf_free(&lower);
}

static enum severity
read_severity(struct reader *rd)
{
	const struct word *w = reader_need(rd, "warn, drop or fail");

	if (slice_is(w->text, "drop"))
		return SEVERITY_DROP;
	if (slice_is(w->text, "fail"))
		return SEVERITY_FAIL;
	if (!slice_is(w->text, "warn"))
		reader_wrong(rd, w, "expected warn, drop or fail");
	return SEVERITY_WARN;
}

static void
read_expect(struct reader *rd)
{
	struct contract *c = rd->c;
	struct expect_statement e = { .file = c->file,
		.line = rd->w.word[0].line };
	size_t i;

	e.name = reader_name(rd, "a name");
	for (i = 0; i < c->nexpects; i++) {
		if (slice_eq(c->expects[i].name, e.name))
			reader_wrong(rd, &rd->w.word[1], "is there twice");
	}
	e.severity = read_severity(rd);
	e.expr = reader_need(rd, "an expression in quotes")->text;
	if (utf8_trim(e.expr).n == 0)
		reader_wrong(rd, &rd->w.word[3], "expected an expression");
	c->expects =
	    mem_resize(c->expects, c->nexpects + 1, sizeof(*c->expects));
	c->expects[c->nexpects++] = e;
}

static const struct {
	const char *name;
	void (*read)(struct reader *rd);
} statements[] = {
	{ "entity", read_entity },
	{ "describe", read_describe },
	{ "key", read_key },
	{ "sequence", read_sequence },
	{ "nulls", read_nulls },
	{ "column", reader_column },
	{ "expect", read_expect },
	{ "include", reader_include },
};

void
reader_statement(struct reader *rd)
{
	const struct word *w = &rd->w.word[0];
	size_t i;

	for (i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
		if (w->quoted || !slice_is(w->text, statements[i].name))
			continue;
		rd->at = 1;
		statements[i].read(rd);
		if (rd->at < rd->w.n)
			reader_wrong(rd, &rd->w.word[rd->at],
			    "expected the end of the line");
		return;
	}
	reader_wrong(rd, w,
	    "expected entity, describe, key, sequence, nulls, column, expect "
	    "or include");
}

/* A record without a key is nobody's, and one without a place in the
 * sequence no version: such columns are required. */
static struct column *
find_needed(struct reader *rd, const struct word *w)
{
	struct column *col = contract_column(rd->c, w->text);

	if (col == NULL)
		reader_wrong(rd, w, "expected a column of the entity");
	col->required = true;
	return col;
}

void
reader_end(struct reader *rd)
{
	struct contract *c = rd->c;
	size_t i;

	c->key = mem_zero(c->nkey, sizeof(*c->key));
	for (i = 0; i < c->nkey; i++)
		c->key[i] = (size_t)(find_needed(rd, &rd->key[i]) - c->columns);
	if (rd->sequence.text.p == NULL)
		return;
	c->sequence = find_needed(rd, &rd->sequence);
	/* bool, enum and json have no order worth the name */
	if (c->sequence->type->bound == NULL)
		reader_wrong(rd, &rd->sequence,
		    "expected an int, decimal, date, timestamp or text");
}

/* contract - the contract language: statements. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "embed.h"
#include "mh.h"
#include "reader.h"
#include "type.h"
#include "utf8.h"

#define CONTRACT_MAX ((size_t)1 << 20)

_Noreturn void
reader_wrong(
    const struct reader *rd, const struct word *word, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	mh_die(MH_CONFIG, "%s: line %u: %s: %s", rd->c->file, word->line,
	    word->text.n != 0 ? word->text.p : "\"\"", text);
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

/* The key may stand before its columns: find_key() looks them up. */
static void
read_key(struct reader *rd)
{
	struct contract *c = rd->c;
	size_t i, j;

	if (c->nkey != 0)
		reader_wrong(rd, &rd->w.word[0], "is there twice");
	c->nkey = rd->w.n - 1;
	c->key_names = mem_zero(c->nkey, sizeof(*c->key_names));
	for (i = 0; i < c->nkey || i == 0; i++) {
		c->key_names[i] = reader_name(rd, "a column of the key");
		for (j = 0; j < i; j++) {
			if (slice_eq(c->key_names[j], c->key_names[i]))
				reader_wrong(
				    rd, &rd->w.word[i + 1], "is there twice");
		}
	}
	c->key_line = rd->w.word[0].line;
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

static const struct {
	const char *name;
	void (*read)(struct reader *rd);
} statements[] = {
	{ "entity", read_entity },
	{ "describe", read_describe },
	{ "key", read_key },
	{ "nulls", read_nulls },
	{ "column", reader_column },
};

static void
read_statement(struct reader *rd)
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
	reader_wrong(rd, w, "expected entity, describe, key, nulls or column");
}

/* A key without a value names nobody: its columns are required. */
static void
find_key(struct contract *c)
{
	struct column *col;
	size_t i;

	c->key = mem_zero(c->nkey, sizeof(*c->key));
	for (i = 0; i < c->nkey; i++) {
		col = contract_column(c, c->key_names[i]);
		if (col == NULL)
			mh_die(MH_CONFIG,
			    "%s: line %u: %s: expected a column of the entity",
			    c->file, c->key_line, c->key_names[i].p);
		col->required = true;
		c->key[i] = (size_t)(col - c->columns);
	}
}

static struct contract *
read_text(const char *file, struct slice text, struct date today)
{
	struct contract *c = mem_zero(1, sizeof(*c));
	struct reader rd = { .c = c };

	c->file = file;
	c->today = today;
	if (!utf8_valid(text.p, text.n) || memchr(text.p, '\0', text.n))
		mh_die(MH_CONFIG, "%s: not UTF-8 text", file);
	words_open(&rd.w, file, text);
	while (words_next(&rd.w))
		read_statement(&rd);
	if (c->entity.p == NULL)
		mh_die(MH_CONFIG, "%s: line %u: expected an entity statement",
		    file, rd.w.line);
	if (c->ncolumns == 0)
		mh_die(MH_CONFIG, "%s: line %u: expected a column statement",
		    file, rd.w.line);
	find_key(c);
	return c;
}

struct contract *
contract_read(const char *file, struct date today)
{
	struct buf text = { 0 };
	ssize_t n;
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	do {
		buf_room(&text, CONTRACT_MAX / 8);
		n = fd < 0 ? -1 : read(fd, text.p + text.n, text.cap - text.n);
		text.n += n > 0 ? (size_t)n : 0;
	} while (n > 0 && text.n < CONTRACT_MAX);
	if (n < 0)
		mh_die(MH_CONFIG, "%s: %s", file, strerror(errno));
	if (n > 0)
		mh_die(MH_CONFIG, "%s: longer than a contract can be", file);
	close(fd);
	/* words are copied: the text may go when the contract stands */
	struct contract *c = read_text(file, buf_view(&text), today);
	buf_free(&text);
	return c;
}

struct contract *
contract_builtin(const char *entity, struct date today)
{
	char name[100];
	const char *text;

	snprintf(name, sizeof(name), "%s.contract", entity);
	text = embed_find(name);
	return text == NULL ? NULL : read_text(entity, slice_of(text), today);
}

struct column *
contract_column(const struct contract *c, struct slice name)
{
	size_t i;

	for (i = 0; i < c->ncolumns; i++) {
		if (slice_eq(c->columns[i].name, name))
			return &c->columns[i];
	}
	return NULL;
}

/* mh-clean(1), "Nulls" */
static const char *const usual_nulls[] = { "", "null", "n/a", "#n/a", "-", "--",
	NULL };
static const char *const more_nulls[] = { "none", "nan", "nil", NULL };

static bool
is_among(struct slice text, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (utf8_is_word(text, *words))
			return true;
	}
	return false;
}

bool
contract_is_null(const struct contract *c, struct slice text, bool text_column)
{
	static struct buf lower;
	size_t i;

	if (!c->own_nulls) {
		/* the longest of them has four bytes */
		return text.n <= 4 &&
		       (is_among(text, usual_nulls) ||
			   (!text_column && is_among(text, more_nulls)));
	}
	lower.n = 0;
	utf8_lower(&lower, text);
	for (i = 0; i < c->nnulls; i++) {
		if (slice_eq(c->nulls[i], buf_view(&lower)))
			return true;
	}
	return false;
}

/* contract_column - the column statement and its options. */
#include <stdio.h>

#include "json.h"
#include "mh.h"
#include "reader.h"
#include "type.h"
#include "utf8.h"

/* p,s in decimal(p,s) */
static void
read_precision(struct reader *rd, struct column *col, const struct word *w)
{
	const char *digits = w->text.p + strcspn(w->text.p, "(");
	int used = 0;

	/* a sign or a blank would do for sscanf() */
	if (sscanf(w->text.p, "decimal(%2d,%2d)%n", &col->precision,
		&col->scale, &used) != 2 ||
	    used == 0 || w->text.p[used] != '\0' ||
	    digits[strspn(digits, "(,)0123456789")] != '\0')
		reader_wrong(rd, w, "expected decimal(PRECISION,SCALE)");
	if (col->precision < 1 || col->precision > DEC_DIGITS ||
	    col->scale < 0 || col->scale > col->precision)
		reader_wrong(rd, w,
		    "expected a precision of 1..%d and a scale up to it",
		    DEC_DIGITS);
}

static void
read_type(struct reader *rd, struct column *col)
{
	const struct word *w = reader_need(rd, "a type");
	struct slice name = { w->text.p, strcspn(w->text.p, "(") };

	col->type = type_find(name);
	if (col->type == NULL)
		reader_wrong(rd, w,
		    "expected a type: text int decimal(p,s) date timestamp "
		    "bool email phone cpf cnpj cep uf enum json");
	if (type_is(col->type, "decimal"))
		read_precision(rd, col, w);
	else if (name.n != w->text.n)
		reader_wrong(rd, w, "only decimal has parameters");
}

static void
read_bound(struct reader *rd, struct column *col, struct bound *b)
{
	const struct word *option = &rd->w.word[rd->at - 1];
	const struct word *w = reader_need(rd, "a limit");

	if (col->type->bound == NULL || (col->type->max_only && b == &col->min))
		reader_wrong(
		    rd, option, "%s has no such limit", col->type->name);
	if (!col->type->bound(b, w->text, rd->c->today))
		reader_wrong(rd, w, "expected a limit for %s", col->type->name);
	b->set = true;
	b->word = w->text;
}

static void
read_min(struct reader *rd, struct column *col)
{
	read_bound(rd, col, &col->min);
}

static void
read_max(struct reader *rd, struct column *col)
{
	read_bound(rd, col, &col->max);
}

static void
read_from(struct reader *rd, struct column *col)
{
	const struct word *w = reader_need(rd, "names, commas between");
	struct slice rest = w->text, one;

	while (slice_split(&rest, ',', &one)) {
		if (one.n == 0)
			reader_wrong(rd, w, "a name is empty");
		col->from =
		    mem_resize(col->from, col->nfrom + 1, sizeof(*col->from));
		col->from[col->nfrom++] = one;
	}
}

static void
add_spelling(struct reader *rd, struct column *col, const struct word *w,
    struct slice spelling, struct slice value)
{
	struct buf folded = { 0 };
	struct spelling *s;
	size_t i;

	utf8_fold(&folded, utf8_trim(spelling));
	if (folded.n == 0)
		reader_wrong(rd, w, "a value or an alias is empty");
	for (i = 0; i < col->nspellings; i++) {
		s = &col->spellings[i];
		if (slice_eq(s->folded, buf_view(&folded)) &&
		    !slice_eq(s->value, value))
			reader_wrong(rd, w, "%.*s means %.*s already",
			    (int)spelling.n, spelling.p, (int)s->value.n,
			    s->value.p);
	}
	col->spellings = mem_resize(
	    col->spellings, col->nspellings + 1, sizeof(*col->spellings));
	s = &col->spellings[col->nspellings++];
	s->folded = arena_keep(&rd->w.arena, buf_view(&folded));
	s->value = value;
	buf_free(&folded);
}

static void
read_flag(struct reader *rd, struct column *col)
{
	struct slice name = rd->w.word[rd->at - 1].text;

	if (slice_is(name, "required"))
		col->required = true;
	else if (slice_is(name, "pii"))
		col->pii = true;
	else if (slice_is(name, "digits"))
		col->digits = true;
	else if (slice_is(name, "grouped"))
		col->decimal.grouped = true;
	else
		col->date.epoch = true;
}

static void
read_case(struct reader *rd, struct column *col)
{
	const struct word *w = &rd->w.word[rd->at - 1];

	if (col->text_case != CASE_KEEP)
		reader_wrong(rd, w, "the column has a case already");
	col->text_case = slice_is(w->text, "lower")   ? CASE_LOWER
			 : slice_is(w->text, "upper") ? CASE_UPPER
						      : CASE_TITLE;
}

static void
read_format(struct reader *rd, struct column *col)
{
	const struct word *w = reader_need(rd, "mdy");

	if (!slice_is(w->text, "mdy"))
		reader_wrong(rd, w, "expected mdy");
	col->date.mdy = true;
}

static void
read_currency(struct reader *rd, struct column *col)
{
	const struct word *w = reader_need(rd, "a currency's mark");

	if (w->text.n == 0)
		reader_wrong(rd, w, "expected a currency's mark");
	col->decimal.currency = w->text.p;
}

static void
read_references(struct reader *rd, struct column *col)
{
	col->references = reader_name(rd, "an entity");
}

static void
read_column_describe(struct reader *rd, struct column *col)
{
	col->describe = reader_need(rd, "a text in quotes")->text;
}

/* Kept as it is: only when all options are known can it be cleaned. */
static void
read_default(struct reader *rd, struct column *col)
{
	col->initial = reader_need(rd, "a value")->text;
}

static void read_values(struct reader *rd, struct column *col);

/* The options; `types` are those that have a use for it, NULL: all. */
static const struct column_option {
	const char *name, *types;
	void (*read)(struct reader *rd, struct column *col);
} options[] = {
	{ "required", NULL, read_flag },
	{ "pii", NULL, read_flag },
	{ "default", NULL, read_default },
	{ "min", NULL, read_min },
	{ "max", NULL, read_max },
	{ "from", NULL, read_from },
	{ "values", "enum", read_values },
	{ "references", NULL, read_references },
	{ "describe", NULL, read_column_describe },
	{ "lower", "text", read_case },
	{ "upper", "text", read_case },
	{ "title", "text", read_case },
	{ "digits", "text", read_flag },
	{ "grouped", "int decimal", read_flag },
	{ "currency", "int decimal", read_currency },
	{ "format", "date timestamp", read_format },
	{ "epoch", "date timestamp", read_flag },
};

#define NOPTIONS (sizeof(options) / sizeof(options[0]))

static const struct column_option *
find_option(const struct word *w)
{
	size_t i;

	for (i = 0; !w->quoted && i < NOPTIONS; i++) {
		if (slice_is(w->text, options[i].name))
			return &options[i];
	}
	return NULL;
}

/* V[=alias,...]... up to the next option */
static void
read_values(struct reader *rd, struct column *col)
{
	const struct word *w = reader_need(rd, "a value");
	struct slice value, rest, alias;

	for (;;) {
		rest = w->text;
		slice_split(&rest, '=', &value);
		add_spelling(rd, col, w, value, value);
		while (slice_split(&rest, ',', &alias))
			add_spelling(rd, col, w, alias, value);
		if (rd->at == rd->w.n ||
		    find_option(&rd->w.word[rd->at]) != NULL)
			return;
		w = &rd->w.word[rd->at++];
	}
}

static void
read_options(struct reader *rd, struct column *col)
{
	bool seen[NOPTIONS] = { false };

	while (rd->at < rd->w.n) {
		const struct word *w = &rd->w.word[rd->at++];
		const struct column_option *o = find_option(w);
		struct slice rest, one = { 0 };

		if (o == NULL)
			reader_wrong(rd, w, "expected an option of a column");
		if (seen[o - options])
			reader_wrong(rd, w, "is there twice");
		seen[o - options] = true;
		rest = slice_of(o->types != NULL ? o->types : "");
		while (o->types != NULL && !slice_is(one, col->type->name)) {
			if (!slice_split(&rest, ' ', &one))
				reader_wrong(rd, w, "%s has no such option",
				    col->type->name);
		}
		o->read(rd, col);
	}
}

/* The word of this statement whose text that is. */
static const struct word *
word_of(const struct reader *rd, struct slice text)
{
	const struct word *w = rd->w.word;

	while (w->text.p != text.p)
		w++;
	return w;
}

static void
check_limits(const struct reader *rd, const struct column *col)
{
	if (col->min.set && col->max.set &&
	    (dec_cmp(col->min.number, col->max.number) > 0 ||
		col->min.day > col->max.day))
		reader_wrong(rd, word_of(rd, col->max.word),
		    "expected a limit that is not below the least");
}

/* The default goes through the column's own type, once. */
static void
clean_default(struct reader *rd, struct column *col)
{
	struct value v = { .token = col->initial, .text = col->initial };
	struct buf json = { 0 };

	if (col->initial.p == NULL)
		return;
	if ((type_is(col->type, "json") && !json_valid(col->initial)) ||
	    !type_clean(col, &v, &json))
		reader_wrong(rd, word_of(rd, col->initial),
		    "expected a default of type %s", col->type->name);
	col->initial = arena_keep(&rd->w.arena, buf_view(&json));
	buf_free(&json);
}

/* The columns that mh-load fills in by itself. */
static bool
is_of_the_load(struct slice name)
{
	return slice_is(name, "load_timestamp") ||
	       slice_is(name, "process_id") || slice_is(name, "row_version") ||
	       slice_is(name, "data_ingestao");
}

void
reader_column(struct reader *rd)
{
	struct contract *c = rd->c;
	struct buf key = { 0 };
	struct column *col;
	struct slice name = reader_name(rd, "a column's name");

	if (contract_column(c, name) != NULL)
		reader_wrong(rd, &rd->w.word[1], "is there twice");
	if (is_of_the_load(name))
		reader_wrong(rd, &rd->w.word[1],
		    "the tables have a column of that name already");
	c->columns =
	    mem_resize(c->columns, c->ncolumns + 1, sizeof(*c->columns));
	col = &c->columns[c->ncolumns++];
	*col = (struct column){ .name = name };
	json_quote(&key, name);
	buf_byte(&key, ':');
	col->key = arena_keep(&rd->w.arena, buf_view(&key));
	buf_free(&key);
	read_type(rd, col);
	read_options(rd, col);
	if (type_is(col->type, "enum") && col->nspellings == 0)
		reader_wrong(rd, &rd->w.word[2], "expected values behind it");
	check_limits(rd, col);
	clean_default(rd, col);
}

/* contract_markdown - an entity for people: a data dictionary. */
#include "contract_write.h"
#include "type.h"

/* A bar would end the table's cell, in code as well. */
static void
put_cell(struct buf *out, struct slice text)
{
	struct slice piece;
	bool more = false;

	while (slice_split(&text, '|', &piece)) {
		if (more)
			buf_text(out, "\\|");
		buf_slice(out, piece);
		more = true;
	}
}

/* The rules of one column, as a list with commas between. */
struct rules {
	struct buf *out;
	bool more;
};

/* A name, a value, or both. */
static void
put_rule(struct rules *r, const char *name, struct slice value)
{
	if (r->more)
		buf_text(r->out, ", ");
	r->more = true;
	if (name != NULL)
		buf_text(r->out, name);
	if (name != NULL && value.p != NULL)
		buf_byte(r->out, ' ');
	put_cell(r->out, value);
}

static void
put_flag(struct rules *r, bool set, const char *name)
{
	if (set)
		put_rule(r, name, (struct slice){ NULL, 0 });
}

static void
put_option(struct rules *r, const char *name, struct slice value)
{
	if (value.p != NULL)
		put_rule(r, name, value);
}

static void
put_values(struct rules *r, const struct column *col)
{
	size_t i;

	for (i = 0; i < col->nspellings; i++) {
		if (i == 0)
			put_rule(r, "one of", col->spellings[i].value);
		else if (column_value_is_new(col, i))
			put_rule(r, NULL, col->spellings[i].value);
	}
}

static void
put_rules(struct buf *out, const struct contract *c, const struct column *col)
{
	static const char *const cases[] = { [CASE_LOWER] = "lower",
		[CASE_UPPER] = "upper",
		[CASE_TITLE] = "title" };
	struct rules r = { .out = out };
	size_t i;

	put_flag(&r, contract_in_key(c, col), "key");
	put_flag(&r, col == c->sequence, "sequence");
	put_flag(&r, col->required, "required");
	put_option(&r, "references", col->references);
	put_values(&r, col);
	put_option(&r, "min", col->min.word);
	put_option(&r, "max", col->max.word);
	put_option(&r, "default", col->initial);
	for (i = 0; i < col->nfrom; i++)
		put_option(&r, "from", col->from[i]);
	if (col->text_case != CASE_KEEP)
		put_flag(&r, true, cases[col->text_case]);
	put_flag(&r, col->digits, "digits");
	put_flag(&r, col->decimal.grouped, "grouped");
	if (col->decimal.currency != NULL)
		put_rule(&r, "currency", slice_of(col->decimal.currency));
	put_flag(&r, col->date.mdy, "format mdy");
	put_flag(&r, col->date.epoch, "epoch");
	put_flag(&r, col->pii, "personal data");
}

static void
put_column(struct buf *out, const struct contract *c, const struct column *col)
{
	buf_fmt(out, "| `%s` | %s", col->name.p, col->type->name);
	if (col->precision != 0)
		buf_fmt(out, "(%d,%d)", col->precision, col->scale);
	buf_text(out, " | ");
	put_rules(out, c, col);
	buf_text(out, " | ");
	put_cell(out, col->describe);
	buf_text(out, " |\n");
}

static void
put_expectations(struct buf *out, const struct contract *c)
{
	static const char *const words[] = { [SEVERITY_WARN] = "warn",
		[SEVERITY_DROP] = "drop",
		[SEVERITY_FAIL] = "fail" };
	size_t i;

	if (c->nexpects == 0)
		return;
	buf_text(out, "\n| expectation | else | |\n|---|---|---|\n");
	for (i = 0; i < c->nexpects; i++) {
		const struct expect_statement *e = &c->expects[i];

		buf_fmt(out, "| %s | %s | `", e->name.p, words[e->severity]);
		put_cell(out, e->expr);
		buf_text(out, "` |\n");
	}
}

void
contract_markdown(struct buf *out, const struct contract *c)
{
	size_t i;

	buf_fmt(out, "# %s\n\n", c->entity.p);
	if (c->describe.p != NULL)
		buf_fmt(out, "%s\n\n", c->describe.p);
	buf_text(out, "| column | type | rules | |\n|---|---|---|---|\n");
	for (i = 0; i < c->ncolumns; i++)
		put_column(out, c, &c->columns[i]);
	put_expectations(out, c);
	buf_byte(out, '\n');
}

/* fast - the values that nearly all records have, made clean in one go. */
#include "block.h"
#include "br.h"
#include "fast_types.h"
#include "pseudonym.h"
#include "type.h"
#include "utf8.h"

/*
 * Does tidying leave a block's bytes, which `ours` names, as they are? *space
 * says that a space, or nothing, stands in front, where none may follow.
 */
static inline bool
is_tidy_block(const char *p, unsigned ours, unsigned *space)
{
	struct block x = block_at(p);
	unsigned spaces = block_is(x, ' ') & ours;
	bool good = ((block_ink(x) | spaces) & ours) == ours &&
		    (spaces & (spaces << 1 | *space)) == 0;

	*space = spaces >> (BLOCK_SIZE - 1);
	return good;
}

/*
 * Is it a text that tidying leaves as it is: nothing but letters of ASCII,
 * Latin-1 and Latin Extended-A, signs of ASCII and single spaces inside?
 */
static inline bool
is_tidy(struct slice text)
{
	const char *p = text.p, *end = p + text.n;
	unsigned space = 1;

	if (text.n == 0 || end[-1] == ' ')
		return false;
	for (; end - p > BLOCK_SIZE; p += BLOCK_SIZE) {
		if (!is_tidy_block(p, BLOCK_ALL, &space))
			return false;
	}
	return is_tidy_block(p, block_first((size_t)(end - p)), &space);
}

/* Is it a string whose text is tidy, and neither null nor masked? */
static inline bool
is_plain(const struct fast *f, struct slice token)
{
	struct slice text = { token.p + 1, token.n - 2 };

	return token.p[0] == '"' && is_tidy(text) &&
	       (text.n > f->null_max || !contract_is_null(f->contract, text,
					    f->column->type->text)) &&
	       !(f->column->pii && pseudonym_is(text));
}

static char *
fast_text(struct fast *f, struct slice token, char *at)
{
	/* bytes are at least as many as code points */
	if (token.n - 2 > (size_t)f->max || !is_plain(f, token))
		return NULL;
	block_copy(at, token.p, token.n);
	return at + token.n;
}

/*
 * What may be written by a function that appends: at most as much as is read.
 * The buffer never grows.
 */
static struct buf
quoted(struct slice token, char *at)
{
	*at = '"';
	return (struct buf){ at, 1, token.n + FAST_ROOM };
}

static char *
end_quote(struct buf *b)
{
	b->p[b->n] = '"';
	return b->p + b->n + 1;
}

/* lower, upper, title */
static char *
fast_case(struct fast *f, struct slice token, char *at)
{
	struct slice text = fast_inside(token);
	char *end = memo_put(f->memo, token, at);
	struct buf b;

	if (end != NULL)
		return end;
	if (text.n > (size_t)f->max || !is_plain(f, token))
		return NULL;
	b = quoted(token, at);
	switch (f->column->text_case) {
	case CASE_KEEP: return NULL;
	case CASE_LOWER: utf8_lower(&b, text); break;
	case CASE_UPPER: utf8_upper(&b, text); break;
	case CASE_TITLE: br_title(&b, text); break;
	}
	end = end_quote(&b);
	memo_keep(f->memo, token, (struct slice){ at, (size_t)(end - at) });
	return end;
}

/* An address, a telephone, a document: what reads them is fast itself. */
static char *
fast_form(struct fast *f, struct slice token, char *at)
{
	const struct type *t = f->column->type;
	struct slice text = fast_inside(token);
	struct buf b;

	if (!is_plain(f, token))
		return NULL;
	b = quoted(token, at);
	if (t->form != NULL ? t->form(&b, text) : t->document(&b, text, false))
		return end_quote(&b);
	return NULL;
}

/* A value of which there are few: what became of it before? */
static char *
fast_memo(struct fast *f, struct slice token, char *at)
{
	return memo_put(f->memo, token, at);
}

/* Can a word for null begin as the numbers and days here do? */
static bool
nulls_are_numbers(const struct contract *c)
{
	size_t i;

	for (i = 0; i < c->nnulls; i++) {
		char head = c->nulls[i].n != 0 ? c->nulls[i].p[0] : '\0';

		if (ascii_digit(head) || head == 'r' || head == 'b')
			return true;
	}
	return false;
}

static void
open_text(struct fast *f)
{
	const struct column *col = f->column;

	f->max = INT64_MAX;
	if (col->max.set && !dec_to_i64(&f->max, col->max.number))
		return;
	if (col->digits)
		f->put = fast_memo;
	else
		f->put = col->text_case == CASE_KEEP ? fast_text : fast_case;
}

void
fast_open(struct fast *f, const struct contract *c, const struct column *col)
{
	const struct type *t = col->type;
	bool plain = !nulls_are_numbers(c);

	*f = (struct fast){ .contract = c, .column = col };
	f->null_max = c->own_nulls ? SIZE_MAX : CONTRACT_NULL_MAX;
	if (type_is(t, "text")) {
		open_text(f);
	} else if (type_is(t, "enum") || type_is(t, "bool") ||
		   type_is(t, "uf")) {
		f->put = fast_memo;
	} else if (t->form != NULL || t->document != NULL) {
		f->put = fast_form;
	} else if (type_is(t, "int")) {
		if (plain && fast_number_limits(f, 0, FAST_DIGITS))
			f->put = fast_int;
	} else if (type_is(t, "decimal")) {
		if (plain && col->precision <= FAST_DIGITS &&
		    fast_number_limits(f, col->scale, col->precision))
			f->put = fast_decimal;
	} else if (plain && !col->date.mdy) {
		fast_day_limits(f);
		if (type_is(t, "date"))
			f->put = fast_date;
		if (type_is(t, "timestamp"))
			f->put = fast_timestamp;
	}
	if (f->put == fast_memo || f->put == fast_case)
		f->memo = memo_new();
}

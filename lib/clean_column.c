/* clean_column - one value as its column wants it. */
#include "clean.h"
#include "json.h"
#include "pseudonym.h"
#include "type.h"
#include "utf8.h"

/* 12.0 is 12: what programs make of ids that were numbers once. */
static struct slice
without_zeros(struct slice number)
{
	const char *point = memchr(number.p, '.', number.n);
	const char *p;

	if (point == NULL)
		return number;
	for (p = point + 1; p < number.p + number.n; p++) {
		if (*p != '0')
			return number;
	}
	return (struct slice){ number.p, (size_t)(point - number.p) };
}

/* U+0000 can only have come as \u0000, behind an even row of backslashes. */
static bool
has_nul(struct slice token)
{
	const char *p = token.p, *end = token.p + token.n;

	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		if (end - p > 5 && memcmp(p, "\\u0000", 6) == 0)
			return true;
		p += 2;
	}
	return false;
}

/*
 * The text of a token as the column's type wants it, good until the next one
 * is taken: it goes through scratch buffers for the whole program.
 */
static void
take_text(const struct column *col, struct value *v)
{
	static struct buf decoded, tidy;

	v->number = json_is_number(v->token);
	v->text =
	    v->number ? without_zeros(v->token) : json_text(v->token, &decoded);
	if (col->type->text) {
		tidy.n = 0;
		utf8_tidy(&tidy, v->text);
		v->text = buf_view(&tidy);
	} else {
		v->text = utf8_trim(v->text);
	}
}

/* Whatever the type asks for, a person's value may be masked already. */
static bool
is_masked(const struct column *col, struct slice text)
{
	return col->pii && type_writes_text(col->type) && pseudonym_is(text);
}

enum clean_result
clean_column(const struct contract *c, const struct column *col,
    struct slice token, struct buf *out)
{
	struct value v = { .token = token };
	size_t mark = out->n;

	if (token.p == NULL || json_is_null(token))
		return CLEAN_NULL;
	if (!col->type->opaque) {
		if (json_is_nested(token))
			return CLEAN_BAD;
		take_text(col, &v);
		if (contract_is_null(c, v.text, col->type->text))
			return CLEAN_NULL;
		if (is_masked(col, v.text)) {
			json_quote(out, v.text);
			return CLEAN_GOOD;
		}
	}
	if (!has_nul(token) && type_clean(col, &v, out))
		return CLEAN_GOOD;
	out->n = mark;
	return CLEAN_BAD;
}

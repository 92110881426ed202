/* expr_run - the machine that runs an expression over a record. */
#include <stdarg.h>
#include <stdio.h>

#include "expr_ops.h"
#include "json.h"

#define VALUE_MAX 60 /* bytes of a value in a message */

static void
begin_why(struct expr *e, const struct expr_op *op)
{
	e->why.n = 0;
	if (op->word.n == 0)
		return;
	buf_slice(&e->why, op->word);
	buf_text(&e->why, ": ");
}

bool
expr_fail(struct expr *e, const struct expr_op *op, const char *fmt, ...)
{
	char message[200];
	va_list ap;

	begin_why(e, op);
	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	buf_text(&e->why, message);
	return false;
}

void
expr_blame(struct expr *e, const struct expr_op *op, const struct expr_value *v,
    const char *message)
{
	struct buf text = { 0 };
	size_t n;

	begin_why(e, op);
	expr_put(&text, v);
	if ((n = text.n) > VALUE_MAX) {
		for (n = VALUE_MAX; (text.p[n] & 0xc0) == 0x80; n--)
			;
	}
	buf_add(&e->why, text.p, n);
	buf_text(&e->why, n < text.n ? "... " : " ");
	buf_text(&e->why, message);
	buf_free(&text);
}

const char *
expr_why(struct expr *e)
{
	return buf_cstr(&e->why);
}

/* A member's value; texts with escapes are decoded into the step's buffer. */
static void
load_member(struct expr_value *v, struct slice token, struct buf *scratch)
{
	v->text = token;
	switch (*token.p) {
	case '"':
		v->type = EXPR_TEXT;
		v->text = json_text(token, scratch);
		break;
	case '{':
	case '[': v->type = EXPR_NESTED; break;
	case 'n': v->type = EXPR_NULL; break;
	case 't': expr_bool(v, true); break;
	case 'f': expr_bool(v, false); break;
	default: v->type = EXPR_NUMBER;
	}
}

static bool
is_condition(
    struct expr *e, const struct expr_op *op, const struct expr_value *v)
{
	if (v->type == EXPR_BOOL || v->type == EXPR_NULL)
		return true;
	return expr_refuse(e, op, v, "is no condition");
}

/*
 * A jump with the value v on top: *jumps, and whether the value stays there.
 */
static bool
look(struct expr *e, const struct expr_op *op, const struct expr_value *v,
    bool *jumps, bool *stays)
{
	bool known = v->type == EXPR_BOOL;

	*stays = true;
	switch (op->code) {
	case EXPR_JUMP_TRUE:
		*jumps = known && v->truth;
		return is_condition(e, op, v);
	case EXPR_JUMP_FALSE:
		*jumps = known && !v->truth;
		return is_condition(e, op, v);
	case EXPR_JUMP_SOME:
		*jumps = *stays = v->type != EXPR_NULL;
		return true;
	case EXPR_JUMP_UNLESS:
		*jumps = !(known && v->truth);
		*stays = false;
		return is_condition(e, op, v);
	default: *jumps = true; return true;
	}
}

static bool
has_null(const struct expr_value *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (v[i].type == EXPR_NULL)
			return true;
	}
	return false;
}

static bool
call_rule(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice text;

	if (v->type == EXPR_NULL)
		return true;
	return expr_text(e, op, 0, v, &text) &&
	       expr_bool(v, op->rule->holds(op->state, text));
}

static bool
call(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	if (op->func == NULL)
		return call_rule(e, op, v);
	if (op->func->strict && has_null(v, op->n))
		return expr_null(v);
	return op->func->run(e, op, v);
}

bool
expr_run(struct expr *e, const struct rec *r, struct expr_value *v)
{
	struct expr_value *top = e->stack; /* the first free place */
	bool jumps, stays;
	size_t i;

	names_seek(&e->members, r);
	for (i = 0; i < e->n; i++) {
		struct expr_op *op = &e->ops[i];

		switch (op->code) {
		case EXPR_PUSH: *top++ = op->value; break;
		case EXPR_MEMBER:
			load_member(top++, names_value(&e->members, r, op->n),
			    &op->out);
			break;
		case EXPR_CALL:
			top -= op->n;
			if (!call(e, op, top))
				return false;
			top++;
			break;
		default:
			if (!look(e, op, top - 1, &jumps, &stays))
				return false;
			top -= !stays;
			if (jumps)
				i = op->n - 1;
		}
	}
	*v = *e->stack;
	return true;
}

bool
expr_holds(struct expr *e, const struct rec *r, struct expr_value *truth)
{
	const struct expr_op whole = { 0 };

	return expr_run(e, r, truth) && is_condition(e, &whole, truth);
}

void
expr_put(struct buf *out, const struct expr_value *v)
{
	switch (v->type) {
	case EXPR_NULL: buf_text(out, "null"); break;
	case EXPR_BOOL: buf_text(out, v->truth ? "true" : "false"); break;
	case EXPR_NUMBER:
		if (v->text.p != NULL)
			buf_slice(out, v->text);
		else
			dec_put(out, v->num);
		break;
	case EXPR_DATE:
		buf_byte(out, '"');
		date_put(out, date_of_days(v->days));
		buf_byte(out, '"');
		break;
	case EXPR_NESTED: json_compact(out, v->text); break;
	default: json_quote(out, v->text);
	}
}

/* Goes past the digits at s.p[*i]; false if there are none. */
static bool
skip_digits(struct slice s, size_t *i)
{
	size_t start = *i;

	while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9')
		++*i;
	return *i > start;
}

/* Is it a number as JSON writes it, and nothing else? */
static bool
is_json_number(struct slice s)
{
	size_t i = s.n != 0 && s.p[0] == '-', start = i;

	if (!skip_digits(s, &i) || (s.p[start] == '0' && i > start + 1))
		return false;
	if (i < s.n && s.p[i] == '.') {
		i++;
		if (!skip_digits(s, &i))
			return false;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += i < s.n && (s.p[i] == '-' || s.p[i] == '+');
		if (!skip_digits(s, &i))
			return false;
	}
	return i == s.n;
}

bool
expr_number(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, struct dec *d)
{
	if (v->type == EXPR_NUMBER && v->text.p == NULL) {
		*d = v->num;
		return true;
	}
	if (v->type != EXPR_NUMBER &&
	    (v->type != EXPR_TEXT || !is_json_number(v->text)))
		return expr_refuse(e, op, v, "is no number");
	return dec_from_json(d, v->text) ||
	       expr_refuse(e, op, v, "has too many digits to compute with");
}

bool
expr_integer(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, int64_t *n)
{
	struct dec d;

	if (!expr_number(e, op, v, &d))
		return false;
	return dec_to_i64(n, d) || expr_refuse(e, op, v, "is no whole number");
}

bool
expr_text(struct expr *e, struct expr_op *op, size_t i,
    const struct expr_value *v, struct slice *text)
{
	struct buf *b = &op->arg[i];

	b->n = 0;
	switch (v->type) {
	case EXPR_TEXT:
	case EXPR_TIMESTAMP: *text = v->text; return true;
	case EXPR_NESTED:
		return expr_refuse(e, op, v, "is nested, and no text");
	case EXPR_DATE: date_put(b, date_of_days(v->days)); break;
	default: expr_put(b, v);
	}
	*text = buf_view(b);
	return true;
}

static bool
is_time(const struct expr_value *v)
{
	return v->type == EXPR_DATE || v->type == EXPR_TIMESTAMP;
}

bool
expr_compare(struct expr *e, const struct expr_op *op,
    const struct expr_value *a, const struct expr_value *b, int *order)
{
	struct dec x, y;

	if (a->type == EXPR_TEXT && b->type == EXPR_TEXT) {
		*order = slice_cmp(a->text, b->text);
		return true;
	}
	if (a->type == EXPR_NUMBER || b->type == EXPR_NUMBER) {
		if (!expr_number(e, op, a, &x) || !expr_number(e, op, b, &y))
			return false;
		*order = dec_cmp(x, y);
		return true;
	}
	if (is_time(a) || is_time(b))
		return expr_compare_times(e, op, a, b, order);
	if (a->type == EXPR_BOOL && b->type == EXPR_BOOL) {
		*order = a->truth - b->truth;
		return true;
	}
	return expr_refuse(e, op, a->type == EXPR_BOOL ? b : a,
	    "is not of the kind it is compared with");
}

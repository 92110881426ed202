/* expr_primary - literals, members and parentheses in the text of an
 * expression. */
#include "expr_parser.h"
#include "utf8.h"

void
expr_push_today(struct expr_parser *p, struct slice word)
{
	struct expr_op *op = expr_emit(p, EXPR_PUSH, 0);

	op->value = (struct expr_value){ .type = EXPR_DATE,
		.days = date_days(p->today) };
	op->word = word;
	expr_pushed(p);
}

static void
push(struct expr_parser *p, struct expr_value v)
{
	struct expr_op *op = expr_emit(p, EXPR_PUSH, 0);

	op->value = v;
	op->word = p->lx.tok.raw;
	expr_pushed(p);
	expr_next(&p->lx);
}

static void
parse_member(struct expr_parser *p, struct slice name)
{
	size_t i = names_find(&p->e->members, name);

	if (name.n == 0 || slice_is(name, "$mh")) {
		expr_complain(
		    &p->lx, p->lx.tok.raw, "no member has such a name");
		return;
	}
	if (i == p->e->members.n)
		names_add(&p->e->members, "", name, name);
	expr_emit(p, EXPR_MEMBER, i)->word = p->lx.tok.raw;
	expr_pushed(p);
	expr_next(&p->lx);
}

static void
parse_number(struct expr_parser *p)
{
	struct expr_value v = { .type = EXPR_NUMBER };
	struct buf token = { 0 };

	/* JSON has no .5 */
	if (*p->lx.tok.raw.p == '.')
		buf_byte(&token, '0');
	buf_slice(&token, p->lx.tok.raw);
	if (!dec_from_json(&v.num, buf_view(&token)))
		expr_complain(&p->lx, p->lx.tok.raw,
		    "a number has at most %d digits", DEC_DIGITS);
	buf_free(&token);
	push(p, v);
}

/* Behind the word date or timestamp; the string is next. */
static void
parse_time(struct expr_parser *p, bool timed)
{
	struct expr_value v = { .type = timed ? EXPR_TIMESTAMP : EXPR_DATE };

	v.text = p->lx.tok.text;
	if (timed && !expr_iso_timestamp(v.text))
		expr_complain(&p->lx, p->lx.tok.raw,
		    "no timestamp: YYYY-MM-DD HH:MM:SS is one");
	else if (!timed && !expr_iso_date(v.text, &v.days))
		expr_complain(
		    &p->lx, p->lx.tok.raw, "no date: YYYY-MM-DD is one");
	push(p, v);
}

/* A word of the language can be a member's name only in quotes. */
static bool
is_reserved(const struct expr_parser *p)
{
	static const char *const words[] = { "and", "between", "in", "is",
		"like", "not", "or" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (expr_at(p, words[i]))
			return true;
	}
	return false;
}

static void
parse_name(struct expr_parser *p)
{
	struct expr_lexer *lx = &p->lx;
	struct expr_lexer before = *lx;
	struct slice name = lx->tok.raw;

	/* what it is, the next word tells */
	expr_next(lx);
	if (lx->tok.kind == EXPR_MARK && slice_is(lx->tok.raw, "(")) {
		expr_next(lx);
		expr_parse_call(p, name);
		return;
	}
	if (lx->tok.kind == EXPR_STRING && utf8_is_word(name, "date")) {
		parse_time(p, false);
		return;
	}
	if (lx->tok.kind == EXPR_STRING && utf8_is_word(name, "timestamp")) {
		parse_time(p, true);
		return;
	}
	if (lx->why->n != 0)
		return;
	*lx = before;
	if (is_reserved(p))
		expr_missing(p, "a value");
	else if (expr_at(p, "null"))
		push(p, (struct expr_value){ .type = EXPR_NULL });
	else if (expr_at(p, "true") || expr_at(p, "false"))
		push(p, (struct expr_value){
			    .type = EXPR_BOOL, .truth = expr_at(p, "true") });
	else if (expr_accept(p, "today"))
		expr_push_today(p, name);
	else
		parse_member(p, name);
}

void
expr_parse_primary(struct expr_parser *p)
{
	struct expr_token *t = &p->lx.tok;

	switch (t->kind) {
	case EXPR_LITERAL: parse_number(p); break;
	case EXPR_STRING:
		push(p,
		    (struct expr_value){ .type = EXPR_TEXT, .text = t->text });
		break;
	case EXPR_QUOTED: parse_member(p, t->text); break;
	case EXPR_WORD: parse_name(p); break;
	default:
		if (!expr_accept(p, "(")) {
			expr_missing(p, "a value");
			break;
		}
		expr_parse_any(p);
		expr_expect(p, ")");
	}
}

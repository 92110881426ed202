/* expr_lex - the words of an expression, and what is wrong with them. */
#include <stdarg.h>
#include <stdio.h>

#include "expr_parser.h"
#include "utf8.h"

#define SHOWN_MAX 72 /* bytes of the expression on either side of a word */
#define WORD_MAX  60 /* bytes of a word in a message */

/* Every byte of a letter outside ASCII is part of a name. */
static bool
begins_name(char c)
{
	return ascii_letter(c) || c == '_' || (c & 0x80) != 0;
}

/* No more than a line has room for; not from or to the midst of a letter. */
static struct slice
around(struct slice text, size_t at)
{
	size_t from = at > SHOWN_MAX ? at - SHOWN_MAX : 0;
	size_t to = text.n - at > SHOWN_MAX ? at + SHOWN_MAX : text.n;

	while (from > 0 && (text.p[from] & 0xc0) == 0x80)
		from--;
	while (to < text.n && (text.p[to] & 0xc0) == 0x80)
		to++;
	return (struct slice){ text.p + from, to - from };
}

void
expr_show(struct buf *out, struct slice text, struct slice word)
{
	struct slice line = around(text, (size_t)(word.p - text.p));
	struct slice before = { line.p, (size_t)(word.p - line.p) };
	size_t i;

	buf_text(out, "\n  ");
	for (i = 0; i < line.n; i++)
		buf_byte(out, (unsigned char)line.p[i] < ' ' ? ' ' : line.p[i]);
	buf_text(out, "\n  ");
	for (i = utf8_length(before); i > 0; i--)
		buf_byte(out, ' ');
	buf_byte(out, '^');
}

struct slice
expr_shown(struct slice word)
{
	if (word.n <= WORD_MAX)
		return word;
	for (word.n = WORD_MAX; (word.p[word.n] & 0xc0) == 0x80; word.n--)
		;
	return word;
}

void
expr_complain(struct expr_lexer *lx, struct slice at, const char *fmt, ...)
{
	char message[200];
	va_list ap;

	if (lx->why->n != 0)
		return;
	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	buf_text(lx->why, message);
	expr_show(lx->why, lx->text, at);
	lx->at = lx->text.n;
	lx->tok.kind = EXPR_END;
}

static char
peek(const struct expr_lexer *lx, size_t ahead)
{
	size_t at = lx->at + ahead;

	return at < lx->text.n ? lx->text.p[at] : '\0';
}

static void
take_digits(struct expr_lexer *lx)
{
	while (ascii_digit(peek(lx, 0)))
		lx->at++;
}

static void
take_number(struct expr_lexer *lx)
{
	size_t sign;

	take_digits(lx);
	if (peek(lx, 0) == '.' && ascii_digit(peek(lx, 1))) {
		lx->at++;
		take_digits(lx);
	}
	sign = peek(lx, 1) == '-' || peek(lx, 1) == '+';
	if ((peek(lx, 0) | 0x20) == 'e' && ascii_digit(peek(lx, 1 + sign))) {
		lx->at += 1 + sign;
		take_digits(lx);
	}
	lx->tok.kind = EXPR_LITERAL;
}

/* Text up to the quote, which stands for itself where it is doubled. */
static void
take_quoted(struct expr_lexer *lx, char quote)
{
	struct buf text = { 0 };
	struct slice start = { lx->text.p + lx->at, 1 };

	lx->at++;
	for (;; lx->at++) {
		if (lx->at == lx->text.n) {
			expr_complain(lx, start, "the quote is never closed");
			break;
		}
		if (peek(lx, 0) == quote) {
			lx->at++;
			if (peek(lx, 0) != quote)
				break;
		}
		buf_byte(&text, peek(lx, 0));
	}
	lx->tok.text = arena_keep(lx->arena, buf_view(&text));
	buf_free(&text);
	if (lx->why->n == 0)
		lx->tok.kind = quote == '"' ? EXPR_QUOTED : EXPR_STRING;
}

static void
take_mark(struct expr_lexer *lx)
{
	static const char *const pairs[] = { "<>", "!=", "<=", ">=", "||" };
	struct slice rest = { lx->text.p + lx->at, lx->text.n - lx->at };
	size_t i;

	lx->tok.kind = EXPR_MARK;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (slice_starts(rest, slice_of(pairs[i]))) {
			lx->at += 2;
			return;
		}
	}
	if (*rest.p == '\0' || strchr("=<>+-*/%(),", *rest.p) == NULL)
		expr_complain(lx, rest, "a character that means nothing here");
	else
		lx->at++;
}

void
expr_next(struct expr_lexer *lx)
{
	const char *start;
	char c;

	if (lx->why->n != 0)
		lx->at = lx->text.n;
	while ((c = peek(lx, 0)) == ' ' || c == '\t' || c == '\n' || c == '\r')
		lx->at++;
	start = lx->text.p + lx->at;
	lx->tok = (struct expr_token){ .kind = EXPR_END };
	if (lx->at == lx->text.n) {
		lx->tok.raw = (struct slice){ start, 0 };
		return;
	}
	if (ascii_digit(c) || (c == '.' && ascii_digit(peek(lx, 1)))) {
		take_number(lx);
	} else if (begins_name(c)) {
		while (begins_name(peek(lx, 0)) || ascii_digit(peek(lx, 0)))
			lx->at++;
		lx->tok.kind = EXPR_WORD;
	} else if (c == '"' || c == '\'') {
		take_quoted(lx, c);
	} else {
		take_mark(lx);
	}
	lx->tok.raw.p = start;
	lx->tok.raw.n = (size_t)(lx->text.p + lx->at - start);
	if (lx->tok.kind == EXPR_LITERAL && begins_name(peek(lx, 0)))
		expr_complain(
		    lx, lx->tok.raw, "a number, and letters right behind it");
}

/* expr_text - functions of texts in expressions. */
#include <regex.h>
#include <stdlib.h>

#include "br.h"
#include "expr_ops.h"
#include "mh.h"
#include "utf8.h"

/* The first n <= EXPR_ARGS values as texts. */
static bool
texts_of(struct expr *e, struct expr_op *op, const struct expr_value *v,
    size_t n, struct slice *text)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!expr_text(e, op, i, &v[i], &text[i]))
			return false;
	}
	op->out.n = 0;
	return true;
}

static bool
run_length(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s;

	return texts_of(e, op, v, 1, &s) &&
	       expr_dec(v, dec_from_i64((int64_t)utf8_length(s)));
}

/* One text rewritten by a function of the library. */
static bool
rewrite(struct expr *e, struct expr_op *op, struct expr_value *v,
    void (*with)(struct buf *, struct slice))
{
	struct slice s;

	if (!texts_of(e, op, v, 1, &s))
		return false;
	with(&op->out, s);
	return expr_made(v, op);
}

static bool
run_lower(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return rewrite(e, op, v, utf8_lower);
}

static bool
run_upper(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return rewrite(e, op, v, utf8_upper);
}

static bool
run_title(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return rewrite(e, op, v, br_title);
}

static void
put_digits(struct buf *out, struct slice s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			buf_byte(out, s.p[i]);
	}
}

static bool
run_digits(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return rewrite(e, op, v, put_digits);
}

static bool
run_trim(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s;

	return texts_of(e, op, v, 1, &s) && expr_string(v, utf8_trim(s));
}

static bool
run_region(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	const char *region;
	struct slice s;

	if (!texts_of(e, op, v, 1, &s))
		return false;
	if (!br_uf(&op->out, s))
		return expr_null(v);
	region = br_region(buf_view(&op->out));
	return expr_string(v, slice_of(region));
}

static bool
run_join(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s[2];

	if (!texts_of(e, op, v, 2, s))
		return false;
	buf_slice(&op->out, s[0]);
	buf_slice(&op->out, s[1]);
	return expr_made(v, op);
}

/* The text without its first n code points, or without any. */
static struct slice
skip(struct slice s, int64_t n)
{
	const char *p = s.p, *end = s.p + s.n;

	for (; n > 0 && p < end; n--)
		utf8_next(&p);
	return (struct slice){ p, (size_t)(end - p) };
}

/* From the start-th code point on, of which the first is 1; places before it
 * are there, and empty. */
static bool
run_substr(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int64_t start, count = INT64_MAX, end;
	struct slice s, rest;

	if (!texts_of(e, op, v, 1, &s) || !expr_integer(e, op, &v[1], &start))
		return false;
	if (op->n == 3 && !expr_integer(e, op, &v[2], &count))
		return false;
	if (count < 0)
		return expr_refuse(e, op, &v[2], "is less than no length");
	if (__builtin_add_overflow(start, count, &end))
		end = INT64_MAX;
	if (start < 1)
		start = 1;
	if (end < start)
		end = start;
	s = skip(s, start - 1);
	rest = skip(s, end - start);
	s.n -= rest.n;
	return expr_string(v, s);
}

/* Where `part` begins in the text; NULL if it is not there. */
static const char *
find(struct slice s, struct slice part)
{
	const char *p = s.p;

	if (part.n == 0)
		return p;
	while (s.n >= part.n &&
	       (p = memchr(s.p, *part.p, s.n - part.n + 1)) != NULL) {
		if (memcmp(p, part.p, part.n) == 0)
			return p;
		s.n -= (size_t)(p + 1 - s.p);
		s.p = p + 1;
	}
	return NULL;
}

static bool
run_replace(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s[3];
	const char *p;

	if (!texts_of(e, op, v, 3, s))
		return false;
	while (s[1].n != 0 && (p = find(s[0], s[1])) != NULL) {
		size_t before = (size_t)(p - s[0].p);

		buf_add(&op->out, s[0].p, before);
		buf_slice(&op->out, s[2]);
		s[0].p += before + s[1].n;
		s[0].n -= before + s[1].n;
	}
	buf_slice(&op->out, s[0]);
	return expr_made(v, op);
}

static bool
run_starts(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s[2];

	return texts_of(e, op, v, 2, s) &&
	       expr_bool(v, slice_starts(s[0], s[1]));
}

static bool
run_contains(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s[2];

	return texts_of(e, op, v, 2, s) &&
	       expr_bool(v, find(s[0], s[1]) != NULL);
}

/*
 * Takes the pattern's next character off, and where it is none but itself,
 * the text's. False where they differ.
 */
static bool
like_one(struct slice *s, struct slice *pattern)
{
	const char *p = s->p;

	if (s->n == 0)
		return false;
	if (*pattern->p == '_') {
		utf8_next(&p);
	} else {
		size_t escape = *pattern->p == '\\';

		if (*s->p != pattern->p[escape])
			return false;
		pattern->p += escape;
		pattern->n -= escape;
		p++;
	}
	pattern->p++;
	pattern->n--;
	s->n -= (size_t)(p - s->p);
	s->p = p;
	return true;
}

/* Of several %, only the last that was met need ever take more. */
static bool
is_like(struct slice s, struct slice pattern)
{
	struct slice back_s = { NULL, 0 }, back_pattern = { NULL, 0 };

	for (;;) {
		if (pattern.n != 0 && *pattern.p == '%') {
			pattern.p++;
			pattern.n--;
			back_s = s;
			back_pattern = pattern;
		} else if (pattern.n == 0 && s.n == 0) {
			return true;
		} else if (pattern.n == 0 || !like_one(&s, &pattern)) {
			if (back_s.n == 0)
				return false;
			back_s = skip(back_s, 1);
			s = back_s;
			pattern = back_pattern;
		}
	}
}

/* Does the pattern end in a backslash that escapes nothing? */
static bool
is_open(struct slice pattern)
{
	size_t n = 0;

	while (n < pattern.n && pattern.p[pattern.n - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static bool
run_like(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s[2];

	if (!texts_of(e, op, v, 2, s))
		return false;
	if (is_open(s[1]))
		return expr_refuse(
		    e, op, &v[1], "ends in a backslash that escapes nothing");
	return expr_bool(v, is_like(s[0], s[1]));
}

/* The expression is compiled once, when the call is parsed. */
static const char *
prepare_matches(struct expr_op *op, const struct expr_value *const *arg)
{
	static char wrong[160];
	struct buf text = { 0 };
	regex_t *re;
	int code;

	if (arg[1] == NULL || arg[1]->type != EXPR_TEXT)
		return "the regular expression is a literal: '...'";
	if (memchr(arg[1]->text.p, '\0', arg[1]->text.n) != NULL)
		return "the regular expression has a zero byte";
	buf_slice(&text, arg[1]->text);
	re = mem_zero(1, sizeof(*re));
	code = regcomp(re, buf_cstr(&text), REG_EXTENDED | REG_NOSUB);
	buf_free(&text);
	op->state = re;
	if (code == 0)
		return NULL;
	regerror(code, re, wrong, sizeof(wrong));
	free(re);
	return wrong;
}

static bool
run_matches(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct slice s;

	if (!texts_of(e, op, v, 1, &s))
		return false;
	if (s.n != 0 && memchr(s.p, '\0', s.n) != NULL)
		return expr_refuse(e, op, v, "has a zero byte in it");
	buf_slice(&op->out, s);
	return expr_bool(
	    v, regexec(op->state, buf_cstr(&op->out), 0, NULL, 0) == 0);
}

const struct expr_func expr_texts[] = {
	{ "length", 1, 1, true, true, EXPR_NUMBER, run_length, NULL },
	{ "lower", 1, 1, true, true, EXPR_TEXT, run_lower, NULL },
	{ "upper", 1, 1, true, true, EXPR_TEXT, run_upper, NULL },
	{ "title", 1, 1, true, true, EXPR_TEXT, run_title, NULL },
	{ "digits", 1, 1, true, true, EXPR_TEXT, run_digits, NULL },
	{ "trim", 1, 1, true, true, EXPR_TEXT, run_trim, NULL },
	{ "uf_region", 1, 1, true, true, EXPR_TEXT, run_region, NULL },
	{ "substr", 2, 3, true, true, EXPR_TEXT, run_substr, NULL },
	{ "replace", 3, 3, true, true, EXPR_TEXT, run_replace, NULL },
	{ "starts_with", 2, 2, true, true, EXPR_BOOL, run_starts, NULL },
	{ "contains", 2, 2, true, true, EXPR_BOOL, run_contains, NULL },
	{ "matches", 2, 2, true, true, EXPR_BOOL, run_matches,
	    prepare_matches },
	{ "like", 2, 2, false, true, EXPR_BOOL, run_like, NULL },
	{ "||", 2, 2, false, true, EXPR_TEXT, run_join, NULL },
	{ NULL, 0, 0, false, false, EXPR_NULL, NULL, NULL },
};

/* agg_options - keys and measures out of the texts of the options. */
#include "agg_ops.h"
#include "mh.h"
#include "utf8.h"

/* Does the text begin with a call of one of the language's functions? */
static bool
is_call(struct slice text)
{
	struct slice name, rest = text;

	return slice_split(&rest, '(', &name) && rest.p != NULL &&
	       (expr_is_function(name) || utf8_is_word(name, "not"));
}

/*
 * Names are words, and members called "a-b" or "a(b)" have always been named
 * so here; nothing that could only be an operator or a literal is a name.
 */
static bool
is_expr(struct slice text)
{
	static const char marks[] = " \t'+*/%<>=|!";
	size_t i;

	for (i = 0; i < text.n; i++) {
		if (memchr(marks, text.p[i], sizeof(marks) - 1) != NULL)
			return true;
	}
	return (text.n != 0 && strchr("\"(-", text.p[0]) != NULL) ||
	       is_call(text);
}

/* Where the key ends that begins at `text` and holds an expression. */
static size_t
expr_end(struct slice text)
{
	char quote = '\0';
	int depth = 0;
	size_t i;

	for (i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == ',' && depth <= 0)
			break;
		else
			depth += (c == '(') - (c == ')');
	}
	return i;
}

/* Cuts the next key off. It goes up to the next comma; an expression, to the
 * next one that is in no quotes and no parentheses. */
static bool
split(struct slice *rest, struct slice *key)
{
	struct slice whole = *rest, name, value;
	size_t end;

	if (!slice_split(rest, ',', key))
		return false;
	value = *key;
	if (!slice_split(&value, '=', &name) || value.p == NULL ||
	    !is_expr(value))
		return true;
	value.n = whole.n - (size_t)(value.p - whole.p);
	end = expr_end(value);
	key->n = (size_t)(value.p + end - whole.p);
	*rest = end == value.n
		    ? (struct slice){ NULL, 0 }
		    : (struct slice){ value.p + end + 1, value.n - end - 1 };
	return true;
}

static const struct agg_func *
find_func(struct slice name)
{
	const struct agg_func *const *f;

	for (f = agg_funcs; *f != NULL && !slice_is(name, (*f)->name); f++)
		;
	if (*f == NULL)
		mh_die_usage(
		    "-a: there is no function %.*s", (int)name.n, name.p);
	return *f;
}

/* `member` is its name, or the text of an expression. */
static size_t
input_of(struct agg *a, struct slice member, unsigned needs)
{
	size_t i = names_find(&a->members, member);

	if (i == a->members.n) {
		names_add(&a->members, "-a", member, member);
		a->inputs = mem_resize(a->inputs, i + 1, sizeof(*a->inputs));
		a->inputs[i] = (struct agg_input){ 0 };
		a->inputs[i].computed.wanted = is_expr(member);
		a->inputs[i].computed.seen = a->inputs[i].computed.wanted;
	}
	a->inputs[i].needs |= needs;
	return i;
}

static bool
has_measure(const struct agg *a, struct slice name)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		if (slice_eq(a->measures[i].name, name))
			return true;
	}
	return false;
}

void
agg_keys(struct agg *a, const char *text)
{
	struct slice rest = slice_of(text), from, to;
	size_t i;

	names_check_utf8("-k", text);
	while (split(&rest, &from)) {
		bool renamed = slice_split(&from, '=', &to) && from.p != NULL;

		i = a->keys.n;
		names_add(&a->keys, "-k", to, renamed ? from : to);
		a->key_exprs =
		    mem_resize(a->key_exprs, i + 1, sizeof(*a->key_exprs));
		a->key_exprs[i] = (struct agg_expr){
			.wanted = renamed && is_expr(from),
			.seen = renamed && is_expr(from),
		};
	}
}

void
agg_measure(struct agg *a, const char *text)
{
	struct slice rest = slice_of(text), name, func;
	struct measure *m;

	names_check_utf8("-a", text);
	if (!slice_split(&rest, '=', &name) || name.n == 0 ||
	    !slice_split(&rest, '(', &func) || rest.p == NULL || rest.n == 0 ||
	    rest.p[rest.n - 1] != ')')
		mh_die_usage("-a: not of the form NAME=FUNC(MEMBER): %s", text);
	rest.n--;
	if (has_measure(a, name))
		mh_die_usage("-a: %.*s is named twice", (int)name.n, name.p);
	a->measures = mem_resize(a->measures, a->n + 1, sizeof(*m));
	m = &a->measures[a->n++];
	*m = (struct measure){ .name = name, .func = find_func(func) };
	if (m->func->bare && (rest.n == 0 || slice_is(rest, "*")))
		m->input = SIZE_MAX;
	else
		m->input = input_of(a, rest, m->func->needs);
	m->truths = m->func->bare && m->input != SIZE_MAX &&
		    a->inputs[m->input].computed.wanted;
	if (m->truths)
		a->inputs[m->input].needs |= AGG_TOKEN;
}

static void
check_measures(const struct agg *a)
{
	struct names seen = { 0 };
	size_t i;

	for (i = 0; i < a->keys.n; i++)
		names_add(&seen, "-k", a->keys.v[i].to, a->keys.v[i].to);
	for (i = 0; i < a->n; i++)
		names_add(
		    &seen, "-a", a->measures[i].name, a->measures[i].name);
	names_free(&seen);
}

static void
parse_expr(struct agg_expr *x, const char *option, struct slice text,
    struct date today)
{
	if (x->wanted)
		x->expr = expr_need(option, text, today, NULL);
}

void
agg_read_options(struct agg *a)
{
	size_t i;

	check_measures(a);
	for (i = 0; i < a->keys.n; i++)
		parse_expr(&a->key_exprs[i], "-k", a->keys.v[i].from, a->today);
	for (i = 0; i < a->members.n; i++)
		parse_expr(&a->inputs[i].computed, "-a", a->members.v[i].from,
		    a->today);
}

/* reject_line - a line of rejects, as lib/reject writes them, read back. */
#include "reject_line.h"
#include "json.h"
#include "mh.h"

enum kind {
	ANY,
	TEXT,
	TEXT_OR_NULL,
	NUMBER,
	OBJECT,
};

static const struct {
	const char *name;
	enum kind kind;
} members[REJECT_MEMBERS] = {
	[REJECT_REASON] = { "_reason", TEXT },
	[REJECT_FIELD] = { "_field", TEXT_OR_NULL },
	[REJECT_VALUE] = { "_value", ANY },
	[REJECT_SEVERITY] = { "_severity", TEXT },
	[REJECT_LINE] = { "_line", NUMBER },
	[REJECT_FILE] = { "_file", TEXT },
	[REJECT_TOOL] = { "_tool", TEXT },
	[REJECT_RUN] = { "_run", TEXT_OR_NULL },
	/* one of these; mh-mask leaves of the latter a null */
	[REJECT_RECORD] = { "_record", OBJECT },
	[REJECT_RAW] = { "_raw", TEXT_OR_NULL },
};

static _Noreturn void
refuse(const struct rec *r, const char *what, const char *wrong)
{
	mh_die(MH_DATA, "%s: line %llu: no line of rejects: %s%s", r->file,
	    (unsigned long long)r->lineno, what, wrong);
}

static const char *
wrong(enum kind kind, struct slice token)
{
	switch (kind) {
	case TEXT: return json_is_string(token) ? NULL : " is no text";
	case TEXT_OR_NULL:
		return json_is_string(token) || json_is_null(token)
			   ? NULL
			   : " is no text";
	case NUMBER: return json_is_number(token) ? NULL : " is no number";
	case OBJECT: return token.p[0] == '{' ? NULL : " is no object";
	default: return NULL;
	}
}

static void
learn_shape(struct reject_line *l, const struct rec *r)
{
	size_t i;

	l->shape = r->shape;
	for (i = 0; i < REJECT_MEMBERS; i++) {
		l->place[i] = rec_find(r, slice_of(members[i].name));
		if (i < REJECT_RECORD && l->place[i] == r->n)
			refuse(r, "it has no ", members[i].name);
	}
	if (l->place[REJECT_RECORD] == r->n && l->place[REJECT_RAW] == r->n)
		refuse(r, "it has no _record", " and no _raw");
}

static void
take_member(struct reject_line *l, const struct rec *r, size_t i)
{
	struct slice token;
	const char *why;

	l->token[i] = l->text[i] = (struct slice){ NULL, 0 };
	if (l->place[i] == r->n)
		return;
	token = r->m[l->place[i]].value;
	why = wrong(members[i].kind, token);
	if (why != NULL)
		refuse(r, members[i].name, why);
	if (json_is_null(token))
		return;
	l->token[i] = token;
	if (json_is_string(token))
		l->text[i] = json_text(token, &l->scratch[i]);
}

void
reject_line_read(struct reject_line *l, const struct rec *r)
{
	struct slice severity;
	size_t i;

	if (r->shape != l->shape)
		learn_shape(l, r);
	for (i = 0; i < REJECT_MEMBERS; i++)
		take_member(l, r, i);
	severity = l->text[REJECT_SEVERITY];
	l->warned = slice_is(severity, "warn");
	if (!l->warned && !slice_is(severity, "drop") &&
	    !slice_is(severity, "fail"))
		refuse(r, "_severity", " is not warn, drop or fail");
}

void
reject_line_put(
    struct buf *out, const struct reject_line *l, enum reject_member m)
{
	if (l->token[m].p == NULL)
		buf_text(out, "null");
	else
		json_compact(out, l->token[m]);
}

void
reject_filter_add(struct slice **list, size_t *n, const char *text)
{
	struct slice rest = slice_of(text), one;

	while (slice_split(&rest, ',', &one)) {
		*list = mem_resize(*list, *n + 1, sizeof(**list));
		(*list)[(*n)++] = one;
	}
}

static bool
among(const struct slice *list, size_t n, struct slice name)
{
	size_t i;

	for (i = 0; i < n && !slice_eq(list[i], name); i++)
		;
	return i < n;
}

/* A null is no text, not even the empty one. */
static bool
is_text(struct slice text, const char *want)
{
	return text.p != NULL && slice_is(text, want);
}

bool
reject_filter_wants(const struct reject_filter *f, const struct reject_line *l)
{
	struct slice reason = l->text[REJECT_REASON];

	return (f->nreasons == 0 || among(f->reasons, f->nreasons, reason)) &&
	       !among(f->others, f->nothers, reason) &&
	       (f->field == NULL || is_text(l->text[REJECT_FIELD], f->field)) &&
	       (f->run == NULL || is_text(l->text[REJECT_RUN], f->run));
}

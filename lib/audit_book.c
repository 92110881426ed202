/* audit_book - what one program said of its work, and whether it can be. */
#include <stdio.h>

#include "auditing.h"
#include "json.h"

struct slice
array_last(struct slice array)
{
	struct slice last = { NULL, 0 };

	while (json_next(&array, &last))
		;
	return last;
}

bool
rec_text(const struct rec *r, const char *name, struct slice *text)
{
	const struct slice *token = rec_get(r, slice_of(name));

	if (token == NULL || !json_is_string(*token) ||
	    memchr(token->p, '\\', token->n) != NULL)
		return false;
	*text = (struct slice){ token->p + 1, token->n - 2 };
	return true;
}

bool
rec_count(const struct rec *r, const char *name, uint64_t *n)
{
	const struct slice *token = rec_get(r, slice_of(name));
	uint64_t v = 0;
	size_t i;

	/* 19 digits always fit */
	if (token == NULL || token->n == 0 || token->n > 19)
		return false;
	for (i = 0; i < token->n; i++) {
		if (!ascii_digit(token->p[i]))
			return false;
		v = v * 10 + (uint64_t)(token->p[i] - '0');
	}
	*n = v;
	return true;
}

bool
book_read(struct book *b, struct slice object)
{
	const struct slice *upstream;

	b->status = 0;
	b->hash = (struct slice){ NULL, 0 };
	b->upstream = SLICE("[]");
	if (!rec_from(&b->rec, &b->copy, object) ||
	    !rec_text(&b->rec, "tool", &b->tool) ||
	    !rec_count(&b->rec, "in", &b->in) ||
	    !rec_count(&b->rec, "out", &b->out) ||
	    !rec_count(&b->rec, "rejected", &b->rejected))
		return false;
	rec_count(&b->rec, "status", &b->status);
	rec_text(&b->rec, "hash", &b->hash);
	upstream = rec_get(&b->rec, SLICE("upstream"));
	if (upstream != NULL)
		b->upstream = *upstream;
	return true;
}

void
book_free(struct book *b)
{
	rec_free(&b->rec);
	buf_free(&b->copy);
}

uint64_t
book_count(const struct book *b, const char *name)
{
	uint64_t n;

	return rec_count(&b->rec, name, &n) ? n : 0;
}

bool
book_same(const struct rec *sealed, const struct book *b)
{
	const struct slice *value;
	size_t i;

	for (i = 0; i < sealed->n; i++) {
		value = rec_get(&b->rec, sealed->m[i].name);
		if (value == NULL || !slice_eq(*value, sealed->m[i].value))
			return false;
	}
	return true;
}

/* One count is the sum of others. The first law that knows the program and
 * whose count the program has is the one that it is held to. */
static const struct law {
	const char *tool; /* NULL: any */
	const char *one;
	const char *sum[4];
} laws[] = {
	{ "mh-join", "in", { "matched", "unmatched", "rejected" } },
	{ "mh-load", "in", { "inserted", "updated", "unchanged", "rejected" } },
	{ "mh-rejects", "in", { "out", "skipped", "rejected" } },
	{ "mh-aggregate", "out", { "groups" } },
	/* in is what its command was fed, if it was */
	{ "mh-wrap", "produced", { "out", "rejected" } },
	{ NULL, "in", { "out", "rejected" } },
};

static const struct law *
law_of(const struct book *b)
{
	const struct law *l = laws;
	uint64_t n;

	while (l->tool != NULL &&
	       (!slice_is(b->tool, l->tool) || !rec_count(&b->rec, l->one, &n)))
		l++;
	return l;
}

static void
check_law(struct audit *a, const struct book *b)
{
	const struct law *l = law_of(b);
	char words[100];
	uint64_t sum = 0, elsewhere;
	size_t i, n = 0;

	for (i = 0; i < sizeof(l->sum) / sizeof(l->sum[0]); i++) {
		if (l->sum[i] == NULL)
			break;
		sum += book_count(b, l->sum[i]);
		n += (size_t)snprintf(words + n, sizeof(words) - n, "%s%s",
		    i == 0 ? "" : " + ", l->sum[i]);
	}
	/* whatever does one shard alone passes over the others' records */
	if (strcmp(l->one, "in") == 0 &&
	    rec_count(&b->rec, "elsewhere", &elsewhere)) {
		sum += elsewhere;
		snprintf(words + n, sizeof(words) - n, " + elsewhere");
	}
	audit_equal(a, "law", sum, book_count(b, l->one), "%.*s: %s is not %s",
	    (int)b->tool.n, b->tool.p, l->one, words);
}

/* A join gives pairs, and beside them perhaps what matched nothing. */
static void
check_pairs(struct audit *a, const struct book *b)
{
	uint64_t pairs = book_count(b, "pairs");

	if (slice_is(b->tool, "mh-join") &&
	    b->out != pairs + book_count(b, "unmatched"))
		audit_equal(a, "law", pairs, b->out,
		    "mh-join: out is neither pairs nor pairs + unmatched");
}

/* The list of objects under this name; an empty one if there is none. */
static struct slice
list_of(const struct book *b, const char *name)
{
	const struct slice *token = rec_get(&b->rec, slice_of(name));

	return token != NULL ? *token : SLICE("[]");
}

static void
check_reasons(struct audit *a, const struct book *b)
{
	struct slice list = list_of(b, "reasons"), one, severity;
	uint64_t n, rejected = 0, warned = 0;
	struct rec r = { 0 };
	struct buf copy = { 0 };

	while (json_next(&list, &one)) {
		if (!rec_from(&r, &copy, one) ||
		    !rec_text(&r, "severity", &severity) ||
		    !rec_count(&r, "records", &n))
			continue;
		if (slice_is(severity, "warn"))
			warned += n;
		else
			rejected += n;
	}
	rec_free(&r);
	buf_free(&copy);
	audit_equal(a, "reasons", b->rejected, rejected,
	    "%.*s: the reasons are not those of all rejects", (int)b->tool.n,
	    b->tool.p);
	audit_equal(a, "reasons", book_count(b, "warned"), warned,
	    "%.*s: the reasons are not those of all warnings", (int)b->tool.n,
	    b->tool.p);
}

/* Does the list have one of this name? */
static bool
has_name(struct slice list, struct slice name)
{
	struct rec r = { 0 };
	struct buf copy = { 0 };
	struct slice one, other;
	bool found = false;

	while (!found && json_next(&list, &one))
		found = rec_from(&r, &copy, one) &&
			rec_text(&r, "name", &other) && slice_eq(name, other);
	rec_free(&r);
	buf_free(&copy);
	return found;
}

/* Lines that were no records: of no expectation was one asked about them. */
static uint64_t
count_faults(const struct book *b)
{
	static const char *const faults[] = { "json", "utf8", "duplicate_key",
		"reserved", "too_long" };
	struct slice list = list_of(b, "reasons"), one, reason;
	struct rec r = { 0 };
	struct buf copy = { 0 };
	uint64_t n, sum = 0;
	size_t i;

	while (json_next(&list, &one)) {
		if (!rec_from(&r, &copy, one) ||
		    !rec_text(&r, "reason", &reason) ||
		    !rec_count(&r, "records", &n) ||
		    has_name(list_of(b, "expectations"), reason))
			continue;
		for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
			if (slice_is(reason, faults[i]))
				sum += n;
		}
	}
	rec_free(&r);
	buf_free(&copy);
	return sum;
}

/* Every expectation was asked about every record. */
static void
check_expectations(struct audit *a, const struct book *b)
{
	struct slice list = list_of(b, "expectations"), one;
	const struct slice *name;
	uint64_t passed, failed, tested = b->in - count_faults(b);
	struct rec r = { 0 };
	struct buf copy = { 0 };

	while (json_next(&list, &one)) {
		if (!rec_from(&r, &copy, one) ||
		    (name = rec_get(&r, SLICE("name"))) == NULL ||
		    !rec_count(&r, "passed", &passed) ||
		    !rec_count(&r, "failed", &failed))
			audit_find(a, "expectations", (struct slice){ NULL, 0 },
			    (struct slice){ NULL, 0 },
			    "%.*s: an expectation lacks members",
			    (int)b->tool.n, b->tool.p);
		else
			audit_equal(a, "expectations", tested, passed + failed,
			    "%.*s: %.*s was not asked about every record",
			    (int)b->tool.n, b->tool.p, (int)name->n, name->p);
	}
	rec_free(&r);
	buf_free(&copy);
}

void
book_check(struct audit *a, const struct book *b)
{
	check_law(a, b);
	check_pairs(a, b);
	check_reasons(a, b);
	check_expectations(a, b);
}

void
book_check_handed(struct audit *a, const struct book *b)
{
	struct slice lists = b->upstream, list;
	uint64_t n, sum = 0;
	struct rec r = { 0 };
	struct buf copy = { 0 };
	bool any = false;

	while (json_next(&lists, &list)) {
		any = true;
		if (rec_from(&r, &copy, array_last(list)) &&
		    rec_count(&r, "out", &n))
			sum += n;
	}
	rec_free(&r);
	buf_free(&copy);
	if (any)
		audit_equal(a, "handed", sum, b->in,
		    "%.*s: in is not what those in front of it gave",
		    (int)b->tool.n, b->tool.p);
}

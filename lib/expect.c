/* expect - expectations on records, and what becomes of those that fail. */
#include "expect.h"
#include "expect_rules.h"
#include "json.h"
#include "mh.h"

#define SAMPLE_MAX 4096 /* bytes of a record that is kept as a sample */

static const struct expectation *
find(const struct expect *x, struct slice name)
{
	size_t i;

	for (i = 0; i < x->n; i++) {
		if (slice_is(name, x->v[i].name))
			return &x->v[i];
	}
	return NULL;
}

/* Is it why a line is no record? A reject of that reason was not tested. */
static bool
is_fault(struct slice name)
{
	static const char *const faults[] = { "json", "utf8", "duplicate_key",
		"reserved", "too_long" };
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		if (slice_is(name, faults[i]))
			return true;
	}
	return false;
}

/* A copy of the slice as a C string; never freed. */
static const char *
copy(struct slice s)
{
	struct buf b = { 0 };

	buf_slice(&b, s);
	return buf_cstr(&b);
}

/* An expectation for clean records cannot hold for what they do not have;
 * _rescued_data is what mh-clean --rescue adds to them. */
static void
check_members(const struct expr *e, const struct contract *c, const char *where)
{
	struct buf place = { 0 };
	struct slice name;
	size_t i;

	for (i = 0; (name = expr_member(e, i)).p != NULL; i++) {
		if (contract_column(c, name) != NULL ||
		    slice_is(name, "_rescued_data"))
			continue;
		expr_show_member(e, i, &place);
		mh_die(MH_CONFIG, "%s: the contract has no column %s", where,
		    buf_cstr(&place));
	}
}

static struct expr *
parse_condition(const struct expect *x, const char *where, const char *text)
{
	struct expr *e = expr_need(where, slice_of(text), x->today,
	    x->dry ? expect_rules_dry : expect_rules);
	struct buf why = { 0 };

	if (!expr_is_condition(e, &why))
		mh_die(MH_CONFIG, "%s: %s", where, buf_cstr(&why));
	return e;
}

void
expect_add(struct expect *x, const char *where, enum severity severity,
    struct slice name, struct slice text)
{
	struct buf place = { 0 };
	struct expectation *ex;

	if (name.n == 0)
		mh_die(MH_CONFIG, "%s: the expectation has no name", where);
	if (find(x, name) != NULL || is_fault(name))
		mh_die(MH_CONFIG, "%s: %.*s: the name is taken", where,
		    (int)name.n, name.p);
	x->v = mem_resize(x->v, x->n + 1, sizeof(*x->v));
	x->failures = mem_resize(x->failures, x->n + 1, sizeof(*x->failures));
	ex = &x->v[x->n++];
	*ex = (struct expectation){
		.name = copy(name),
		.severity = severity,
		.mostly = { 100, 0 },
	};
	buf_fmt(&place, "%s: %s", where, ex->name);
	ex->expr = parse_condition(x, buf_cstr(&place), copy(text));
	buf_free(&place);
}

void
expect_contract(struct expect *x, const struct contract *c)
{
	struct buf where = { 0 };
	size_t i;

	for (i = 0; i < c->nexpects; i++) {
		const struct expect_statement *e = &c->expects[i];

		where.n = 0;
		buf_fmt(&where, "%s: line %u", e->file, e->line);
		expect_add(x, buf_cstr(&where), e->severity, e->name, e->expr);
		buf_fmt(&where, ": %.*s", (int)e->name.n, e->name.p);
		check_members(x->v[x->n - 1].expr, c, buf_cstr(&where));
	}
	if (x->dataset.p == NULL)
		x->dataset = c->entity;
	buf_free(&where);
}

void
expect_check(const struct contract *c)
{
	struct expect x = { .today = c->today, .dry = true };

	expect_contract(&x, c);
}

bool
expect_mostly(struct expect *x, struct slice percent)
{
	struct expectation *ex = x->n == 0 ? NULL : &x->v[x->n - 1];
	struct dec d;

	if (percent.n != 0 && percent.p[percent.n - 1] == '%')
		percent.n--;
	if (ex == NULL || ex->severity != SEVERITY_FAIL ||
	    !dec_from_json(&d, percent) || dec_cmp(d, dec_from_i64(0)) < 0 ||
	    dec_cmp(d, dec_from_i64(100)) > 0 || !dec_round(&d, 12))
		return false;
	ex->mostly = d;
	return true;
}

/* The first record that fails is what a person wants to see. */
static void
keep_sample(const struct expect *x, struct expectation *ex, const struct rec *r,
    const char *why)
{
	ex->file = r->file;
	ex->line = r->lineno;
	if (why != NULL)
		buf_text(&ex->reason, why);
	if (r->line.n <= SAMPLE_MAX && !x->no_samples)
		rec_put(&ex->sample, r);
}

static int
rank(const struct failure *f)
{
	if (f->fail)
		return SEVERITY_FAIL;
	return f->warn ? SEVERITY_WARN : SEVERITY_DROP;
}

static void
note_failure(struct expect *x, struct expectation *ex, const struct rec *r,
    const char *why)
{
	struct failure f = {
		.reason = why == NULL ? ex->name : "expression",
		.field = why == NULL ? (struct slice){ NULL, 0 }
				     : slice_of(ex->name),
		.message = why,
		.warn = ex->severity == SEVERITY_WARN,
		.fail = ex->severity == SEVERITY_FAIL,
	};
	size_t i;

	if (ex->failed++ == 0)
		keep_sample(x, ex, r, why);
	/* the worst first; of equally bad ones, as they were given */
	for (i = x->nfailures++; i > 0; i--) {
		if (rank(&x->failures[i - 1]) >= rank(&f))
			break;
		x->failures[i] = x->failures[i - 1];
	}
	x->failures[i] = f;
}

bool
expect_test(struct expect *x, const struct rec *r)
{
	struct expr_value truth;
	const char *why;
	size_t i;

	x->nfailures = 0;
	for (i = 0; i < x->n; i++) {
		struct expectation *ex = &x->v[i];

		why =
		    expr_holds(ex->expr, r, &truth) ? NULL : expr_why(ex->expr);
		if (why == NULL && truth.type == EXPR_BOOL && truth.truth)
			ex->passed++;
		else
			note_failure(x, ex, r, why);
	}
	if (x->nfailures == 0 || x->failures[0].warn)
		return true;
	x->dropped++;
	return false;
}

/* Have fewer passed than must? Without records, none has failed. */
static bool
refuses(const struct expectation *ex)
{
	struct dec share = dec_from_i64((int64_t)ex->passed);
	struct dec least = dec_from_i64((int64_t)(ex->passed + ex->failed));

	if (ex->severity != SEVERITY_FAIL)
		return false;
	/* 64 bits and 15 digits fit 38 */
	dec_mul(&share, dec_from_i64(100));
	dec_mul(&least, ex->mostly);
	return dec_cmp(share, least) < 0;
}

bool
expect_refused(const struct expect *x)
{
	size_t i;

	for (i = 0; i < x->n && !refuses(&x->v[i]); i++)
		;
	return i < x->n;
}

void
expect_say(const struct expect *x)
{
	size_t i;

	for (i = 0; i < x->n; i++) {
		struct expectation *ex = &x->v[i];
		bool warns = ex->severity == SEVERITY_WARN && !mh.quiet;
		struct slice object;

		if (ex->failed == 0 || (!warns && !refuses(ex)))
			continue;
		/* a pipe has no better name than what goes through it */
		object = slice_of(ex->file);
		if (slice_is(object, "-") && x->dataset.n != 0)
			object = x->dataset;
		mh_warn("%.*s: line %llu: %s: the first of %llu that fail, of "
			"%llu records%s%s",
		    (int)object.n, object.p, (unsigned long long)ex->line,
		    ex->name, (unsigned long long)ex->failed,
		    (unsigned long long)(ex->passed + ex->failed),
		    ex->reason.n != 0 ? ": " : "",
		    ex->reason.n != 0 ? buf_cstr(&ex->reason) : "");
	}
}

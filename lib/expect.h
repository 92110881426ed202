/*
 * expect - expectations: conditions that every record of a stream should
 * meet, and what becomes of those that do not.
 *
 *	expect_add() for each; expect_test() for each record; at the end
 *	expect_refused(), expect_put() for the books, expect_log()
 *
 * A condition that is null, or that has no value for a record, counts as
 * failed. Beside the functions of mh-expr(7) there are unique(EXPR) and
 * relationships(EXPR, FILE[, MEMBER]), which remember keys.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include "contract.h"
#include "expr.h"
#include "out.h"
#include "reject.h"

struct expectation {
	const char *name;
	enum severity severity;
	struct expr *expr;
	struct dec mostly; /* percent of the records that must pass */
	uint64_t passed, failed;
	const char *file; /* of the first record that failed */
	uint64_t line;
	struct buf sample; /* that record, as JSON; empty if it is long */
	struct buf reason; /* why it had no value; empty: it was not true */
};

struct expect {
	struct date today;
	bool no_samples;      /* keep no record for the summary */
	bool dry;             /* nothing is to be tested: no files are opened */
	struct slice dataset; /* what is tested, for the event log; or empty */
	struct expectation *v;
	size_t n;
	uint64_t dropped;         /* records that were rejected */
	struct failure *failures; /* of the last record, the worst first */
	size_t nfailures;
};

/*
 * Adds an expectation. `name` and `text`, its condition, are copied; `where`
 * is for messages: "--drop", or file and line of a contract. A wrong
 * expression, one that is plainly no condition, an empty name or one that is
 * taken ends the program, status 78. Needs x->today.
 */
void expect_add(struct expect *x, const char *where, enum severity severity,
    struct slice name, struct slice text);

/*
 * Adds the expectations of a contract, and takes its entity for the dataset
 * where none was named. One that names a member which clean records do not
 * have, neither a column nor _rescued_data, ends the program, status 78.
 */
void expect_contract(struct expect *x, const struct contract *c);

/*
 * Ends the program, status 78, if an expectation of the contract is wrong.
 * The files that they name are not looked at.
 */
void expect_check(const struct contract *c);

/*
 * Lets the last expectation, whose severity is SEVERITY_FAIL, refuse the run
 * only where fewer than `percent` of the records pass: "99.5%" or "99.5".
 * False if that is no percentage, or if there is no such expectation.
 */
bool expect_mostly(struct expect *x, struct slice percent);

/*
 * Tests a record. True: it goes on, whatever was warned of. False: it is to
 * be rejected for x->failures, which are good until the next call.
 */
bool expect_test(struct expect *x, const struct rec *r);

/* Did an expectation fail that refuses the run? */
bool expect_refused(const struct expect *x);

/* Says on standard error which expectations warn or refuse the run. */
void expect_say(const struct expect *x);

/*
 * Appends the counts as a JSON array, and the first record that failed each
 * expectation as a JSON object by their names.
 */
void expect_put(const struct expect *x, struct buf *out);
void expect_put_samples(const struct expect *x, struct buf *out);

/* Appends to `file` a line in the shape of the event log of Delta Live
 * Tables, with `written` records; status 74 if that fails. */
void expect_log(const struct expect *x, const char *file, uint64_t written);

#endif

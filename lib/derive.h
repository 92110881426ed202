/*
 * derive - members of records out of expressions.
 *
 * A name that the record has gets its new value in its place; the others go
 * behind, in the order in which they were given. All expressions see the
 * record as it came.
 */
#ifndef DERIVE_H
#define DERIVE_H

#include "expr.h"
#include "names.h"
#include "reject.h"

struct derive {
	struct names names; /* what is derived */
	struct expr **exprs;
	struct buf *keys; /* the names as JSON strings */
	struct buf *values;
	size_t *source; /* of each member: OLD, or which is its new value */
	size_t cap;
	bool replaces; /* records of this shape lose a value */
};

/* Takes NAME=EXPR, which must outlive `d` and holds a `=`. A wrong name is a
 * usage error, a wrong expression ends the program with status 78. */
void derive_add(struct derive *d, const char *text, struct date today);

/*
 * Appends the record with its derived members, without a line feed. False,
 * and nothing appended, if an expression has no value: *f says why, until
 * the next record.
 */
bool derive_record(
    struct derive *d, const struct rec *r, struct failure *f, struct buf *out);

#endif

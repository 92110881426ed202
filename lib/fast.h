/*
 * fast - the values that nearly all records have, made clean in one go.
 *
 * What people and programs mostly write needs no decoding, no trimming and
 * no exact arithmetic: an id, 12, R$ 1.234,56, 12/03/2024. Here are these
 * forms alone. Whatever is not among them is not wrong, but slow: it is for
 * clean_column(), which knows all the rules. What is done here comes out to
 * the byte as there: tests/unit/fast.c compares both.
 */
#ifndef FAST_H
#define FAST_H

#include "contract.h"
#include "memo.h"

/* The room that a value may take beyond the bytes of its token. */
#define FAST_ROOM 48

struct fast {
	/* see fast_put(); or NULL */
	char *(*put)(struct fast *f, struct slice token, char *at);
	const struct contract *contract;
	const struct column *column;
	size_t null_max; /* longer texts are never null */
	int scale;
	int64_t min, max;  /* in units of the scale; a day as 20241231 */
	struct memo *memo; /* for whoever has asked clean_column(); or NULL */
};

/* Makes ready for a column; both must outlive `f`. */
void fast_open(
    struct fast *f, const struct contract *c, const struct column *col);

/*
 * Puts the clean value of a token (p not NULL) of a record's line, behind
 * which JSON_SLACK bytes can be read, to `at`, where there is room for
 * token.n + FAST_ROOM. Gives its end; NULL if clean_column() must be asked.
 */
static inline char *
fast_put(struct fast *f, struct slice token, char *at)
{
	return f->put != NULL ? f->put(f, token, at) : NULL;
}

#endif

/*
 * tally - how often each of some names came.
 */
#ifndef TALLY_H
#define TALLY_H

#include "table.h"

/* A tally of zeros is an empty one. */
struct tally {
	struct table names;
	uint64_t *counts; /* by the number of the name */
	size_t cap;
};

/* Counts a name once more, which is copied where it is new: counts[] is 1
 * then. Gives its number; numbers are in the order of first sight. */
uint32_t tally_add(struct tally *t, struct slice name);

void tally_free(struct tally *t);

#endif

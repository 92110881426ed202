/*
 * unknown - members of a record that no column takes: counted by name where
 * they are dropped, or kept together in one more column.
 *
 * The places are those of one shape of record: whoever sees another shape
 * sets n to 0 and adds them anew. The counts go on.
 */
#ifndef UNKNOWN_H
#define UNKNOWN_H

#include "rec.h"
#include "table.h"

struct unknown {
	size_t *place;  /* among the record's members */
	uint32_t *name; /* numbers in names */
	size_t n, cap;
	struct table names;
	uint64_t *counts; /* of records, by the number of the name */
};

/* Adds a member of records of this shape. Past a thousand names the others
 * are counted as one, "(others)": what a stream may bring has no end. */
void unknown_add(struct unknown *u, const struct rec *r, size_t member);

/* Counts one more record of this shape. */
void unknown_count(struct unknown *u);

/* Appends ,"_rescued_data": and the members as an object, or null. */
void unknown_put(const struct unknown *u, const struct rec *r, struct buf *out);

/* Appends the counts by name as a JSON object; false if there are none. */
bool unknown_counts(const struct unknown *u, struct buf *out);

#endif

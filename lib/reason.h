/*
 * reason - how many records were refused, for which reason.
 */
#ifndef REASON_H
#define REASON_H

#include "str.h"

#define REASONS_MAX 256

struct reason {
	struct slice reason, field; /* field.p NULL: the whole record */
	const char *severity;       /* drop, warn or fail; a static word */
	uint64_t records;
};

struct reasons {
	struct reason *v; /* as they first came */
	size_t n;
	struct arena kept; /* their names */
};

/*
 * Counts one record more. The names are copied. Past REASONS_MAX different
 * ones, which takes fields that the data makes up, fields are no longer told
 * apart.
 */
void reasons_count(struct reasons *rs, struct slice reason, struct slice field,
    const char *severity);

/* Appends {"reason":..,"field":..,"severity":..,"records":N} objects as a
 * JSON array. */
void reasons_put(const struct reasons *rs, struct buf *out);

void reasons_free(struct reasons *rs);

#endif

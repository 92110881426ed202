/*
 * reject_line - a line of rejects, as lib/reject writes them, read back.
 */
#ifndef REJECT_LINE_H
#define REJECT_LINE_H

#include "rec.h"

/* The members of a line, in the order in which they are looked up. */
enum reject_member {
	REJECT_REASON,
	REJECT_FIELD,
	REJECT_VALUE,
	REJECT_SEVERITY,
	REJECT_LINE,
	REJECT_FILE,
	REJECT_TOOL,
	REJECT_RUN,
	REJECT_RECORD,
	REJECT_RAW,
	REJECT_MEMBERS,
};

/*
 * One line. Texts and tokens are good until the next one is read; a member
 * that is null, or is not there, has p NULL.
 */
struct reject_line {
	struct slice token[REJECT_MEMBERS]; /* as they came */
	struct slice text[REJECT_MEMBERS];  /* of those that are strings */
	bool warned; /* the record was written, all the same */

	uint32_t shape; /* of the line that place is for */
	size_t place[REJECT_MEMBERS];
	struct buf scratch[REJECT_MEMBERS];
};

/*
 * Takes a line. One that is no line of rejects ends the program, status 65,
 * with its file, its number and what is wrong.
 */
void reject_line_read(struct reject_line *l, const struct rec *r);

/* Appends a token of the line as it came, compact; null where it is null. */
void reject_line_put(
    struct buf *out, const struct reject_line *l, enum reject_member m);

/* Which rejects are wanted. One of zeros wants all. */
struct reject_filter {
	struct slice *reasons, *others; /* only these, none of these */
	size_t nreasons, nothers;
	const char *field, *run; /* NULL: any */
};

/* Adds to a list of reasons the names in `text`, with commas between. */
void reject_filter_add(struct slice **list, size_t *n, const char *text);

bool reject_filter_wants(
    const struct reject_filter *f, const struct reject_line *l);

#endif

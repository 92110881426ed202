/*
 * reject_report - what was rejected and why, the most frequent first.
 *
 * Lines are counted by their tool, reason, field and severity; of each such
 * group the first line is kept as an example. Memory grows with the groups
 * alone.
 */
#ifndef REJECT_REPORT_H
#define REJECT_REPORT_H

#include "reject_line.h"
#include "tally.h"

#define REJECT_REPORT_WIDTH 80 /* columns of the report as text */

/* What the report as text says of a group, beside the count. */
enum report_column {
	REPORT_SEVERITY,
	REPORT_REASON,
	REPORT_FIELD,
	REPORT_PLACE, /* of the example */
	REPORT_VALUE,
	REPORT_COLUMNS,
};

struct reject_group {
	uint32_t part; /* of the report */
	struct slice cell[REPORT_COLUMNS];
	struct slice example; /* a JSON object */
};

/* A report of zeros is an empty one. */
struct reject_report {
	bool named; /* the rejects of each file make parts of their own */
	struct tally groups;
	struct reject_group *v; /* by the number of the group */
	size_t cap;
	struct table parts; /* their headings: a file's name, a tool's */
	struct arena kept;
	const char *file; /* the last one */
	struct buf name;  /* of it, for people */
	struct buf key, work;
};

/* Counts a line, which came from `file`. */
void reject_report_add(
    struct reject_report *rp, const struct reject_line *l, const char *file);

/* The numbers of the groups as the report has them; free() it. */
uint32_t *reject_report_order(const struct reject_report *rp);

/*
 * Appends the report as text for people, in lines of REJECT_REPORT_WIDTH at
 * most: names and values are cut where they have no room.
 */
void reject_report_text(const struct reject_report *rp, struct buf *out);

/* The same as NDJSON, an object a group. */
void reject_report_json(const struct reject_report *rp, struct buf *out);

#endif

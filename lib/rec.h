/*
 * rec - a record: one line of NDJSON as a row of members.
 *
 * A record and its slices live until the next one is read from the same
 * input. Names are decoded; keys and values are the tokens as they came, the
 * keys in memory of the record's own.
 */
#ifndef REC_H
#define REC_H

#include "str.h"

struct member {
	struct slice name;  /* decoded: id_pedido */
	struct slice key;   /* as it came, with its quotes: "id_pedido" */
	struct slice value; /* the token: "P1", 12.50, null, {"a":1} */
};

/* The bytes between two values: from, n in rec.gaps. */
struct gap {
	size_t from, n;
};

struct rec {
	struct slice line; /* as it came, without its end */
	const char *file;  /* where it came from; "-": standard input */
	uint64_t lineno;   /* from 1 */
	const char *fault; /* NULL, or why it is no record (a reason) */
	struct member *m;
	size_t n;
	/*
	 * Records with equal names in equal order, one after another, have
	 * the same shape: who has looked up a member's place once need not
	 * look again. Never 0.
	 */
	uint32_t shape;
	bool compact; /* no white space between tokens */
	bool ascii;   /* the line is known to be ASCII; good for one parse */

	size_t cap;
	struct buf keys;  /* the shape's keys, end to end */
	size_t *key_ends; /* where each of them ends */
	size_t nkeys;
	bool escaped;       /* the shape has names with escapes */
	struct buf decoded; /* ... and this holds them, decoded */
	/*
	 * What stood before, between and behind the last record's values.
	 * Mostly the next one has the same there, to the byte: then names
	 * and keys are those of the last one, too.
	 */
	bool predicts; /* there are gaps, and m has the shape's names */
	bool tight;    /* the gaps have no white space */
	struct buf gaps;
	struct gap *gap; /* one more than members */
};

/*
 * Takes r->line apart. The line must be followed by a line feed and
 * JSON_SLACK readable bytes in memory.
 * Sets r->fault (json, utf8, duplicate_key, reserved) or NULL, the members
 * and the shape. True if it is a record. A member named "$mh" makes it a
 * control line, fault reserved, with the members set all the same.
 */
bool rec_parse(struct rec *r);

/*
 * Takes an object apart that is no line: an element of an array, the value of
 * a member. It is copied into `copy`, where r->line and the members lie until
 * the next call. True if it is a record; file and lineno stay as they are.
 */
bool rec_from(struct rec *r, struct buf *copy, struct slice object);

/* The value of a member; NULL if the record has none of that name. */
const struct slice *rec_get(const struct rec *r, struct slice name);

/* The place of a member; r->n if there is none of that name. */
size_t rec_find(const struct rec *r, struct slice name);

/* Appends the record as compact JSON, without a line feed. */
void rec_put(struct buf *out, const struct rec *r);

/* Appends "key":value behind what is there, with a comma where needed: after
 * anything but an opening brace. `value` is compacted. */
void rec_put_member(struct buf *out, struct slice key, struct slice value);

void rec_free(struct rec *r);

#endif

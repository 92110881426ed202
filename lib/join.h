/*
 * join - a hash join: the right side in memory, the left one passing by.
 *
 * Of each right record only what it adds to a left one is kept, as the bytes
 * that go behind the left one's members: ,"nome":"Ana","cidade":"Recife"
 *
 * Keys are compared as text: a string by what it stands for, a number by its
 * digits as they came. A key with a null or without one of its members
 * matches nothing.
 *
 * A right side that is too large for the memory goes to temporary files, and
 * the left one with it; see join_spill.c. What is written is the same.
 *
 *	join_keys(), join_take(), join_output() and join_lay_out() for the
 *	options; join_add() for each right record; join_begin(); join_has()
 *	and join_left() for each left one; join_end()
 */
#ifndef JOIN_H
#define JOIN_H

#include "out.h"
#include "shard.h"
#include "table.h"

#define JOIN_NONE UINT32_MAX

/* Where a member that is written comes from. */
struct join_source {
	size_t field; /* of the right side: its place in j->fields */
	bool right;
	bool turn;       /* the one before comes from the other side */
	struct buf head; /* ,"name": */
};

struct join {
	/* to be set before the first join_add() */
	bool multi;          /* a right key may be repeated */
	bool bare;           /* only the keys matter: no rows are kept */
	bool keep_unmatched; /* write left records that match nothing */
	bool drop_matched;   /* ... and only these */
	const char *prefix;  /* of the names taken, or NULL */
	struct shard shard;  /* other keys are passed over */
	size_t memory;       /* bytes that keys and rows may take */

	/* left records; and what was written of the ones and the others */
	uint64_t matched, unmatched, pairs, kept;

	struct names left; /* the key's names on either side */
	struct names right;
	struct names fields; /* members to take; none: all but the key */
	struct names output; /* members to write; none: the left side's, then
				those that are taken */
	struct join_source *sources; /* of each of them */
	uint64_t records;            /* on the right */
	struct table keys;

	struct head *heads; /* what is taken of records of this shape */
	size_t nheads;
	struct buf names;   /* ,"nome": ,"cidade": ... end to end */
	struct table taken; /* the names that some row brings */
	bool learned;
	struct buf nulls; /* the row of who matches nothing */

	struct slice *rows;
	uint32_t n, cap; /* rows */
	struct arena bytes;
	/* with multi; without it rows have the numbers of their keys */
	uint32_t *first, *last; /* rows of a key */
	uint32_t *next;         /* of a row, of the same key */

	struct join_batch *batch; /* NULL: no left record waits */
	struct join_spill *spill; /* NULL: all is in memory */
	size_t unchecked;         /* bytes since the memory was measured */
	struct buf key, row, frame, text;
	struct key shard_key;
};

/* Take the texts of -k, -f and -o, which must outlive `j`; usage errors end
 * the program. A key is NAME or NAME=RIGHTNAME, others NAME or NEW=NAME. */
void join_keys(struct join *j, const char *text);
void join_take(struct join *j, const char *text);
void join_output(struct join *j, const char *text);

/* Goes behind all options. */
void join_lay_out(struct join *j);

/* Takes a line of the right side. One that is no record, a nested or (without
 * multi and bare) a repeated key ends the program, status 65. */
void join_add(struct join *j, const struct rec *r);

/*
 * Goes behind the last of them; `file` is the right side's name. A key or a
 * field that none of them has ends the program, status 65.
 */
void join_begin(struct join *j, const char *file);

/* Is the left record of our shard? To be asked before join_left(). A record
 * that has a name which rows bring too ends the program, status 65. */
bool join_has(struct join *j, const struct rec *r);

/*
 * Joins a left record: counts it and writes what comes of it, now or in
 * join_end(). False if its key is nested: *at is then the place in j->left.
 */
bool join_left(
    struct join *j, struct out *out, const struct rec *r, size_t *at);

/* Goes behind the last left record: writes what there is still to be written.
 * A key that no left record has ends the program, status 65. */
void join_end(struct join *j, struct out *out);

#endif

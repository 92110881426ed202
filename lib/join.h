/*
 * join - the right side of a hash join, in memory.
 *
 * Of each right record only what it adds to a left one is kept, as the bytes
 * that go behind the left one's members: ,"nome":"Ana","cidade":"Recife"
 *
 * Keys are compared as text: a string by what it stands for, a number by its
 * digits as they came. A key with a null or without one of its members
 * matches nothing. What is kept lives as long as the program.
 *
 *	join_keys(), join_take() for the options; join_add() for each right
 *	record; join_begin(); then join_has(), join_find() and join_put() for
 *	left ones
 */
#ifndef JOIN_H
#define JOIN_H

#include "names.h"
#include "shard.h"
#include "table.h"

#define JOIN_NONE UINT32_MAX

struct join {
	/* to be set before the first join_add() */
	bool multi;         /* a right key may be repeated */
	bool bare;          /* only the keys matter: no rows are kept */
	const char *prefix; /* of the names taken, or NULL */
	struct shard shard; /* other keys are passed over */

	struct names left; /* the key's names on either side */
	struct names right;
	struct names fields; /* members to take; none: all but the key */
	uint64_t records;    /* on the right */
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

	struct buf key, row, text;
	struct key shard_key;
};

/* Take the texts of -k and -f, which must outlive `j`; usage errors end the
 * program. A key is NAME or NAME=RIGHTNAME, a field NAME or NEW=NAME. */
void join_keys(struct join *j, const char *text);
void join_take(struct join *j, const char *text);

/* Takes a record of the right side. A nested or (without multi and bare)
 * repeated key ends the program, status 65. */
void join_add(struct join *j, const struct rec *r);

/*
 * Goes behind the last of them; `file` is the right side's name. A key or a
 * field that none of them has ends the program, status 65.
 */
void join_begin(struct join *j, const char *file);

/* Is the left record of our shard? To be asked before join_find(). */
bool join_has(struct join *j, const struct rec *r);

/* Goes behind the last left record: the same for the left side's keys. */
void join_end(const struct join *j);

/*
 * The first row for a left record; JOIN_NONE if there is none. False if its
 * key is nested: *at is then the place in j->left. A record that has a name
 * which rows bring too ends the program, status 65.
 */
bool join_find(struct join *j, const struct rec *r, uint32_t *row, size_t *at);

/* The next row of the same key, in the right side's order; or JOIN_NONE. */
uint32_t join_next(const struct join *j, uint32_t row);

/* Appends the record with a row, or with nulls for JOIN_NONE; where only the
 * keys matter, as it is. */
void join_put(
    const struct join *j, struct buf *out, const struct rec *r, uint32_t row);

#endif

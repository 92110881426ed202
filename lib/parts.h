/*
 * parts - lines dealt out to temporary files by a hash of their key, so that
 * each file can be worked on by itself.
 *
 * A line is of pieces, any bytes each behind its length. The first piece is
 * the key by which a line is dealt out. PARTS files, spools, are one level;
 * what is in one of them can be dealt out again by the next level's bits of
 * the hash, PARTS_LEVELS times in all. None of the bits are those by which
 * shards or a table's slots are told.
 */
#ifndef PARTS_H
#define PARTS_H

#include "spool.h"

#define PARTS_BITS   4
#define PARTS        ((size_t)1 << PARTS_BITS)
#define PARTS_LEVELS (64 / PARTS_BITS)

void piece_add(struct buf *line, struct slice piece);

/* Cuts the first piece off; there must be one. */
struct slice piece_next(struct slice *line);

/* Puts a line into a file, with a number of the caller's; gives its place. */
uint64_t parts_put(struct spool *file, struct slice line, uint64_t number);

/* The files of a level, empty; closed and freed by the caller. */
struct spool *parts_open(void);

/* Puts a line into that of the files that it belongs to. */
void parts_deal(
    struct spool *parts, struct slice line, uint64_t number, unsigned level);

/* Deals all lines of a file, which stays, out to new ones, in their order. */
struct spool *parts_deal_again(struct spool *from, unsigned level);

#endif

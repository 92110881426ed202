/*
 * csvrow - the rows of CSV files, as bytes: where each begins and ends.
 *
 * A row ends at the first CR LF, LF or CR outside quotes; the last one may
 * lack its end. No more than that is looked at here. Of a row longer than
 * mh.max_line no more than that and a block is held. A file that cannot be
 * read ends the program, status 74.
 */
#ifndef CSVROW_H
#define CSVROW_H

#include "in.h"

struct csvrow {
	struct slice row; /* without its end; good until the next one */
	const char *file; /* "-": standard input; NULL: none yet */
	uint64_t line;    /* on which the row begins, from 1 */
	bool quotes;      /* it has some */
	bool open;        /* they are not closed where the file ends */
	bool too_long;    /* only its first bytes are there */

	struct in *in; /* the files, and the counts of what was read */
	int fd;        /* -1: none open */
	bool eof;
	struct buf b;       /* what was read: b.p + at .. b.n is left */
	size_t at;          /* where the row begins */
	size_t scan;        /* how far its end has been looked for */
	uint64_t next_line; /* on which the next row begins */
	struct buf head;    /* the beginning of a row too long */
};

/* Begins with the files of `in`, of which in_next() is never asked. */
void csvrow_open(struct csvrow *c, struct in *in);

/* Goes on to the next file; false if there is none. */
bool csvrow_file(struct csvrow *c);

/* The next row of this file, empty ones too; false at its end. */
bool csvrow_next(struct csvrow *c);

void csvrow_close(struct csvrow *c);

#endif

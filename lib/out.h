/*
 * out - a stream of records on its way out: one buffer, write(2) in blocks.
 *
 * Whoever writes a record appends its bytes to out->b and calls out_end().
 * A write that fails ends the program: status 74.
 */
#ifndef OUT_H
#define OUT_H

#include "key.h"

#define OUT_BLOCK ((size_t)256 << 10)

struct out {
	int fd;
	const char *name; /* for messages: "standard output" */
	struct buf b;
	uint64_t records;
	bool unbuffered; /* write at each record's end */
	struct key *key; /* to stand before each record, or NULL */
	size_t line;     /* with it: where in b the record began */
};

/* Starts with an empty buffer; asks a pipe for 1 MiB of room. */
void out_open(struct out *o, int fd, const char *name);

/* Creates or empties a file (0666 less the umask); status 74 if it can't. */
void out_create(struct out *o, const char *file);

/* Ends the record in o->b: a line feed, counted, written if it is time; with
 * o->key, its key and a tab go in front of it. */
void out_end(struct out *o);

/* Writes a whole record. */
void out_rec(struct out *o, const struct rec *r);

/* Writes everything out; then closes, which can fail too. */
void out_flush(struct out *o);
void out_close(struct out *o);

#endif

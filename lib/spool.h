/*
 * spool - records put aside in a temporary file, and read again in order.
 *
 * The file lies in TMPDIR (else /tmp) and has no name from the start: it
 * goes with the program, however that ends. Failures end the program, 74.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include "rec.h"

struct spool {
	int fd;
	struct buf b; /* on the way out; then what was read */
	size_t at;
	bool reading;
	uint64_t size;  /* written so far */
	struct buf one; /* spool_at()'s line */
	struct rec rec;
};

void spool_open(struct spool *sp);

/* Puts a line aside, mostly a record, with a number of the caller's; gives its
 * place. */
uint64_t spool_add(struct spool *sp, const struct rec *r, uint64_t tag);

/* The record at a place, while the writing still goes on; good until the
 * next call. */
struct rec *spool_at(struct spool *sp, uint64_t place);

/*
 * The record at *place, which moves on to the next one, 0 being the first;
 * NULL behind the last. Good until the next call of this or spool_at().
 */
struct rec *spool_walk(struct spool *sp, uint64_t *place);

/* Ends the writing, and frees its memory; spool_next() begins with the first
 * record, and does so again after another call. */
void spool_rewind(struct spool *sp);

/* Behind spool_rewind(): spool_next() goes on with the record at a place. */
void spool_seek(struct spool *sp, uint64_t place);

/* The next record and its number; NULL at the end. Good until the next. */
struct rec *spool_next(struct spool *sp, uint64_t *tag);

/* The same for lines that are no records; false at the end. */
bool spool_next_line(struct spool *sp, struct slice *line, uint64_t *tag);

void spool_close(struct spool *sp);

#endif

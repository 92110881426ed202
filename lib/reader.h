/*
 * reader - what the parts of contract share: a contract while it is being
 * read.
 */
#ifndef READER_H
#define READER_H

#include <sys/types.h>

#include "contract.h"
#include "words.h"

struct reader {
	struct contract *c;
	struct words w;
	size_t at;                  /* the next word of the statement */
	struct word *key;           /* columns: they may come later */
	struct word sequence;       /* the same; its text NULL: none */
	const struct reader *above; /* whose include this is, or NULL */
	dev_t device;               /* the file's; all 0: built in */
	ino_t inode;
};

/* Ends the program, status 78: file, line, word, and what is wrong. */
_Noreturn void reader_wrong(const struct reader *rd, const struct word *word,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The next word of the statement; `what` names it if it is missing. */
const struct word *reader_need(struct reader *rd, const char *what);

/* The same for a name: letters, digits and _, a letter first. */
struct slice reader_name(struct reader *rd, const char *what);

/* Reads the statement in rd->w. */
void reader_statement(struct reader *rd);

/* What can be told only when all statements are read. */
void reader_end(struct reader *rd);

/* Reads "include CONTRACT"; "include" has been read. */
void reader_include(struct reader *rd);

/* Reads "column NAME TYPE [option...]"; "column" has been read. */
void reader_column(struct reader *rd);

#endif

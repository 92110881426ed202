/*
 * in - records out of files, one after another, and their seals.
 *
 * Lines end with LF (CR LF is accepted), a byte order mark at the start of
 * a file is dropped, lines of white space only are skipped and counted. A
 * line longer than mh.max_line is a fault, skipped without being held.
 *
 * A seal ({"$mh":"end",...}, see mh-record(5)) vouches for the records since
 * the one before it. What follows a seal must be sealed again; inside a run
 * everything must be sealed. A stream that breaks these rules ends the
 * program with status 65; a file that cannot be read, with 74.
 */
#ifndef IN_H
#define IN_H

#include "rec.h"

struct in {
	struct rec rec;
	bool must_seal;    /* end of file without a seal is a cut stream */
	bool whole;        /* a last line without its end is cut, seal or not */
	bool raw;          /* foreign data: a control line is a fault */
	bool keyed;        /* a line is a key, a tab and a record; no seals */
	uint64_t records;  /* given out so far, faulty ones too */
	uint64_t blank;    /* lines of white space only */
	uint64_t bytes;    /* read so far */
	uint64_t size;     /* of all files, 0 if one is none (a pipe) */
	unsigned seals;    /* seen so far */
	struct buf stages; /* their stages: "[..]" for each, commas between */

	char *const *files; /* what is still to be opened; ends with NULL */
	bool begun;
	int fd; /* -1: none open */
	bool close_fd;
	const char *file;
	uint64_t lineno;
	uint64_t since;   /* records since the last seal of this file */
	bool must_end;    /* this file must end with a seal */
	bool sealed, eof; /* the last line was one; no more to read */
	struct buf b;     /* what was read: b.p + at .. b.n is left */
	size_t at, searched;
	size_t skipped; /* bytes of a line too long that went by */
};

/*
 * Begins to read `files`, a list that ends with NULL; "-" and an empty list
 * are standard input. Inside a run (mh.run) the streams must be sealed.
 */
void in_open(struct in *in, char *const *files);

/*
 * Begins to read the output of a foreign program, called `name` in messages:
 * no seals are expected, and a control line is data that forges one.
 */
void in_open_fd(struct in *in, int fd, const char *name);

/*
 * The next line that is not blank. r->fault says whether it is a record.
 * NULL at the end of the last file, when all seals have been checked. The
 * record is good until the next call.
 */
struct rec *in_next(struct in *in);

/*
 * The same for inputs that are no data to be judged (the right side of a
 * join, a reference list): a faulty line ends the program, status 65.
 */
struct rec *in_next_good(struct in *in);

void in_close(struct in *in);

#endif

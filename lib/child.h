/*
 * child - a foreign program inside a stream: fed by one process, read by
 * another, so that neither waits for the other.
 */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

#include "str.h"

struct child {
	pid_t command, feeder; /* feeder 0: the command has no input */
	int to;                /* its input once more: is some of it left? */
	int from;              /* its output; the caller closes it */
	int report;            /* the feeder's last words */
};

/* What the feeder saw of the input. */
struct fed {
	uint64_t records; /* read, and fed unless `unread` */
	uint64_t blank;
	bool unread;       /* the command ended before it had read all */
	struct buf stages; /* as in struct in */
};

/*
 * Starts argv[0] with a feeder that reads records from standard input, takes
 * their seals off and passes them on. `input` false: no feeder, and no input
 * for the command.
 */
void child_start(struct child *ch, char **argv, bool input);

/*
 * Waits for both, when the command's output has ended. Ends the program with
 * the feeder's status if that failed: the stream was broken. Else gives the
 * command's exit status (128 + the signal's number if a signal ended it) and
 * what was fed.
 */
int child_wait(struct child *ch, struct fed *fed);

#endif

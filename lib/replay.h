/*
 * replay - what was rejected, as it came, to be sent through once more.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "out.h"
#include "reject_line.h"
#include "tally.h"

/* A replay of zeros has given nothing yet. */
struct replay {
	struct tally reasons; /* of the records given; see replay_reasons() */
	uint64_t raw;         /* lines passed over that were no records ... */
	uint64_t cut;         /* ... and of which only the beginning is there */
	struct rec record;
	struct buf copy;
};

/*
 * Writes the record of a line of rejects; `r` is that line, for messages.
 * False if it has none to give: it was only warned of, or was no record.
 */
bool replay_record(struct replay *rp, const struct reject_line *l,
    const struct rec *r, struct out *out);

/* Writes the bytes of a line that was no record; false if it was one, or if
 * only its beginning was kept. */
bool replay_raw(struct replay *rp, const struct reject_line *l,
    const struct rec *r, struct out *out);

/* Appends {"run":..,"reason":..,"field":..,"severity":..,"records":N} objects
 * as a JSON array: what the records were that have been given. */
void replay_reasons(const struct replay *rp, struct buf *out);

/* Says on standard error how many lines have no record to give, and why. */
void replay_say(const struct replay *rp);

#endif

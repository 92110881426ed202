/*
 * seal - the control line that ends a stream and vouches for it.
 *
 *	{"$mh":"end","run":"RUN","stages":[{"tool":..,"in":..,"out":..},..]}
 *
 * The last stage's "out" is the number of records that the seal vouches
 * for. mh-record(5) has the whole story.
 */
#ifndef SEAL_H
#define SEAL_H

#include "rec.h"

/*
 * Reads a control line, already taken apart. False if it is no seal: then it
 * is data that uses a reserved name. `*stages` is a slice of the line.
 */
bool seal_read(const struct rec *r, uint64_t *count, struct slice *stages);

/*
 * Appends the list of a pipe's stages. `upstream` holds those of the input's
 * seals ("[..]", commas between, empty for a source): one list goes on as it
 * is; of several, one stage "cat" keeps them all as its "inputs". `stage` is
 * our own, a JSON object. `in` is the number of records of the input.
 */
void seal_put_stages(
    struct buf *out, struct slice upstream, uint64_t in, struct slice stage);

/* Appends the seal of the run mh.run, with these stages. */
void seal_put(
    struct buf *out, struct slice upstream, uint64_t in, struct slice stage);

#endif

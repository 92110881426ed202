/*
 * stage - one filter at work: input, output, rejects and the books.
 *
 *	stage_open(&s, argv + optind);
 *	while ((r = stage_next(&s)) != NULL)
 *		...stage_write(&s, r) or stage_reject(&s, r, ...)...
 *	return stage_finish(&s, s.in.records == s.out.records + ...);
 *
 * The last words stand in stage_finish() alone: every byte written, books
 * closed, then the seal, the summary and the exit status.
 */
#ifndef STAGE_H
#define STAGE_H

#include "in.h"
#include "out.h"
#include "reject.h"
#include "shard.h"

#define STAGE_COUNTS 16

struct stage {
	struct in in;
	struct out out;
	struct rejects rejects;
	struct {
		const char *name;
		uint64_t n;
	} counts[STAGE_COUNTS]; /* what else the books say */
	size_t ncounts;
	const struct shard *shard; /* whose records alone count, or NULL */
	uint64_t elsewhere;        /* records of other shards */
	bool gives_faults;         /* stage_next() gives broken lines, too */
	struct key key;            /* of --emit-key */
	struct buf accounts;       /* further members of the books, JSON */
	struct buf notes;          /* further members of the summary, JSON */
	bool silent;               /* writes no records and so no seal */
	bool refused;              /* the answer is no: status 1, and no seal */
	double began;
	double progress; /* when the progress line is due next */
};

/* A filter over `files` (see in_open) to standard output, with keys in front
 * of the records as --read-key and --emit-key say. */
void stage_open(struct stage *s, char *const *files);

/* A source: reads no records; counts what it takes in s->in.records. */
void stage_open_source(struct stage *s);

/*
 * The next good record; broken lines go to the rejects, if they are of
 * s->shard, or to the caller if s->gives_faults. NULL at the end. Whose shard a
 * record is the caller finds out, and counts those of others in s->elsewhere.
 */
struct rec *stage_next(struct stage *s);

/* Writes a record as it is, compacted. */
void stage_write(struct stage *s, const struct rec *r);

/* Rejects a record for one reason. `field` and `value` may be empty. */
void stage_reject(struct stage *s, const struct rec *r, const char *reason,
    struct slice field, struct slice value);

/* Adds a count to the books; a static name. Call before stage_finish. */
void stage_count(struct stage *s, const char *name, uint64_t n);

/* Adds a member to the books, which are in the summary and in the seal;
 * `json` is one JSON value. */
void stage_account(struct stage *s, const char *name, struct slice json);

/* The same with a text, which must be UTF-8, as a JSON string. */
void stage_account_text(struct stage *s, const char *name, struct slice text);

/* Adds a member to the summary (not the seal); `json` is one JSON value. */
void stage_note(struct stage *s, const char *name, struct slice json);

/* Appends the books as they stand in the seal, a JSON object. */
void stage_books(const struct stage *s, struct buf *out);

/* To be called now and then by sources: keeps the progress line going. */
void stage_progress(struct stage *s);

/*
 * Ends the stage; gives the exit status for main to return. `closed` says
 * whether the books close: if not, status 70 and no seal. Rejects past the
 * limit: status 1 (or 65), no seal. Otherwise everything is written and,
 * inside a run, sealed.
 */
int stage_finish(struct stage *s, bool closed);

/*
 * The same in two steps, for programs whose output is not a stream: the
 * status that stage_finish would give so far (rejects flushed, nothing
 * sealed), for a program that must still commit.
 */
int stage_verdict(struct stage *s, bool closed);

#endif

/* stage - one filter at work: input, output, rejects and the books. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "json.h"
#include "mh.h"
#include "seal.h"
#include "stage.h"

#define PROGRESS_SECONDS 0.5
#define PROGRESS_MASK    0xfff /* look at the clock every 4096 records */

static void
open_sides(struct stage *s)
{
	s->began = mh_seconds();
	s->progress = mh.quiet || !isatty(STDERR_FILENO)
			  ? 0
			  : s->began + 2 * PROGRESS_SECONDS;
	out_open(&s->out, STDOUT_FILENO, "standard output");
	s->out.unbuffered = mh.unbuffered;
	if (mh.emit_key != NULL) {
		key_members(&s->key, "--emit-key", mh.emit_key);
		s->out.key = &s->key;
	}
	rejects_open(&s->rejects);
}

void
stage_open(struct stage *s, char *const *files)
{
	size_t i;

	*s = (struct stage){ 0 };
	for (i = 0; files[i] != NULL; i++)
		rejects_spare(files[i]);
	open_sides(s);
	in_open(&s->in, files);
	s->in.keyed = mh.read_key;
}

void
stage_open_source(struct stage *s)
{
	*s = (struct stage){ 0 };
	open_sides(s);
}

struct rec *
stage_next(struct stage *s)
{
	struct rec *r;

	while ((r = in_next(&s->in)) != NULL) {
		if ((s->in.records & PROGRESS_MASK) == 0)
			stage_progress(s);
		if (r->fault == NULL)
			return r;
		if (s->shard != NULL && !shard_has_faults(s->shard))
			s->elsewhere++;
		else if (s->gives_faults)
			return r;
		else
			stage_reject(s, r, r->fault, (struct slice){ 0 },
			    (struct slice){ 0 });
	}
	return NULL;
}

void
stage_write(struct stage *s, const struct rec *r)
{
	out_rec(&s->out, r);
}

void
stage_reject(struct stage *s, const struct rec *r, const char *reason,
    struct slice field, struct slice value)
{
	struct failure f = { .reason = reason, .field = field, .value = value };

	rejects_add(&s->rejects, r, &f, 1);
}

void
stage_count(struct stage *s, const char *name, uint64_t n)
{
	if (s->ncounts == STAGE_COUNTS)
		mh_die(MH_BUG, "the books are full at %s", name);
	s->counts[s->ncounts].name = name;
	s->counts[s->ncounts++].n = n;
}

static void
add_member(struct buf *b, const char *name, struct slice json)
{
	buf_byte(b, ',');
	json_quote(b, slice_of(name));
	buf_byte(b, ':');
	buf_slice(b, json);
}

void
stage_account(struct stage *s, const char *name, struct slice json)
{
	add_member(&s->accounts, name, json);
}

void
stage_account_text(struct stage *s, const char *name, struct slice text)
{
	struct buf json = { 0 };

	json_quote(&json, text);
	stage_account(s, name, buf_view(&json));
	buf_free(&json);
}

void
stage_note(struct stage *s, const char *name, struct slice json)
{
	add_member(&s->notes, name, json);
}

void
stage_progress(struct stage *s)
{
	double now, took, share;

	if (s->progress == 0 || (now = mh_seconds()) < s->progress)
		return;
	s->progress = now + PROGRESS_SECONDS;
	took = now - s->began;
	fprintf(stderr, "\r%s: %llu records, %.0f/s, %.1f MB/s", mh.name,
	    (unsigned long long)s->in.records, (double)s->in.records / took,
	    (double)s->in.bytes / took / 1e6);
	if (s->in.size > 0 && s->in.bytes > 0) {
		share = (double)s->in.bytes / (double)s->in.size;
		fprintf(stderr, ", %.0f%%, %.0f s left ", share * 100,
		    took / share - took);
	}
}

static void
put_count(struct buf *b, const char *name, uint64_t n)
{
	buf_fmt(b, ",\"%s\":%llu", name, (unsigned long long)n);
}

/* Our own line in the books, without the closing brace. */
static void
put_stage(struct buf *b, const struct stage *s)
{
	size_t i;

	buf_text(b, "{\"tool\":");
	json_quote(b, slice_of(mh.name));
	put_count(b, "in", s->in.records);
	put_count(b, "out", s->out.records);
	put_count(b, "rejected", s->rejects.records);
	if (s->shard != NULL)
		put_count(b, "elsewhere", s->elsewhere);
	for (i = 0; i < s->ncounts; i++)
		put_count(b, s->counts[i].name, s->counts[i].n);
	if (s->rejects.warned > 0)
		put_count(b, "warned", s->rejects.warned);
	if (s->in.blank > 0)
		put_count(b, "blank", s->in.blank);
	if (s->rejects.reasons.n > 0) {
		buf_text(b, ",\"reasons\":");
		reasons_put(&s->rejects.reasons, b);
	}
	buf_slice(b, buf_view(&s->accounts));
}

void
stage_books(const struct stage *s, struct buf *out)
{
	put_stage(out, s);
	buf_byte(out, '}');
}

/*
 * Appends a line to the file of --summary, in one write: the programs of a
 * pipe may share one file through MH_SUMMARY.
 */
static void
write_summary(const struct stage *s, int status)
{
	struct buf b = { 0 };
	bool standard = strcmp(mh.summary, "-") == 0;
	int fd = standard
		     ? STDERR_FILENO
		     : open(mh.summary,
			   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);

	put_stage(&b, s);
	buf_slice(&b, buf_view(&s->notes));
	buf_fmt(&b,
	    ",\"seconds\":%.3f,\"status\":%d,\"run\":", mh_seconds() - s->began,
	    status);
	if (mh.run != NULL)
		json_quote(&b, slice_of(mh.run));
	else
		buf_text(&b, "null");
	buf_fmt(&b, ",\"upstream\":[%.*s]}\n", (int)s->in.stages.n,
	    s->in.stages.n != 0 ? s->in.stages.p : "");
	if (fd < 0 || write(fd, b.p, b.n) != (ssize_t)b.n ||
	    (!standard && close(fd) != 0))
		mh_die(MH_IO, "%s: %s", mh.summary, strerror(errno));
	buf_free(&b);
}

static void
closing_line(const struct stage *s)
{
	size_t i;

	if (s->progress == 0)
		return;
	fprintf(stderr, "\r%s: in %llu, out %llu, rejected %llu", mh.name,
	    (unsigned long long)s->in.records,
	    (unsigned long long)s->out.records,
	    (unsigned long long)s->rejects.records);
	for (i = 0; i < s->ncounts; i++)
		fprintf(stderr, ", %s %llu", s->counts[i].name,
		    (unsigned long long)s->counts[i].n);
	fprintf(stderr, ", %.1f s\033[K\n", mh_seconds() - s->began);
}

int
stage_verdict(struct stage *s, bool closed)
{
	int status;

	if (s->rejects.filed)
		out_flush(&s->rejects.out);
	if (!closed) {
		mh_warn("a bug: the books do not close: in %llu, out %llu, "
			"rejected %llu",
		    (unsigned long long)s->in.records,
		    (unsigned long long)s->out.records,
		    (unsigned long long)s->rejects.records);
		return MH_BUG;
	}
	status = rejects_status(&s->rejects, s->in.records - s->elsewhere);
	return status == MH_OK && s->refused ? MH_NO : status;
}

static void
put_seal(struct stage *s)
{
	struct buf stage = { 0 };

	stage_books(s, &stage);
	seal_put(&s->out.b, buf_view(&s->in.stages), s->in.records,
	    buf_view(&stage));
	buf_byte(&s->out.b, '\n');
	buf_free(&stage);
}

/*
 * The data, the books, the seal, in this order: a stream is not sealed before
 * all else is done, and who reads us ends behind our books, so that those of
 * a pipe's programs stand in the order of the pipe.
 */
int
stage_finish(struct stage *s, bool closed)
{
	int status = stage_verdict(s, closed);

	key_end(&s->key, "--emit-key");
	rejects_close(&s->rejects);
	rejects_explain(&s->rejects, s->in.records - s->elsewhere);
	out_flush(&s->out);
	if (mh.summary != NULL)
		write_summary(s, status);
	if (mh.run != NULL && !s->silent && status == MH_OK)
		put_seal(s);
	out_close(&s->out);
	closing_line(s);
	return status;
}

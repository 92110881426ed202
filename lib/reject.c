/* reject - what could not be used, kept with the reason. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json.h"
#include "mh.h"
#include "reject.h"
#include "utf8.h"

#define SHOWN_MAX 10
#define VALUE_MAX 80 /* bytes */

static void
read_limit(struct rejects *rj)
{
	const char *text = mh.max_rejects;
	char *end;

	rj->limit = UINT64_MAX;
	rj->percent = -1;
	if (text == NULL)
		return;
	if (strchr(text, '%') == NULL) {
		rj->limit =
		    mh_number("--max-rejects", text, 0, UINT64_MAX - 1, false);
		return;
	}
	rj->percent = strtod(text, &end);
	if (end == text || strcmp(end, "%") != 0 || !(rj->percent >= 0) ||
	    rj->percent > 100)
		mh_die_usage("--max-rejects: not a percentage: %s", text);
}

static void
refuse_same(const struct stat *other, const char *name)
{
	struct stat st;

	if (stat(mh.rejects, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_dev == other->st_dev && st.st_ino == other->st_ino)
		mh_die_usage("--rejects: %s is %s", mh.rejects, name);
}

void
rejects_spare(const char *file)
{
	struct stat st;

	if (mh.rejects == NULL)
		return;
	if (strcmp(mh.rejects, file) == 0)
		mh_die_usage("--rejects: %s has another use here", file);
	if (strcmp(file, "-") != 0 && stat(file, &st) == 0)
		refuse_same(&st, file);
}

/* Standard input and output are the program's, whoever opened them. */
static void
spare_standard_files(void)
{
	struct stat st;

	if (fstat(STDIN_FILENO, &st) == 0)
		refuse_same(&st, "standard input");
	if (fstat(STDOUT_FILENO, &st) == 0)
		refuse_same(&st, "standard output");
}

void
rejects_open(struct rejects *rj)
{
	*rj = (struct rejects){ .filed = mh.rejects != NULL };
	read_limit(rj);
	if (rj->filed)
		spare_standard_files();
	if (rj->filed)
		out_create(&rj->out, mh.rejects);
}

static void
put_value(struct buf *b, struct slice token)
{
	if (token.p == NULL)
		buf_text(b, "null");
	else
		json_compact(b, token);
}

static const char *
severity_of(const struct failure *f)
{
	if (f->fail)
		return "fail";
	return f->warn ? "warn" : "drop";
}

static void
put_failure(struct buf *b, const struct failure *f)
{
	buf_text(b, "{\"_reason\":");
	json_quote(b, slice_of(f->reason));
	buf_text(b, ",\"_field\":");
	if (f->field.p == NULL)
		buf_text(b, "null");
	else
		json_quote(b, f->field);
	buf_text(b, ",\"_value\":");
	put_value(b, f->value);
	buf_text(b, ",\"_severity\":");
	json_quote(b, slice_of(severity_of(f)));
	if (f->message != NULL) {
		buf_text(b, ",\"_message\":");
		json_quote(b, slice_of(f->message));
	}
}

/* A file's name may hold any bytes; a reject is UTF-8. */
static void
put_file(struct buf *b, const char *file)
{
	struct buf name = { 0 };
	const char *p;

	for (p = file; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x80 || utf8_valid(file, strlen(file)))
			buf_byte(&name, *p);
		else
			buf_text(&name, "\xef\xbf\xbd"); /* U+FFFD */
	}
	json_quote(b, buf_view(&name));
	buf_free(&name);
}

static void
put_line(struct buf *b, const struct rec *r, const struct failure *f, size_t n)
{
	size_t i;

	put_failure(b, f);
	buf_text(b, ",\"_line\":");
	buf_u64(b, r->lineno);
	buf_text(b, ",\"_file\":");
	put_file(b, r->file);
	buf_text(b, ",\"_tool\":");
	json_quote(b, slice_of(mh.name));
	buf_text(b, ",\"_run\":");
	if (mh.run != NULL)
		json_quote(b, slice_of(mh.run));
	else
		buf_text(b, "null");
	if (r->fault != NULL) {
		buf_text(b, ",\"_raw\":\"");
		json_base64(b, r->line);
		buf_byte(b, '"');
	} else {
		buf_text(b, ",\"_record\":");
		rec_put(b, r);
	}
	if (n > 1) {
		buf_text(b, ",\"_failures\":");
		for (i = 1; i < n; i++) {
			buf_byte(b, i == 1 ? '[' : ',');
			put_failure(b, &f[i]);
			buf_byte(b, '}');
		}
		buf_byte(b, ']');
	}
	buf_byte(b, '}');
}

/* So much of a value as a message has room for, in whole characters. */
static void
show_value(struct buf *b, struct slice value)
{
	size_t n = value.n;

	if (n > VALUE_MAX) {
		for (n = VALUE_MAX; (value.p[n] & 0xc0) == 0x80; n--)
			;
	}
	buf_add(b, value.p, n);
	if (n < value.n)
		buf_text(b, "...");
}

/* What a person wants to see when there is no file to look into. */
static void
show(const struct rec *r, const struct failure *f)
{
	struct buf b = { 0 };

	buf_fmt(&b, "%s: line %llu: ", r->file, (unsigned long long)r->lineno);
	if (f->field.p != NULL)
		buf_fmt(&b, "%.*s: ", (int)f->field.n, f->field.p);
	buf_text(&b, f->message != NULL ? f->message : f->reason);
	if (f->value.p != NULL) {
		buf_text(&b, ": ");
		show_value(&b, f->value);
	}
	if (f->warn)
		buf_text(&b, " (now null)");
	mh_warn("%s", buf_cstr(&b));
	buf_free(&b);
}

void
rejects_add(
    struct rejects *rj, const struct rec *r, const struct failure *f, size_t n)
{
	if (rj->filed) {
		put_line(&rj->out.b, r, f, n);
		out_end(&rj->out);
	} else if (rj->shown < SHOWN_MAX) {
		rj->shown++;
		show(r, f);
	}
	reasons_count(
	    &rj->reasons, slice_of(f->reason), f->field, severity_of(f));
	if (f->warn) {
		rj->warned++;
		return;
	}
	rj->records++;
	rj->faults += r->fault != NULL;
	if (rj->records > rj->limit) {
		if (rj->filed)
			out_flush(&rj->out);
		mh_die(MH_NO, "%s: line %llu: more than %llu rejects", r->file,
		    (unsigned long long)r->lineno,
		    (unsigned long long)rj->limit);
	}
}

void
failures_head_first(struct failure *f, size_t n)
{
	struct failure head;
	size_t i;

	for (i = 0; i < n && f[i].warn; i++)
		;
	if (i == n)
		return;
	head = f[i];
	memmove(f + 1, f, i * sizeof(head));
	f[0] = head;
}

void
rejects_close(struct rejects *rj)
{
	if (rj->filed) {
		out_close(&rj->out);
		return;
	}
	if (rj->records > 0)
		mh_warn("records rejected: %llu; -r FILE keeps them",
		    (unsigned long long)rj->records);
	if (rj->warned > 0)
		mh_warn("records that lost a value: %llu; -r FILE keeps them",
		    (unsigned long long)rj->warned);
}

static bool
past_percent(const struct rejects *rj, uint64_t in)
{
	return rj->percent >= 0 &&
	       (double)rj->records * 100 > rj->percent * (double)in;
}

void
rejects_explain(const struct rejects *rj, uint64_t in)
{
	if (past_percent(rj, in))
		mh_warn("%llu of %llu records rejected, more than %s%s%s",
		    (unsigned long long)rj->records, (unsigned long long)in,
		    mh.max_rejects, rj->filed ? "; see " : "",
		    rj->filed ? mh.rejects : "");
}

int
rejects_status(const struct rejects *rj, uint64_t in)
{
	if (!rj->filed && rj->faults > 0)
		return MH_DATA;
	if (rj->percent >= 0)
		return past_percent(rj, in) ? MH_NO : MH_OK;
	/* with a file or a limit of its own the caller expects rejects */
	if (rj->filed || rj->limit != UINT64_MAX)
		return MH_OK;
	return rj->records > 0 ? MH_NO : MH_OK;
}

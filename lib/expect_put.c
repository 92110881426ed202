/* expect_put - the counts of expectations, for the books and the event log. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "expect.h"
#include "json.h"
#include "mh.h"

static const char *const severities[] = { "warn", "drop", "fail" };

void
expect_put(const struct expect *x, struct buf *out)
{
	size_t i;

	buf_byte(out, '[');
	for (i = 0; i < x->n; i++) {
		const struct expectation *ex = &x->v[i];

		buf_text(out, i == 0 ? "{\"name\":" : ",{\"name\":");
		json_quote(out, slice_of(ex->name));
		buf_fmt(out,
		    ",\"severity\":\"%s\",\"passed\":%llu,\"failed\":%llu}",
		    severities[ex->severity], (unsigned long long)ex->passed,
		    (unsigned long long)ex->failed);
	}
	buf_byte(out, ']');
}

void
expect_put_samples(const struct expect *x, struct buf *out)
{
	size_t i, begin = out->n;

	buf_byte(out, '{');
	for (i = 0; i < x->n; i++) {
		const struct expectation *ex = &x->v[i];

		if (ex->failed == 0)
			continue;
		if (out->n > begin + 1)
			buf_byte(out, ',');
		json_quote(out, slice_of(ex->name));
		buf_text(out, ":{\"file\":");
		json_quote(out, slice_of(ex->file));
		buf_fmt(out,
		    ",\"line\":%llu,\"record\":", (unsigned long long)ex->line);
		if (ex->sample.n != 0)
			buf_slice(out, buf_view(&ex->sample));
		else
			buf_text(out, "null");
		buf_byte(out, '}');
	}
	buf_byte(out, '}');
}

/* The names are those of the event log of Delta Live Tables. */
static void
put_event(const struct expect *x, uint64_t written, struct buf *out)
{
	size_t i;

	buf_fmt(out,
	    "{\"details\":{\"flow_progress\":{\"metrics\":{"
	    "\"num_output_rows\":%llu},\"data_quality\":{"
	    "\"dropped_records\":%llu,\"expectations\":[",
	    (unsigned long long)written, (unsigned long long)x->dropped);
	for (i = 0; i < x->n; i++) {
		const struct expectation *ex = &x->v[i];

		buf_text(out, i == 0 ? "{\"name\":" : ",{\"name\":");
		json_quote(out, slice_of(ex->name));
		buf_text(out, ",\"dataset\":");
		if (x->dataset.n != 0)
			json_quote(out, x->dataset);
		else
			buf_text(out, "null");
		buf_fmt(out,
		    ",\"passed_records\":%llu,\"failed_records\":%llu}",
		    (unsigned long long)ex->passed,
		    (unsigned long long)ex->failed);
	}
	buf_text(out, "]}}}}\n");
}

void
expect_log(const struct expect *x, const char *file, uint64_t written)
{
	struct buf line = { 0 };
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);

	put_event(x, written, &line);
	/* in one write: several programs may append to one log */
	if (fd < 0 || write(fd, line.p, line.n) != (ssize_t)line.n ||
	    close(fd) != 0)
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	buf_free(&line);
}

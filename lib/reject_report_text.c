/* reject_report_text - the report of rejects, for people. */
#include <stdlib.h>

#include "reject_report.h"
#include "utf8.h"

#define GAP       2  /* blanks between columns */
#define VALUE_MIN 10 /* columns that the value has at least */
#define NAME_MIN  6  /* of any other column that must be cut */

static const struct slice titles[REPORT_COLUMNS] = {
	[REPORT_SEVERITY] = { "severity", 8 },
	[REPORT_REASON] = { "reason", 6 },
	[REPORT_FIELD] = { "field", 5 },
	[REPORT_PLACE] = { "where", 5 },
	[REPORT_VALUE] = { "value", 5 },
};

struct layout {
	size_t count; /* columns that the count takes */
	size_t width[REPORT_COLUMNS];
};

static int
digits(uint64_t v)
{
	int n = 1;

	while ((v /= 10) > 0)
		n++;
	return n;
}

/* The widest column that can give way, but for the value; it gets the rest. */
static enum report_column
widest(const struct layout *l)
{
	enum report_column i, w = REPORT_REASON;

	for (i = REPORT_REASON; i < REPORT_VALUE; i++) {
		if (l->width[i] > l->width[w])
			w = i;
	}
	return w;
}

static void
lay_out(struct layout *l, const struct reject_report *rp)
{
	size_t i, c, n, used;

	l->count = strlen("records");
	for (c = 0; c < REPORT_COLUMNS; c++)
		l->width[c] = titles[c].n;
	for (i = 0; i < rp->groups.names.n; i++) {
		n = (size_t)digits(rp->groups.counts[i]);
		l->count = n > l->count ? n : l->count;
		for (c = 0; c < REPORT_VALUE; c++) {
			n = utf8_length(rp->v[i].cell[c]);
			l->width[c] = n > l->width[c] ? n : l->width[c];
		}
	}
	used = l->count + GAP;
	for (c = 0; c < REPORT_VALUE; c++)
		used += l->width[c] + GAP;
	while (used + VALUE_MIN > REJECT_REPORT_WIDTH &&
	       l->width[widest(l)] > NAME_MIN) {
		l->width[widest(l)]--;
		used--;
	}
	l->width[REPORT_VALUE] = used + VALUE_MIN > REJECT_REPORT_WIDTH
				     ? VALUE_MIN
				     : REJECT_REPORT_WIDTH - used;
}

/* The first byte behind `n` characters. */
static const char *
skip(const char *p, size_t n)
{
	while (n-- > 0)
		utf8_next(&p);
	return p;
}

/* Of a place the end says more than the beginning. */
static void
put_cell(struct buf *out, struct slice s, size_t width, bool keep_end)
{
	size_t n = utf8_length(s), keep = width - 3;
	const char *p;

	if (n <= width) {
		buf_slice(out, s);
	} else if (keep_end) {
		p = skip(s.p, n - keep);
		buf_text(out, "...");
		buf_add(out, p, (size_t)(s.p + s.n - p));
	} else {
		buf_add(out, s.p, (size_t)(skip(s.p, keep) - s.p));
		buf_text(out, "...");
	}
}

static void
put_row(struct buf *out, const struct layout *l, const struct slice *cells)
{
	size_t c, from;

	for (c = 0; c < REPORT_COLUMNS; c++) {
		buf_fmt(out, "%*s", GAP, "");
		from = out->n;
		put_cell(out, cells[c], l->width[c], c == REPORT_PLACE);
		from =
		    utf8_length((struct slice){ out->p + from, out->n - from });
		if (c < REPORT_VALUE)
			buf_fmt(out, "%*s", (int)(l->width[c] - from), "");
	}
	buf_byte(out, '\n');
}

void
reject_report_text(const struct reject_report *rp, struct buf *out)
{
	uint32_t i, *order = reject_report_order(rp), part = UINT32_MAX;
	struct layout l;

	lay_out(&l, rp);
	for (i = 0; i < rp->groups.names.n; i++) {
		const struct reject_group *g = &rp->v[order[i]];

		if (g->part != part) {
			if (part != UINT32_MAX)
				buf_byte(out, '\n');
			part = g->part;
			buf_slice(out, table_key(&rp->parts, part));
			buf_fmt(out, "\n%*s", (int)l.count, "records");
			put_row(out, &l, titles);
		}
		buf_fmt(out, "%*llu", (int)l.count,
		    (unsigned long long)rp->groups.counts[order[i]]);
		put_row(out, &l, g->cell);
	}
	free(order);
}

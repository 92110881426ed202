/* reject_report - what was rejected and why, the most frequent first. */
#include <stdlib.h>

#include "json.h"
#include "reject_report.h"
#include "utf8.h"

#define EXAMPLE_MAX 4096 /* bytes of a value or record that is kept */

/* Would it do something to a terminal, or to the text around it? */
static bool
is_unseen(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xad ||
	       (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff;
}

/*
 * Appends bytes for people to see: controls and invisible marks as escapes,
 * bytes that are no UTF-8 too. Stops behind so many columns.
 */
static void
show(struct buf *b, struct slice s, size_t max)
{
	const char *p = s.p, *end = s.p + s.n, *next;
	size_t stop = b->n + 4 * max; /* no character is longer */
	uint32_t cp;
	size_t n;

	while (p < end && b->n < stop) {
		for (n = 1; n < 4 && !utf8_valid(p, n) && p + n < end; n++)
			;
		if (!utf8_valid(p, n)) {
			buf_fmt(b, "\\x%02x", (unsigned char)*p++);
			continue;
		}
		next = p;
		cp = utf8_next(&next);
		if (is_unseen(cp))
			buf_fmt(b, "\\u%04x", (unsigned)cp);
		else
			buf_add(b, p, n);
		p = next;
	}
}

/* A column of a group, which is kept. */
static struct slice
shown(struct reject_report *rp, struct slice s)
{
	rp->work.n = 0;
	if (s.n == 0)
		buf_byte(&rp->work, '-');
	else
		show(&rp->work, s, REJECT_REPORT_WIDTH);
	return arena_keep(&rp->kept, buf_view(&rp->work));
}

static struct slice
shown_place(struct reject_report *rp, const struct reject_line *l)
{
	bool named = !slice_is(l->text[REJECT_FILE], "-");

	rp->work.n = 0;
	if (named)
		show(&rp->work, l->text[REJECT_FILE], SIZE_MAX / 8);
	buf_text(&rp->work, named ? ":" : "line ");
	buf_slice(&rp->work, l->token[REJECT_LINE]);
	return arena_keep(&rp->kept, buf_view(&rp->work));
}

/* The value; of a line that was no record, its bytes. */
static struct slice
shown_value(struct reject_report *rp, const struct reject_line *l)
{
	struct slice raw = l->text[REJECT_RAW];
	struct buf bytes = { 0 };
	struct slice kept;

	if (raw.p == NULL)
		return shown(rp, l->token[REJECT_VALUE].p != NULL
				     ? l->token[REJECT_VALUE]
				     : SLICE("null"));
	if (raw.n > EXAMPLE_MAX)
		raw.n = EXAMPLE_MAX;
	json_unbase64(&bytes, raw);
	kept = shown(rp, buf_view(&bytes));
	buf_free(&bytes);
	return kept;
}

static void
put_member(struct buf *b, const char *name, const struct reject_line *l,
    enum reject_member m)
{
	if (b->n > 1)
		buf_byte(b, ',');
	buf_fmt(b, "\"%s\":", name);
	if (l->token[m].n > EXAMPLE_MAX)
		buf_text(b, "null");
	else
		reject_line_put(b, l, m);
}

static struct slice
example(struct reject_report *rp, const struct reject_line *l)
{
	struct buf *b = &rp->work;
	bool raw = l->token[REJECT_RECORD].p == NULL;

	b->n = 0;
	buf_byte(b, '{');
	put_member(b, "value", l, REJECT_VALUE);
	put_member(b, "file", l, REJECT_FILE);
	put_member(b, "line", l, REJECT_LINE);
	put_member(b, "run", l, REJECT_RUN);
	put_member(
	    b, raw ? "raw" : "record", l, raw ? REJECT_RAW : REJECT_RECORD);
	buf_byte(b, '}');
	return arena_keep(&rp->kept, buf_view(b));
}

/* silver.pedidos of runs/RUN/silver.pedidos.ndjson */
static struct slice
base_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	struct slice name = slice_of(slash != NULL ? slash + 1 : file);
	struct slice end = SLICE(".ndjson");

	if (name.n > end.n &&
	    slice_starts((struct slice){ name.p + name.n - end.n, end.n }, end))
		name.n -= end.n;
	return name;
}

static uint32_t
part_of(struct reject_report *rp, const struct reject_line *l)
{
	bool added;

	rp->work.n = 0;
	if (rp->named) {
		buf_slice(&rp->work, buf_view(&rp->name));
		buf_text(&rp->work, ": ");
	}
	show(&rp->work, l->text[REJECT_TOOL], REJECT_REPORT_WIDTH);
	return table_put(&rp->parts, buf_view(&rp->work), &added);
}

static void
keep_group(
    struct reject_report *rp, const struct reject_line *l, uint32_t number)
{
	struct reject_group *g;

	if (number >= rp->cap) {
		rp->cap = rp->cap * 2 + 16;
		rp->v = mem_resize(rp->v, rp->cap, sizeof(*rp->v));
	}
	g = &rp->v[number];
	g->part = part_of(rp, l);
	g->cell[REPORT_SEVERITY] = shown(rp, l->text[REJECT_SEVERITY]);
	g->cell[REPORT_REASON] = shown(rp, l->text[REJECT_REASON]);
	g->cell[REPORT_FIELD] = shown(rp, l->text[REJECT_FIELD]);
	g->cell[REPORT_PLACE] = shown_place(rp, l);
	g->cell[REPORT_VALUE] = shown_value(rp, l);
	g->example = example(rp, l);
}

/* A group's key is the head of its object in the report as JSON. */
void
reject_report_add(
    struct reject_report *rp, const struct reject_line *l, const char *file)
{
	struct buf *key = &rp->key;
	uint32_t number;

	if (file != rp->file) {
		rp->file = file;
		rp->name.n = 0;
		show(&rp->name, base_name(file), REJECT_REPORT_WIDTH);
	}
	key->n = 0;
	buf_byte(key, '{');
	if (rp->named) {
		buf_text(key, "\"rejects\":");
		json_quote(key, buf_view(&rp->name));
	}
	put_member(key, "tool", l, REJECT_TOOL);
	put_member(key, "reason", l, REJECT_REASON);
	put_member(key, "field", l, REJECT_FIELD);
	put_member(key, "severity", l, REJECT_SEVERITY);
	number = tally_add(&rp->groups, buf_view(key));
	if (rp->groups.counts[number] == 1)
		keep_group(rp, l, number);
}

struct rank {
	uint32_t number, part;
	uint64_t count;
};

/* Part by part, the most frequent first; of equals, what came first. */
static int
compare(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

uint32_t *
reject_report_order(const struct reject_report *rp)
{
	uint32_t i, n = rp->groups.names.n, *order;
	struct rank *ranks = mem_zero(n, sizeof(*ranks));

	for (i = 0; i < n; i++)
		ranks[i] =
		    (struct rank){ i, rp->v[i].part, rp->groups.counts[i] };
	qsort(ranks, n, sizeof(*ranks), compare);
	order = mem_zero(n, sizeof(*order));
	for (i = 0; i < n; i++)
		order[i] = ranks[i].number;
	free(ranks);
	return order;
}

void
reject_report_json(const struct reject_report *rp, struct buf *out)
{
	uint32_t i, *order = reject_report_order(rp);

	for (i = 0; i < rp->groups.names.n; i++) {
		buf_slice(out, table_key(&rp->groups.names, order[i]));
		buf_text(out, ",\"records\":");
		buf_u64(out, rp->groups.counts[order[i]]);
		buf_text(out, ",\"example\":");
		buf_slice(out, rp->v[order[i]].example);
		buf_text(out, "}\n");
	}
	free(order);
}

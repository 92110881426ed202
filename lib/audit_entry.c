/* audit_entry - the books of a stage: a pipe, program by program. */
#include "auditing.h"
#include "json.h"

static bool
add_book(struct entry *e, struct slice object)
{
	if (e->n == e->cap) {
		e->books = mem_resize(e->books, e->cap + 8, sizeof(*e->books));
		memset(e->books + e->cap, 0, 8 * sizeof(*e->books));
		e->cap += 8;
	}
	return book_read(&e->books[e->n++], object);
}

bool
entry_read(struct entry *e, const struct rec *r)
{
	const struct slice *books = rec_get(r, SLICE("books"));
	struct slice list, one;

	e->n = 0;
	if (books == NULL || books->p[0] != '[' ||
	    !rec_text(r, "stage", &e->layer) ||
	    !rec_text(r, "name", &e->name) ||
	    !rec_text(r, "state", &e->state) || !rec_count(r, "in", &e->in) ||
	    !rec_count(r, "out", &e->out) ||
	    !rec_count(r, "rejected", &e->rejected) ||
	    !rec_count(r, "status", &e->status))
		return false;
	/* they become parts of names of files */
	if (memchr(e->layer.p, '/', e->layer.n) != NULL ||
	    memchr(e->name.p, '/', e->name.n) != NULL)
		return false;
	e->ok = slice_is(e->state, "ok");
	if (!rec_text(r, "replays", &e->replays))
		e->replays = (struct slice){ NULL, 0 };
	e->all = *books;
	for (list = *books; json_next(&list, &one);) {
		if (!add_book(e, one))
			return false;
	}
	return true;
}

/* The program of the stage, in front of the i-th, that ends this list of a
 * seal; e->n if it is none of them. */
static size_t
find_giver(const struct entry *e, size_t i, const struct rec *sealed)
{
	while (i-- > 0) {
		if (book_same(sealed, &e->books[i]))
			return i;
	}
	return e->n;
}

/* The programs that read no stream. */
static bool
is_source(const struct book *b)
{
	static const char *const tools[] = { "mh-extract", "mh-from-csv",
		"mh-generate", "mh-rejects", "mh-wrap" };
	size_t i;

	for (i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		if (slice_is(b->tool, tools[i]))
			return true;
	}
	return false;
}

/* The program in front of the i-th in a straight line, or one before it:
 * whoever looks up keys has a further mh-extract at its side. */
static size_t
in_front(const struct entry *e, size_t i)
{
	size_t j = i;

	while (j > 0 && slice_is(e->books[j - 1].tool, "mh-extract"))
		j--;
	return j > 0 ? j - 1 : 0;
}

static void
break_chain(struct audit *a, struct slice tool, const char *how,
    struct slice other, const char *what)
{
	struct slice none = { NULL, 0 };

	audit_find(a, "chain", none, none, "%.*s: %s %.*s wrote, %s",
	    (int)tool.n, tool.p, how, (int)other.n, other.p, what);
}

/*
 * What the i-th program read was given by programs of this stage, or lay in
 * a file that mh-save made. What the first of a bronze stage reads may come
 * from anywhere.
 */
static void
check_givers(struct audit *a, const struct entry *e, size_t i)
{
	const struct book *b = &e->books[i];
	bool bronze = slice_is(e->layer, "bronze"), line_goes_on = false;
	struct slice lists = b->upstream, list, tool;
	struct rec r = { 0 };
	struct buf copy = { 0 };
	size_t front = in_front(e, i), giver;

	while (json_next(&lists, &list)) {
		giver = e->n;
		if (rec_from(&r, &copy, array_last(list)) &&
		    rec_text(&r, "tool", &tool))
			giver = find_giver(e, i, &r);
		else
			tool = SLICE("?");
		line_goes_on = line_goes_on || (giver < i && giver >= front);
		if (giver == e->n && !slice_is(tool, "mh-save") &&
		    (i > 0 || !bronze))
			break_chain(a, b->tool, "read what", tool,
			    "whose books are missing or say something else");
	}
	rec_free(&r);
	buf_free(&copy);
	/* gold is no straight line */
	if (i > 0 && e->ok && !line_goes_on && !is_source(b) &&
	    !slice_is(e->layer, "gold"))
		break_chain(a, b->tool, "did not read what",
		    e->books[front].tool, "which is in front of it");
}

static void
check_end(struct audit *a, const struct entry *e)
{
	struct slice last = e->n > 0 ? e->books[e->n - 1].tool : SLICE("");
	struct slice none = { NULL, 0 };

	if (e->ok && !slice_is(last, "mh-save") && !slice_is(last, "mh-load"))
		audit_find(a, "chain", none, none,
		    "the last program is no mh-save and no mh-load: %.*s",
		    (int)last.n, last.p);
}

/* Bronze counts from its source on, silver from the cleaning, gold from the
 * first that joins or groups. */
static bool
begins(const struct entry *e, const struct book *b)
{
	if (slice_is(e->layer, "silver"))
		return !slice_is(b->tool, "mh-extract");
	return !slice_is(e->layer, "gold") || slice_is(b->tool, "mh-join") ||
	       slice_is(b->tool, "mh-aggregate");
}

/* A replay takes what its first program gives, and goes on beside what is
 * there already: its out is what it mended. */
static void
check_sums(struct audit *a, const struct entry *e)
{
	uint64_t in = 0, out = 0, rejected = 0;
	bool begun = false;
	size_t i;

	for (i = 0; i < e->n; i++) {
		const struct book *b = &e->books[i];

		if (!begun && begins(e, b)) {
			begun = true;
			in = e->replays.p != NULL ? b->out : b->in;
		}
		rejected += b->rejected;
		out = b->in - b->rejected;
	}
	if (e->replays.p != NULL)
		out = in - rejected;
	audit_equal(a, "sums", in, e->in, "in is not that of its books");
	audit_equal(
	    a, "sums", e->ok ? out : 0, e->out, "out is not that of its books");
	audit_equal(a, "sums", rejected, e->rejected,
	    "rejected is not the sum of its books");
}

void
entry_check(struct audit *a, struct entry *e)
{
	size_t i;

	if (slice_is(e->state, "skipped") ? e->status != 0 || e->n > 0
					  : e->ok != (e->status == 0))
		audit_find(a, "record", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 },
		    "the state is %.*s, and the status %llu", (int)e->state.n,
		    e->state.p, (unsigned long long)e->status);
	for (i = 0; i < e->n; i++) {
		const struct book *b = &e->books[i];

		/* one that failed may have stopped anywhere */
		if (b->status == 0) {
			book_check(a, b);
			book_check_handed(a, b);
			check_givers(a, e, i);
		} else if (e->ok) {
			audit_equal(a, "record", 0, b->status,
			    "state ok, but %.*s ended with another status",
			    (int)b->tool.n, b->tool.p);
		}
	}
	check_end(a, e);
	check_sums(a, e);
}

/* audit_rejects - the lines of rejects that a stage has kept. */
#include <stdlib.h>
#include <unistd.h>

#include "auditing.h"
#include "json.h"
#include "mh.h"
#include "reason.h"

/* Rejects of one kind: program, reason, field and severity. */
struct kind {
	uint64_t said, kept;
	bool warns;
	bool unsure; /* perhaps nobody wanted them kept */
};

struct kinds {
	bool fields; /* they are told apart by their fields */
	struct table names;
	struct kind *v;
	struct table lines;     /* by their hashes */
	uint64_t doubles, none; /* lines that came before, and that are none */
	struct buf name;
};

/* The members that tell kinds apart, in a line and in the books. */
static const char *const of_line[] = { "_severity", "_reason", "_field" };
static const char *const of_books[] = { "severity", "reason", "field" };

/* The kind of a reject; NULL if it lacks what kinds are told apart by. */
static struct kind *
find_kind(struct kinds *k, struct slice tool, const struct rec *r,
    const char *const names[3])
{
	struct buf text = { 0 };
	struct slice severity;
	uint32_t number;
	bool added;
	size_t i;

	k->name.n = 0;
	buf_slice(&k->name, tool);
	for (i = 0; i < (k->fields ? 3 : 2); i++) {
		const struct slice *token = rec_get(r, slice_of(names[i]));

		if (token == NULL) {
			buf_free(&text);
			return NULL;
		}
		buf_text(&k->name, ", ");
		buf_slice(&k->name, json_text(*token, &text));
	}
	buf_free(&text);
	number = table_put(&k->names, buf_view(&k->name), &added);
	if (added) {
		k->v = mem_resize(k->v, k->names.n, sizeof(*k->v));
		k->v[number] = (struct kind){ 0 };
		if (rec_text(r, names[0], &severity))
			k->v[number].warns = slice_is(severity, "warn");
	}
	return &k->v[number];
}

static struct slice
reasons_of(const struct book *b)
{
	const struct slice *list = rec_get(&b->rec, SLICE("reasons"));

	return list != NULL ? *list : SLICE("[]");
}

static void
take_book(struct kinds *k, const struct entry *e, const struct book *b)
{
	struct slice list = reasons_of(b), one;
	struct rec r = { 0 };
	struct buf copy = { 0 };
	struct kind *kind;
	uint64_t n;

	while (json_next(&list, &one)) {
		if (!rec_from(&r, &copy, one) || !rec_count(&r, "records", &n))
			continue;
		kind = find_kind(k, b->tool, &r, of_books);
		if (kind == NULL)
			continue;
		kind->said += n;
		/* warnings of gold's recipes need no file */
		kind->unsure = slice_is(e->layer, "gold") && b->rejected == 0;
	}
	rec_free(&r);
	buf_free(&copy);
}

static void
take_line(struct kinds *k, const struct rec *r)
{
	uint64_t hash = table_hash(r->line.p, r->line.n);
	struct kind *kind = NULL;
	struct slice tool;
	bool added;

	if (r->fault == NULL && rec_text(r, "_tool", &tool))
		kind = find_kind(k, tool, r, of_line);
	if (kind == NULL) {
		k->none++;
		return;
	}
	kind->kept++;
	table_put(
	    &k->lines, (struct slice){ (char *)&hash, sizeof(hash) }, &added);
	k->doubles += !added;
}

/* silver.pedidos.ndjson, silver.pedidos.load.ndjson of silver.pedidos */
static bool
is_rejects_of(const char *file, struct slice target)
{
	struct slice name = slice_of(file);

	return slice_starts(name, target) && list_cut_ending(&name) &&
	       name.n >= target.n &&
	       (name.n == target.n || name.p[target.n] == '.');
}

struct list
list_rejects(const struct audit *a, const char *folder, struct slice target)
{
	struct list all = list_under(a, folder);
	size_t i, n = 0;

	for (i = 0; i < all.n; i++) {
		if (is_rejects_of(all.v[i], target))
			all.v[n++] = all.v[i];
		else
			free(all.v[i]);
	}
	all.n = n;
	return all;
}

static void
read_lines(
    struct audit *a, struct kinds *k, struct slice run, struct slice target)
{
	struct buf folder = { 0 }, path = { 0 };
	size_t i, usual = mh.max_line;
	struct list files;
	struct rec *r;
	struct in in;

	buf_fmt(&folder, "runs/%.*s", (int)run.n, run.p);
	files = list_rejects(a, buf_cstr(&folder), target);
	mh.max_line *= LINE_FACTOR;
	for (i = 0; i < files.n; i++) {
		path.n = 0;
		buf_fmt(&path, "%s/%s/%s", a->dir, folder.p, files.v[i]);
		if (!content_open(&in, buf_cstr(&path)))
			continue;
		while ((r = content_next(a, &in)) != NULL)
			take_line(k, r);
		in_close(&in);
	}
	mh.max_line = usual;
	list_free(&files);
	buf_free(&folder);
	buf_free(&path);
}

static void
kinds_free(struct kinds *k)
{
	table_free(&k->names);
	table_free(&k->lines);
	buf_free(&k->name);
	free(k->v);
}

bool
rejects_count(
    struct audit *a, struct slice run, struct slice target, uint64_t *n)
{
	struct kinds k = { .fields = false };
	struct buf folder = { 0 };
	uint32_t i;
	bool there;

	*n = 0;
	read_lines(a, &k, run, target);
	for (i = 0; i < k.names.n; i++) {
		if (!k.v[i].warns)
			*n += k.v[i].kept;
	}
	kinds_free(&k);
	buf_fmt(&folder, "%s/runs/%.*s", a->dir, (int)run.n, run.p);
	there = access(buf_cstr(&folder), F_OK) == 0;
	buf_free(&folder);
	return there;
}

/* A program that was killed has said nothing of its rejects. */
static void
compare(struct audit *a, const struct kinds *k, bool ok)
{
	bool good = true;
	uint32_t i;

	for (i = 0; i < k->names.n; i++) {
		struct slice name = table_key(&k->names, i);
		const struct kind *kind = &k->v[i];

		if (kind->unsure && kind->kept == 0)
			continue;
		if (ok || kind->kept < kind->said)
			good = audit_equal(a, "rejects", kind->said, kind->kept,
				   "the files of its rejects have not as many "
				   "as its books of: %.*s",
				   (int)name.n, name.p) &&
			       good;
	}
	if (!ok)
		return;
	audit_equal(a, "rejects", 0, k->none,
	    "the files of its rejects have lines that are none");
	/* one for another that is gone */
	if (good)
		audit_equal(a, "rejects", 0, k->doubles,
		    "the files of its rejects have lines twice");
}

/* Past these, books no longer tell fields apart. */
static bool
all_fields(const struct book *b)
{
	struct slice list = reasons_of(b), one;
	size_t n = 0;

	while (json_next(&list, &one))
		n++;
	return n < REASONS_MAX;
}

void
rejects_check(struct audit *a, const struct entry *e)
{
	struct kinds k = { .fields = true };
	size_t i;

	for (i = 0; i < e->n; i++)
		k.fields = k.fields && all_fields(&e->books[i]);
	/* without a file for its rejects a program ends with another status */
	for (i = 0; i < e->n; i++) {
		if (e->books[i].status == 0)
			take_book(&k, e, &e->books[i]);
	}
	read_lines(a, &k, a->run, a->target);
	compare(a, &k, e->ok);
	kinds_free(&k);
}

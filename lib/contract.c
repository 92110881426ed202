/* contract - the contract language: where contracts come from. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "embed.h"
#include "mh.h"
#include "reader.h"
#include "utf8.h"

#define CONTRACT_MAX ((size_t)1 << 20)
#define SUFFIX       ".contract"

/* A NUL would hide what stands behind it from every C string. */
static void
check_text(const char *file, struct slice text)
{
	struct slice line;
	unsigned n = 1;

	while (slice_split(&text, '\n', &line)) {
		if (!utf8_valid(line.p, line.n) || memchr(line.p, '\0', line.n))
			mh_die(
			    MH_CONFIG, "%s: line %u: not UTF-8 text", file, n);
		n++;
	}
}

static void
read_text(struct reader *rd, struct slice text)
{
	struct contract *c = rd->c;

	check_text(c->file, text);
	words_open(&rd->w, c->file, text);
	while (words_next(&rd->w))
		reader_statement(rd);
	/* what is included may be a few columns and no more */
	if (c->entity.p == NULL && rd->above == NULL)
		mh_die(MH_CONFIG, "%s: line %u: expected an entity statement",
		    c->file, rd->w.line);
	if (c->ncolumns == 0)
		mh_die(MH_CONFIG, "%s: line %u: expected a column statement",
		    c->file, rd->w.line);
	reader_end(rd);
}

/* Is it one of the files whose includes have led here? */
static bool
is_open_above(const struct reader *rd)
{
	const struct reader *up;

	for (up = rd->above; up != NULL; up = up->above) {
		if (up->inode == rd->inode && up->device == rd->device)
			return true;
	}
	return false;
}

/* All of an open file; NULL, or why not. */
static const char *
take_text(struct reader *rd, int fd, struct buf *text)
{
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) != 0)
		return strerror(errno);
	rd->device = st.st_dev;
	rd->inode = st.st_ino;
	if (is_open_above(rd))
		return "is being read already: the includes make a circle";
	do {
		buf_room(text, CONTRACT_MAX / 8);
		n = read(fd, text->p + text->n, text->cap - text->n);
		text->n += n > 0 ? (size_t)n : 0;
	} while (n > 0 && text->n < CONTRACT_MAX);
	if (n < 0)
		return strerror(errno);
	return n > 0 ? "longer than a contract can be" : NULL;
}

/* Reads the contract of that name into rd->c; NULL, or why not. */
static const char *
read_named(struct reader *rd, const char *name)
{
	const char *builtin = contract_text(name), *why;
	struct buf text = { 0 };
	int fd;

	rd->c->file = name;
	if (builtin != NULL) {
		read_text(rd, slice_of(builtin));
		return NULL;
	}
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && strpbrk(name, "./") == NULL)
		return "no such file, and no built-in contract of that name";
	if (fd < 0)
		return strerror(errno);
	why = take_text(rd, fd, &text);
	close(fd);
	if (why == NULL)
		read_text(rd, buf_view(&text));
	/* words are copied: the text may go when the contract stands */
	buf_free(&text);
	return why;
}

struct contract *
contract_read(const char *name, struct date today)
{
	struct reader rd = { .c = mem_zero(1, sizeof(*rd.c)) };
	const char *why;

	rd.c->today = today;
	why = read_named(&rd, name);
	if (why != NULL)
		mh_die(MH_CONFIG, "%s: %s", name, why);
	return rd.c;
}

/* The word of an include: a file's name begins where the includer stands. */
static const char *
find_included(struct reader *rd, struct slice word)
{
	const char *slash = strrchr(rd->c->file, '/');
	struct buf path = { 0 };
	struct slice kept;

	if (slash == NULL || word.p[0] == '/' || contract_text(word.p) != NULL)
		return word.p;
	buf_add(&path, rd->c->file, (size_t)(slash - rd->c->file) + 1);
	buf_slice(&path, word);
	buf_byte(&path, '\0');
	kept = arena_keep(&rd->w.arena, buf_view(&path));
	buf_free(&path);
	return kept.p;
}

void
reader_include(struct reader *rd)
{
	const struct word *w = reader_need(rd, "a contract");
	struct contract *c = rd->c, *other = mem_zero(1, sizeof(*other));
	struct reader inner = { .c = other, .above = rd };
	const char *why;
	size_t i;

	other->today = c->today;
	why = read_named(&inner, find_included(rd, w->text));
	if (why != NULL)
		reader_wrong(rd, w, "%s", why);
	c->columns = mem_resize(
	    c->columns, c->ncolumns + other->ncolumns, sizeof(*c->columns));
	for (i = 0; i < other->ncolumns; i++) {
		const struct column *col = &other->columns[i];

		if (contract_column(c, col->name) != NULL)
			reader_wrong(rd, w, "its column %.*s is there twice",
			    (int)col->name.n, col->name.p);
		c->columns[c->ncolumns++] = *col;
	}
}

const char *
contract_text(const char *entity)
{
	char name[100];
	int n = snprintf(name, sizeof(name), "%s" SUFFIX, entity);

	return n < (int)sizeof(name) ? embed_find(name) : NULL;
}

size_t
contract_list(struct buf *out)
{
	const struct embed *e;
	const char *end;
	size_t n = 0;

	for (e = embeds; e->name != NULL; e++) {
		end = strstr(e->name, SUFFIX);
		if (end == NULL)
			continue;
		buf_add(out, e->name, (size_t)(end - e->name));
		buf_byte(out, '\n');
		n++;
	}
	return n;
}

struct contract *
contract_builtin(const char *entity, struct date today)
{
	return contract_text(entity) != NULL ? contract_read(entity, today)
					     : NULL;
}

struct column *
contract_column(const struct contract *c, struct slice name)
{
	size_t i;

	for (i = 0; i < c->ncolumns; i++) {
		if (slice_eq(c->columns[i].name, name))
			return &c->columns[i];
	}
	return NULL;
}

bool
contract_in_key(const struct contract *c, const struct column *col)
{
	size_t i;

	for (i = 0; i < c->nkey; i++) {
		if (&c->columns[c->key[i]] == col)
			return true;
	}
	return false;
}

bool
column_value_is_new(const struct column *col, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++) {
		if (slice_eq(col->spellings[j].value, col->spellings[i].value))
			return false;
	}
	return true;
}

/* mh-clean(1), "Nulls" */
static const char *const usual_nulls[] = { "", "null", "n/a", "#n/a", "-", "--",
	NULL };
static const char *const more_nulls[] = { "none", "nan", "nil", NULL };

static bool
is_among(struct slice text, const char *const *words)
{
	for (; *words != NULL; words++) {
		if (utf8_is_word(text, *words))
			return true;
	}
	return false;
}

bool
contract_is_null(const struct contract *c, struct slice text, bool text_column)
{
	static struct buf lower;
	size_t i;

	if (!c->own_nulls) {
		return text.n <= CONTRACT_NULL_MAX &&
		       (is_among(text, usual_nulls) ||
			   (!text_column && is_among(text, more_nulls)));
	}
	lower.n = 0;
	utf8_lower(&lower, text);
	for (i = 0; i < c->nnulls; i++) {
		if (slice_eq(c->nulls[i], buf_view(&lower)))
			return true;
	}
	return false;
}

/*
 * str - slices, growing buffers and arenas.
 *
 * A slice points into memory that belongs to somebody else: it is never
 * freed, and says in its maker's comment how long it lives. A buffer owns
 * its bytes and keeps its room when it is emptied. An arena gives memory
 * that lives until the whole arena goes. Memory that cannot be had ends the
 * program (status 75): none of these calls fails.
 */
#ifndef STR_H
#define STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const char *p;
	size_t n;
};

/* A slice of a string literal. */
#define SLICE(lit) ((struct slice){ (lit), sizeof(lit) - 1 })

static inline struct slice
slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static inline bool
slice_eq(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
slice_is(struct slice a, const char *text)
{
	return slice_eq(a, slice_of(text));
}

/* Bytes as unsigned numbers, the shorter first where one begins the other:
 * less than, equal to or greater than 0. */
int slice_cmp(struct slice a, struct slice b);

/* Does `a` begin with `head`? */
bool slice_starts(struct slice a, struct slice head);

/*
 * Cuts the next piece off `*rest`, up to `sep` (which goes too). False when
 * nothing is left; "a,,b" has three pieces, "" has one (empty) piece. Start
 * with `rest` holding the whole text; at the end rest->p is NULL.
 */
bool slice_split(struct slice *rest, char sep, struct slice *piece);

/* ASCII alone, whatever the locale. */
static inline bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/*
 * The length of `head` if the n bytes at p begin with it, letters of ASCII
 * without case, else 0.
 */
static inline size_t
ascii_head(const char *p, size_t n, const char *head)
{
	size_t i;

	for (i = 0; head[i] != '\0'; i++) {
		if (i == n || (p[i] != head[i] && ((p[i] ^ head[i]) != 0x20 ||
						      !ascii_letter(p[i]))))
			return 0;
	}
	return i;
}

struct buf {
	char *p;
	size_t n, cap;
};

/* Makes room for `more` bytes behind b->n, without changing b->n. */
void buf_grow(struct buf *b, size_t more);
void buf_free(struct buf *b);

static inline void
buf_room(struct buf *b, size_t more)
{
	if (b->cap - b->n < more)
		buf_grow(b, more);
}

static inline void
buf_add(struct buf *b, const void *p, size_t n)
{
	buf_room(b, n);
	if (n != 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
}

static inline void
buf_byte(struct buf *b, char c)
{
	buf_room(b, 1);
	b->p[b->n++] = c;
}

static inline void
buf_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.p, s.n);
}

static inline void
buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

/* What the buffer holds; valid until it is next added to. */
static inline struct slice
buf_view(const struct buf *b)
{
	return (struct slice){ b->p, b->n };
}

void buf_u64(struct buf *b, uint64_t v);
void buf_i64(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The buffer as a C string: adds a NUL that b->n does not count. */
const char *buf_cstr(struct buf *b);

struct arena {
	char *p; /* what is left of the newest chunk */
	size_t left;
	size_t total;       /* bytes taken from the system */
	struct chunk *list; /* all chunks, newest first */
};

/* `n` bytes aligned for any type, not cleared. They never move. */
void *arena_alloc(struct arena *a, size_t n);

/* A copy of the bytes, unaligned; the slice lives as long as the arena. */
struct slice arena_keep(struct arena *a, struct slice s);
void arena_free(struct arena *a);

/* calloc and realloc that do not fail. */
void *mem_zero(size_t count, size_t size);
void *mem_resize(void *p, size_t count, size_t size);

#endif

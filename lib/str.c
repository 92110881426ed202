/* str - slices, growing buffers and arenas. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "mh.h"
#include "str.h"

#define CHUNK_SIZE ((size_t)256 << 10)

struct chunk {
	struct chunk *next;
	_Alignas(max_align_t) char bytes[];
};

static _Noreturn void
no_memory(void)
{
	mh_die(MH_TEMP, "out of memory");
}

int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

bool
slice_starts(struct slice a, struct slice head)
{
	return a.n >= head.n && slice_eq((struct slice){ a.p, head.n }, head);
}

bool
slice_split(struct slice *rest, char sep, struct slice *piece)
{
	const char *end;

	if (rest->p == NULL)
		return false;
	end = memchr(rest->p, sep, rest->n);
	if (end == NULL) {
		*piece = *rest;
		*rest = (struct slice){ NULL, 0 };
		return true;
	}
	piece->p = rest->p;
	piece->n = (size_t)(end - rest->p);
	rest->n -= piece->n + 1;
	rest->p = end + 1;
	return true;
}

void
buf_grow(struct buf *b, size_t more)
{
	size_t cap = b->cap == 0 ? 256 : b->cap;

	if (more > SIZE_MAX / 2 - b->n)
		no_memory();
	while (cap - b->n < more)
		cap *= 2;
	b->p = mem_resize(b->p, cap, 1);
	b->cap = cap;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void
buf_u64(struct buf *b, uint64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v != 0);
	buf_add(b, digits + at, sizeof(digits) - at);
}

void
buf_i64(struct buf *b, int64_t v)
{
	if (v < 0)
		buf_byte(b, '-');
	buf_u64(b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		no_memory();
	buf_room(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

const char *
buf_cstr(struct buf *b)
{
	buf_room(b, 1);
	b->p[b->n] = '\0';
	return b->p;
}

static void *
arena_take(struct arena *a, size_t n)
{
	struct chunk *c;
	char *p;

	if (n > a->left || a->p == NULL) {
		size_t size = n > CHUNK_SIZE / 4 ? n : CHUNK_SIZE;

		c = mem_resize(NULL, 1, sizeof(*c) + size);
		c->next = a->list;
		a->list = c;
		a->total += sizeof(*c) + size;
		/* a large block of its own leaves the shared one in use */
		if (size != CHUNK_SIZE)
			return c->bytes;
		a->p = c->bytes;
		a->left = size;
	}
	p = a->p;
	a->p += n;
	a->left -= n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t odd = a->left % _Alignof(max_align_t);

	/* chunks end aligned, so what is left tells where we stand */
	if (odd != 0) {
		a->p += odd;
		a->left -= odd;
	}
	return arena_take(a, n);
}

struct slice
arena_keep(struct arena *a, struct slice s)
{
	char *p = arena_take(a, s.n);

	if (s.n != 0)
		memcpy(p, s.p, s.n);
	return (struct slice){ p, s.n };
}

void
arena_free(struct arena *a)
{
	struct chunk *c, *next;

	for (c = a->list; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	*a = (struct arena){ 0 };
}

void *
mem_zero(size_t count, size_t size)
{
	void *p = calloc(count == 0 ? 1 : count, size);

	if (p == NULL)
		no_memory();
	return p;
}

void *
mem_resize(void *p, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		no_memory();
	p = realloc(p, count * size == 0 ? 1 : count * size);
	if (p == NULL)
		no_memory();
	return p;
}

/*
 * tap - a test in C says "ok" or "not ok" for each thing it checks, in the
 * Test Anything Protocol, for prove(1).
 */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

static inline void
tap_ok(bool good, const char *name, const char *file, int line)
{
	printf("%s %d - ", good ? "ok" : "not ok", ++tap_count);
	/* a name is one line, and # would begin a directive */
	for (; *name != '\0'; name++)
		putchar(*name == '\n' ? ' ' : *name == '#' ? '.' : *name);
	putchar('\n');
	if (!good) {
		tap_failed++;
		printf("# at %s:%d\n", file, line);
	}
}

static inline void
tap_is(const char *got, size_t n, const char *want, const char *name,
    const char *file, int line)
{
	bool good = strlen(want) == n && memcmp(got, want, n) == 0;

	tap_ok(good, name, file, line);
	if (!good)
		printf("#  got: %.*s\n# want: %s\n", (int)n, got, want);
}

/* One check, named by its own text. */
#define OK(cond) tap_ok((cond), #cond, __FILE__, __LINE__)

/* One check with a name of its own: for tables of cases. */
#define OK_NAMED(cond, name) tap_ok((cond), (name), __FILE__, __LINE__)

/* Bytes against a C string. */
#define IS(p, n, want, name)                                                   \
	tap_is((p), (n), (want), (name), __FILE__, __LINE__)

/* The last line of main. */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}

#endif

/* audit_find - a finding as a record. */
#include <stdarg.h>
#include <stdio.h>

#include "auditing.h"
#include "json.h"
#include "utf8.h"

/* Names of files need not be UTF-8, and a long message is cut anywhere. */
void
audit_quote(struct buf *b, struct slice text)
{
	struct buf plain = { 0 };
	size_t i;

	if (utf8_valid(text.p, text.n)) {
		json_quote(b, text);
		return;
	}
	for (i = 0; i < text.n; i++)
		buf_byte(&plain, (text.p[i] & 0x80) != 0 ? '?' : text.p[i]);
	json_quote(b, buf_view(&plain));
	buf_free(&plain);
}

static void
put_text(struct buf *b, const char *name, struct slice text)
{
	buf_fmt(b, "\"%s\":", name);
	if (text.p == NULL)
		buf_text(b, "null");
	else
		audit_quote(b, text);
	buf_byte(b, ',');
}

static void
put_value(struct buf *b, const char *name, struct slice token)
{
	buf_fmt(b, "\"%s\":", name);
	buf_slice(b, token.p != NULL ? token : SLICE("null"));
	buf_byte(b, ',');
}

static void
add(struct audit *a, const char *check, struct slice expected,
    struct slice found, const char *fmt, va_list ap)
{
	struct buf *b = &a->s.out.b;
	char text[1024];

	buf_byte(b, '{');
	put_text(b, "run", a->run);
	put_text(b, "target", a->target);
	put_text(b, "check", slice_of(check));
	put_value(b, "expected", expected);
	put_value(b, "found", found);
	vsnprintf(text, sizeof(text), fmt, ap);
	buf_text(b, "\"message\":");
	audit_quote(b, slice_of(text));
	buf_byte(b, '}');
	out_end(&a->s.out);
	a->s.refused = true;
}

void
audit_find(struct audit *a, const char *check, struct slice expected,
    struct slice found, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(a, check, expected, found, fmt, ap);
	va_end(ap);
}

bool
audit_equal(struct audit *a, const char *check, uint64_t expected,
    uint64_t found, const char *fmt, ...)
{
	char one[24], other[24];
	va_list ap;

	if (expected == found)
		return true;
	snprintf(one, sizeof(one), "%llu", (unsigned long long)expected);
	snprintf(other, sizeof(other), "%llu", (unsigned long long)found);
	va_start(ap, fmt);
	add(a, check, slice_of(one), slice_of(other), fmt, ap);
	va_end(ap);
	return false;
}

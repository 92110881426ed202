/* pseudonym - how what stands in place of a person's data is written. */
#include "pseudonym.h"

#define HEAD        "mh1:"
#define HEAD_SIZE   (sizeof(HEAD) - 1)
#define COLON       (HEAD_SIZE + PSEUDONYM_KEY)
#define TOTAL_CHARS (COLON + 1 + PSEUDONYM_DIGITS)

static bool
is_hex(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!ascii_digit(p[i]) && !(p[i] >= 'a' && p[i] <= 'f'))
			return false;
	}
	return true;
}

bool
pseudonym_is(struct slice text)
{
	return text.n == TOTAL_CHARS && memcmp(text.p, HEAD, HEAD_SIZE) == 0 &&
	       is_hex(text.p + HEAD_SIZE, PSEUDONYM_KEY) &&
	       text.p[COLON] == ':' &&
	       is_hex(text.p + COLON + 1, PSEUDONYM_DIGITS);
}

static void
put_hex(struct buf *out, const unsigned char *bytes, size_t digits)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < digits / 2; i++) {
		buf_byte(out, hex[bytes[i] >> 4]);
		buf_byte(out, hex[bytes[i] & 15]);
	}
}

void
pseudonym_put(
    struct buf *out, const unsigned char *key, const unsigned char *value)
{
	buf_add(out, HEAD, HEAD_SIZE);
	put_hex(out, key, PSEUDONYM_KEY);
	buf_byte(out, ':');
	put_hex(out, value, PSEUDONYM_DIGITS);
}

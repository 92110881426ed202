/* json_base64 - bytes that are no UTF-8, in a string that is. */
#include "json.h"

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
json_base64(struct buf *out, struct slice bytes)
{
	size_t i, j;

	for (i = 0; i < bytes.n; i += 3) {
		uint32_t v = 0;

		for (j = 0; j < 3; j++) {
			v <<= 8;
			if (i + j < bytes.n)
				v |= (unsigned char)bytes.p[i + j];
		}
		for (j = 0; j < 4; j++) {
			buf_byte(out, i + j > bytes.n
					  ? '='
					  : letters[v >> (18 - 6 * j) & 63]);
		}
	}
}

bool
json_unbase64(struct buf *out, struct slice text)
{
	size_t i, j, n = text.n;

	if (n % 4 != 0)
		return false;
	/* the padding: of the last four letters, two say something */
	while (n > 0 && text.n - n < 2 && text.p[n - 1] == '=')
		n--;
	for (i = 0; i < n; i += 4) {
		uint32_t v = 0;

		for (j = i; j < i + 4; j++) {
			const char *known = letters;

			if (j < n)
				known = memchr(
				    letters, text.p[j], sizeof(letters) - 1);
			if (known == NULL)
				return false;
			v = v << 6 | (uint32_t)(known - letters);
		}
		/* three bytes; two or one, where letters were missing */
		for (j = i; j < i + 3 && j + 1 < n; j++)
			buf_byte(out, (char)(v >> (16 - 8 * (j - i)) & 0xff));
	}
	return true;
}

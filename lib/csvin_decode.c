/* csvin_decode - rows of CSV that are in another encoding. */
#include "csvin.h"
#include "utf8.h"

/* The code points of 0x80..0x9f in windows-1252 (WHATWG Encoding); 0: none. */
static const uint16_t cp1252[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026,
	0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
	0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

struct slice
csvin_decode(struct csvin *c, struct slice row)
{
	bool windows = c->form.encoding == CSVIN_CP1252;
	size_t i;

	if (c->form.encoding == CSVIN_UTF8)
		return row;
	c->decoded.n = 0;
	for (i = 0; i < row.n; i++) {
		uint32_t byte = (unsigned char)row.p[i], cp = byte;

		if (windows && byte >= 0x80 && byte < 0xa0)
			cp = cp1252[byte - 0x80];
		if (byte >= 0x80 && cp == 0)
			buf_byte(&c->decoded, '\xff');
		else
			utf8_put(&c->decoded, cp);
	}
	return buf_view(&c->decoded);
}

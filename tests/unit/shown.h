/* shown - a decimal as text, for the tests of lib/dec. */
#ifndef SHOWN_H
#define SHOWN_H

#include "dec.h"

/* The number's text, "none" if it was refused; until the next call. */
static inline const char *
shown(bool good, struct dec d)
{
	static struct buf text;

	text.n = 0;
	if (good)
		dec_put(&text, d);
	else
		buf_text(&text, "none");
	return buf_cstr(&text);
}

#endif

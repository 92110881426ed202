/* memory - how much of it a program may take for what it must remember. */
#include <unistd.h>

#include "memory.h"
#include "mh.h"

#define LEAST ((size_t)1 << 20)

size_t
memory_limit(const char *option, const char *text)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	size_t limit;

	if (text != NULL)
		return (size_t)mh_number(option, text, LEAST, SIZE_MAX, true);
	limit = pages > 0 && size > 0 ? (size_t)pages / 4 * (size_t)size : 0;
	return limit < LEAST ? LEAST : limit;
}

/* embed_find - looks up a file that was built in. */
#include <stddef.h>
#include <string.h>

#include "embed.h"

const char *
embed_find(const char *name)
{
	const struct embed *e;

	for (e = embeds; e->name != NULL; e++) {
		if (strcmp(e->name, name) == 0)
			return e->text;
	}
	return NULL;
}

/* tally - how often each of some names came. */
#include <stdlib.h>

#include "tally.h"

uint32_t
tally_add(struct tally *t, struct slice name)
{
	bool added;
	uint32_t number = table_put(&t->names, name, &added);

	if (number >= t->cap) {
		t->cap = t->cap * 2 + 16;
		t->counts = mem_resize(t->counts, t->cap, sizeof(*t->counts));
	}
	if (added)
		t->counts[number] = 0;
	t->counts[number]++;
	return number;
}

void
tally_free(struct tally *t)
{
	table_free(&t->names);
	free(t->counts);
	*t = (struct tally){ 0 };
}

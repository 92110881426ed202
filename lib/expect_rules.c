/* expect_rules - conditions with a memory. */
#include "expect_rules.h"
#include "in.h"
#include "json.h"
#include "mh.h"
#include "table.h"

static void *
open_unique(struct slice file, struct slice member)
{
	(void)file, (void)member;
	return mem_zero(1, sizeof(struct table));
}

/* It is, where it has not been before. */
static bool
is_unique(void *state, struct slice text)
{
	bool added;

	table_put(state, text, &added);
	return added;
}

/* The values of the member in the file. */
static void *
open_relationships(struct slice file, struct slice member)
{
	struct table *keys = mem_zero(1, sizeof(*keys));
	struct buf name = { 0 }, scratch = { 0 };
	const struct slice *value;
	struct in in;
	struct rec *r;
	char *files[2] = { NULL, NULL };
	bool added;

	buf_slice(&name, file);
	buf_byte(&name, '\0');
	files[0] = name.p;
	if (slice_is(file, "-"))
		mh_die(MH_CONFIG,
		    "relationships: a file is meant, not standard input");
	in_open(&in, files);
	while ((r = in_next_good(&in)) != NULL) {
		value = rec_get(r, member);
		if (value != NULL && !json_is_null(*value))
			table_put(keys, json_text(*value, &scratch), &added);
	}
	in_close(&in);
	buf_free(&name);
	buf_free(&scratch);
	return keys;
}

static bool
is_related(void *state, struct slice text)
{
	return table_find(state, text) != TABLE_NONE;
}

const struct expr_rule expect_rules[] = {
	{ "unique", false, open_unique, is_unique },
	{ "relationships", true, open_relationships, is_related },
	{ NULL, false, NULL, NULL },
};

static void *
open_nothing(struct slice file, struct slice member)
{
	(void)file, (void)member;
	return NULL;
}

const struct expr_rule expect_rules_dry[] = {
	{ "unique", false, open_nothing, is_unique },
	{ "relationships", true, open_nothing, is_related },
	{ NULL, false, NULL, NULL },
};

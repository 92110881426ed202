/* memo - remembers what is short, and gives up where nothing repeats. */
#include "json.h"
#include "memo.h"
#include "mh.h"
#include "tap.h"

/* What the memo says of a text; "?": nothing. */
static const char *
ask(struct memo *m, const char *text)
{
	static char made[32 + 1];
	char token[64 + JSON_SLACK] = "";
	char *end;

	strcpy(token, text);
	end = memo_put(m, (struct slice){ token, strlen(text) }, made);
	if (end == NULL)
		return "?";
	*end = '\0';
	return made;
}

static void
tell(struct memo *m, const char *text, const char *made)
{
	memo_keep(m, slice_of(text), slice_of(made));
}

static void
test_answers(void)
{
	struct memo *m = memo_new();
	const char *longest = "\"01234567890123456789012345678\"";

	OK(strcmp(ask(m, "\"sp\""), "?") == 0);
	tell(m, "\"sp\"", "\"SP\"");
	OK(strcmp(ask(m, "\"sp\""), "\"SP\"") == 0);
	OK(strcmp(ask(m, "\"sp"), "?") == 0);
	OK(strcmp(ask(m, "\"sP\""), "?") == 0);
	tell(m, longest, "30");
	OK(strcmp(ask(m, longest), "30") == 0);
	tell(m, "30", longest + 1);
	OK(strcmp(ask(m, "30"), longest + 1) == 0);
	tell(m, "\"a token of more than 32 bytes...\"", "1");
	OK(strcmp(ask(m, "\"a token of more than 32 bytes...\""), "?") == 0);
	tell(m, "31", "a value of 31 bytes ..........!");
	OK(strcmp(ask(m, "31"), "?") == 0);
	tell(m, "", "1");
	OK(strcmp(ask(m, ""), "?") == 0);
}

/* With more values than places the newest are there, and none is wrong. */
static void
test_many(void)
{
	struct memo *m = memo_new();
	char text[32];
	int i, wrong = 0;

	for (i = 0; i < 3000; i++) {
		snprintf(text, sizeof(text), "%d", i);
		tell(m, text, text);
		wrong += strcmp(ask(m, text), text) != 0;
	}
	OK(wrong == 0);
	for (i = 0; i < 3000; i++) {
		snprintf(text, sizeof(text), "%d", i);
		wrong += strcmp(ask(m, text), "?") != 0 &&
			 strcmp(ask(m, text), text) != 0;
	}
	OK(wrong == 0);
}

static void
test_retires(void)
{
	struct memo *m = memo_new(), *other = memo_new();
	char text[32];
	int i;

	tell(m, "1", "one");
	tell(other, "1", "one");
	for (i = 0; i < 10000; i++) {
		snprintf(text, sizeof(text), "x%d", i);
		ask(m, text);
		ask(other, i % 2 == 0 ? text : "1");
	}
	OK(strcmp(ask(m, "1"), "?") == 0);
	OK(strcmp(ask(other, "1"), "one") == 0);
	tell(m, "2", "two");
	OK(strcmp(ask(m, "2"), "?") == 0);
}

int
main(void)
{
	mh_init("memo", "", 0);
	test_answers();
	test_many();
	test_retires();
	return tap_done();
}

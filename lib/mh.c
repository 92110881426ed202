/* mh - identity, messages, exit statuses, options every program has. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mh.h"

#define MESSAGE_MAX 2048

struct mh mh = { .max_line = (size_t)16 << 20 };

/* Past what the programs give to their own long options: see mh_getopt(). */
enum {
	OPT_SUMMARY = 1000,
	OPT_MAX_LINE,
	OPT_MAX_REJECTS,
	OPT_READ_KEY,
	OPT_EMIT_KEY,
};

/* One common option: which group brings it, and its line in the help. */
struct common {
	unsigned group; /* 0: every program */
	struct option opt;
	const char *help;
};

static const struct common commons[] = {
	{ MH_REJECTS, { "rejects", 1, NULL, 'r' },
	    "  -r, --rejects FILE   write unusable records there, with the reason" },
	{ MH_REJECTS, { "max-rejects", 1, NULL, OPT_MAX_REJECTS },
	    "      --max-rejects N[%]  stop with status 1 past so many rejects" },
	{ MH_READS, { "max-line", 1, NULL, OPT_MAX_LINE },
	    "      --max-line SIZE  refuse longer lines (default 16M)" },
	{ MH_TAKES_KEYS, { "read-key", 0, NULL, OPT_READ_KEY },
	    "      --read-key       a line is a key, a tab and a record" },
	{ MH_GIVES_KEYS, { "emit-key", 1, NULL, OPT_EMIT_KEY },
	    "      --emit-key A,...  put these members and a tab before each record" },
	{ MH_WRITES, { "unbuffered", 0, NULL, 'u' },
	    "  -u, --unbuffered     write each record at once" },
	{ 0, { "summary", 1, NULL, OPT_SUMMARY },
	    "      --summary FILE   write the books there as JSON (- is standard error)" },
	{ 0, { "quiet", 0, NULL, 'q' },
	    "  -q, --quiet          no progress and no closing line" },
	{ 0, { "help", 0, NULL, 'h' },
	    "  -h, --help           show this help" },
	{ 0, { "version", 0, NULL, 'V' },
	    "  -V, --version        show the version" },
};

#define NCOMMONS  (sizeof(commons) / sizeof(commons[0]))
#define LONGS_MAX 40

static bool
taken(const struct common *c)
{
	return c->group == 0 || (mh.groups & c->group) != 0;
}

/* A run's name goes into seals, rejects and file names. */
static bool
is_printable(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text <= ' ' || *text > '~')
			return false;
	}
	return true;
}

void
mh_init(const char *name, const char *usage, unsigned groups)
{
	mh.name = name;
	mh.usage = usage;
	mh.groups = groups;
	mh.run = mh_env("MH_RUN");
	if (mh.run != NULL && !is_printable(mh.run))
		mh_die(MH_CONFIG, "MH_RUN: the name of a run is ASCII without "
				  "blanks");
	mh.summary = mh_env("MH_SUMMARY");
}

static _Noreturn void
show_help(void)
{
	size_t i;

	fputs(mh.usage, stdout);
	for (i = 0; i < NCOMMONS; i++) {
		if (taken(&commons[i]))
			puts(commons[i].help);
	}
	if (fflush(stdout) != 0)
		mh_die(MH_IO, "standard output: %s", strerror(errno));
	exit(MH_OK);
}

static _Noreturn void
show_version(void)
{
	printf("%s (medalhao) %s\n", mh.name, MH_VERSION);
	if (fflush(stdout) != 0)
		mh_die(MH_IO, "standard output: %s", strerror(errno));
	exit(MH_OK);
}

static bool
take_common(int c)
{
	switch (c) {
	case 'r': mh.rejects = optarg; return true;
	case OPT_MAX_REJECTS: mh.max_rejects = optarg; return true;
	case OPT_MAX_LINE:
		mh.max_line = (size_t)mh_number(
		    "--max-line", optarg, 2, (uint64_t)1 << 40, true);
		return true;
	case OPT_READ_KEY: mh.read_key = true; return true;
	case OPT_EMIT_KEY: mh.emit_key = optarg; return true;
	case 'u': mh.unbuffered = true; return true;
	case OPT_SUMMARY: mh.summary = optarg; return true;
	case 'q': mh.quiet = true; return true;
	case 'h': show_help();
	case 'V': show_version();
	default: return false;
	}
}

/* What getopt_long did not like, in our words. */
static _Noreturn void
refuse_option(char **argv, int c)
{
	const char *word = argv[optind - 1];

	if (c == ':' && strncmp(word, "--", 2) == 0)
		mh_die_usage("option %s needs a value", word);
	if (c == ':')
		mh_die_usage("option -%c needs a value", optopt);
	if (optopt != 0 && strncmp(word, "--", 2) != 0)
		mh_die_usage("unknown option -%c", optopt);
	if (optopt != 0)
		mh_die_usage("option %.*s takes no value",
		    (int)strcspn(word, "="), word);
	mh_die_usage("unknown or ambiguous option %s", word);
}

/* Whoever sorts lines by their keys would sort a seal among the records. */
static void
refuse_keys_in_a_run(void)
{
	if (mh.run != NULL && (mh.read_key || mh.emit_key != NULL))
		mh_die_usage(
		    "%s: not inside a run (MH_RUN): lines with keys are "
		    "there to be sorted, and the seal must stay the last",
		    mh.read_key ? "--read-key" : "--emit-key");
}

/* Arguments can be seen by every process of the machine; and so can what
 * we would say about them. */
static void
refuse_passwords(char *const *operands)
{
	const char *host;

	for (; *operands != NULL; operands++) {
		host = strstr(*operands, "://");
		if (host != NULL && strchr(host, '@') != NULL)
			mh_die_usage("a connection string has no place among "
				     "the arguments, where all can read it");
	}
}

int
mh_getopt(int argc, char **argv, const char *shorts, const struct option *longs)
{
	struct option all[LONGS_MAX] = { 0 };
	char letters[80];
	bool first = shorts[0] == '+'; /* options end at the first operand */
	size_t i, n = 0;
	int c;

	for (; longs != NULL && longs->name != NULL; longs++)
		all[n++] = *longs;
	snprintf(letters, sizeof(letters), "%s:%shVq%s%s", first ? "+" : "",
	    shorts + first, (mh.groups & MH_WRITES) != 0 ? "u" : "",
	    (mh.groups & MH_REJECTS) != 0 ? "r:" : "");
	for (i = 0; i < NCOMMONS && n < LONGS_MAX - 1; i++) {
		if (taken(&commons[i]))
			all[n++] = commons[i].opt;
	}
	opterr = 0;
	do {
		c = getopt_long(argc, argv, letters, all, NULL);
		if (c == '?' || c == ':')
			refuse_option(argv, c);
	} while (c != -1 && take_common(c));
	if (c == -1) {
		refuse_passwords(argv + optind);
		refuse_keys_in_a_run();
	}
	return c;
}

/* One write, so that the messages of a pipe's programs do not mix. */
static void
say(const char *tail, const char *fmt, va_list ap)
{
	char text[MESSAGE_MAX];
	int head, n;
	size_t len;

	head = snprintf(text, sizeof(text), "%s: ", mh.name);
	n = vsnprintf(text + head, sizeof(text) - (size_t)head - 128, fmt, ap);
	if (n < 0)
		return;
	len = strlen(text);
	len += (size_t)snprintf(text + len, sizeof(text) - len, "%s\n", tail);
	/* nobody is left to tell when standard error is gone */
	if (write(STDERR_FILENO, text, len) < 0)
		return;
}

void
mh_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}

void
mh_die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
	exit(status);
}

void
mh_die_usage(const char *fmt, ...)
{
	char tail[100];
	va_list ap;

	snprintf(tail, sizeof(tail), "; see %s --help", mh.name);
	va_start(ap, fmt);
	say(tail, fmt, ap);
	va_end(ap);
	exit(MH_USAGE);
}

uint64_t
mh_number(
    const char *name, const char *text, uint64_t min, uint64_t max, bool sizes)
{
	static const char suffixes[] = "KkMmGg";
	const char *suffix;
	unsigned shift = 0;
	uint64_t v;
	char *end;

	errno = 0;
	v = strtoull(text, &end, 10);
	if (sizes && *end != '\0' &&
	    (suffix = strchr(suffixes, *end)) != NULL) {
		shift = (unsigned)(suffix - suffixes) / 2 * 10 + 10;
		end++;
	}
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0)
		mh_die_usage("%s: not a number: %s", name, text);
	if (v > (max >> shift) || v << shift < min)
		mh_die_usage("%s: must be from %llu to %llu: %s", name,
		    (unsigned long long)min, (unsigned long long)max, text);
	return v << shift;
}

const char *
mh_env(const char *name)
{
	const char *v = getenv(name);

	return v != NULL && *v != '\0' ? v : NULL;
}

double
mh_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

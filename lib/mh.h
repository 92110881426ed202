/*
 * mh - what every program of the family shares: its identity, its messages,
 * its exit statuses and the options that mean the same everywhere.
 *
 * A failure that nobody could repair ends the program here, with a message
 * and a status. A failure that is an answer is returned by whoever found it.
 */
#ifndef MH_H
#define MH_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MH_VERSION "0.1.0"

/* The exit statuses; after sysexits where it has a word for it. */
enum {
	MH_OK = 0,      /* done, and every byte written */
	MH_NO = 1,      /* done, and the answer is no */
	MH_USAGE = 2,   /* the command line is wrong */
	MH_DATA = 65,   /* the input is not what it must be */
	MH_BUG = 70,    /* the books do not close */
	MH_IO = 74,     /* input or output failed */
	MH_TEMP = 75,   /* a retry may help */
	MH_CONFIG = 78, /* a contract or a connection string is wrong */
};

/* The groups of common options that a program takes. */
enum {
	MH_READS = 1,       /* --max-line */
	MH_WRITES = 2,      /* -u */
	MH_REJECTS = 4,     /* -r, --max-rejects */
	MH_TAKES_KEYS = 8,  /* --read-key */
	MH_GIVES_KEYS = 16, /* --emit-key */
	/* all of them: records in, records out */
	MH_FILTER =
	    MH_READS | MH_WRITES | MH_REJECTS | MH_TAKES_KEYS | MH_GIVES_KEYS,
};

/* The program's identity and what its common options said. */
struct mh {
	const char *name;        /* mh-clean-pedidos */
	const char *usage;       /* its own lines of the help */
	unsigned groups;         /* MH_READS | ... */
	const char *run;         /* MH_RUN: inside a run, else NULL */
	const char *summary;     /* --summary FILE, or MH_SUMMARY */
	const char *rejects;     /* -r FILE */
	const char *max_rejects; /* --max-rejects N[%] */
	const char *emit_key;    /* --emit-key KEY,... */
	bool read_key;           /* --read-key */
	size_t max_line;         /* --max-line, bytes */
	bool unbuffered;         /* -u */
	bool quiet;              /* -q */
};

extern struct mh mh;

/*
 * Says who we are; called first in every main. `usage` holds the program's
 * own part of the help, from "usage: mh-x ..." on; the common options of
 * `groups` are added when it is shown. Both texts must outlive the program.
 */
void mh_init(const char *name, const char *usage, unsigned groups);

/*
 * getopt_long with the common options built in: gives only the program's own
 * options, and -1 at the operands (optind). `shorts` and `longs` name the
 * program's own; `longs` ends with a zero entry. --help and --version answer
 * and exit 0; a wrong option is a usage error, exit 2. A `+` at the head of
 * `shorts` ends the options at the first operand. Long options without a
 * letter are numbered from 256 to 999.
 */
int mh_getopt(
    int argc, char **argv, const char *shorts, const struct option *longs);

/* "mh-x: message" on standard error, in one write. */
void mh_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The same, and the end, with `status`. */
_Noreturn void mh_die(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same with a pointer at --help; exit 2. */
_Noreturn void mh_die_usage(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * The number that option `name` got, in min..max; a usage error if `text` is
 * none. Decimal digits, and a suffix K, M or G (powers of 1024) where
 * `sizes` is true.
 */
uint64_t mh_number(
    const char *name, const char *text, uint64_t min, uint64_t max, bool sizes);

/* The value of an environment variable, NULL where unset or empty. */
const char *mh_env(const char *name);

/*
 * Seconds since some fixed moment, for durations only: a monotonic clock.
 */
double mh_seconds(void);

#endif

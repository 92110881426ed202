/* mh-save - put a stream at rest: a file that is whole or not there. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-save [options] FILE [input ...]\n"
    "  -p, --plain          leave out the seal: for those who read the file\n"
    "                       with other programs\n"
    "      --min-records N  status 1, and no file, if fewer came (default 0)\n";

enum {
	OPT_MIN_RECORDS = 256,
};

static const struct option longs[] = {
	{ "plain", 0, NULL, 'p' },
	{ "min-records", 1, NULL, OPT_MIN_RECORDS },
	{ NULL, 0, NULL, 0 },
};

static struct buf temporary; /* its name, while there is such a file */

static void
forget_temporary(void)
{
	if (temporary.n != 0)
		unlink(buf_cstr(&temporary));
}

static void
end_by_signal(int signo)
{
	unlink(temporary.p);
	signal(signo, SIG_DFL);
	raise(signo);
}

static int
create_beside(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash != NULL ? slash + 1 : file;
	mode_t mask = umask(0);
	int fd;

	umask(mask);
	buf_fmt(&temporary, "%.*s.%s.XXXXXX", (int)(base - file), file, base);
	fd = mkstemp((char *)(uintptr_t)buf_cstr(&temporary));
	if (fd < 0) {
		temporary.n = 0;
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	}
	atexit(forget_temporary);
	signal(SIGINT, end_by_signal);
	signal(SIGTERM, end_by_signal);
	signal(SIGHUP, end_by_signal);
	/* mkstemp is stricter than a shell's redirection */
	if (fchmod(fd, 0666 & ~mask) != 0)
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	return fd;
}

/* The bytes first, then the name, then the directory that holds it: in this
 * order a power cut leaves the old file or the new one. */
static void
publish(int fd, const char *file)
{
	char *copy = strdup(file);
	int dir;

	if (copy == NULL || fsync(fd) != 0 || close(fd) != 0 ||
	    rename(buf_cstr(&temporary), file) != 0)
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	temporary.n = 0;
	dir = open(dirname(copy), O_RDONLY | O_CLOEXEC);
	if (dir >= 0) {
		/* some file systems know no fsync of a directory */
		fsync(dir);
		close(dir);
	}
	free(copy);
}

int
main(int argc, char **argv)
{
	bool plain = false;
	const char *file;
	uint64_t least = 0;
	struct stage s;
	struct rec *r;
	int c, fd, status;

	mh_init("mh-save", usage, MH_READS | MH_REJECTS);
	while ((c = mh_getopt(argc, argv, "p", longs)) != -1) {
		if (c == 'p')
			plain = true;
		else
			least = mh_number(
			    "--min-records", optarg, 0, UINT64_MAX, false);
	}
	if (argv[optind] == NULL)
		mh_die_usage("FILE is needed: where to?");
	file = argv[optind++];
	rejects_spare(file);
	fd = create_beside(file);
	stage_open(&s, argv + optind);
	out_open(&s.out, dup(fd), file);
	s.silent = plain;
	while ((r = stage_next(&s)) != NULL)
		stage_write(&s, r);
	status =
	    stage_finish(&s, s.in.records == s.out.records + s.rejects.records);
	if (status == MH_OK && s.out.records < least) {
		mh_warn("%s: %llu records came, and at least %llu must", file,
		    (unsigned long long)s.out.records,
		    (unsigned long long)least);
		status = MH_NO;
	}
	if (status == MH_OK)
		publish(fd, file);
	return status;
}

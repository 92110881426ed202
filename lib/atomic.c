/* atomic - a file that is whole or not there. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atomic.h"
#include "mh.h"

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

int
atomic_create(const char *file)
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
void
atomic_publish(int fd, const char *file)
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

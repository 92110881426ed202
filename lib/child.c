/* child - a foreign program inside a stream. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "in.h"
#include "mh.h"
#include "out.h"

struct report {
	uint64_t records, blank, stages;
	bool unread;
};

static void
must(bool good, const char *what)
{
	if (!good)
		mh_die(MH_TEMP, "%s: %s", what, strerror(errno));
}

static void
make_pipe(int ends[2])
{
	must(pipe(ends) == 0, "pipe");
	must(fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
		 fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0,
	    "pipe");
}

static pid_t
start_process(void)
{
	pid_t pid = fork();

	must(pid >= 0, "fork");
	return pid;
}

static _Noreturn void
run_command(char **argv, int in, int out)
{
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		mh_die(MH_IO, "%s: %s", argv[0], strerror(errno));
	/* it sees plain streams: a script of filters needs no seals here */
	unsetenv("MH_RUN");
	unsetenv("MH_SUMMARY");
	execvp(argv[0], argv);
	mh_warn("%s: %s", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/*
 * Writes all of b; false once nobody reads any more.
 */
static bool
feed(int to, struct buf *b)
{
	size_t done = 0;
	ssize_t n;

	while (done < b->n) {
		n = write(to, b->p + done, b->n - done);
		if (n < 0 && errno == EPIPE)
			return false;
		if (n < 0 && errno != EINTR)
			mh_die(
			    MH_IO, "the command's input: %s", strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	b->n = 0;
	return true;
}

static void
report_fed(int report, const struct in *in, bool unread)
{
	struct report head = { in->records, in->blank, in->stages.n, unread };
	struct out o;

	out_open(&o, report, "the report");
	buf_add(&o.b, &head, sizeof(head));
	buf_slice(&o.b, buf_view(&in->stages));
	out_close(&o);
}

/* Reads on to the end even when nobody listens: the seal must be seen. */
static _Noreturn void
run_feeder(int to, int report)
{
	static char *const standard_input[] = { NULL };
	struct buf b = { 0 };
	struct in in;
	struct rec *r;
	bool listening = true;

	signal(SIGPIPE, SIG_IGN);
	in_open(&in, standard_input);
	while ((r = in_next_good(&in)) != NULL) {
		if (!listening)
			continue;
		rec_put(&b, r);
		buf_byte(&b, '\n');
		if (b.n >= OUT_BLOCK || mh.unbuffered)
			listening = feed(to, &b);
	}
	listening = listening && feed(to, &b);
	close(to);
	report_fed(report, &in, !listening);
	_exit(MH_OK);
}

void
child_start(struct child *ch, char **argv, bool input)
{
	int to[2] = { -1, -1 }, from[2], report[2] = { -1, -1 };

	*ch = (struct child){ 0 };
	make_pipe(from);
	if (input) {
		make_pipe(to);
		make_pipe(report);
	} else {
		to[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
		must(to[0] >= 0, "/dev/null");
	}
	if ((ch->command = start_process()) == 0)
		run_command(argv, to[0], from[1]);
	close(from[1]);
	if (input && (ch->feeder = start_process()) == 0) {
		close(to[0]);
		close(from[0]);
		close(report[0]);
		run_feeder(to[1], report[1]);
	}
	if (input) {
		close(to[1]);
		close(report[1]);
	}
	ch->to = to[0];
	ch->from = from[0];
	ch->report = report[0];
}

/* The exit status of a process as a shell gives it. */
static int
status_of(pid_t pid)
{
	int w;

	while (waitpid(pid, &w, 0) < 0)
		must(errno == EINTR, "wait");
	return WIFEXITED(w) ? WEXITSTATUS(w) : 128 + WTERMSIG(w);
}

static bool
read_all(int fd, void *p, size_t n)
{
	char *at = p;
	ssize_t got;

	while (n > 0) {
		got = read(fd, at, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

/* The feeder's last words; ends the program if they are missing. */
static void
hear_feeder(const struct child *ch, struct fed *fed)
{
	struct report head = { 0 };
	int status;
	bool told;

	/* before the wait: a long report fills its pipe */
	told = read_all(ch->report, &head, sizeof(head));
	buf_room(&fed->stages, (size_t)head.stages);
	told = told && read_all(ch->report, fed->stages.p, (size_t)head.stages);
	fed->stages.n = (size_t)head.stages;
	fed->records = head.records;
	fed->blank = head.blank;
	fed->unread = fed->unread || head.unread;
	close(ch->report);
	status = status_of(ch->feeder);
	if (status != 0 || !told)
		exit(status > 0 && status < 128 ? status : MH_IO);
}

int
child_wait(struct child *ch, struct fed *fed)
{
	int status = status_of(ch->command);
	char rest[4096];
	ssize_t n;

	*fed = (struct fed){ 0 };
	if (ch->feeder == 0)
		return status;
	/* what still comes through this pipe, the command has not read */
	while ((n = read(ch->to, rest, sizeof(rest))) != 0) {
		must(n > 0 || errno == EINTR, "pipe");
		fed->unread = fed->unread || n > 0;
	}
	close(ch->to);
	hear_feeder(ch, fed);
	return status;
}

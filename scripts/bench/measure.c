/*
 * measure - runs a command and says what it took.
 *
 * usage: measure [-p PID] [-t SECONDS] FILE COMMAND [argument ...]
 *
 * Writes one line to FILE: seconds by the clock, seconds of CPU (user and
 * system, of all processes that the command started), and the peak of memory
 * in KiB, of all of them together. With -p also the CPU of the process PID
 * and its children, such as a database server, that was used meanwhile. With
 * -t the command is killed after so many seconds. The exit status is the
 * command's; 127 if it could not be started.
 */
#define _DEFAULT_SOURCE
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How often memory is looked at. */
#define SAMPLE_NS 20000000L
/* A server's process ends a little later than its client. */
#define SETTLE_NS 100000000L

/* What /proc says of one process. */
struct process {
	long parent, session;
	double cpu, children_cpu; /* of children that have ended */
};

static void
fail(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(127);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
look_at(struct process *p, long pid)
{
	char path[64], line[1024];
	long ticks = sysconf(_SC_CLK_TCK);
	unsigned long user, sys;
	long cuser, csys;
	bool good = false;
	const char *rest;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	if ((f = fopen(path, "r")) == NULL)
		return false;
	/* the name, in parentheses, may hold anything */
	if (fgets(line, sizeof(line), f) != NULL &&
	    (rest = strrchr(line, ')')) != NULL &&
	    sscanf(rest + 1,
		" %*c %ld %*d %ld %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld",
		&p->parent, &p->session, &user, &sys, &cuser, &csys) == 6) {
		p->cpu = (double)(user + sys) / (double)ticks;
		p->children_cpu = (double)(cuser + csys) / (double)ticks;
		good = true;
	}
	fclose(f);
	return good;
}

/* The most memory that the process has had so far, in KiB. */
static long
peak_of(long pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/status", pid);
	if ((f = fopen(path, "r")) == NULL)
		return 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "VmHWM: %ld", &kib) == 1)
			break;
	}
	fclose(f);
	return kib;
}

/* The next process of /proc from `least` on; 0 at the end. */
static long
next_process(DIR *proc, long least)
{
	const struct dirent *e;

	while ((e = readdir(proc)) != NULL) {
		if (isdigit((unsigned char)e->d_name[0]) &&
		    atol(e->d_name) >= least)
			return atol(e->d_name);
	}
	return 0;
}

/* The sum of the peaks of all processes of the session, which the command
 * leads; those that it started have higher numbers. */
static long
memory_of(long session)
{
	DIR *proc = opendir("/proc");
	struct process p;
	long pid, sum = 0;

	if (proc == NULL)
		return 0;
	while ((pid = next_process(proc, session)) != 0) {
		if (look_at(&p, pid) && p.session == session)
			sum += peak_of(pid);
	}
	closedir(proc);
	return sum;
}

/* The CPU that a server and its children have used since it started. */
static double
cpu_of_server(long server)
{
	struct process p;
	double sum = 0;
	DIR *proc;
	long pid;

	if (server == 0 || (proc = opendir("/proc")) == NULL)
		return 0;
	while ((pid = next_process(proc, 1)) != 0) {
		if (!look_at(&p, pid))
			continue;
		if (pid == server)
			sum += p.cpu + p.children_cpu;
		else if (p.parent == server)
			sum += p.cpu;
	}
	closedir(proc);
	return sum;
}

static pid_t
start(char **argv)
{
	pid_t pid;

	/* what loses its parent becomes our child: its CPU is not lost */
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || (pid = fork()) == -1)
		fail(argv[0]);
	if (pid == 0) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		setsid();
		execvp(argv[0], argv);
		fail(argv[0]);
	}
	return pid;
}

/* Waits for all processes; the command's status and the peak of memory. */
static int
watch(pid_t command, const sigset_t *child_ends, double end, long *kib)
{
	const struct timespec pause = { .tv_nsec = SAMPLE_NS };
	int status = 0, s;
	pid_t ended;
	long sum;

	for (;;) {
		while ((ended = waitpid(-1, &s, WNOHANG)) > 0) {
			if (ended == command)
				status = s;
		}
		if (ended == -1)
			return status;
		if ((sum = memory_of(command)) > *kib)
			*kib = sum;
		if (now() > end)
			kill(-command, SIGKILL);
		sigtimedwait(child_ends, NULL, &pause);
	}
}

int
main(int argc, char **argv)
{
	const struct timespec settle = { .tv_nsec = SETTLE_NS };
	double wall, cpu, server_cpu, limit = 1e9;
	struct rusage used;
	long server = 0, kib = 0;
	sigset_t child_ends;
	pid_t command;
	FILE *out;
	int c, status;

	while ((c = getopt(argc, argv, "+p:t:")) != -1) {
		if (c == 'p')
			server = atol(optarg);
		else if (c == 't')
			limit = atof(optarg);
	}
	if (argc - optind < 2) {
		fputs("usage: measure [-p PID] [-t SECONDS] FILE "
		      "COMMAND ...\n",
		    stderr);
		return 127;
	}
	if ((out = fopen(argv[optind], "w")) == NULL)
		fail(argv[optind]);
	sigemptyset(&child_ends);
	sigaddset(&child_ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child_ends, NULL);
	server_cpu = cpu_of_server(server);
	wall = now();
	command = start(argv + optind + 1);
	status = watch(command, &child_ends, wall + limit, &kib);
	wall = now() - wall;
	if (server != 0)
		nanosleep(&settle, NULL);
	getrusage(RUSAGE_CHILDREN, &used);
	/* between two looks a process may have grown; one alone is known */
	if (used.ru_maxrss > kib)
		kib = used.ru_maxrss;
	cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	      (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6 +
	      cpu_of_server(server) - server_cpu;
	fprintf(out, "%.4f %.4f %ld\n", wall, cpu, kib);
	if (fclose(out) != 0)
		fail(argv[optind]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

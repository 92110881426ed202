/* mask_key - where the key of pseudonyms comes from. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mask_key.h"
#include "mh.h"

/* A key that others can read or replace is none. */
static int
open_file(const char *file)
{
	/* a FIFO is refused below, not waited for */
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		mh_die(MH_CONFIG, "%s: %s", file, strerror(errno));
	if (!S_ISREG(st.st_mode))
		mh_die(MH_CONFIG,
		    "%s: not a regular file; --key-fd reads a descriptor",
		    file);
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		mh_die(MH_CONFIG,
		    "%s: mode %04o: others can reach the key; chmod 600 %s",
		    file, (unsigned)(st.st_mode & 07777), file);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		mh_die(MH_CONFIG, "%s: the key belongs to another user", file);
	return fd;
}

static void
read_all(struct buf *key, int fd, const char *name)
{
	ssize_t n;

	/* room for all at once: what moves leaves a copy behind */
	buf_room(key, MASK_KEY_MAX + 2);
	do {
		n = read(fd, key->p + key->n, MASK_KEY_MAX + 2 - key->n);
		if (n < 0 && errno != EINTR)
			mh_die(MH_CONFIG, "%s: %s", name, strerror(errno));
		key->n += n > 0 ? (size_t)n : 0;
	} while (n != 0 && key->n < MASK_KEY_MAX + 2);
	close(fd);
}

void
mask_key_read(struct buf *key, const char *file, int fd)
{
	const char *name = file != NULL ? file : "--key-fd";

	read_all(key, file != NULL ? open_file(file) : fd, name);
	if (key->n > 0 && key->p[key->n - 1] == '\n')
		key->n--;
	if (key->n < MASK_KEY_MIN)
		mh_die(MH_CONFIG,
		    "%s: a key has %d bytes or more; "
		    "openssl rand -hex 32 makes one",
		    name, MASK_KEY_MIN);
	if (key->n > MASK_KEY_MAX)
		mh_die(MH_CONFIG, "%s: a key has no more than %d bytes", name,
		    MASK_KEY_MAX);
}

void
mask_key_wipe(struct buf *key)
{
	explicit_bzero(key->p, key->cap);
	buf_free(key);
}

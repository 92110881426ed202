/* audit_list - what lies in the directories of a lakehouse. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "auditing.h"
#include "mh.h"

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a directory that do not begin with a point; none if there is
 * no such directory. */
static struct list
list_names(const char *path)
{
	struct list list = { NULL, 0 };
	struct dirent *d;
	DIR *dir = opendir(path);

	if (dir == NULL && errno != ENOENT && errno != ENOTDIR)
		mh_die(MH_IO, "%s: %s", path, strerror(errno));
	while (dir != NULL && (d = readdir(dir)) != NULL) {
		if (d->d_name[0] == '.')
			continue;
		list.v = mem_resize(list.v, list.n + 1, sizeof(*list.v));
		list.v[list.n] = strdup(d->d_name);
		if (list.v[list.n++] == NULL)
			mh_die(MH_TEMP, "out of memory");
	}
	if (dir != NULL)
		closedir(dir);
	if (list.n > 1)
		qsort(list.v, list.n, sizeof(*list.v), by_bytes);
	return list;
}

struct list
list_under(const struct audit *a, const char *folder)
{
	struct buf path = { 0 };
	struct list list;

	buf_fmt(&path, "%s/%s", a->dir, folder);
	list = list_names(buf_cstr(&path));
	buf_free(&path);
	return list;
}

void
list_free(struct list *list)
{
	while (list->n > 0)
		free(list->v[--list->n]);
	free(list->v);
}

static const struct slice ending = { ".ndjson", 7 };

bool
list_cut_ending(struct slice *name)
{
	if (name->n <= ending.n ||
	    memcmp(name->p + name->n - ending.n, ending.p, ending.n) != 0)
		return false;
	name->n -= ending.n;
	return true;
}

struct list
list_runs(const struct audit *a)
{
	struct list all = list_under(a, "runs");
	size_t i, n = 0;

	for (i = 0; i < all.n; i++) {
		struct slice name = slice_of(all.v[i]);

		if (!list_cut_ending(&name)) {
			free(all.v[i]);
			continue;
		}
		all.v[i][name.n] = '\0';
		all.v[n++] = all.v[i];
	}
	all.n = n;
	return all;
}

bool
list_has(const struct list *list, const char *name)
{
	return list->n > 0 && bsearch(&name, list->v, list->n, sizeof(*list->v),
				  by_bytes) != NULL;
}

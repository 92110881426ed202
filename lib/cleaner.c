/* cleaner - the command line that the cleaning programs share. */
#include <stdlib.h>

#include "clean.h"
#include "cleaner.h"
#include "mh.h"
#include "spool.h"
#include "stage.h"
#include "taken.h"

static const char help[] =
    "      --ref ENTITY[:COLUMN]=FILE  refuse keys that are not in FILE\n"
    "      --taken FILE[:COLUMN,...]  refuse keys that are in FILE\n"
    "      --keep first|last  of records of one key (default first)\n"
    "      --rescue         keep unknown members in _rescued_data\n"
    "      --today DATE     the run's day (default MH_TODAY, else today)\n";

enum {
	OPT_REF = 256,
	OPT_TAKEN,
	OPT_KEEP,
	OPT_RESCUE,
	OPT_TODAY,
};

static const struct option longs[] = {
	{ "ref", 1, NULL, OPT_REF },
	{ "taken", 1, NULL, OPT_TAKEN },
	{ "keep", 1, NULL, OPT_KEEP },
	{ "rescue", 0, NULL, OPT_RESCUE },
	{ "today", 1, NULL, OPT_TODAY },
	{ "contract", 1, NULL, 'c' }, /* the last: mh-clean's alone */
	{ NULL, 0, NULL, 0 },
};

struct cleaner {
	const char *contract, *today;
	const char **refs, **taken;
	size_t nrefs, ntaken;
	bool keep_last, rescue;

	struct clean clean;
	struct stage stage;
	struct table seen;
	uint64_t duplicates;
};

static void
introduce(const char *entity)
{
	struct buf name = { 0 }, usage = { 0 };

	if (entity == NULL) {
		buf_text(&name, "mh-clean");
		buf_text(&usage,
		    "usage: mh-clean -c FILE [options] [file ...]\n"
		    "  -c, --contract FILE  the contract of the records\n");
	} else {
		buf_fmt(&name, "mh-clean-%s", entity);
		buf_fmt(&usage, "usage: %s [options] [file ...]\n",
		    buf_cstr(&name));
	}
	buf_text(&usage, help);
	mh_init(buf_cstr(&name), buf_cstr(&usage),
	    MH_READS | MH_WRITES | MH_REJECTS);
}

static void
take_keep(struct cleaner *cr, const char *word)
{
	cr->keep_last = strcmp(word, "last") == 0;
	if (!cr->keep_last && strcmp(word, "first") != 0)
		mh_die_usage("--keep: first or last, not %s", word);
}

static void
take_options(struct cleaner *cr, const char *entity, int argc, char **argv)
{
	struct option own[sizeof(longs) / sizeof(longs[0])];
	int c;

	memcpy(own, longs, sizeof(longs));
	if (entity != NULL)
		memset(
		    &own[sizeof(own) / sizeof(own[0]) - 2], 0, sizeof(own[0]));
	cr->refs = mem_zero((size_t)argc, sizeof(*cr->refs));
	cr->taken = mem_zero((size_t)argc, sizeof(*cr->taken));
	while ((c = mh_getopt(argc, argv, entity == NULL ? "c:" : "", own)) !=
	       -1) {
		switch (c) {
		case 'c': cr->contract = optarg; break;
		case OPT_REF: cr->refs[cr->nrefs++] = optarg; break;
		case OPT_TAKEN: cr->taken[cr->ntaken++] = optarg; break;
		case OPT_KEEP: take_keep(cr, optarg); break;
		case OPT_RESCUE: cr->rescue = true; break;
		case OPT_TODAY: cr->today = optarg; break;
		}
	}
	if (entity == NULL && cr->contract == NULL)
		mh_die_usage("-c FILE is needed: which contract?");
	if (cr->keep_last && cr->ntaken > 0)
		mh_die_usage("--keep last: not with --taken, which keeps what "
			     "came first");
}

/* ENTITY[:COLUMN]=FILE */
static void
read_reference(struct clean *cl, const char *text)
{
	struct slice rest = slice_of(text), left, entity;

	slice_split(&rest, '=', &left);
	if (slice_is(rest, "-"))
		mh_die_usage("--ref: only the records can be standard input");
	rejects_spare(rest.p);
	slice_split(&left, ':', &entity);
	if (rest.n == 0 || entity.n == 0 || (left.p != NULL && left.n == 0))
		mh_die_usage("--ref: ENTITY[:COLUMN]=FILE, not %s", text);
	clean_reference(cl, entity, left, rest.p);
}

static void
refuse(struct cleaner *cr, const struct rec *r)
{
	rejects_add(
	    &cr->stage.rejects, r, cr->clean.failures, cr->clean.nfailures);
}

static void
refuse_duplicate(struct cleaner *cr, const struct rec *r, size_t mark)
{
	cr->stage.out.b.n = mark;
	cr->duplicates++;
	clean_refuse_key(&cr->clean, "duplicate");
	refuse(cr, r);
}

static void
write_clean(struct cleaner *cr, const struct rec *r)
{
	out_end(&cr->stage.out);
	if (cr->clean.nfailures > 0)
		refuse(cr, r);
}

static void
keep_first(struct cleaner *cr)
{
	struct buf *out = &cr->stage.out.b;
	struct rec *r;
	size_t mark;
	bool fresh = true;

	while ((r = stage_next(&cr->stage)) != NULL) {
		mark = out->n;
		if (!clean_record(&cr->clean, r, out)) {
			refuse(cr, r);
			continue;
		}
		if (cr->clean.key.p != NULL)
			table_put(&cr->seen, cr->clean.key, &fresh);
		if (fresh)
			write_clean(cr, r);
		else
			refuse_duplicate(cr, r, mark);
	}
}

/*
 * Twice over the records: once to see which is the last good one of each
 * key, and once, from a temporary file, to write those in their places. Only
 * the keys are held in memory.
 */
static void
keep_last(struct cleaner *cr)
{
	struct buf *out = &cr->stage.out.b;
	uint64_t *last = NULL, place = 0, tag;
	size_t cap = 0, mark;
	struct spool spool;
	struct rec *r;
	bool added;

	spool_open(&spool);
	while ((r = stage_next(&cr->stage)) != NULL) {
		mark = out->n;
		if (!clean_record(&cr->clean, r, out)) {
			refuse(cr, r);
			continue;
		}
		out->n = mark;
		tag = table_put(&cr->seen, cr->clean.key, &added);
		if (tag >= cap) {
			cap = cap * 2 + 1024;
			last = mem_resize(last, cap, sizeof(*last));
		}
		last[tag] = place++;
		spool_add(&spool, r, tag);
	}
	spool_rewind(&spool);
	cr->clean.recount = true;
	cr->clean.shape = 0; /* the spool counts its shapes anew */
	for (place = 0; (r = spool_next(&spool, &tag)) != NULL; place++) {
		mark = out->n;
		clean_record(&cr->clean, r, out);
		if (last[tag] == place)
			write_clean(cr, r);
		else
			refuse_duplicate(cr, r, mark);
	}
	free(last);
}

int
cleaner_main(const char *entity, int argc, char **argv)
{
	struct cleaner cr = { 0 };
	struct contract *c;
	struct buf dropped = { 0 };
	struct date today;
	size_t i;

	introduce(entity);
	take_options(&cr, entity, argc, argv);
	today = date_today(cr.today);
	c = entity != NULL ? contract_builtin(entity, today)
			   : contract_read(cr.contract, today);
	clean_open(&cr.clean, c, cr.rescue);
	for (i = 0; i < cr.nrefs; i++)
		read_reference(&cr.clean, cr.refs[i]);
	for (i = 0; i < cr.ntaken; i++)
		taken_read(&cr.seen, c, cr.taken[i]);
	stage_open(&cr.stage, argv + optind);
	if (cr.keep_last && c->nkey > 0)
		keep_last(&cr);
	else
		keep_first(&cr);
	stage_count(&cr.stage, "duplicates", cr.duplicates);
	if (clean_dropped(&cr.clean, &dropped))
		stage_note(&cr.stage, "dropped_members", buf_view(&dropped));
	return stage_finish(
	    &cr.stage, cr.stage.in.records ==
			   cr.stage.out.records + cr.stage.rejects.records);
}

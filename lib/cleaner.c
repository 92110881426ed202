/* cleaner - the command line that the cleaning programs share. */
#include <stdlib.h>

#include "clean.h"
#include "cleaner.h"
#include "memory.h"
#include "mh.h"
#include "spool.h"
#include "stage.h"
#include "taken.h"
#include "unique.h"

static const char help[] =
    "      --ref ENTITY[:COLUMN]=FILE  refuse keys that are not in FILE\n"
    "      --taken FILE[:COLUMN,...]  refuse keys that are in FILE\n"
    "      --keep first|last  of records of one key (default first)\n"
    "      --memory SIZE    for keys, before temporary files are used\n"
    "      --rescue         keep unknown members in _rescued_data\n"
    "      --shard I/N      only shard I of N, from 0 on, by the clean key\n"
    "  -k, --key COLUMN,...  --shard by these (default: the contract's key)\n"
    "      --today DATE     the run's day (default MH_TODAY, else today)\n";

enum {
	OPT_REF = 256,
	OPT_TAKEN,
	OPT_KEEP,
	OPT_MEMORY,
	OPT_RESCUE,
	OPT_SHARD,
	OPT_TODAY,
};

static const struct option longs[] = {
	{ "ref", 1, NULL, OPT_REF },
	{ "taken", 1, NULL, OPT_TAKEN },
	{ "keep", 1, NULL, OPT_KEEP },
	{ "memory", 1, NULL, OPT_MEMORY },
	{ "rescue", 0, NULL, OPT_RESCUE },
	{ "shard", 1, NULL, OPT_SHARD },
	{ "key", 1, NULL, 'k' },
	{ "today", 1, NULL, OPT_TODAY },
	{ "contract", 1, NULL, 'c' }, /* the last: mh-clean's alone */
	{ NULL, 0, NULL, 0 },
};

struct cleaner {
	const char *contract, *today, *memory;
	const char **refs, **taken;
	size_t nrefs, ntaken;
	bool rescue;
	struct shard shard;
	const char *shard_by; /* -k, or NULL */

	struct clean clean;
	struct stage stage;
	struct unique unique;
	uint64_t duplicates;

	struct key key;  /* by which the shard is told */
	size_t *columns; /* ... of the contract */
	size_t ncolumns;
	struct buf value;
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
	mh_init(buf_cstr(&name), buf_cstr(&usage), MH_FILTER);
}

static void
take_keep(struct cleaner *cr, const char *word)
{
	cr->unique.last = strcmp(word, "last") == 0;
	if (!cr->unique.last && strcmp(word, "first") != 0)
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
	while ((c = mh_getopt(
		    argc, argv, entity == NULL ? "c:k:" : "k:", own)) != -1) {
		switch (c) {
		case 'c': cr->contract = optarg; break;
		case OPT_REF: cr->refs[cr->nrefs++] = optarg; break;
		case OPT_TAKEN: cr->taken[cr->ntaken++] = optarg; break;
		case OPT_KEEP: take_keep(cr, optarg); break;
		case OPT_MEMORY: cr->memory = optarg; break;
		case OPT_RESCUE: cr->rescue = true; break;
		case OPT_SHARD: cr->shard = shard_parse(optarg); break;
		case 'k': cr->shard_by = optarg; break;
		case OPT_TODAY: cr->today = optarg; break;
		}
	}
	if (entity == NULL && cr->contract == NULL)
		mh_die_usage("-c FILE is needed: which contract?");
	if (cr->unique.last && cr->ntaken > 0)
		mh_die_usage("--keep last: not with --taken, which keeps what "
			     "came first");
	if (cr->shard_by != NULL && cr->shard.n == 0)
		mh_die_usage("-k: it says what to --shard by");
}

/*
 * Records of one key must meet in one shard, or none would know that the
 * other is a duplicate: only a part of the key says the shard.
 */
static void
choose_shard_columns(struct cleaner *cr, const struct contract *c)
{
	const struct column *col;
	size_t i;

	cr->columns = c->key;
	cr->ncolumns = c->nkey;
	if (cr->shard_by != NULL) {
		key_members(&cr->key, "-k", cr->shard_by);
		cr->ncolumns = cr->key.names.n;
		cr->columns = mem_zero(cr->ncolumns, sizeof(*cr->columns));
	}
	for (i = 0; i < cr->key.names.n; i++) {
		struct slice name = cr->key.names.v[i].from;

		col = contract_column(c, name);
		if (col == NULL || (c->nkey != 0 && !contract_in_key(c, col)))
			mh_die_usage("-k: %.*s: no column of the key of %.*s",
			    (int)name.n, name.p, (int)c->entity.n, c->entity.p);
		cr->columns[i] = (size_t)(col - c->columns);
	}
	if (cr->ncolumns == 0)
		mh_die_usage("--shard: %.*s has no key; -k says by what",
		    (int)c->entity.n, c->entity.p);
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

/* Is the record, once it is clean, of our shard? */
static bool
is_ours(struct cleaner *cr, const struct rec *r)
{
	size_t i;

	if (cr->shard.n == 0)
		return true;
	key_begin(&cr->key);
	for (i = 0; i < cr->ncolumns; i++) {
		cr->value.n = 0;
		clean_look(&cr->clean, r, cr->columns[i], &cr->value);
		key_add(&cr->key, buf_view(&cr->value));
	}
	return shard_has(&cr->shard, &cr->key);
}

static struct rec *
next(struct cleaner *cr)
{
	struct rec *r;

	while ((r = stage_next(&cr->stage)) != NULL && r->fault == NULL &&
	       !is_ours(cr, r))
		cr->stage.elsewhere++;
	return r;
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

/* What was wrong with the line its own bytes need not tell: it may be cut. */
static void
reject_broken(struct cleaner *cr, struct rec *r, const char *fault)
{
	const struct slice none = { NULL, 0 };

	r->fault = fault;
	stage_reject(&cr->stage, r, fault, none, none);
}

static void
write_clean(struct cleaner *cr, const struct rec *r)
{
	out_end(&cr->stage.out);
	if (cr->clean.nfailures > 0)
		refuse(cr, r);
}

/* The first of each key, as they come, while there is memory for the keys. */
static void
keep_first(struct cleaner *cr)
{
	struct buf *out = &cr->stage.out.b;
	struct rec *r;
	size_t mark;

	while (!unique_full(&cr->unique) && (r = next(cr)) != NULL) {
		mark = out->n;
		if (!clean_record(&cr->clean, r, out))
			refuse(cr, r);
		else if (cr->clean.key.p == NULL ||
			 unique_add(&cr->unique, cr->clean.key))
			write_clean(cr, r);
		else
			refuse_duplicate(cr, r, mark);
	}
}

/*
 * Puts all further records aside in a temporary file, broken lines too, so
 * that the rejects will be in order; of the good ones the keys are taken.
 */
static void
put_aside(struct cleaner *cr, struct spool *spool)
{
	struct buf *out = &cr->stage.out.b;
	struct rec *r;
	size_t mark = out->n;

	cr->stage.gives_faults = true;
	while ((r = next(cr)) != NULL) {
		if (r->fault == NULL && clean_record(&cr->clean, r, out))
			unique_put(&cr->unique, cr->clean.key);
		out->n = mark;
		spool_add(spool, r, (uintptr_t)r->fault);
	}
}

/* Twice over the records: once to see all keys, and once to write those that
 * are kept, in their places. */
static void
keep_decided(struct cleaner *cr)
{
	struct buf *out = &cr->stage.out.b;
	uint64_t number = 0, fault;
	struct spool spool;
	struct rec *r;
	size_t mark;

	spool_open(&spool);
	put_aside(cr, &spool);
	unique_decide(&cr->unique);
	spool_rewind(&spool);
	cr->clean.recount = true;
	cr->clean.shape = 0; /* the spool counts its shapes anew */
	while ((r = spool_next(&spool, &fault)) != NULL) {
		mark = out->n;
		if (fault != 0)
			reject_broken(cr, r, (const char *)(uintptr_t)fault);
		else if (!clean_record(&cr->clean, r, out))
			refuse(cr, r);
		else if (unique_kept(&cr->unique, number++))
			write_clean(cr, r);
		else
			refuse_duplicate(cr, r, mark);
	}
	spool_close(&spool);
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
	if (cr.shard.n != 0)
		choose_shard_columns(&cr, c);
	cr.unique.memory = memory_limit("--memory", cr.memory);
	clean_open(&cr.clean, c, cr.rescue);
	for (i = 0; i < cr.nrefs; i++)
		read_reference(&cr.clean, cr.refs[i]);
	for (i = 0; i < cr.ntaken; i++)
		taken_read(&cr.unique, c, cr.taken[i]);
	stage_open(&cr.stage, argv + optind);
	if (cr.shard.n != 0)
		cr.stage.shard = &cr.shard;
	clean_unique(&cr.clean, &cr.unique.keys.seen);
	if (c->nkey == 0)
		cr.unique.last = false; /* all are the first */
	if (!cr.unique.last)
		keep_first(&cr);
	if (cr.unique.last || unique_full(&cr.unique))
		keep_decided(&cr);
	stage_count(&cr.stage, "duplicates", cr.duplicates);
	if (clean_dropped(&cr.clean, &dropped))
		stage_note(&cr.stage, "dropped_members", buf_view(&dropped));
	return stage_finish(
	    &cr.stage, cr.stage.in.records == cr.stage.out.records +
						  cr.stage.rejects.records +
						  cr.stage.elsewhere);
}

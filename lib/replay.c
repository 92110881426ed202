/* replay - what was rejected, as it came, to be sent through once more. */
#include "json.h"
#include "mh.h"
#include "replay.h"

/* The key is the head of the object in the books. */
static void
count(struct replay *rp, const struct reject_line *l)
{
	struct buf *key = &rp->copy; /* the record has been written */

	key->n = 0;
	buf_text(key, "{\"run\":");
	reject_line_put(key, l, REJECT_RUN);
	buf_text(key, ",\"reason\":");
	reject_line_put(key, l, REJECT_REASON);
	buf_text(key, ",\"field\":");
	reject_line_put(key, l, REJECT_FIELD);
	buf_text(key, ",\"severity\":");
	reject_line_put(key, l, REJECT_SEVERITY);
	tally_add(&rp->reasons, buf_view(key));
}

/* A line of rejects may hold what no record can: a forged seal, say. */
bool
replay_record(struct replay *rp, const struct reject_line *l,
    const struct rec *r, struct out *out)
{
	if (l->warned)
		return false;
	if (l->token[REJECT_RECORD].p == NULL) {
		rp->raw++;
		return false;
	}
	if (!rec_from(&rp->record, &rp->copy, l->token[REJECT_RECORD]))
		mh_die(MH_DATA, "%s: line %llu: _record is no record: %s",
		    r->file, (unsigned long long)r->lineno, rp->record.fault);
	out_rec(out, &rp->record);
	count(rp, l);
	return true;
}

bool
replay_raw(struct replay *rp, const struct reject_line *l, const struct rec *r,
    struct out *out)
{
	if (l->token[REJECT_RAW].p == NULL)
		return false;
	if (slice_is(l->text[REJECT_REASON], "too_long")) {
		rp->cut++;
		return false;
	}
	if (!json_unbase64(&out->b, l->text[REJECT_RAW]))
		mh_die(MH_DATA, "%s: line %llu: _raw is no base64", r->file,
		    (unsigned long long)r->lineno);
	out_end(out);
	return true;
}

void
replay_reasons(const struct replay *rp, struct buf *out)
{
	const struct tally *t = &rp->reasons;
	uint32_t i;

	buf_byte(out, '[');
	for (i = 0; i < t->names.n; i++) {
		if (i > 0)
			buf_byte(out, ',');
		buf_slice(out, table_key(&t->names, i));
		buf_text(out, ",\"records\":");
		buf_u64(out, t->counts[i]);
		buf_byte(out, '}');
	}
	buf_byte(out, ']');
}

void
replay_say(const struct replay *rp)
{
	if (rp->raw > 0)
		mh_warn("lines that were no records: %llu skipped; --raw "
			"writes them",
		    (unsigned long long)rp->raw);
	if (rp->cut > 0)
		mh_warn("lines that were too long: %llu skipped; the rejects "
			"have only their beginning",
		    (unsigned long long)rp->cut);
}

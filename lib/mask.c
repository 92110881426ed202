/* mask - personal data out of records. */
#include "hmac.h"
#include "json.h"
#include "mask.h"
#include "mh.h"
#include "names.h"
#include "pseudonym.h"
#include "type.h"

static bool
has_name(const struct column *col, struct slice name)
{
	size_t i;

	for (i = 0; i < col->nfrom; i++) {
		if (slice_eq(col->from[i], name))
			return true;
	}
	return slice_eq(col->name, name);
}

/* A column's own name goes before the other names of one. */
struct mask_column *
mask_find(struct mask *m, struct slice name)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		if (slice_eq(m->columns[i].column.name, name))
			return &m->columns[i];
	}
	for (i = 0; i < m->n; i++) {
		if (has_name(&m->columns[i].column, name))
			return &m->columns[i];
	}
	return NULL;
}

/* The column that a contract has under this name; NULL if none has it. */
static const struct column *
find_known(
    const struct mask *m, struct slice name, const struct contract **contract)
{
	size_t i, j;

	for (i = 0; i < m->ncontracts; i++) {
		*contract = m->contracts[i];
		for (j = 0; j < (*contract)->ncolumns; j++) {
			if (has_name(&(*contract)->columns[j], name))
				return &(*contract)->columns[j];
		}
	}
	return NULL;
}

bool
mask_knows(const struct mask *m, struct slice name)
{
	const struct contract *c;

	return find_known(m, name, &c) != NULL;
}

static struct mask_column *
add(struct mask *m, const struct contract *c, const struct column *col)
{
	struct mask_column *mc;

	m->columns = mem_resize(m->columns, m->n + 1, sizeof(*m->columns));
	mc = &m->columns[m->n++];
	*mc = (struct mask_column){ .contract = c, .column = *col };
	/* so that what is masked already is known */
	mc->column.pii = true;
	return mc;
}

void
mask_contract(struct mask *m, const struct contract *c)
{
	size_t i;

	m->contracts = mem_resize(
	    m->contracts, m->ncontracts + 1, sizeof(struct contract *));
	m->contracts[m->ncontracts++] = c;
	for (i = 0; i < c->ncolumns; i++) {
		const struct column *col = &c->columns[i];
		struct mask_column *mc = mask_find(m, col->name);

		if (col->pii &&
		    (mc == NULL || !slice_eq(mc->column.name, col->name)))
			add(m, c, col)->known = true;
	}
}

/* The masked column of that name, which may be a new one. */
static struct mask_column *
name_column(struct mask *m, struct slice name)
{
	static const struct contract none;
	struct mask_column *mc = mask_find(m, name);
	const struct contract *c;
	const struct column *col;

	if (mc != NULL)
		return mc;
	col = find_known(m, name, &c);
	if (col != NULL) {
		mc = add(m, c, col);
		mc->known = true;
		return mc;
	}
	return add(m, &none,
	    &(struct column){ .name = name, .type = type_find(SLICE("text")) });
}

static void
check_name(const char *option, struct slice name, const char *text)
{
	if (name.n == 0)
		mh_die_usage(
		    "%s: a member's name is missing: %s", option, text);
}

void
mask_fields(struct mask *m, const char *list)
{
	struct slice rest = slice_of(list), name;

	names_check_utf8("--fields", list);
	while (slice_split(&rest, ',', &name)) {
		check_name("--fields", name, list);
		name_column(m, name);
	}
}

/* Does the column's type have this form? A column that no contract knows
 * becomes what the form wants. */
static void
set_form(struct mask_column *mc, enum mask_form form, const char *text)
{
	struct column *col = &mc->column;

	if (form == MASK_PARTIAL && !type_writes_text(col->type))
		mh_die_usage("--show %s: %.*s is of type %s, no text", text,
		    (int)col->name.n, col->name.p, col->type->name);
	if (form == MASK_YEAR && !mc->known)
		col->type = type_find(SLICE("date"));
	if (form == MASK_YEAR && !type_is(col->type, "date") &&
	    !type_is(col->type, "timestamp"))
		mh_die_usage("--show %s: %.*s is of type %s, no day", text,
		    (int)col->name.n, col->name.p, col->type->name);
	/* the first of January may lie outside */
	if (form == MASK_YEAR)
		col->min.set = col->max.set = false;
	mc->form = form;
	mc->shown = true;
}

void
mask_show(struct mask *m, const char *text)
{
	static const char *const forms[] = { [MASK_PARTIAL] = "partial",
		[MASK_YEAR] = "year",
		[MASK_NULL] = "null" };
	const char *equals = strrchr(text, '=');
	struct mask_column *mc;
	struct slice name;
	int form;

	names_check_utf8("--show", text);
	if (equals == NULL)
		mh_die_usage("--show: not of the form NAME=FORM: %s", text);
	name = (struct slice){ text, (size_t)(equals - text) };
	check_name("--show", name, text);
	for (form = MASK_PARTIAL; form <= MASK_NULL; form++) {
		if (strcmp(equals + 1, forms[form]) == 0)
			break;
	}
	if (form > MASK_NULL)
		mh_die_usage("--show: partial, year or null, not %s", text);
	mc = name_column(m, name);
	if (mc->shown)
		mh_die_usage("--show %s: the column is there twice", text);
	set_form(mc, (enum mask_form)form, text);
}

bool
mask_ready(struct mask *m)
{
	bool needs_key = false;
	size_t i;

	if (m->allow_only && m->ncontracts == 0)
		mh_die_usage("--allow-only: -c FILE must say which members");
	/* a contract may have nothing that is personal */
	if (m->n == 0 && m->ncontracts == 0)
		mh_die_usage("nothing to mask: -c, -f or --show must say "
			     "which columns");
	for (i = 0; i < m->n; i++) {
		struct mask_column *mc = &m->columns[i];

		/* a pseudonym would not fit such a column */
		if (!mc->shown && !type_writes_text(mc->column.type))
			mc->form = MASK_NULL;
		needs_key = needs_key || mc->form == MASK_PSEUDONYM;
	}
	return needs_key;
}

void
mask_key(struct mask *m, struct slice key)
{
	m->key = hmac_open(key);
	m->key_id = mem_zero(1, HMAC_SIZE);
	hmac_of(m->key, SLICE("mh key id"), m->key_id);
}

static void
put_form(struct mask *m, const struct mask_column *mc, struct slice text,
    struct buf *out)
{
	unsigned char code[HMAC_SIZE];

	switch (mc->form) {
	case MASK_PSEUDONYM:
		hmac_of(m->key, text, code);
		pseudonym_put(out, m->key_id, code);
		break;
	case MASK_PARTIAL: mask_partial(out, &mc->column, text); break;
	case MASK_YEAR:
		buf_add(out, text.p, 4);
		buf_text(out, type_is(mc->column.type, "date")
				  ? "-01-01"
				  : "-01-01T00:00:00");
		break;
	case MASK_NULL: break;
	}
}

/* Appends nothing where the value is null or fails. */
enum clean_result
mask_value(
    struct mask *m, struct mask_column *mc, struct slice token, struct buf *out)
{
	enum clean_result result;
	struct slice text;

	if (mc->form == MASK_NULL)
		return CLEAN_NULL;
	m->clean.n = 0;
	result = clean_column(mc->contract, &mc->column, token, &m->clean);
	if (result != CLEAN_GOOD)
		return result;
	text = json_text(buf_view(&m->clean), &m->text);
	m->value.n = 0;
	if (pseudonym_is(text)) {
		buf_slice(&m->value, text);
	} else {
		put_form(m, mc, text, &m->value);
		m->masked++;
	}
	json_quote(out, buf_view(&m->value));
	return CLEAN_GOOD;
}

/* Members of the family that quote a record: of rejects that were rejected. */
static bool
quotes(struct slice name)
{
	return slice_is(name, "_record") || slice_is(name, "_raw") ||
	       slice_is(name, "_value") || slice_is(name, "_failures") ||
	       slice_is(name, "_message");
}

static void
learn_shape(struct mask *m, const struct rec *r)
{
	size_t i;

	m->shape = r->shape;
	m->unknown.n = 0;
	m->touched = false;
	if (r->n > m->cap) {
		m->cap = r->n;
		m->place = mem_resize(m->place, m->cap, sizeof(*m->place));
		m->failures =
		    mem_resize(m->failures, m->cap, sizeof(*m->failures));
	}
	for (i = 0; i < r->n; i++) {
		struct slice name = r->m[i].name;
		struct mask_place *p = &m->place[i];

		*p = (struct mask_place){ .column = mask_find(m, name) };
		if (p->column != NULL)
			p->column->seen = true;
		p->empty = m->rejects && quotes(name);
		p->drop = m->allow_only && !mask_knows(m, name);
		if (p->drop)
			unknown_add(&m->unknown, r, i);
		m->touched =
		    m->touched || p->column != NULL || p->drop || p->empty;
	}
}

/* The value is not told to standard error: that is where logs come from. */
static bool
fail(struct mask *m, const struct mask_column *mc, struct slice token)
{
	const struct column *col = &mc->column;
	struct failure *f = &m->failures[m->nfailures++];

	*f = (struct failure){ .reason = col->type->name,
		.field = col->name,
		.value = mh.rejects != NULL ? token : (struct slice){ 0 },
		.warn = !col->required };
	return f->warn;
}

/* Of a record of rejects nothing fails: what cannot be masked is null. */
static bool
put_masked(struct mask *m, const struct member *member,
    const struct mask_place *p, struct buf *out)
{
	struct mask_column *mc = p->column;
	enum clean_result result = CLEAN_NULL;

	rec_put_member(out, member->key, SLICE(""));
	if (!p->empty && !mc->lost)
		result = mask_value(m, mc, member->value, out);
	if (result != CLEAN_GOOD)
		buf_text(out, "null");
	return result != CLEAN_BAD || m->rejects || fail(m, mc, member->value);
}

bool
mask_record(struct mask *m, const struct rec *r, struct buf *out)
{
	size_t i, mark = out->n;
	bool good = true;

	if (r->shape != m->shape)
		learn_shape(m, r);
	unknown_count(&m->unknown);
	m->nfailures = 0;
	if (!m->touched) {
		rec_put(out, r);
		return true;
	}
	buf_byte(out, '{');
	for (i = 0; i < r->n; i++) {
		const struct mask_place *p = &m->place[i];

		if (p->drop)
			continue;
		if (p->column == NULL && !p->empty)
			rec_put_member(out, r->m[i].key, r->m[i].value);
		else
			good = put_masked(m, &r->m[i], p, out) && good;
	}
	buf_byte(out, '}');
	if (!good) {
		out->n = mark;
		failures_head_first(m->failures, m->nfailures);
	}
	return good;
}

void
mask_end(const struct mask *m)
{
	size_t i;

	for (i = 0; i < m->n && m->shape != 0 && !m->rejects; i++) {
		const struct mask_column *mc = &m->columns[i];

		if (!mc->known && !mc->seen)
			mh_die(MH_DATA, "no record has a member %.*s",
			    (int)mc->column.name.n, mc->column.name.p);
	}
}

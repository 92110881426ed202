/* memo - what became of a value, remembered for the next time it comes. */
#include "block.h"
#include "memo.h"
#include "table.h"

#define PLACES_BITS 10
#define PLACES      ((size_t)1 << PLACES_BITS)
#define TOKEN_MAX   (2 * BLOCK_SIZE) /* bytes that are remembered */
#define MADE_MAX    (TOKEN_MAX - 2)

/* A memo is judged after so many questions, and again after as many more. */
#define TRIAL 4096

/* 64 bytes: what a processor gets from memory at once. */
struct place {
	char token[TOKEN_MAX], made[MADE_MAX];
	uint8_t ntoken, nmade; /* 0: nothing kept */
};

struct memo {
	uint32_t asked, known;
	bool retired;
	struct place places[PLACES]; /* in pairs, the newer first */
};

struct memo *
memo_new(void)
{
	return mem_zero(1, sizeof(struct memo));
}

/* Of every four questions one must be answered. */
static void
judge(struct memo *m)
{
	m->retired = m->known < TRIAL / 4;
	m->asked = m->known = 0;
}

static struct place *
pair_of(struct memo *m, struct slice token)
{
	uint64_t hash = table_hash(token.p, token.n);

	return &m->places[hash >> (64 - PLACES_BITS) & ~UINT64_C(1)];
}

static inline bool
is_of(const struct place *place, struct slice token)
{
	return place->ntoken == token.n &&
	       block_equal(place->token, token.p, token.n);
}

char *
memo_put(struct memo *m, struct slice token, char *at)
{
	const struct place *place;

	if (m->retired || token.n == 0 || token.n > TOKEN_MAX)
		return NULL;
	if (m->asked++ == TRIAL)
		judge(m);
	place = pair_of(m, token);
	if (!is_of(place, token) && !is_of(++place, token))
		return NULL;
	m->known++;
	memcpy(at, place->made, MADE_MAX);
	return at + place->nmade;
}

void
memo_keep(struct memo *m, struct slice token, struct slice made)
{
	struct place *place;

	if (m->retired || token.n == 0 || token.n > TOKEN_MAX || made.n == 0 ||
	    made.n > MADE_MAX)
		return;
	place = pair_of(m, token);
	place[1] = place[0];
	place->ntoken = (uint8_t)token.n;
	place->nmade = (uint8_t)made.n;
	memcpy(place->token, token.p, token.n);
	memcpy(place->made, made.p, made.n);
}

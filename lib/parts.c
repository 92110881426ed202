/* parts - lines dealt out to temporary files by a hash of their key. */
#include <stdlib.h>

#include "parts.h"
#include "table.h"

void
piece_add(struct buf *line, struct slice piece)
{
	buf_add(line, &piece.n, sizeof(piece.n));
	buf_slice(line, piece);
}

struct slice
piece_next(struct slice *line)
{
	struct slice piece;

	memcpy(&piece.n, line->p, sizeof(piece.n));
	piece.p = line->p + sizeof(piece.n);
	line->n -= sizeof(piece.n) + piece.n;
	line->p = piece.p + piece.n;
	return piece;
}

uint64_t
parts_put(struct spool *file, struct slice line, uint64_t number)
{
	struct rec r = { .line = line };

	return spool_add(file, &r, number);
}

struct spool *
parts_open(void)
{
	struct spool *parts = mem_zero(PARTS, sizeof(*parts));
	size_t i;

	for (i = 0; i < PARTS; i++)
		spool_open(&parts[i]);
	return parts;
}

/*
 * The hash is hashed once more: a shard is what it is modulo N, and a slot its
 * upper bits, so that keys of one shard may have any of its bits in common.
 */
static size_t
part_of(struct slice key, unsigned level)
{
	uint64_t hash = table_hash(key.p, key.n);

	hash = table_hash(&hash, sizeof(hash));
	return hash >> (PARTS_BITS * level) & (PARTS - 1);
}

void
parts_deal(
    struct spool *parts, struct slice line, uint64_t number, unsigned level)
{
	struct slice rest = line;

	parts_put(&parts[part_of(piece_next(&rest), level)], line, number);
}

struct spool *
parts_deal_again(struct spool *from, unsigned level)
{
	struct spool *parts = parts_open();
	struct slice line;
	uint64_t number;
	size_t i;

	spool_rewind(from);
	while (spool_next_line(from, &line, &number))
		parts_deal(parts, line, number, level);
	/* gives their memory back */
	for (i = 0; i < PARTS; i++)
		spool_rewind(&parts[i]);
	return parts;
}

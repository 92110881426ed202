/*
 * db_auditing - the parts of the audit of a database; only lib/db_audit*.c
 * know them.
 */
#ifndef DB_AUDITING_H
#define DB_AUDITING_H

#include "auditing.h"
#include "db.h"

/* What the ledger says of the programs of a->run. */
void ledger_check_stages(struct audit *a, struct db *db);

/* The tables are as their newest loads left them; `run` NULL: all of them,
 * else those that this run loaded last. */
void ledger_check_tables(struct audit *a, struct db *db, const char *run);

/* The text of a value; NULL where it is null. */
const char *db_value(const struct pg_result *res, int row, int column);

/* A count, 0 where it is null. */
uint64_t db_count(const struct pg_result *res, int row, int column);

#endif

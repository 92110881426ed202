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

/* The record of a run in the directory, if it is there, says the same as the
 * ledger, where the run ended with `status` (NULL: it does not say). */
void ledger_check_record(
    struct audit *a, struct db *db, const char *run, const char *status);

/* The directory has no loads that the ledger does not know, and the open
 * rejects of the last ones. */
void ledger_check_directory(struct audit *a, struct db *db);

/* The text of a value; NULL where it is null. */
const char *db_value(const struct pg_result *res, int row, int column);

/* A count, 0 where it is null. */
uint64_t db_count(const struct pg_result *res, int row, int column);

#endif

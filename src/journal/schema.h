/* Schema: the tables of letters.db, and the steps from each of their versions to the next.
 *
 * The version is SQLite's user_version.  A new database takes every step from nothing, so that it
 * and an old one that was brought on are the same. */
#ifndef LACRIMA_JOURNAL_SCHEMA_H
#define LACRIMA_JOURNAL_SCHEMA_H

#include <sqlite3.h>
#include <stdbool.h>

#define SCHEMA_APPLICATION_ID 0x4c616372 /* "Lacr", for file(1) and for us */
#define SCHEMA_VERSION        2

/* Takes the steps from version `from` to `to` (at most SCHEMA_VERSION); SQLite's result code.
 * Inside the caller's transaction. */
int schema_step(sqlite3 *db, int from, int to);

/* Whether the database has exactly the tables of this version, word for word: neither damage nor
 * a stranger's trigger gets past it.  *same is set if the result is SQLITE_OK. */
int schema_compare(sqlite3 *db, int version, bool *same);

/* One number that a pragma or a query gives. */
int schema_number(sqlite3 *db, const char *sql, sqlite3_int64 *number);

#endif

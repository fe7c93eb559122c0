#include "schema.h"

#include <stdio.h>
#include <string.h>

#define PRAGMA_BYTES 64

/* steps[n] leads from version n to n + 1.  They are never edited: somebody has each of them. */
static const char *const steps[SCHEMA_VERSION] = {
    /* 1: the wrapped key, and each letter as one sealed whole: its times and its text. */
    "CREATE TABLE lock("
    "one INTEGER PRIMARY KEY CHECK(one = 1), format INTEGER NOT NULL, algorithm INTEGER NOT NULL,"
    " passes INTEGER NOT NULL, memory INTEGER NOT NULL, salt BLOB NOT NULL, nonce BLOB NOT NULL,"
    " wrapped BLOB NOT NULL, sum BLOB NOT NULL) STRICT;"
    "CREATE TABLE letter(id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
    /* 2: the times once more by themselves, sealed, so that a list opens no letter; old letters
     * get theirs when they are next unlocked.  And by what a copy is known: the name of the
     * database it was made of, and a number that every change raises. */
    "ALTER TABLE letter ADD COLUMN head BLOB;"
    "CREATE TABLE content("
    "one INTEGER PRIMARY KEY CHECK(one = 1), name BLOB NOT NULL, revision INTEGER NOT NULL) STRICT;"
    "INSERT INTO content(one, name, revision) VALUES(1, randomblob(16), 0);",
};

int schema_number(sqlite3 *db, const char *sql, sqlite3_int64 *number)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (rc == SQLITE_OK) {
        int step = sqlite3_step(statement);
        *number = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
        rc = sqlite3_finalize(statement);
        if (rc == SQLITE_OK && step != SQLITE_ROW)
            rc = SQLITE_CORRUPT;
    }
    return rc;
}

int schema_step(sqlite3 *db, int from, int to)
{
    char pragma[PRAGMA_BYTES];
    int rc = SQLITE_OK;
    for (int version = from; version < to && rc == SQLITE_OK; version++)
        rc = sqlite3_exec(db, steps[version], NULL, NULL, NULL);
    if (rc == SQLITE_OK) {
        (void)snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", to);
        rc = sqlite3_exec(db, pragma, NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) {
        (void)snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d", SCHEMA_APPLICATION_ID);
        rc = sqlite3_exec(db, pragma, NULL, NULL, NULL);
    }
    return rc;
}

static const char every_table[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY"
                                  " type, name";

static bool same_cell(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    const unsigned char *one = sqlite3_column_text(a, column);
    const unsigned char *other = sqlite3_column_text(b, column);
    if (one == NULL || other == NULL)
        return one == NULL && other == NULL;
    return strcmp((const char *)one, (const char *)other) == 0;
}

/* Walks both lists at once; SQLITE_OK with *same, or what went wrong. */
static int walk(sqlite3_stmt *ours, sqlite3_stmt *theirs, bool *same)
{
    *same = true;
    for (;;) {
        int expected = sqlite3_step(ours);
        int found = sqlite3_step(theirs);
        if (expected != SQLITE_ROW && expected != SQLITE_DONE)
            return expected;
        if (found != SQLITE_ROW && found != SQLITE_DONE)
            return found;
        if (expected != found)
            *same = false;
        if (expected != SQLITE_ROW || found != SQLITE_ROW)
            return SQLITE_OK;
        for (int column = 0; column < sqlite3_column_count(ours); column++)
            *same = *same && same_cell(ours, theirs, column);
    }
}

int schema_compare(sqlite3 *db, int version, bool *same)
{
    sqlite3 *model = NULL;
    sqlite3_stmt *ours = NULL;
    sqlite3_stmt *theirs = NULL;
    *same = false;
    int rc = sqlite3_open_v2(":memory:", &model, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (rc == SQLITE_OK)
        rc = schema_step(model, 0, version);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(model, every_table, -1, &ours, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(db, every_table, -1, &theirs, NULL);
    if (rc == SQLITE_OK)
        rc = walk(ours, theirs, same);
    (void)sqlite3_finalize(theirs);
    (void)sqlite3_finalize(ours);
    (void)sqlite3_close(model);
    return rc;
}

/* The store's statements: each is bound, stepped and reset here. */
#include "store.h"

#include "lacrima/base/check.h"

#include <stdlib.h>
#include <string.h>

static sqlite3_stmt *statement(struct store *store, enum store_statement which)
{
    check(store->statements[which] != NULL);
    return store->statements[which];
}

/* Leaves the statement ready for its next use and holding nothing of this one.  The result code
 * of a step: SQLITE_DONE and SQLITE_ROW are OK. */
static int done(sqlite3_stmt *used, int step)
{
    int rc = sqlite3_reset(used);
    (void)sqlite3_clear_bindings(used);
    return step == SQLITE_DONE || step == SQLITE_ROW ? SQLITE_OK : rc != SQLITE_OK ? rc : step;
}

static bool take_bytes(sqlite3_stmt *row, int column, unsigned char *into, size_t size)
{
    const void *bytes = sqlite3_column_blob(row, column);
    if (bytes == NULL || (size_t)sqlite3_column_bytes(row, column) != size)
        return false;
    memcpy(into, bytes, size);
    return true;
}

int store_lock_get(struct store *store, struct vault_wrap *wrap)
{
    sqlite3_stmt *row = statement(store, STORE_LOCK_GET);
    int step = sqlite3_step(row);
    bool sound = false;
    memset(wrap, 0, sizeof *wrap);
    if (step == SQLITE_ROW) {
        wrap->format = sqlite3_column_int64(row, 0);
        wrap->algorithm = sqlite3_column_int64(row, 1);
        wrap->passes = sqlite3_column_int64(row, 2);
        wrap->memory = sqlite3_column_int64(row, 3);
        sound = take_bytes(row, 4, wrap->salt, sizeof wrap->salt) &&
                take_bytes(row, 5, wrap->nonce, sizeof wrap->nonce) &&
                take_bytes(row, 6, wrap->wrapped, sizeof wrap->wrapped) &&
                take_bytes(row, 7, wrap->sum, sizeof wrap->sum) && vault_wrap_sound(wrap);
    }
    int rc = done(row, step);
    return rc == SQLITE_OK && !sound ? SQLITE_CORRUPT : rc;
}

int store_lock_put(struct store *store, const struct vault_wrap *wrap)
{
    sqlite3_stmt *put = statement(store, STORE_LOCK_PUT);
    (void)sqlite3_bind_int64(put, 1, wrap->format);
    (void)sqlite3_bind_int64(put, 2, wrap->algorithm);
    (void)sqlite3_bind_int64(put, 3, wrap->passes);
    (void)sqlite3_bind_int64(put, 4, wrap->memory);
    (void)sqlite3_bind_blob(put, 5, wrap->salt, sizeof wrap->salt, SQLITE_STATIC);
    (void)sqlite3_bind_blob(put, 6, wrap->nonce, sizeof wrap->nonce, SQLITE_STATIC);
    (void)sqlite3_bind_blob(put, 7, wrap->wrapped, sizeof wrap->wrapped, SQLITE_STATIC);
    (void)sqlite3_bind_blob(put, 8, wrap->sum, sizeof wrap->sum, SQLITE_STATIC);
    return done(put, sqlite3_step(put));
}

static int revision_up(struct store *store)
{
    sqlite3_stmt *up = statement(store, STORE_REVISION_UP);
    return done(up, sqlite3_step(up));
}

int store_edition(struct store *store, struct store_edition *edition)
{
    sqlite3_stmt *row = statement(store, STORE_EDITION);
    int step = sqlite3_step(row);
    memset(edition, 0, sizeof *edition);
    bool sound = step == SQLITE_ROW && take_bytes(row, 0, edition->name, sizeof edition->name);
    edition->revision = sound ? sqlite3_column_int64(row, 1) : 0;
    int rc = done(row, step);
    return rc == SQLITE_OK && !sound ? SQLITE_CORRUPT : rc;
}

int store_letter_put(struct store *store, int64_t id, const unsigned char *head, size_t head_size,
                     const unsigned char *body, size_t body_size)
{
    sqlite3_stmt *put = statement(store, STORE_LETTER_PUT);
    (void)sqlite3_bind_int64(put, 1, id);
    (void)sqlite3_bind_blob64(put, 2, head, head_size, SQLITE_STATIC);
    (void)sqlite3_bind_blob64(put, 3, body, body_size, SQLITE_STATIC);
    int rc = done(put, sqlite3_step(put));
    return rc == SQLITE_OK ? revision_up(store) : rc;
}

int store_letter_mark(struct store *store, int64_t id, unsigned char mark[VAULT_MARK_BYTES],
                      bool *found)
{
    sqlite3_stmt *row = statement(store, STORE_LETTER_MARK);
    (void)sqlite3_bind_int64(row, 1, id);
    int step = sqlite3_step(row);
    *found = step == SQLITE_ROW;
    memset(mark, 0, VAULT_MARK_BYTES);
    if (*found)
        (void)take_bytes(row, 0, mark, VAULT_MARK_BYTES);
    return done(row, step);
}

int store_letter_get(struct store *store, int64_t id, unsigned char **body, size_t *size)
{
    sqlite3_stmt *row = statement(store, STORE_LETTER_GET);
    (void)sqlite3_bind_int64(row, 1, id);
    *body = NULL;
    *size = 0;
    int step = sqlite3_step(row);
    if (step == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(row, 0);
        *size = (size_t)sqlite3_column_bytes(row, 0);
        *body = bytes != NULL || *size == 0 ? malloc(*size + 1) : NULL;
        if (*body == NULL)
            step = SQLITE_NOMEM;
        else if (*size > 0)
            memcpy(*body, bytes, *size);
    }
    return done(row, step);
}

int store_letter_head(struct store *store, int64_t id, const unsigned char *head, size_t size)
{
    sqlite3_stmt *put = statement(store, STORE_LETTER_HEAD);
    (void)sqlite3_bind_int64(put, 1, id);
    (void)sqlite3_bind_blob64(put, 2, head, size, SQLITE_STATIC);
    return done(put, sqlite3_step(put));
}

int store_letter_remove(struct store *store, int64_t id, bool *found)
{
    sqlite3_stmt *removal = statement(store, STORE_LETTER_REMOVE);
    (void)sqlite3_bind_int64(removal, 1, id);
    int rc = done(removal, sqlite3_step(removal));
    *found = rc == SQLITE_OK && sqlite3_changes(store->db) > 0;
    return rc == SQLITE_OK && *found ? revision_up(store) : rc;
}

int store_letters(struct store *store, store_each *each, void *user)
{
    sqlite3_stmt *row = statement(store, STORE_LETTERS);
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        const unsigned char *head = sqlite3_column_blob(row, 1);
        if (!each(user, sqlite3_column_int64(row, 0), head, (size_t)sqlite3_column_bytes(row, 1))) {
            step = SQLITE_NOMEM;
            break;
        }
    }
    return done(row, step);
}

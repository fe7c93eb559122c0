#include "store.h"

#include "files.h"
#include "lacrima/base/text.h"
#include "schema.h"

#include <errno.h>
#include <libintl.h>
#include <string.h>
#include <unistd.h>

/* How long another program may hold the database before we say so. */
#define BUSY_MS 5000

/* A letter of the longest text, sealed, and not much more: a damaged length asks for no more. */
#define VALUE_BYTES_MAX (2 * JOURNAL_TEXT_BYTES_MAX)

/* Bytes 18 and 19 of an SQLite file: which versions of the format may write and read it. */
#define HEADER_WRITE_VERSION 18
#define HEADER_BYTES         20
#define FORMAT_WAL           2

static const char *const statements_sql[STORE_STATEMENT_COUNT] = {
    [STORE_LOCK_GET] = "SELECT format, algorithm, passes, memory, salt, nonce, wrapped, sum"
                       " FROM lock",
    [STORE_LOCK_PUT] = "INSERT OR REPLACE INTO lock(one, format, algorithm, passes, memory, salt,"
                       " nonce, wrapped, sum) VALUES(1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [STORE_LETTERS] = "SELECT id, head FROM letter",
    [STORE_LETTER_GET] = "SELECT body FROM letter WHERE id = ?1",
    [STORE_LETTER_MARK] = "SELECT substr(body, 1, 25) FROM letter WHERE id = ?1",
    [STORE_LETTER_PUT] = "INSERT INTO letter(id, head, body) VALUES(?1, ?2, ?3)"
                         " ON CONFLICT(id) DO UPDATE SET head = ?2, body = ?3",
    [STORE_LETTER_HEAD] = "UPDATE letter SET head = ?2 WHERE id = ?1 AND head IS NULL",
    [STORE_LETTER_REMOVE] = "DELETE FROM letter WHERE id = ?1",
    [STORE_EDITION] = "SELECT name, revision FROM content",
    [STORE_REVISION_UP] = "UPDATE content SET revision = revision + 1",
};

_Static_assert(VAULT_MARK_BYTES == 25, "STORE_LETTER_MARK says so");

/* Deletes by a journal file that is gone when the transaction is; tells the disk at every step,
 * the folder too; overwrites what is deleted; believes nothing of what the file says of itself. */
static const char settings[] = "PRAGMA journal_mode = DELETE;"
                               "PRAGMA synchronous = EXTRA;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA trusted_schema = OFF;";

static void set_defences(sqlite3 *db)
{
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    (void)sqlite3_extended_result_codes(db, 1);
    (void)sqlite3_busy_timeout(db, BUSY_MS);
}

bool store_say(struct store *store, int rc, struct error *error)
{
    int cause = store->db != NULL ? sqlite3_system_errno(store->db) : 0;
    bool room = cause == ENOSPC || cause == EDQUOT;
    switch (rc & 0xff) {
    case SQLITE_FULL:
        room = true;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, gettext("%s: another program holds it"), store->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
        if (rc == SQLITE_READONLY_DBMOVED)
            return error_set(error, gettext("%s: the file has been moved or removed"), store->path);
        if (!room)
            return error_set(error, gettext("%s: it cannot be written (%s)"), store->path,
                             cause != 0 ? strerror(cause) : gettext("no permission"));
        break;
    case SQLITE_NOMEM:
        return error_set(error, gettext("%s: there is not enough memory"), store->path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_set(error, gettext("%s: the file is damaged"), store->path);
    case SQLITE_IOERR:
        if (!room)
            return error_set(error, gettext("%s: the disk reports an error"), store->path);
        break;
    default:
        if (!room)
            return error_set(error, "%s: %s", store->path, sqlite3_errstr(rc));
        break;
    }
    return error_set(error, gettext("%s: the disk is full"), store->path);
}

/* What a result code on the way to an open database means for it. */
static enum store_found judge(struct store *store, int rc, struct error *error)
{
    (void)store_say(store, rc, error);
    switch (rc & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* a format or a schema that SQLite cannot read */
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
        return STORE_DAMAGED;
    default:
        return STORE_BARRED;
    }
}

static enum store_found damaged(struct store *store, const char *what, struct error *error)
{
    (void)error_set(error, "%s: %s", store->path, what);
    return STORE_DAMAGED;
}

static int check_line(void *sound, int columns, char **texts, char **names)
{
    (void)names;
    bool fine = columns == 1 && texts[0] != NULL && strcmp(texts[0], "ok") == 0;
    *(bool *)sound = *(bool *)sound && fine;
    return 0;
}

static int prepare_all(struct store *store)
{
    int rc = SQLITE_OK;
    for (size_t i = 0; i < STORE_STATEMENT_COUNT && rc == SQLITE_OK; i++)
        rc = sqlite3_prepare_v3(store->db, statements_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                                &store->statements[i], NULL);
    return rc;
}

/* SQLite only reads a file whose "write version" it does not know, and would say that it cannot
 * be written.  We know of none: such a file is damaged. */
static bool header_sound(sqlite3 *db)
{
    sqlite3_file *file = NULL;
    unsigned char header[HEADER_BYTES] = {0};
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL ||
        file->pMethods->xRead(file, header, sizeof header, 0) != SQLITE_OK)
        return true; /* too short to have one, or a disk error: the next look says which */
    return header[HEADER_WRITE_VERSION] <= FORMAT_WAL;
}

/* From an older version to ours; two programs may be about to do the same. */
static int migrate(struct store *store)
{
    sqlite3_int64 version = 0;
    int rc = store_write_begin(store);
    if (rc != SQLITE_OK)
        return rc;
    rc = schema_number(store->db, "PRAGMA user_version", &version);
    if (rc == SQLITE_OK && version < SCHEMA_VERSION)
        rc = schema_step(store->db, (int)version, SCHEMA_VERSION);
    return store_write_end(store, rc);
}

/* An opened file that says it is of a version of ours: whether it is. */
static enum store_found check_ours(struct store *store, int version, struct error *error)
{
    bool same = false;
    bool sound = true;
    int rc = schema_compare(store->db, version, &same);
    if (rc == SQLITE_OK && same)
        rc = sqlite3_exec(store->db, "PRAGMA quick_check(1)", check_line, &sound, NULL);
    if (rc != SQLITE_OK)
        return judge(store, rc, error);
    if (!same || !sound)
        return damaged(store, gettext("the file is damaged"), error);
    if (version < SCHEMA_VERSION)
        rc = migrate(store);
    if (rc == SQLITE_OK)
        rc = prepare_all(store);
    struct vault_wrap wrap;
    struct store_edition edition;
    if (rc == SQLITE_OK)
        rc = store_lock_get(store, &wrap);
    if (rc == SQLITE_OK)
        rc = store_edition(store, &edition);
    return rc == SQLITE_OK ? STORE_READY : judge(store, rc, error);
}

static enum store_found look(struct store *store, struct error *error)
{
    sqlite3_int64 application = 0;
    sqlite3_int64 version = 0;
    sqlite3_int64 tables = 0;
    int rc = schema_number(store->db, "SELECT count(*) FROM sqlite_schema", &tables);
    if (rc == SQLITE_OK && !header_sound(store->db))
        return damaged(store, gettext("the file is damaged"), error);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(store->db, settings, NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = schema_number(store->db, "PRAGMA application_id", &application);
    if (rc == SQLITE_OK)
        rc = schema_number(store->db, "PRAGMA user_version", &version);
    if (rc != SQLITE_OK)
        return judge(store, rc, error);
    if (application == 0 && version == 0 && tables == 0)
        return STORE_BLANK;
    if (application != SCHEMA_APPLICATION_ID)
        return damaged(store, gettext("this is not a file of Lacrima's letters"), error);
    if (version > SCHEMA_VERSION) {
        (void)error_set(error, gettext("%s: it was written by a newer Lacrima; it was left alone"),
                        store->path);
        return STORE_NEWER;
    }
    if (version < 1)
        return damaged(store, gettext("the file is damaged"), error);
    return check_ours(store, (int)version, error);
}

enum store_found store_open(struct store *store, const char *path, const char *vfs,
                            struct error *error)
{
    memset(store, 0, sizeof *store);
    (void)text_copy(store->path, sizeof store->path, path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(path, &store->db, flags, vfs);
    if (store->db != NULL)
        set_defences(store->db);
    enum store_found found = rc == SQLITE_OK ? look(store, error) : judge(store, rc, error);
    if (found != STORE_READY && found != STORE_BLANK)
        store_close(store);
    return found;
}

void store_close(struct store *store)
{
    for (size_t i = 0; i < STORE_STATEMENT_COUNT; i++) {
        (void)sqlite3_finalize(store->statements[i]);
        store->statements[i] = NULL;
    }
    (void)sqlite3_close(store->db);
    store->db = NULL;
}

int store_write_begin(struct store *store)
{
    return sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
}

int store_write_end(struct store *store, int rc)
{
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    /* A failed COMMIT may leave the transaction open. */
    if (rc != SQLITE_OK && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

int store_start(struct store *store, const struct vault_wrap *wrap, bool *begun)
{
    sqlite3_int64 tables = 0;
    int rc = store_write_begin(store);
    if (rc != SQLITE_OK)
        return rc;
    rc = schema_number(store->db, "SELECT count(*) FROM sqlite_schema", &tables);
    *begun = rc == SQLITE_OK && tables == 0;
    if (*begun) {
        rc = schema_step(store->db, 0, SCHEMA_VERSION);
        if (rc == SQLITE_OK)
            rc = prepare_all(store);
        if (rc == SQLITE_OK)
            rc = store_lock_put(store, wrap);
    }
    return store_write_end(store, rc);
}

bool store_copy(struct store *store, const char *path, const char *vfs, struct error *error)
{
    struct store copy = {.db = NULL};
    (void)text_copy(copy.path, sizeof copy.path, path);
    if (!files_make(path, error))
        return false;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(path, &copy.db, flags, vfs);
    if (copy.db != NULL)
        set_defences(copy.db);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(copy.db, settings, NULL, NULL, NULL);
    sqlite3_backup *backup =
        rc == SQLITE_OK ? sqlite3_backup_init(copy.db, "main", store->db, "main") : NULL;
    if (backup != NULL) {
        rc = sqlite3_backup_step(backup, -1);
        int finished = sqlite3_backup_finish(backup);
        rc = rc == SQLITE_DONE ? finished : rc;
    } else if (rc == SQLITE_OK) {
        rc = sqlite3_errcode(copy.db);
    }
    if (rc != SQLITE_OK)
        (void)store_say(&copy, rc, error);
    store_close(&copy);
    if (rc != SQLITE_OK)
        (void)unlink(path);
    return rc == SQLITE_OK;
}

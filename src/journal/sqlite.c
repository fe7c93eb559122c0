/* SQLite, opened when the first letter is looked for and not when the program is loaded: most
 * visits write none, and it is more to read from a cold disk than all else that is this program's
 * own.  Its functions stand here under its own names and hand on to the real ones; without the
 * library no database can be opened, and it is said why. */
#include <sqlite3.h>
#include <stdarg.h>

#define LATE_LIBRARY "libsqlite3.so.0"

typedef int row_heard(void *user, int count, char **values, char **names);
typedef void value_done(void *value);

#define LATE_VALUES(X)                                                                             \
    X(int, sqlite3_open_v2, (const char *file, sqlite3 **db, int flags, const char *system),       \
      (file, db, flags, system), (*db = NULL, SQLITE_ERROR))                                       \
    X(int, sqlite3_close, (sqlite3 * db), (db), SQLITE_OK)                                         \
    X(int, sqlite3_busy_timeout, (sqlite3 * db, int ms), (db, ms), SQLITE_ERROR)                   \
    X(int, sqlite3_extended_result_codes, (sqlite3 * db, int on), (db, on), SQLITE_ERROR)          \
    X(int, sqlite3_limit, (sqlite3 * db, int which, int value), (db, which, value), -1)            \
    X(int, sqlite3_file_control, (sqlite3 * db, const char *name, int op, void *value),            \
      (db, name, op, value), SQLITE_ERROR)                                                         \
    X(int, sqlite3_get_autocommit, (sqlite3 * db), (db), 1)                                        \
    X(int, sqlite3_errcode, (sqlite3 * db), (db), SQLITE_ERROR)                                    \
    X(int, sqlite3_system_errno, (sqlite3 * db), (db), 0)                                          \
    X(const char *, sqlite3_errstr, (int code), (code), LATE_LIBRARY " cannot be opened")          \
    X(int, sqlite3_changes, (sqlite3 * db), (db), 0)                                               \
    X(int, sqlite3_exec,                                                                           \
      (sqlite3 * db, const char *sql, row_heard *heard, void *user, char **error),                 \
      (db, sql, heard, user, error), SQLITE_ERROR)                                                 \
    X(int, sqlite3_prepare_v2,                                                                     \
      (sqlite3 * db, const char *sql, int bytes, sqlite3_stmt **made, const char **rest),          \
      (db, sql, bytes, made, rest), (*made = NULL, SQLITE_ERROR))                                  \
    X(int, sqlite3_prepare_v3,                                                                     \
      (sqlite3 * db, const char *sql, int bytes, unsigned flags, sqlite3_stmt **made,              \
       const char **rest),                                                                         \
      (db, sql, bytes, flags, made, rest), (*made = NULL, SQLITE_ERROR))                           \
    X(int, sqlite3_step, (sqlite3_stmt * made), (made), SQLITE_ERROR)                              \
    X(int, sqlite3_reset, (sqlite3_stmt * made), (made), SQLITE_ERROR)                             \
    X(int, sqlite3_finalize, (sqlite3_stmt * made), (made), SQLITE_OK)                             \
    X(int, sqlite3_clear_bindings, (sqlite3_stmt * made), (made), SQLITE_ERROR)                    \
    X(int, sqlite3_bind_int64, (sqlite3_stmt * made, int at, sqlite3_int64 value),                 \
      (made, at, value), SQLITE_ERROR)                                                             \
    X(int, sqlite3_bind_blob,                                                                      \
      (sqlite3_stmt * made, int at, const void *bytes, int size, value_done *done),                \
      (made, at, bytes, size, done), SQLITE_ERROR)                                                 \
    X(int, sqlite3_bind_blob64,                                                                    \
      (sqlite3_stmt * made, int at, const void *bytes, sqlite3_uint64 size, value_done *done),     \
      (made, at, bytes, size, done), SQLITE_ERROR)                                                 \
    X(int, sqlite3_column_count, (sqlite3_stmt * made), (made), 0)                                 \
    X(int, sqlite3_column_bytes, (sqlite3_stmt * made, int at), (made, at), 0)                     \
    X(sqlite3_int64, sqlite3_column_int64, (sqlite3_stmt * made, int at), (made, at), 0)           \
    X(const void *, sqlite3_column_blob, (sqlite3_stmt * made, int at), (made, at), NULL)          \
    X(const unsigned char *, sqlite3_column_text, (sqlite3_stmt * made, int at), (made, at), NULL) \
    X(sqlite3_backup *, sqlite3_backup_init,                                                       \
      (sqlite3 * to, const char *to_name, sqlite3 *from, const char *from_name),                   \
      (to, to_name, from, from_name), NULL)                                                        \
    X(int, sqlite3_backup_step, (sqlite3_backup * backup, int pages), (backup, pages),             \
      SQLITE_ERROR)                                                                                \
    X(int, sqlite3_backup_finish, (sqlite3_backup * backup), (backup), SQLITE_ERROR)

#define LATE_OTHERS(X) X(sqlite3_db_config, int (*sqlite3_db_config)(sqlite3 *, int, ...))

#include "lacrima/base/late.h"

/* Only those options are ever set that take an int, and a place to say what it is then. */
int sqlite3_db_config(sqlite3 *db, int option, ...)
{
    va_list list;
    va_start(list, option);
    int on = va_arg(list, int);
    int *is = va_arg(list, int *);
    va_end(list);
    return late_is_there() ? late.sqlite3_db_config(db, option, on, is) : SQLITE_ERROR;
}

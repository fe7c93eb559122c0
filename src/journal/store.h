/* Store: one SQLite file of sealed letters; it sees nothing but ciphertext. */
#ifndef LACRIMA_JOURNAL_STORE_H
#define LACRIMA_JOURNAL_STORE_H

#include "lacrima/base/error.h"
#include "vault.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum store_statement {
    STORE_LOCK_GET,
    STORE_LOCK_PUT,
    STORE_LETTERS,
    STORE_LETTER_GET,
    STORE_LETTER_MARK,
    STORE_LETTER_PUT,
    STORE_LETTER_HEAD,
    STORE_LETTER_REMOVE,
    STORE_EDITION,
    STORE_REVISION_UP,
    STORE_STATEMENT_COUNT
};

#define STORE_PATH_BYTES 4096
#define STORE_NAME_BYTES 16

struct store {
    sqlite3 *db; /* NULL: not open */
    char path[STORE_PATH_BYTES];
    sqlite3_stmt *statements[STORE_STATEMENT_COUNT];
};

enum store_found {
    STORE_READY,
    STORE_BLANK,   /* an empty database: nothing has been begun */
    STORE_DAMAGED, /* or not one of ours */
    STORE_NEWER,   /* of a version of the program that is yet to come */
    STORE_BARRED   /* no permission, a disk error, another program that does not let go */
};

/* Opens a file that exists.  It is left open if it is READY or BLANK; else the error says why
 * not.  A READY one has been checked through and brought to the current version. */
enum store_found store_open(struct store *store, const char *path, const char *vfs,
                            struct error *error);

/* Accepts one that is not open. */
void store_close(struct store *store);

/* Makes a BLANK one a READY one with this lock, in a transaction of its own.  SQLITE_OK with
 * *begun false: another program has done so meanwhile; open it again. */
int store_start(struct store *store, const struct vault_wrap *wrap, bool *begun);

/* Transactions; SQLite's result code.  A write that is not committed is rolled back. */
int store_write_begin(struct store *store);
int store_write_end(struct store *store, int rc);

/* The wrapped key; SQLITE_CORRUPT if there is none that is sound. */
int store_lock_get(struct store *store, struct vault_wrap *wrap);
int store_lock_put(struct store *store, const struct vault_wrap *wrap);

/* Writes a letter, new or not, and raises the revision.  Within a transaction. */
int store_letter_put(struct store *store, int64_t id, const unsigned char *head, size_t head_size,
                     const unsigned char *body, size_t body_size);

/* The mark of the letter's body as it stands; *found tells whether there is such a letter. */
int store_letter_mark(struct store *store, int64_t id, unsigned char mark[VAULT_MARK_BYTES],
                      bool *found);

/* A letter's body, which the caller frees; *body is NULL if there is no such letter. */
int store_letter_get(struct store *store, int64_t id, unsigned char **body, size_t *size);

/* Gives a letter its head if it has none; the revision stays. */
int store_letter_head(struct store *store, int64_t id, const unsigned char *head, size_t size);

int store_letter_remove(struct store *store, int64_t id, bool *found);

/* Calls `each` for every letter; a head of size 0 is none. */
typedef bool store_each(void *user, int64_t id, const unsigned char *head, size_t size);
int store_letters(struct store *store, store_each *each, void *user);

/* By what a copy is known: which database it is of, and how far it had come. */
struct store_edition {
    unsigned char name[STORE_NAME_BYTES];
    int64_t revision;
};
int store_edition(struct store *store, struct store_edition *edition);

/* Copies the whole database to a new file, which must not be there yet; 0600. */
bool store_copy(struct store *store, const char *path, const char *vfs, struct error *error);

/* One plain line for what SQLite says of the last call. */
bool store_say(struct store *store, int rc, struct error *error);

#endif

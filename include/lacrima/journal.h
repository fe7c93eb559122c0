/* Journal: letters that are folded away, encrypted, in one SQLite database.
 *
 * Wraps SQLite (chosen because it survives kill -9, power loss and a full disk, and two programs
 * at once) and libsodium (chosen because it is hard to use amiss).  docs/privacy.md says what is
 * protected and what is not.
 *
 * Files, in one folder of the person's: letters.db; letters.bak.db, the last copy in which every
 * letter could be read; letters-DATE.db and letters-DATE.bak.db, what was set aside.  All 0600,
 * in a folder made 0700, whatever the umask.
 *
 * Called from one thread.  Whatever may block (the passphrase's Argon2id, the disk) is done by
 * one thread of the journal's own, in the order asked; each request below is answered exactly
 * once, in that order, through journal_poll().  With `synchronous` there is no thread: a request
 * has been carried out when its function returns, and its answer waits in journal_poll().
 *
 * A wrong passphrase, a full disk, a damaged file are answers, never a reason to stop.  Nothing
 * but a damaged database is ever moved, and nothing is ever overwritten but by the text of the
 * same letter. */
#ifndef LACRIMA_JOURNAL_H
#define LACRIMA_JOURNAL_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal; /* owned by who created it */

#define JOURNAL_TEXT_BYTES_MAX       (1024 * 1024)
#define JOURNAL_PASSPHRASE_BYTES_MAX 1024

/* What deriving a key from the passphrase costs (libsodium's names).  Whatever was stored is what
 * opening it costs; changing a passphrase never lowers it. */
enum journal_cost {
    JOURNAL_COST_USUAL, /* Argon2id MODERATE: 256 MiB, 3 passes; INTERACTIVE (64 MiB, 2 passes)
                           where the system refuses that much memory */
    JOURNAL_COST_LEAST  /* for tests, which open hundreds: 8 KiB, 1 pass; protects nothing */
};

struct journal_params {
    const char *folder; /* where the letters lie; it and what is above it is made if missing */
    bool synchronous;
    enum journal_cost cost;
    const char *vfs;              /* the SQLite VFS to use (tests); NULL: the system's */
    int64_t (*clock)(void *user); /* seconds since 1970; NULL: the system's clock */
    void *clock_user;
    /* Hears one plain line that no answer carries: that text could not be saved for now and why
     * (once), that it has been saved after all, that a damaged file was set aside.  Called inside
     * journal_poll() and, when synchronous, inside any function; on the caller's thread only. */
    void (*say)(void *user, const char *line);
    void *say_user;
    /* Called from any thread when journal_poll() has something new; must only wake the loop. */
    void (*wake)(void *user);
    void *wake_user;
};

enum journal_state {
    JOURNAL_UNSEEN,   /* nobody has looked yet: journal_open() */
    JOURNAL_NONE,     /* there are no letters: journal_begin() */
    JOURNAL_LOCKED,   /* there are: journal_unlock() */
    JOURNAL_UNLOCKED, /* they can be read and written */
    JOURNAL_REFUSED   /* cannot be used and was left alone (a newer version, no permission, a
                         disk error); the answer said why; journal_open() looks again */
};

enum journal_request {
    JOURNAL_OPEN,
    JOURNAL_BEGIN,
    JOURNAL_UNLOCK,
    JOURNAL_LOCK,
    JOURNAL_CHANGE,
    JOURNAL_LIST,
    JOURNAL_READ,
    JOURNAL_REMOVE,
    JOURNAL_EXPORT,
    JOURNAL_RESTORE
};

enum journal_result {
    JOURNAL_DONE,
    JOURNAL_OTHER_PASSPHRASE, /* this passphrase does not open them; nothing has changed */
    JOURNAL_DAMAGED,          /* this letter cannot be read; it was left where it is */
    JOURNAL_IMPOSSIBLE        /* anything else: not in this state, disk, memory; `line` says */
};

struct journal_letter {
    int64_t id;
    int64_t created, changed; /* seconds since 1970; 0 where unreadable */
    bool readable;
};

struct journal_answer {
    enum journal_request to;
    enum journal_result result;
    enum journal_state state;    /* after it */
    bool restorable;             /* open: there is a copy that journal_restore() can bring back */
    int64_t id;                  /* read, remove: the letter */
    char line[ERROR_TEXT_BYTES]; /* one plain line if result is not DONE, or if there is something
                                    to know all the same; else "" */
    char *text;                  /* read: in memory of libsodium's, a zero byte behind it */
    size_t length;               /* bytes of UTF-8, without that zero */
    struct journal_letter *letters; /* list: the newest first */
    size_t count;                   /* list: how many; export: how many were written */
};

/* Fails only for want of memory or of a thread.  Touches no file. */
bool journal_create(struct journal **journal, const struct journal_params *params,
                    struct error *error);

/* As the last request that was carried out left it. */
enum journal_state journal_state(const struct journal *journal);

/* Looks what is there and repairs what a crash has left.  A database that is damaged or not one
 * of ours is set aside under a dated name, never overwritten; if letters.bak.db can stand in its
 * place, a copy of it does, and `line` says so. */
void journal_open(struct journal *journal);

/* Starts a database where there is none (opening first if need be) and leaves it unlocked.  The
 * passphrase, 1 .. JOURNAL_PASSPHRASE_BYTES_MAX bytes, is copied into locked memory and wiped
 * after use; so it is in the next two, and the caller wipes its own. */
void journal_begin(struct journal *journal, const char *passphrase, size_t length);

void journal_unlock(struct journal *journal, const char *passphrase, size_t length);

/* Wraps the letters' key anew; no letter is touched.  `old` is asked for even when unlocked. */
void journal_change(struct journal *journal, const char *old, size_t old_length, const char *fresh,
                    size_t fresh_length);

/* Saves what waits, then forgets the key.  If the text cannot be saved the key stays, for the
 * text would be lost with it, and the answer says why. */
void journal_lock(struct journal *journal);

/* A name for a letter that is begun; it exists from its first save on.  Never 0. */
int64_t journal_new(struct journal *journal);

/* Saves the letter's whole text; call it at most once a second while somebody types.  The text is
 * copied into locked memory; a newer one replaces one that still waits.  What cannot be saved is
 * said once, kept, tried again by itself, and said again when it is saved.  The letter must be
 * new or have been read since unlocking; if another program has changed it meanwhile, both texts
 * are kept, as two letters.  False, with the reason, if the text could not even be kept (memory;
 * longer than JOURNAL_TEXT_BYTES_MAX; not unlocked). */
bool journal_save(struct journal *journal, int64_t id, const char *text, size_t length,
                  struct error *error);

/* Whether every text that was given is on the disk. */
bool journal_saved(const struct journal *journal);

void journal_list(struct journal *journal);
void journal_read(struct journal *journal, int64_t id);

/* Removes a letter for good, from the copy too. */
void journal_remove(struct journal *journal, int64_t id);

/* Writes every letter as a plain text file named by its date, 0600, into the folder (made 0700
 * if missing); never over a file that is there. */
void journal_export(struct journal *journal, const char *folder);

/* Puts a copy of letters.bak.db in the place of a letters.db that is gone. */
void journal_restore(struct journal *journal);

/* Takes the next answer; false if there is none.  Says the lines that wait.  Call it once per
 * loop and after wake(). */
bool journal_poll(struct journal *journal, struct journal_answer *answer);

/* Frees what the answer holds, wiped.  Accepts one that holds nothing. */
void journal_answer_finish(struct journal_answer *answer);

/* Waits until everything asked for has been carried out and every text been tried once more;
 * false, with the reason, if some text is still not on the disk.  Answers stay to be polled. */
bool journal_flush(struct journal *journal, struct error *error);

/* Flushes, wipes the keys and closes; a text that cannot be saved even then is said.  Accepts
 * NULL; nulls the handle. */
void journal_destroy(struct journal **journal);

#endif

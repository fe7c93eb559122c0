/* Letters: the journal's work itself, each piece done at once by whoever calls: the journal's
 * thread, or, when synchronous, the caller.  The answer's `to` and `id` are the caller's to set;
 * result, line and the rest are set here. */
#ifndef LACRIMA_JOURNAL_LETTERS_H
#define LACRIMA_JOURNAL_LETTERS_H

#include "files.h"
#include "lacrima/journal.h"
#include "store.h"
#include "vault.h"

#define LETTERS_FILE  "letters.db"
#define LETTERS_COPY  "letters.bak.db"
#define LETTERS_FRESH "letters.new." /* what is being made and not yet in its place */
#define LETTERS_END   ".db"
#define COPY_END      ".bak.db"

/* A letter that this session has begun or read. */
struct known {
    int64_t id;  /* as the caller calls it */
    int64_t row; /* as the database does; another one if the text had to become a second letter */
    int64_t created;                       /* 0: not saved yet */
    unsigned char mark[VAULT_MARK_BYTES];  /* of the body as it was last seen in the database */
    unsigned char tried[VAULT_MARK_BYTES]; /* of the last one that was on its way there */
};

struct letters {
    struct journal_params params; /* its texts are the journal's */
    enum journal_state state;
    bool restorable;
    char folder[FILES_PATH_BYTES]; /* without links, once it exists */
    char file[FILES_PATH_BYTES];
    char copy[FILES_PATH_BYTES];
    int lock; /* of the folder; -1: not held */
    struct store store;
    struct vault_wrap wrap;
    unsigned char *key; /* NULL: locked */
    struct known *known;
    size_t known_count, known_room;
};

/* Everything but params and state is set up. */
void letters_init(struct letters *letters, const struct journal_params *params);
void letters_finish(struct letters *letters);

int64_t letters_now(const struct letters *letters);

void letters_open(struct letters *letters, struct journal_answer *answer);
void letters_restore(struct letters *letters, struct journal_answer *answer);
void letters_begin(struct letters *letters, const char *pass, size_t length,
                   struct journal_answer *answer);
void letters_unlock(struct letters *letters, const char *pass, size_t length,
                    struct journal_answer *answer);
void letters_lock(struct letters *letters);
void letters_change(struct letters *letters, const char *old, size_t old_length, const char *fresh,
                    size_t fresh_length, struct journal_answer *answer);
void letters_list(struct letters *letters, struct journal_answer *answer);
void letters_read(struct letters *letters, int64_t id, struct journal_answer *answer);
void letters_remove(struct letters *letters, int64_t id, struct journal_answer *answer);
void letters_export(struct letters *letters, const char *folder, struct journal_answer *answer);

/* Saves a whole text.  False, with the reason, if it is not on the disk; it can be tried again
 * as often as it takes. */
bool letters_save(struct letters *letters, int64_t id, const char *text, size_t length,
                  struct error *error);

/* What can wait until the person has their answer: gives old letters their heads and makes the
 * copy anew if all can be read and it is old.  True with a line if there is something to say. */
bool letters_tend(struct letters *letters, struct error *line);

/* For the files of this folder only: */

/* "This cannot be done now", with a line. */
void letters_impossible(struct journal_answer *answer, const char *line);

/* Puts the copy, if it is sound, beside the database as `fresh`, ready to take its place. */
bool letters_copy_back(struct letters *letters, char *fresh, size_t size);

/* What was changed here is changed in the copy: a letter removed, the lock replaced.  False, with
 * the reason, if it could not be; true if there is no copy. */
bool letters_copy_remove(struct letters *letters, int64_t row, struct error *error);
bool letters_copy_relock(struct letters *letters, const struct vault_wrap *before,
                         const struct vault_wrap *after, struct error *error);

/* The copy, if it is there, sound, and (with `same`) of this database; the caller closes it. */
bool letters_copy_open(struct letters *letters, struct store *copy, bool same);

/* The text of a row, from the database or, where that is damaged, from the copy (*from_copy).
 * Freed by the caller with vault_free(); NULL if there is none, with *result. */
struct letter_text {
    unsigned char *plain; /* vault memory: the two times, then the text, a zero byte behind it */
    const char *text;
    size_t length;
    int64_t created, changed;
    bool from_copy;
    unsigned char mark[VAULT_MARK_BYTES]; /* as it stands in the database */
};
enum journal_result letters_text(struct letters *letters, int64_t row, struct letter_text *text,
                                 struct error *error);

#endif

/* Opening, beginning, locking and unlocking. */
#include "letters.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NAME_ROOM 128

void letters_init(struct letters *letters, const struct journal_params *params)
{
    memset(letters, 0, sizeof *letters);
    letters->params = *params;
    letters->lock = -1;
}

int64_t letters_now(const struct letters *letters)
{
    if (letters->params.clock != NULL)
        return letters->params.clock(letters->params.clock_user);
    return (int64_t)time(NULL);
}

void letters_impossible(struct journal_answer *answer, const char *line)
{
    answer->result = JOURNAL_IMPOSSIBLE;
    (void)text_copy(answer->line, sizeof answer->line, line);
}

void letters_lock(struct letters *letters)
{
    vault_free(letters->key);
    letters->key = NULL;
    free(letters->known);
    letters->known = NULL;
    letters->known_count = letters->known_room = 0;
    if (letters->state == JOURNAL_UNLOCKED)
        letters->state = JOURNAL_LOCKED;
}

/* Lets go of the files; what is known of them is void. */
static void shut(struct letters *letters, enum journal_state state)
{
    letters_lock(letters);
    store_close(&letters->store);
    if (letters->lock >= 0)
        (void)close(letters->lock);
    letters->lock = -1;
    letters->restorable = false;
    letters->state = state;
}

void letters_finish(struct letters *letters)
{
    shut(letters, JOURNAL_UNSEEN);
}

static void refuse(struct letters *letters, struct journal_answer *answer, const char *line)
{
    letters_impossible(answer, line);
    shut(letters, JOURNAL_REFUSED);
}

static bool set_paths(struct letters *letters, struct error *error)
{
    const char *folder = letters->folder;
    /* Dated names and SQLite's journals are longer than these. */
    if (strlen(folder) + NAME_ROOM > FILES_PATH_BYTES)
        return error_set(error, gettext("%s: the path is too long"), folder);
    (void)text_copy(letters->file, sizeof letters->file, folder);
    (void)text_append(letters->file, sizeof letters->file, "/" LETTERS_FILE);
    (void)text_copy(letters->copy, sizeof letters->copy, folder);
    (void)text_append(letters->copy, sizeof letters->copy, "/" LETTERS_COPY);
    return true;
}

/* Looks at the folder, and locks it; false with the answer if that is as far as it goes. */
static bool enter(struct letters *letters, bool *alone, struct journal_answer *answer)
{
    struct error error;
    shut(letters, JOURNAL_UNSEEN);
    switch (files_folder(letters->params.folder, letters->folder, sizeof letters->folder, &error)) {
    case FILES_FOLDER_ABSENT:
        letters->state = JOURNAL_NONE;
        return false;
    case FILES_FOLDER_REFUSED:
        refuse(letters, answer, error.text);
        return false;
    case FILES_FOLDER_READY:
        break;
    }
    if (set_paths(letters, &error))
        letters->lock = files_lock(letters->folder, alone, &error);
    if (letters->lock < 0)
        refuse(letters, answer, error.text);
    return letters->lock >= 0;
}

/* What lies where the letters would.  The file is left open if it is READY. */
static enum store_found look(struct letters *letters, bool *absent, struct error *error)
{
    char beside[FILES_PATH_BYTES];
    *absent = false;
    switch (files_look(letters->file, error)) {
    case FILES_ABSENT:
        *absent = true;
        return STORE_BLANK;
    case FILES_REFUSED:
        return STORE_BARRED;
    case FILES_OTHER:
        (void)error_set(error, gettext("%s: this is not a file"), letters->file);
        return STORE_DAMAGED;
    case FILES_PLAIN:
        break;
    }
    (void)text_copy(beside, sizeof beside, letters->file);
    (void)text_append(beside, sizeof beside, "-journal");
    if (files_look(beside, error) == FILES_REFUSED)
        return STORE_BARRED;
    return store_open(&letters->store, letters->file, letters->params.vfs, error);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* A damaged file gets a dated name, and the copy, if there is a sound one, its place. */
static void replace_damaged(struct letters *letters, const struct error *why,
                            struct journal_answer *answer)
{
    char fresh[FILES_PATH_BYTES];
    char aside[FILES_PATH_BYTES];
    struct error error = *why;
    bool absent = false;
    store_close(&letters->store);
    bool restored = letters_copy_back(letters, fresh, sizeof fresh);
    if (!files_set_aside(letters->file, LETTERS_END, letters_now(letters), restored ? fresh : NULL,
                         aside, sizeof aside, &error)) {
        refuse(letters, answer, error.text);
        return;
    }
    (void)snprintf(answer->line, sizeof answer->line,
                   restored ? gettext("%s; it is kept as %s, and a copy from before stands in its "
                                      "place")
                            : gettext("%s; it is kept as %s"),
                   why->text, name_of(aside));
    letters->state = JOURNAL_NONE;
    if (restored && look(letters, &absent, &error) == STORE_READY)
        letters->state = JOURNAL_LOCKED;
    else if (restored)
        refuse(letters, answer, error.text);
}

/* There is nothing at the letters' place, or an empty file: unless there is a copy. */
static void nothing_there(struct letters *letters, bool absent, bool alone,
                          struct journal_answer *answer)
{
    struct store copy;
    struct error error;
    store_close(&letters->store);
    bool restorable = letters_copy_open(letters, &copy, false);
    if (restorable)
        store_close(&copy);
    if (restorable && !absent && alone) {
        (void)error_set(&error, gettext("%s: the file is empty"), letters->file);
        replace_damaged(letters, &error, answer);
        return;
    }
    letters->state = JOURNAL_NONE;
    letters->restorable = restorable;
    if (restorable)
        (void)snprintf(answer->line, sizeof answer->line,
                       gettext("%s is not there, but a copy of it is: %s"), letters->file,
                       LETTERS_COPY);
}

void letters_open(struct letters *letters, struct journal_answer *answer)
{
    struct error error = {.text = ""};
    bool alone = false;
    bool absent = false;
    answer->result = JOURNAL_DONE;
    if (letters->state == JOURNAL_LOCKED || letters->state == JOURNAL_UNLOCKED)
        return;
    if (!enter(letters, &alone, answer))
        return;
    if (alone)
        files_clear(letters->folder, LETTERS_FRESH);
    switch (look(letters, &absent, &error)) {
    case STORE_READY:
        letters->state = JOURNAL_LOCKED;
        break;
    case STORE_BLANK:
        nothing_there(letters, absent, alone, answer);
        break;
    case STORE_DAMAGED:
        if (alone) {
            replace_damaged(letters, &error, answer);
            break;
        }
        (void)text_append(error.text, sizeof error.text,
                          gettext("; another Lacrima has it open: close that one first"));
        refuse(letters, answer, error.text);
        break;
    case STORE_NEWER:
    case STORE_BARRED:
        refuse(letters, answer, error.text);
        break;
    }
    if (letters->lock >= 0)
        files_lock_share(letters->lock);
    answer->restorable = letters->restorable;
}

static bool passphrase_fits(size_t length, struct journal_answer *answer)
{
    if (length > 0 && length <= JOURNAL_PASSPHRASE_BYTES_MAX)
        return true;
    letters_impossible(answer, length == 0
                                   ? gettext("A passphrase has at least one character.")
                                   : gettext("The passphrase is longer than can be taken."));
    return false;
}

static void no_memory(struct journal_answer *answer)
{
    letters_impossible(answer, gettext("There is not enough free memory to work out the key from "
                                       "the passphrase; nothing has changed."));
}

/* Makes the file and fills it.  False with the answer. */
static bool make(struct letters *letters, const struct vault_wrap *wrap, bool alone,
                 struct journal_answer *answer)
{
    struct error error = {.text = ""};
    bool absent = false;
    bool begun = false;
    bool made = false;
    if (files_look(letters->file, &error) == FILES_ABSENT) {
        made = files_make(letters->file, &error);
        if (!made) {
            refuse(letters, answer, error.text);
            return false;
        }
    }
    enum store_found found = look(letters, &absent, &error);
    if (found == STORE_BLANK && !absent) {
        int rc = store_start(&letters->store, wrap, &begun);
        if (begun && rc == SQLITE_OK)
            return true;
        (void)store_say(&letters->store, rc, &error);
    }
    store_close(&letters->store);
    /* An empty file that is left would look like one that has lost what was in it. */
    if (made && alone && found == STORE_BLANK)
        (void)unlink(letters->file);
    refuse(letters, answer,
           found == STORE_READY ? gettext("Meanwhile another Lacrima has begun letters here.")
                                : error.text);
    return false;
}

void letters_begin(struct letters *letters, const char *pass, size_t length,
                   struct journal_answer *answer)
{
    struct error error;
    struct vault_wrap wrap;
    bool alone = false;
    letters_open(letters, answer);
    if (answer->result != JOURNAL_DONE || !passphrase_fits(length, answer))
        return;
    answer->line[0] = '\0';
    if (letters->state != JOURNAL_NONE) {
        letters_impossible(answer, gettext("There are letters here already; they open with their "
                                           "passphrase."));
        return;
    }
    unsigned char *key = vault_key_new();
    if (key == NULL ||
        vault_wrap(&wrap, key, pass, length, letters->params.cost, NULL) != VAULT_OPENED) {
        vault_free(key);
        no_memory(answer);
        return;
    }
    if (!files_make_folder(letters->params.folder, &error))
        refuse(letters, answer, error.text);
    else if (enter(letters, &alone, answer) && make(letters, &wrap, alone, answer)) {
        files_sync_folder(letters->file);
        files_lock_share(letters->lock);
        letters->state = JOURNAL_UNLOCKED;
        letters->wrap = wrap;
        letters->key = key;
        return;
    }
    vault_free(key);
}

/* The key for this passphrase, by the lock as it stands now: another program may have changed it.
 * NULL with the answer. */
static unsigned char *key_for(struct letters *letters, const char *pass, size_t length,
                              struct journal_answer *answer)
{
    struct error error;
    unsigned char *key = NULL;
    letters_open(letters, answer);
    if (answer->result != JOURNAL_DONE || !passphrase_fits(length, answer))
        return NULL;
    if (letters->state == JOURNAL_NONE) {
        letters_impossible(answer, gettext("There are no letters here yet."));
        return NULL;
    }
    int rc = store_lock_get(&letters->store, &letters->wrap);
    if (rc != SQLITE_OK) {
        (void)store_say(&letters->store, rc, &error);
        letters_impossible(answer, error.text);
        return NULL;
    }
    switch (vault_unwrap(&letters->wrap, pass, length, &key)) {
    case VAULT_OPENED:
        break;
    case VAULT_NO_MEMORY:
        no_memory(answer);
        break;
    case VAULT_CLOSED:
        answer->result = JOURNAL_OTHER_PASSPHRASE;
        (void)text_copy(answer->line, sizeof answer->line,
                        gettext("This passphrase does not open the letters. Nothing has changed."));
        break;
    }
    return key;
}

void letters_unlock(struct letters *letters, const char *pass, size_t length,
                    struct journal_answer *answer)
{
    unsigned char *key = key_for(letters, pass, length, answer);
    if (key == NULL)
        return;
    vault_free(letters->key);
    letters->key = key;
    letters->state = JOURNAL_UNLOCKED;
}

/* Puts the new lock in the place of the one that was opened, if that still is the one there. */
static int relock(struct letters *letters, const struct vault_wrap *fresh)
{
    struct vault_wrap now;
    int rc = store_write_begin(&letters->store);
    if (rc != SQLITE_OK)
        return rc;
    rc = store_lock_get(&letters->store, &now);
    if (rc == SQLITE_OK && memcmp(now.sum, letters->wrap.sum, sizeof now.sum) != 0)
        rc = SQLITE_BUSY;
    if (rc == SQLITE_OK)
        rc = store_lock_put(&letters->store, fresh);
    return store_write_end(&letters->store, rc);
}

void letters_change(struct letters *letters, const char *old, size_t old_length, const char *fresh,
                    size_t fresh_length, struct journal_answer *answer)
{
    struct error error;
    struct vault_wrap wrap;
    if (!passphrase_fits(fresh_length, answer))
        return;
    unsigned char *key = key_for(letters, old, old_length, answer);
    if (key == NULL)
        return;
    enum vault_result wrapped =
        vault_wrap(&wrap, key, fresh, fresh_length, letters->params.cost, &letters->wrap);
    vault_free(key);
    if (wrapped != VAULT_OPENED) {
        no_memory(answer);
        return;
    }
    int rc = relock(letters, &wrap);
    if (rc != SQLITE_OK) {
        (void)store_say(&letters->store, rc, &error);
        letters_impossible(answer, error.text);
        return;
    }
    if (!letters_copy_relock(letters, &letters->wrap, &wrap, &error))
        (void)snprintf(answer->line, sizeof answer->line,
                       gettext("%s; that copy still opens with the earlier passphrase"),
                       error.text);
    letters->wrap = wrap;
}

void letters_restore(struct letters *letters, struct journal_answer *answer)
{
    struct error error;
    char fresh[FILES_PATH_BYTES];
    bool alone = false;
    bool absent = false;
    letters_open(letters, answer);
    answer->line[0] = '\0';
    if (answer->result != JOURNAL_DONE || letters->state != JOURNAL_NONE || !letters->restorable) {
        letters_impossible(answer, gettext("There is no copy to bring back here."));
        return;
    }
    if (!enter(letters, &alone, answer))
        return;
    if (!alone || look(letters, &absent, &error) != STORE_BLANK || !absent ||
        !letters_copy_back(letters, fresh, sizeof fresh) || link(fresh, letters->file) != 0) {
        refuse(letters, answer,
               gettext("The copy could not be brought back; nothing has changed."));
        return;
    }
    (void)unlink(fresh);
    files_sync_folder(letters->file);
    shut(letters, JOURNAL_UNSEEN);
    letters_open(letters, answer);
}

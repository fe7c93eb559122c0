/* The copy: letters.bak.db, the last state in which every letter could be read.
 *
 * It holds the sealed letters as they are, under the same lock.  It is made anew after unlocking
 * if the letters have changed since; never from letters of which one cannot be read, for that one
 * may be whole in it; and never over a copy of something else, which is set aside. */
#include "letters.h"

#include "lacrima/base/text.h"
#include "letter.h"

#include <inttypes.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM 16

bool letters_copy_open(struct letters *letters, struct store *copy, bool same)
{
    struct store_edition edition;
    struct store_edition ours;
    memset(copy, 0, sizeof *copy);
    if (files_look(letters->copy, NULL) != FILES_PLAIN)
        return false;
    if (store_open(copy, letters->copy, letters->params.vfs, NULL) == STORE_READY &&
        (!same || (store_edition(copy, &edition) == SQLITE_OK &&
                   store_edition(&letters->store, &ours) == SQLITE_OK &&
                   memcmp(edition.name, ours.name, sizeof ours.name) == 0)))
        return true;
    store_close(copy);
    return false;
}

/* A name in the folder for a file that is being made. */
static bool fresh_name(const struct letters *letters, char *fresh, size_t size)
{
    int length = snprintf(fresh, size, "%s/%s%016" PRIx64, letters->folder, LETTERS_FRESH,
                          (uint64_t)vault_id_new());
    return length > 0 && (size_t)length < size;
}

bool letters_copy_back(struct letters *letters, char *fresh, size_t size)
{
    struct store copy;
    if (!letters_copy_open(letters, &copy, false))
        return false;
    bool made =
        fresh_name(letters, fresh, size) && store_copy(&copy, fresh, letters->params.vfs, NULL);
    store_close(&copy);
    return made;
}

static bool still_in_copy(struct store *copy, int rc, struct error *error)
{
    struct error why;
    (void)store_say(copy, rc, &why);
    return error_set(error, gettext("%s; the letter is still in that copy"), why.text);
}

bool letters_copy_remove(struct letters *letters, int64_t row, struct error *error)
{
    struct store copy;
    bool found = false;
    if (!letters_copy_open(letters, &copy, true))
        return true;
    int rc = store_write_begin(&copy);
    if (rc == SQLITE_OK) {
        rc = store_letter_remove(&copy, row, &found);
        rc = store_write_end(&copy, rc);
    }
    bool removed = rc == SQLITE_OK || still_in_copy(&copy, rc, error);
    store_close(&copy);
    return removed;
}

bool letters_copy_relock(struct letters *letters, const struct vault_wrap *before,
                         const struct vault_wrap *after, struct error *error)
{
    struct store copy;
    struct vault_wrap wrap;
    if (!letters_copy_open(letters, &copy, true))
        return true;
    int rc = store_write_begin(&copy);
    if (rc == SQLITE_OK) {
        rc = store_lock_get(&copy, &wrap);
        /* A copy under another lock still is not ours to open; it is made anew in time. */
        if (rc == SQLITE_OK && memcmp(wrap.sum, before->sum, sizeof wrap.sum) == 0)
            rc = store_lock_put(&copy, after);
        rc = store_write_end(&copy, rc);
    }
    bool relocked = rc == SQLITE_OK || store_say(&copy, rc, error);
    store_close(&copy);
    return relocked;
}

enum copy_age {
    COPY_CURRENT,
    COPY_OLD,  /* of this database, and behind it: it may be replaced */
    COPY_OTHER /* not to be replaced: of another database, ahead of this one, or not readable */
};

static enum copy_age age(struct letters *letters)
{
    struct store copy;
    struct store_edition theirs = {.revision = 0};
    struct store_edition ours = {.revision = 0};
    struct vault_wrap wrap;
    memset(&wrap, 0, sizeof wrap);
    if (files_look(letters->copy, NULL) == FILES_ABSENT)
        return COPY_OLD;
    if (!letters_copy_open(letters, &copy, true))
        return COPY_OTHER;
    bool read = store_edition(&copy, &theirs) == SQLITE_OK &&
                store_edition(&letters->store, &ours) == SQLITE_OK &&
                store_lock_get(&copy, &wrap) == SQLITE_OK;
    store_close(&copy);
    if (!read || theirs.revision > ours.revision)
        return COPY_OTHER;
    bool same_lock = memcmp(wrap.sum, letters->wrap.sum, sizeof wrap.sum) == 0;
    return theirs.revision == ours.revision && same_lock ? COPY_CURRENT : COPY_OLD;
}

struct row {
    int64_t id;
    bool headless;
};

struct rows {
    struct row *items;
    size_t count, room;
};

static bool add_row(void *user, int64_t id, const unsigned char *head, size_t size)
{
    struct rows *rows = user;
    (void)head;
    if (rows->count == rows->room) {
        size_t room = rows->room > 0 ? 2 * rows->room : FIRST_ROOM;
        struct row *larger = realloc(rows->items, room * sizeof *larger);
        if (larger == NULL)
            return false;
        rows->items = larger;
        rows->room = room;
    }
    rows->items[rows->count++] = (struct row){.id = id, .headless = size == 0};
    return true;
}

/* Whether the letter can be read where it stands; gives it its head if it has none. */
static bool check_row(struct letters *letters, const struct row *row)
{
    struct letter_text text;
    unsigned char head[LETTER_HEAD_SEALED_BYTES];
    bool sound = letters_text(letters, row->id, &text, NULL) == JOURNAL_DONE && !text.from_copy;
    if (sound && row->headless) {
        struct letter_times times = {.created = text.created, .changed = text.changed};
        letter_head_seal(letters->key, row->id, &times, head);
        /* Where it cannot be written the body says the same. */
        (void)store_letter_head(&letters->store, row->id, head, sizeof head);
    }
    vault_free(text.plain);
    return sound;
}

/* Makes the copy anew; what stands in its place is set aside unless it is an old copy. */
static bool renew(struct letters *letters, bool set_aside, struct error *error)
{
    char fresh[FILES_PATH_BYTES];
    char aside[FILES_PATH_BYTES];
    if (!fresh_name(letters, fresh, sizeof fresh) ||
        !store_copy(&letters->store, fresh, letters->params.vfs, error))
        return false;
    bool placed = false;
    if (set_aside)
        placed = files_set_aside(letters->copy, COPY_END, letters_now(letters), fresh, aside,
                                 sizeof aside, error);
    else
        placed = rename(fresh, letters->copy) == 0 ||
                 error_set(error, gettext("%s: it cannot be written"), letters->copy);
    if (placed)
        files_sync_folder(letters->copy);
    else
        (void)unlink(fresh);
    return placed;
}

bool letters_tend(struct letters *letters, struct error *line)
{
    struct rows rows = {.items = NULL};
    struct error error = {.text = ""};
    bool sound = true;
    if (letters->state != JOURNAL_UNLOCKED)
        return false;
    enum copy_age copy = age(letters);
    if (copy == COPY_CURRENT)
        return false;
    if (store_letters(&letters->store, add_row, &rows) != SQLITE_OK) {
        free(rows.items);
        return false;
    }
    for (size_t i = 0; i < rows.count; i++)
        sound = check_row(letters, &rows.items[i]) && sound;
    free(rows.items);
    if (!sound) {
        (void)error_set(line, gettext("A letter is damaged; it was left where it is, and so was "
                                      "the copy of all letters."));
        return true;
    }
    if (renew(letters, copy == COPY_OTHER, &error))
        return false;
    (void)error_set(line, gettext("The copy of the letters could not be made anew (%s)."),
                    error.text);
    return true;
}

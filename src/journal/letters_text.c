/* Saving, listing, reading and removing. */
#include "letters.h"

#include "lacrima/base/text.h"
#include "letter.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 16

static struct known *find_known(struct letters *letters, int64_t id)
{
    for (size_t i = 0; i < letters->known_count; i++) {
        if (letters->known[i].id == id)
            return &letters->known[i];
    }
    return NULL;
}

/* The entry of a letter, a new one if need be; NULL for want of memory. */
static struct known *get_known(struct letters *letters, int64_t id)
{
    struct known *known = find_known(letters, id);
    if (known != NULL)
        return known;
    if (letters->known_count == letters->known_room) {
        size_t room = letters->known_room > 0 ? 2 * letters->known_room : FIRST_ROOM;
        struct known *larger = realloc(letters->known, room * sizeof *larger);
        if (larger == NULL)
            return NULL;
        letters->known = larger;
        letters->known_room = room;
    }
    known = &letters->known[letters->known_count++];
    memset(known, 0, sizeof *known);
    known->id = known->row = id;
    return known;
}

static int64_t row_of(struct letters *letters, int64_t id)
{
    const struct known *known = find_known(letters, id);
    return known != NULL ? known->row : id;
}

static bool unlocked(const struct letters *letters, struct journal_answer *answer)
{
    answer->result = JOURNAL_DONE;
    if (letters->state != JOURNAL_UNLOCKED)
        letters_impossible(answer, gettext("The letters are locked."));
    return letters->state == JOURNAL_UNLOCKED;
}

static void disk_said(struct letters *letters, int rc, struct journal_answer *answer)
{
    struct error error;
    (void)store_say(&letters->store, rc, &error);
    letters_impossible(answer, error.text);
}

static bool same_mark(const unsigned char *a, const unsigned char *b)
{
    return memcmp(a, b, VAULT_MARK_BYTES) == 0;
}

/* Where the text goes: to its own row, unless what stands there is not from here (another program
 * has written it since): that text is somebody's too, and ours becomes a letter of its own. */
static int choose_row(struct letters *letters, struct known *known, int64_t *row)
{
    unsigned char mark[VAULT_MARK_BYTES];
    bool found = false;
    *row = known->row;
    int rc = store_letter_mark(&letters->store, known->row, mark, &found);
    /* A commit that reported an error may have been one all the same. */
    if (rc == SQLITE_OK && found && same_mark(mark, known->tried))
        memcpy(known->mark, known->tried, VAULT_MARK_BYTES);
    if (rc == SQLITE_OK && found && !same_mark(mark, known->mark))
        *row = vault_id_new();
    return rc;
}

static int save_row(struct letters *letters, struct known *known, struct letter_times *times,
                    const char *text, size_t length)
{
    int64_t row = 0;
    unsigned char head[LETTER_HEAD_SEALED_BYTES];
    unsigned char *body = NULL;
    size_t size = 0;
    int rc = store_write_begin(&letters->store);
    if (rc != SQLITE_OK)
        return rc;
    rc = choose_row(letters, known, &row);
    if (rc == SQLITE_OK) {
        letter_head_seal(letters->key, row, times, head);
        letter_seal(letters->key, row, times, text, length, &body, &size);
        rc = body != NULL ? SQLITE_OK : SQLITE_NOMEM;
    }
    if (rc == SQLITE_OK) {
        rc = store_letter_put(&letters->store, row, head, sizeof head, body, size);
        memcpy(known->tried, body, VAULT_MARK_BYTES);
        known->row = row;
    }
    free(body);
    return store_write_end(&letters->store, rc);
}

bool letters_save(struct letters *letters, int64_t id, const char *text, size_t length,
                  struct error *error)
{
    if (letters->state != JOURNAL_UNLOCKED)
        return error_set(error, gettext("The letters are locked."));
    struct known *known = get_known(letters, id);
    if (known == NULL)
        return error_set(error, gettext("There is not enough memory."));
    int64_t now = letters_now(letters);
    struct letter_times times = {.created = known->created != 0 ? known->created : now,
                                 .changed = now};
    int rc = save_row(letters, known, &times, text, length);
    if (rc != SQLITE_OK)
        return store_say(&letters->store, rc, error);
    known->created = times.created;
    memcpy(known->mark, known->tried, VAULT_MARK_BYTES);
    return true;
}

/* Opens a body that was read from `store`; takes it over. */
static enum letter_opened open_row(struct letters *letters, struct store *store, int64_t row,
                                   struct letter_text *text, int *rc)
{
    unsigned char *body = NULL;
    size_t size = 0;
    struct letter_times times = {0};
    enum letter_opened opened = LETTER_DAMAGED;
    *rc = store_letter_get(store, row, &body, &size);
    if (*rc == SQLITE_OK && body != NULL) {
        opened = letter_open(letters->key, row, body, size, &times, &text->plain, &text->text,
                             &text->length);
        text->created = times.created;
        text->changed = times.changed;
        if (store == &letters->store && size >= VAULT_MARK_BYTES)
            memcpy(text->mark, body, VAULT_MARK_BYTES);
    } else if (*rc == SQLITE_OK) {
        *rc = SQLITE_NOTFOUND;
    }
    free(body);
    return opened;
}

enum journal_result letters_text(struct letters *letters, int64_t row, struct letter_text *text,
                                 struct error *error)
{
    int rc = SQLITE_OK;
    int copy_rc = SQLITE_OK;
    struct store copy;
    memset(text, 0, sizeof *text);
    enum letter_opened opened = open_row(letters, &letters->store, row, text, &rc);
    if (opened == LETTER_OPENED)
        return JOURNAL_DONE;
    if (rc == SQLITE_NOTFOUND)
        (void)error_set(error, gettext("This letter is not there any more."));
    else if (opened == LETTER_NO_MEMORY)
        (void)error_set(error, gettext("There is not enough memory."));
    else if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_CORRUPT)
        (void)store_say(&letters->store, rc, error);
    else {
        if (letters_copy_open(letters, &copy, true)) {
            text->from_copy = open_row(letters, &copy, row, text, &copy_rc) == LETTER_OPENED;
            store_close(&copy);
        }
        if (text->from_copy)
            return JOURNAL_DONE;
        (void)error_set(error, gettext("This letter is damaged and cannot be read; it was left "
                                       "where it is."));
        return JOURNAL_DAMAGED;
    }
    return JOURNAL_IMPOSSIBLE;
}

void letters_read(struct letters *letters, int64_t id, struct journal_answer *answer)
{
    struct letter_text text;
    struct error error = {.text = ""};
    if (!unlocked(letters, answer))
        return;
    answer->result = letters_text(letters, row_of(letters, id), &text, &error);
    struct known *known = answer->result == JOURNAL_DONE ? get_known(letters, id) : NULL;
    if (known == NULL) {
        vault_free(text.plain);
        if (answer->result == JOURNAL_DONE)
            letters_impossible(answer, gettext("There is not enough memory."));
        else
            (void)text_copy(answer->line, sizeof answer->line, error.text);
        return;
    }
    known->created = text.created;
    memcpy(known->mark, text.mark, VAULT_MARK_BYTES);
    memmove(text.plain, text.text, text.length + 1);
    answer->text = (char *)text.plain;
    answer->length = text.length;
    if (text.from_copy)
        (void)text_copy(answer->line, sizeof answer->line,
                        gettext("This letter is damaged; what is shown is an earlier copy of it."));
}

struct listing {
    struct letters *letters;
    struct journal_letter *items;
    size_t count, room;
};

static bool list_one(void *user, int64_t id, const unsigned char *head, size_t size)
{
    struct listing *listing = user;
    if (listing->count == listing->room) {
        size_t room = listing->room > 0 ? 2 * listing->room : FIRST_ROOM;
        struct journal_letter *larger = realloc(listing->items, room * sizeof *larger);
        if (larger == NULL)
            return false;
        listing->items = larger;
        listing->room = room;
    }
    struct letter_times times = {0};
    struct journal_letter *item = &listing->items[listing->count++];
    memset(item, 0, sizeof *item);
    item->id = id;
    item->readable = letter_head_open(listing->letters->key, id, head, size, &times);
    item->created = times.created;
    item->changed = times.changed;
    return true;
}

/* The newest first; equal times by id, so that the order is always the same. */
static int by_date(const void *one, const void *other)
{
    const struct journal_letter *a = one;
    const struct journal_letter *b = other;
    if (a->created != b->created)
        return a->created < b->created ? 1 : -1;
    return a->id < b->id ? 1 : a->id > b->id ? -1 : 0;
}

/* A letter without a sound head may still have a sound body. */
static void look_closer(struct letters *letters, struct journal_letter *item)
{
    struct letter_text text;
    if (letters_text(letters, item->id, &text, NULL) != JOURNAL_DONE)
        return;
    item->created = text.created;
    item->changed = text.changed;
    item->readable = true;
    vault_free(text.plain);
}

void letters_list(struct letters *letters, struct journal_answer *answer)
{
    struct listing listing = {.letters = letters};
    if (!unlocked(letters, answer))
        return;
    int rc = store_letters(&letters->store, list_one, &listing);
    if (rc != SQLITE_OK) {
        free(listing.items);
        disk_said(letters, rc, answer);
        return;
    }
    for (size_t i = 0; i < listing.count; i++) {
        if (!listing.items[i].readable)
            look_closer(letters, &listing.items[i]);
    }
    if (listing.count > 1)
        qsort(listing.items, listing.count, sizeof listing.items[0], by_date);
    answer->letters = listing.items;
    answer->count = listing.count;
}

void letters_remove(struct letters *letters, int64_t id, struct journal_answer *answer)
{
    struct error error;
    bool found = false;
    int64_t row = row_of(letters, id);
    if (!unlocked(letters, answer))
        return;
    int rc = store_write_begin(&letters->store);
    if (rc == SQLITE_OK) {
        rc = store_letter_remove(&letters->store, row, &found);
        rc = store_write_end(&letters->store, rc);
    }
    if (rc != SQLITE_OK) {
        disk_said(letters, rc, answer);
        return;
    }
    struct known *known = find_known(letters, id);
    if (known != NULL)
        *known = letters->known[--letters->known_count];
    if (!found && known == NULL)
        letters_impossible(answer, gettext("This letter is not there any more."));
    else if (!letters_copy_remove(letters, row, &error))
        (void)text_copy(answer->line, sizeof answer->line, error.text);
}

/* Each record is an edit, the bytes it removed, the bytes it inserted, and its own whole size once
 * more, so that the records can be walked from both ends. */
#include "history.h"

#include "lacrima/base/check.h"

#include <string.h>

#define TRAILER_BYTES sizeof(uint32_t)
#define FRAME_BYTES   (sizeof(struct edit) + TRAILER_BYTES)
/* One step of undo takes back no more typing than this, even without a blank in it. */
#define JOINED_MAX 256
/* When room is wanted, so much of it is made at once. */
#define ROOM_DIVISOR 16

size_t history_bytes(size_t text_max)
{
    return 2 * text_max + 4096;
}

static void forget_from(struct history *history, size_t at)
{
    memset(history->bytes + at, 0, history->used - at);
    history->used = at;
}

void history_clear(struct history *history)
{
    forget_from(history, 0);
    history->done = 0;
    history->open = false;
}

static struct edit edit_at(const struct history *history, size_t at)
{
    struct edit edit;
    memcpy(&edit, history->bytes + at, sizeof edit);
    return edit;
}

static size_t record_bytes(const struct edit *edit)
{
    return FRAME_BYTES + edit->removed + edit->inserted;
}

/* Where the record that ends at `end` begins. */
static size_t record_before(const struct history *history, size_t end)
{
    uint32_t size = 0;
    memcpy(&size, history->bytes + end - TRAILER_BYTES, sizeof size);
    return end - size;
}

static void write_frame(struct history *history, size_t at, const struct edit *edit)
{
    uint32_t size = (uint32_t)record_bytes(edit);
    memcpy(history->bytes + at, edit, sizeof *edit);
    memcpy(history->bytes + at + size - TRAILER_BYTES, &size, sizeof size);
}

/* Drops the oldest records, none from `keep` on, until `wanted` bytes are free. */
static void make_room(struct history *history, size_t wanted, size_t keep)
{
    if (history->size - history->used >= wanted)
        return;
    size_t cut = 0;
    size_t enough = wanted + history->size / ROOM_DIVISOR;
    while (cut < keep && history->size - history->used + cut < enough) {
        struct edit edit = edit_at(history, cut);
        cut += record_bytes(&edit);
    }
    check(history->size - history->used + cut >= wanted);
    memmove(history->bytes, history->bytes + cut, history->used - cut);
    history->done -= cut;
    forget_from(history, history->used - cut);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool joins(const struct history *history, size_t last_at, const struct edit *edit,
                  bool blank)
{
    struct edit last = edit_at(history, last_at);
    if (last.kind != edit->kind ||
        last.removed + last.inserted + edit->removed + edit->inserted > JOINED_MAX)
        return false;
    switch (edit->kind) {
    case EDIT_TYPED: {
        if (edit->removed > 0 || edit->at != last.at + last.inserted || last.inserted == 0)
            return false;
        /* A word begins: it is taken back by itself. */
        char before = history->bytes[last_at + sizeof last + last.removed + last.inserted - 1];
        return !is_blank(before) || blank;
    }
    case EDIT_ERASED_BACK:
        return edit->at + edit->removed == last.at;
    case EDIT_ERASED_AHEAD:
        return edit->at == last.at;
    case EDIT_ALONE:
        break;
    }
    return false;
}

/* The last record grows by this edit, of which one side only has bytes.  Returns where they go
 * that were inserted. */
static char *join(struct history *history, const struct edit *edit, const char *removed)
{
    size_t more = edit->removed + edit->inserted;
    make_room(history, more, record_before(history, history->done));
    size_t last_at = record_before(history, history->done);
    struct edit last = edit_at(history, last_at);
    char *bytes = history->bytes + last_at + sizeof last;
    char *place = bytes + last.removed + last.inserted;
    if (edit->kind == EDIT_ERASED_BACK) {
        memmove(bytes + more, bytes, last.removed);
        memcpy(bytes, removed, more);
        last.at = edit->at;
    } else if (edit->removed > 0) {
        memcpy(place, removed, more);
    }
    last.removed += edit->removed;
    last.inserted += edit->inserted;
    write_frame(history, last_at, &last);
    history->used += more;
    history->done = history->used;
    return place;
}

char *history_note(struct history *history, const struct edit *edit, const char *removed,
                   bool blank)
{
    forget_from(history, history->done);
    if (history->open && history->done > 0 &&
        joins(history, record_before(history, history->done), edit, blank))
        return join(history, edit, removed);
    make_room(history, record_bytes(edit), history->used);
    char *bytes = history->bytes + history->used + sizeof *edit;
    memcpy(bytes, removed, edit->removed);
    write_frame(history, history->used, edit);
    history->used += record_bytes(edit);
    history->done = history->used;
    history->open = edit->kind != EDIT_ALONE;
    return bytes + edit->removed;
}

void history_close(struct history *history)
{
    history->open = false;
}

static void show(const struct history *history, size_t at, struct edit *edit, const char **removed,
                 const char **inserted)
{
    *edit = edit_at(history, at);
    *removed = history->bytes + at + sizeof *edit;
    *inserted = *removed + edit->removed;
}

bool history_back(struct history *history, struct edit *edit, const char **removed,
                  const char **inserted)
{
    history->open = false;
    if (history->done == 0)
        return false;
    history->done = record_before(history, history->done);
    show(history, history->done, edit, removed, inserted);
    return true;
}

bool history_forward(struct history *history, struct edit *edit, const char **removed,
                     const char **inserted)
{
    history->open = false;
    if (history->done == history->used)
        return false;
    show(history, history->done, edit, removed, inserted);
    history->done += record_bytes(edit);
    return true;
}

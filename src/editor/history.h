/* History: what undo remembers, in the caller's memory.  The oldest goes when room is wanted. */
#ifndef LACRIMA_EDITOR_HISTORY_H
#define LACRIMA_EDITOR_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum edit_kind {
    EDIT_TYPED,       /* joins what was typed just before it */
    EDIT_ERASED_BACK, /* joins what was erased just behind it */
    EDIT_ERASED_AHEAD,
    EDIT_ALONE
};

/* At `at`, `removed` bytes became `inserted` bytes. */
struct edit {
    enum edit_kind kind;
    uint32_t at, removed, inserted;
    uint32_t cursor, anchor; /* before it */
};

struct history {
    char *bytes; /* the caller's; behind `used` all zero */
    size_t size;
    size_t used;
    size_t done; /* edits before here can be undone, from here on redone */
    bool open;   /* the last edit may still grow */
};

/* The room that lets a text of text_max bytes be replaced by another and taken back. */
size_t history_bytes(size_t text_max);

void history_clear(struct history *history);

/* Remembers an edit and forgets what could have been redone.  Returns where the caller writes
 * the edit->inserted bytes, before anything else.  blank: the first of them is one. */
char *history_note(struct history *history, const struct edit *edit, const char *removed,
                   bool blank);

/* What follows is an edit of its own. */
void history_close(struct history *history);

/* Steps back over the last edit, or forward over the next: fills it and points to the bytes it
 * removed and inserted, which stay where they are until the next change.  False: there is none. */
bool history_back(struct history *history, struct edit *edit, const char **removed,
                  const char **inserted);
bool history_forward(struct history *history, struct edit *edit, const char **removed,
                     const char **inserted);

#endif

/* Keymap: which key means which action.  One table; the keys overlay is drawn from it. */
#ifndef LACRIMA_CORE_KEYMAP_H
#define LACRIMA_CORE_KEYMAP_H

#include "lacrima/core/key.h"

#include <stddef.h>

enum action {
    ACTION_NONE,
    ACTION_TECHNIQUE_1, /* .. ACTION_TECHNIQUE_10 follow one another */
    ACTION_TECHNIQUE_10 = ACTION_TECHNIQUE_1 + 9,
    ACTION_SPACE,
    ACTION_LET_GO,
    ACTION_LEAVE,
    ACTION_PAUSE,
    ACTION_NEXT_STATE,
    ACTION_PREVIOUS_STATE,
    ACTION_UP,
    ACTION_DOWN,
    ACTION_NEXT_TECHNIQUE,
    ACTION_PREVIOUS_TECHNIQUE,
    ACTION_MUSIC,
    ACTION_NEXT_TRACK,
    ACTION_PREVIOUS_TRACK,
    ACTION_NOT_TODAY, /* what plays or is read now is left out until tomorrow */
    ACTION_TODAY,     /* all that was left out is back */
    ACTION_QUIETER,
    ACTION_LOUDER,
    ACTION_WORDS,
    ACTION_CUES,
    ACTION_NEXT_PALETTE,
    ACTION_PREVIOUS_PALETTE,
    ACTION_DIMMER,
    ACTION_BRIGHTER,
    ACTION_FIXATION,
    ACTION_GROUND,
    ACTION_PEOPLE,
    ACTION_ABOUT,
    ACTION_CURTAIN,
    ACTION_KEYS,
    ACTION_FULLSCREEN,
    ACTION_DISPLAY,
    ACTION_COPY,
    ACTION_OPEN,
    ACTION_ASIDE,
    ACTION_REMOVE,
    ACTION_QUIT
};

/* What the key means, or ACTION_NONE. */
enum action keymap_find(const struct key *key);

/* The same while text is taken: what types, or moves a cursor, is none of these keys; digits,
 * Enter and the letter G need Ctrl. */
enum action keymap_find_in_text(const struct key *key);

/* Whether holding the key down repeats the action (louder, quieter, dimmer, the choices). */
bool keymap_repeats(enum action action);

/* The rows of the keys overlay, in order: what the key is called, and what it does (a message
 * id). */
struct keymap_row {
    const char *key;
    const char *words;
};

const struct keymap_row *keymap_rows(size_t *count);

#endif

/* Effect: what the session wants done or logged, as a value.  The machine never calls sound,
 * disk or the window; the app plays, keeps and logs these in order.
 *
 * Strings point to tables or to the session's own settings and live as long as the session. */
#ifndef LACRIMA_CORE_EFFECT_H
#define LACRIMA_CORE_EFFECT_H

#include "lacrima/base/time.h"
#include "lacrima/core/cue.h"
#include "lacrima/core/letter.h"
#include "lacrima/core/person.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum effect_kind {
    EFFECT_STATE,      /* name: technique, state: its state, cause */
    EFFECT_SCREEN,     /* name */
    EFFECT_CUE,        /* cue, length_ns (0: its own) */
    EFFECT_CUES_STOP,  /* cues that still sound fade out */
    EFFECT_AMBIENCE,   /* ambience: it begins, or (none) what sounded ends */
    EFFECT_MUSIC,      /* music */
    EFFECT_SETTING,    /* name, and state (a word) or value (a number) */
    EFFECT_TITLE,      /* on: the window's own title; off: a neutral one */
    EFFECT_AWAKE,      /* on: keep the screen awake; off: let it sleep */
    EFFECT_SILENCE,    /* on: all sound away at once (curtain); off: back */
    EFFECT_FULLSCREEN, /* toggle */
    EFFECT_DISPLAY,    /* next display */
    EFFECT_CLIPBOARD,  /* name, state, on: the text that goes there (see below) */
    EFFECT_LINK,       /* link is opened by the desktop, the text as its body */
    EFFECT_READ,       /* read: EVENT_READ answers, at once or when it can */
    EFFECT_LETTER,     /* letter: EVENT_LETTER answers, at once or when it can */
    EFFECT_SHELF, /* name: "music" or "read"; on: what plays or is chosen there is left out today;
                     off: nothing of it is left out any more; "drop", off: what was put on the shelf
                     last is taken off again */
    EFFECT_QUIT
};

enum read_ask {
    READ_TELL,     /* what is chosen */
    READ_NEXT,     /* choose the next text, or photographs; then tell */
    READ_PREVIOUS, /* or the one before */
    READ_OPEN,     /* the chosen one, where it was left */
    READ_FORWARD,  /* the next page or photograph, */
    READ_BACK,     /* the one before; of a film, a little on and back */
    READ_PLAY,     /* the film goes on */
    READ_HOLD      /* or stands, after its sound has gone */
};

enum music {
    MUSIC_PLAY,
    MUSIC_PAUSE,
    MUSIC_STOP,
    MUSIC_NEXT,
    MUSIC_PREVIOUS,
    MUSIC_BED, /* sink to a low bed */
    MUSIC_RISE /* back up from it */
};

struct effect {
    enum effect_kind kind;
    time_ns at;
    const char *name, *state, *cause;
    int32_t value;
    enum cue cue;
    time_ns length_ns;
    enum music music;
    enum ambience ambience;
    enum read_ask read;
    enum letter_ask letter;
    bool on;
    /* A text: name is a message id (on: shown as it is), state what stands for its "%s". */
    const struct person_link *link;
};

/* One event or deadline never causes more than a handful; the bound is checked. */
#define EFFECTS_MAX 32

struct effects {
    size_t count;
    struct effect items[EFFECTS_MAX];
};

struct effect *effects_add(struct effects *effects, enum effect_kind kind, time_ns at);

#endif

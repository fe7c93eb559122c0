/* Spoken: what of a screen is to be heard by somebody whose eyes are closed, as a value.  The words
 * are those that stand on the field; what a person has written, and what they read, is not there
 * and so is never among them. */
#ifndef LACRIMA_CORE_SPOKEN_H
#define LACRIMA_CORE_SPOKEN_H

#include "lacrima/base/time.h"
#include "lacrima/core/scene.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum spoken_kind {
    SPOKEN_ANSWER, /* what a key has just changed, or a fault */
    SPOKEN_WORDS,
    SPOKEN_HINT /* what keys do here: said after the rest, and never by itself */
};

struct spoken_line {
    enum spoken_kind kind;
    bool literal;  /* text is said as it is; false: it is a message id to translate */
    bool key_last; /* the key is said after the text */
    bool digits;   /* numbers are said digit by digit: of the key, or where there is none, of all */
    char key[SCENE_KEY_BYTES];   /* a literal or a message id; may be empty */
    char text[SCENE_TEXT_BYTES]; /* as a scene's line has them */
    char arg[SCENE_ARG_BYTES];
};

/* Where one is.  Compared to know that somewhere else was come to. */
struct spoken_place {
    uint8_t screen, held, technique, phase;
    time_ns entered;
};

#define SPOKEN_LINES_MAX (SCENE_LINES_MAX + 4)

struct spoken {
    struct spoken_place place;
    bool brief; /* words of one moment, as "In": said each time */
    bool away;  /* one is on the way to somewhere else: what is being said is not stale yet */
    size_t count;
    struct spoken_line lines[SPOKEN_LINES_MAX];
};

enum spoken_news {
    SPOKEN_NOTHING, /* nothing is new */
    SPOKEN_SAY,     /* what is new, instead of what is still being said */
    SPOKEN_HUSH     /* nothing is to be said, and what is being said belongs to what has left */
};

/* What is new in `now` to whoever has heard `before` (count 0: nothing yet), in the order in which
 * it is to be said. */
enum spoken_news spoken_news(const struct spoken *before, const struct spoken *now,
                             struct spoken *news);

#endif

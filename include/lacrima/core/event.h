/* Event: what happens to a session, as a value with its time. */
#ifndef LACRIMA_CORE_EVENT_H
#define LACRIMA_CORE_EVENT_H

#include "lacrima/base/time.h"
#include "lacrima/core/key.h"
#include "lacrima/core/letter.h"

#include <stdbool.h>
#include <stdint.h>

#define EVENT_TEXT_BYTES 256

enum event_kind {
    EVENT_KEY_DOWN,      /* key */
    EVENT_KEY_UP,        /* key */
    EVENT_GAP,           /* gap_ns of the time before `at` were lost (suspend, a stopped process) */
    EVENT_MUSIC_STARTED, /* text: the track's title; about: a word of the person's, or ""; shelf */
    EVENT_MUSIC_ENDED,   /* the last track ended by itself */
    EVENT_LEVEL,         /* level: the music's smoothed loudness, 0..1 */
    EVENT_MOTION,        /* on: the desktop asks for reduced motion */
    EVENT_READ,          /* read, text, about, on, value: what `read` asked for (see below) */
    EVENT_LETTER,        /* letter, value: what `write` asked for (core/letter.h) */
    EVENT_RESIZED,       /* the field has another size: what stands on it stands elsewhere */
    EVENT_NOTICE,        /* text: one plain line to be shown for a while (something went wrong);
                            shelf: it says what was put on the shelf, and that K takes it off */
    EVENT_BROUGHT,       /* value (enum brought): what comes next there has just been brought in */
    EVENT_QUIT           /* the window is closed, or the system asks the program to end */
};

enum brought { BROUGHT_MUSIC, BROUGHT_READING };

enum read_kind { READ_KIND_TEXT, READ_KIND_PHOTOS, READ_KIND_FILM };

enum read_news {
    READ_CHOSEN, /* text: what it is called; about: what it is about, "" if nobody said; value: of
                    which kind it is (enum read_kind) */
    READ_PAGE,   /* value: how many words the page has that now stands there */
    READ_PHOTO,  /* value: which of the scene's pictures it is that can now be shown */
    READ_FILM,   /* value: which of the scene's pictures the film now stands in, on its first */
    READ_BEGIN,  /* nothing comes before */
    READ_END     /* nothing comes after */
};

struct event {
    enum event_kind kind;
    time_ns at;
    struct key key;
    time_ns gap_ns;
    double level;
    bool on;
    bool shelf; /* what began or was chosen stands on the person's shelf; of a notice see above */
    enum read_news read;
    enum letter_news letter;
    int32_t value;
    char text[EVENT_TEXT_BYTES];
    char about[EVENT_TEXT_BYTES];
};

#endif

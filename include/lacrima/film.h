/* Film: one film of the person's own, its picture as pixels and its sound by itself.
 *
 * Wraps libmpv, which is found when the first film is opened and not before, so that a start costs
 * nothing and a machine without it has all the rest.  Its software render API makes the picture on
 * a thread of its own, as large as the field needs it, decoded by the graphics card where it can;
 * no frame waits for it.  The film's sound goes to the desktop's sound server by libmpv.
 *
 * Nothing is written, no network is asked, and no setting of the person's own player is read. */
#ifndef LACRIMA_FILM_H
#define LACRIMA_FILM_H

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct film; /* owned by who opened it */

#define FILM_UNBOUNDED INT64_C(-1)

struct film_params {
    bool offline; /* no thread, no sound: film_poll itself decodes what belongs to its time */
    bool mute;
    int64_t from_ms, to_ms; /* where it begins and ends; FILM_UNBOUNDED: as the file does */
    int volume_percent;     /* 0..100, as loudness is heard */
    bool subtitles;
    void (*wake)(void *user); /* an answer waits; from any thread; may be NULL */
    void *wake_user;
};

struct film_picture {
    int width, height;
    const uint8_t *rgba; /* sRGB, opaque, rows from the top; lives until the next call */
};

enum film_news {
    FILM_NONE,
    FILM_PICTURE, /* the present picture is another one */
    FILM_END,     /* it stands on its last picture, silent; said once */
    FILM_TROUBLE  /* it cannot be shown, for the reason given; nothing more will come */
};

/* Whether this is the name of a film, by its ending. */
bool film_is_film(const char *name);

/* Opens a file, which will stand on its first picture; false with "path: why" if it is no file that
 * can be read.  What libmpv has to say comes later, by film_poll. */
bool film_open(struct film **film, const char *path, const struct film_params *params,
               struct error *error);

/* The file's name without its ending; lives with the film. */
const char *film_title(const struct film *film);

/* The largest picture that is wanted, px, 16 or more each; until it is told none is made. */
void film_room(struct film *film, int width_px, int height_px);

/* Goes on, its sound coming within a second; or stands still after a second in which the sound
 * goes.  Offline, `at` counts. */
void film_play(struct film *film, time_ns at);
void film_hold(struct film *film, time_ns at);

/* All sound away at once, and the picture stands; or as it was. */
void film_silence(struct film *film, bool on);

/* Back or on by so many seconds, to a place near there where decoding can begin. */
void film_skip(struct film *film, int seconds);

void film_volume(struct film *film, int percent);
void film_subtitles(struct film *film, bool on);

/* Where it is, ms from the file's begin: before its first picture where it will begin, after its
 * end 0. */
int64_t film_place_ms(struct film *film);

/* What is new, by now. */
enum film_news film_poll(struct film *film, time_ns now, struct film_picture *picture,
                         struct error *error);

/* The present picture is to be given again. */
void film_again(struct film *film);

/* It ends, without anybody waiting for that; true once it has.  Nothing else is asked of it then
 * but to be closed. */
bool film_leave(struct film *film);

/* Ends it if it has not, and waits for that: a tenth of a second.  Accepts NULL; nulls the handle.
 */
void film_close(struct film **film);

#endif

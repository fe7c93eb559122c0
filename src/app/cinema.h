/* Cinema: the chosen film, in one of the renderer's pictures. */
#ifndef LACRIMA_APP_CINEMA_H
#define LACRIMA_APP_CINEMA_H

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"
#include "lacrima/core/settings.h"
#include "lacrima/film.h"
#include "lacrima/render.h"

#include <stdbool.h>
#include <stdint.h>

/* Which of the scene's pictures it stands in. */
#define CINEMA_PICTURE 0

struct cinema {
    struct render *render;
    const struct settings *settings;
    float text_scale;
    bool offline, mute;
    void (*wake)(void *user);
    void *wake_user;
    struct film *film;    /* the chosen one, or NULL */
    struct film *parting; /* ends by itself */
    bool shows;           /* its pictures are wanted */
    bool plays;
    bool stands; /* its first picture has been told of */
    bool ended;
    uint64_t version; /* another one is another picture */
};

enum cinema_news { CINEMA_NONE, CINEMA_BEGINS, CINEMA_MOVES, CINEMA_ENDS, CINEMA_TROUBLE };

/* Opens it at a place (ms), to be shown to another (FILM_UNBOUNDED: to its end); false with the
 * reason. What was open before leaves. */
bool cinema_open(struct cinema *cinema, const char *path, int64_t place_ms, int64_t to_ms,
                 struct error *error);

/* Its pictures are wanted, from the one it stands on: CINEMA_BEGINS answers. */
void cinema_show(struct cinema *cinema);
void cinema_play(struct cinema *cinema, bool on, time_ns at);
void cinema_skip(struct cinema *cinema, bool back);

/* The volume or the words have changed; all sound away at once, or back. */
void cinema_settings(struct cinema *cinema);
void cinema_silence(struct cinema *cinema, bool on);
void cinema_resize(struct cinema *cinema);

/* Its present picture is wanted once more. */
void cinema_restore(struct cinema *cinema);

/* What is new; TROUBLE: it cannot be shown, for the reason given. */
enum cinema_news cinema_poll(struct cinema *cinema, time_ns now, struct error *error);

/* Where to begin the next time, ms. */
int64_t cinema_place(struct cinema *cinema);

/* The film leaves, and nobody waits for it, unless the one before it is still on its way out. */
void cinema_leave(struct cinema *cinema);
void cinema_finish(struct cinema *cinema);

#endif

/* Player: a libmpv that plays one file into memory.  One thread calls all of these. */
#ifndef LACRIMA_FILM_PLAYER_H
#define LACRIMA_FILM_PLAYER_H

#include "lacrima/base/error.h"
#include "lacrima/film.h"

#include <stdbool.h>
#include <stdint.h>

/* A picture's width is a multiple of this: rows that libmpv makes fastest. */
#define PLAYER_STEP_PX    16
#define PLAYER_SIDE_MAX   8192
#define PLAYER_FADE_NS    SECONDS(1)
#define PLAYER_RAMP_STEPS 50 /* of a fade of its sound */

struct player; /* owned by who opened it */

struct player_params {
    const char *path;
    bool offline, mute;
    int64_t from_ms, to_ms;   /* or FILM_UNBOUNDED */
    void (*kick)(void *user); /* something has happened; from any thread */
    bool (*draw)(void *user); /* offline: the present picture is to be drawn; true: it is */
    void *user;
};

/* What the person wants now. */
struct wants {
    bool play, silent, subtitles;
    int volume_percent;
    int width, height; /* the room; 0: none is known */
    int skip_s;        /* by how much, once */
};

/* What has happened since the last look. */
struct seen {
    bool picture; /* another one is to be drawn */
    bool stands;  /* there is one, that can be drawn once more */
    bool ended;
    bool failed; /* for the error's reason */
};

bool player_open(struct player **player, const struct player_params *params, struct error *error);

/* Makes libmpv do what is wanted.  Returns how long until it must be called again, or TIME_NEVER.
 */
time_ns player_follow(struct player *player, const struct wants *wants);

/* Hears what libmpv has to say. */
struct seen player_look(struct player *player, struct error *error);

/* The size of a picture that fits the room; false while the film's own is not known. */
bool player_size(struct player *player, const struct wants *wants, int *width, int *height);

/* Draws the present picture. */
bool player_draw(struct player *player, uint8_t *rgba, int width, int height);

int64_t player_place_ms(const struct player *player);

/* Offline: goes on to this place, each picture until there being drawn.  False: it failed. */
bool player_step_to(struct player *player, int64_t place_ms, struct error *error);
bool player_ended(const struct player *player);

/* Offline: has the picture of the present place drawn once more. */
bool player_draw_again(struct player *player, struct error *error);

/* Accepts NULL. */
void player_close(struct player *player);

#endif

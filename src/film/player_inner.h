/* What the player's two halves share: playing by itself, and being led step by step. */
#ifndef LACRIMA_FILM_PLAYER_INNER_H
#define LACRIMA_FILM_PLAYER_INNER_H

#include "mpv.h"
#include "player.h"

#ifdef LACRIMA_HAS_MPV

struct player {
    const struct mpv_functions *mpv;
    mpv_handle *handle;
    mpv_render_context *render;
    bool offline;
    int64_t from_ms, to_ms;
    bool loaded, ended, drawn;
    bool stands; /* there is a picture */
    bool video_lost;
    double place_s;
    int64_t width, height; /* as it is to be seen, px; 0: not known yet */
    /* What libmpv was told last. */
    bool plays, silent, subtitles;
    double volume;
    /* The sound's fade. */
    double gain, gain_from, gain_to;
    time_ns since; /* TIME_NEVER: none */
    /* Offline. */
    bool (*draw)(void *user);
    void *user;
    bool begun;    /* its first picture is there, or the first after a leap */
    bool answered; /* what was asked last */
    bool over;     /* nothing comes after the picture of this place, */
    double next_s; /* else libmpv has gone on to the one of that place */
};

time_ns player_clock(void);

/* Takes the picture that libmpv holds out, if there is one, undrawn: it goes on once it is taken,
 * or after a fifth of a second.  It can be drawn later just as well. */
void player_pass(struct player *player);

#endif

#endif

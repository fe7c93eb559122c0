/* Level: turns the loudness of music into a slow 0..1 for the glow.
 *
 * It never turns around twice within a second, whatever the music does, and does not depend on
 * how often it is asked: it moves in fixed steps of the caller's clock. */
#ifndef LACRIMA_AUDIO_LEVEL_H
#define LACRIMA_AUDIO_LEVEL_H

#include "lacrima/base/time.h"

struct loudness {
    double rms;   /* of the music as it is in its file */
    double heard; /* 0..1, how much of it is let through */
};

struct level {
    time_ns tick;     /* when the last step was made; 0 before the first */
    double smooth;    /* rms after the first smoothing */
    double reference; /* rms of the track's loud passages */
    double previous, value;
    int direction;
    time_ns turned;
};

void level_init(struct level *level);

/* Steps up to now and returns the level; loudness_at is asked for each step's time. */
double level_at(struct level *level, time_ns now,
                struct loudness (*loudness_at)(void *user, time_ns at), void *user);

#endif

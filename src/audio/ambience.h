/* Ambience: one sound that goes on until it is ended, coming and going slowly. */
#ifndef LACRIMA_AUDIO_AMBIENCE_H
#define LACRIMA_AUDIO_AMBIENCE_H

#include "engine.h"

#include <stdbool.h>

#define AMBIENCE_FADE_IN_MS  1500
#define AMBIENCE_FADE_OUT_MS 1200

struct ambience_player {
    struct engine *engine;
    enum ambience wanted;
    enum ambience sounding; /* what the engine was given */
};

void ambience_init(struct ambience_player *player, struct engine *engine);

void ambience_want(struct ambience_player *player, enum ambience ambience);

/* Whether something is to be heard. */
bool ambience_sounds(const struct ambience_player *player);

/* To be called often: begins and ends, while the mixer is open (runs). */
void ambience_advance(struct ambience_player *player, bool runs);

/* The mixer is about to close: nothing sounds any more, and begins anew in the next one. */
void ambience_device_gone(struct ambience_player *player);

#endif

/* Ambience: one sound that goes on until it is ended.
 *
 * It is textures like a swell's, but long ones, and two whose lengths have no common measure, so
 * that what is heard does not come again within any state.  Reading them takes a while; it happens
 * on a thread, when they are first wanted. */
#ifndef LACRIMA_AUDIO_AMBIENCE_H
#define LACRIMA_AUDIO_AMBIENCE_H

#include "engine.h"

#include "lacrima/base/error.h"

#include <SDL.h>
#include <stdbool.h>

#define AMBIENCE_FADE_IN_S   1.5
#define AMBIENCE_FADE_OUT_MS 1200

enum ambience_reading { AMBIENCE_UNREAD, AMBIENCE_READING, AMBIENCE_READ, AMBIENCE_UNREADABLE };

struct ambience_player {
    struct engine *engine;
    void (*wake)(void *user); /* called on the reading thread when it is done */
    void *wake_user;
    enum ambience wanted;
    enum ambience sounding; /* what the engine was given */
    enum ambience_reading reading;
    enum ambience read; /* which one is in memory, or being read */
    struct sound sound[ENGINE_LAYERS];
    SDL_Thread *thread;
    _Atomic bool cancelled, done;
    char dir[4096];
    struct error error; /* the thread's, until it is done */
    bool failed;
};

void ambience_init(struct ambience_player *player, struct engine *engine, void (*wake)(void *),
                   void *wake_user);

void ambience_want(struct ambience_player *player, enum ambience ambience);

/* Whether something is to be heard, now or as soon as it is read. */
bool ambience_sounds(const struct ambience_player *player);

/* To be called often: reads, begins and ends, while the device runs.  False, once, with
 * the line to be said, if a file could not be read. */
bool ambience_advance(struct ambience_player *player, const char *dir, bool runs,
                      struct error *error);

/* The device is about to close: reading stops at once, and nothing sounds any more. */
void ambience_device_gone(struct ambience_player *player);

/* What is in memory is much: once it has faded away it is given back. */
void ambience_rest(struct ambience_player *player);

void ambience_free(struct ambience_player *player);

#endif

/* Device: opens and closes SDL_mixer on the sound device, or on SDL's silent one when there is
 * none, so that music keeps its time.  Opening and closing can take long (a sound server that
 * does not answer), so a thread of its own does both; the caller never waits.
 *
 * Soon after nothing sounds any more the device is closed: while it is open SDL's thread wakes for
 * every buffer, paused or not.  What is known to sound at a later time is awaited: the device is
 * open by then. */
#ifndef LACRIMA_AUDIO_DEVICE_H
#define LACRIMA_AUDIO_DEVICE_H

#include "engine.h"

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"

#include <SDL.h>
#include <stdbool.h>

#define DEVICE_FRAMES 1024 /* of one buffer: 21 ms */

enum device_state { DEVICE_CLOSED, DEVICE_OPENING, DEVICE_OPEN, DEVICE_CLOSING };

enum device_news {
    DEVICE_SAME,
    DEVICE_OPENED, /* a device, as hoped */
    DEVICE_SILENT, /* none could be opened; SDL's silent one was: `error` says why */
    DEVICE_LOST    /* it is gone; close it and open again */
};

struct device {
    struct engine *engine;
    void (*wake)(void *user);
    void *wake_user;

    enum device_state state;
    bool real;    /* sound can be heard; not the silent one */
    bool muted;   /* never open anything but the silent one */
    bool stays;   /* not to be closed when idle */
    bool reopen;  /* open again once closed */
    bool no_real; /* the next opening takes the silent one: a real one has just failed */
    bool unheard; /* after device_finish: nothing real was opened, and no news told it */
    SDL_AudioDeviceID id;
    time_ns last_sound, opened_at, retry_at, retry_after;

    SDL_Thread *thread;
    _Atomic bool deaf; /* nobody is to be woken any more */
    _Atomic bool done; /* by the thread: everything below may be read */
    bool opened;
    struct error error;
};

void device_init(struct device *device, struct engine *engine, bool muted);

/* A sound is wanted at `at`, now or soon: opens the device, and keeps it open until then. */
void device_sound(struct device *device, time_ns at, time_ns now);

/* To be called often; sounding: something is to be heard, or stands ready to be. */
enum device_news device_poll(struct device *device, bool sounding, time_ns now);

/* Is it time to look whether a device has come back?  Then device_close(device, true). */
bool device_retries(const struct device *device, time_ns now);

/* Has it been idle so long that it should be closed? */
bool device_idle(const struct device *device, time_ns now);

/* Begins to close; nothing may be playing through SDL_mixer. */
void device_close(struct device *device, bool reopen, time_ns now);

bool device_runs(const struct device *device); /* open: its thread mixes */
time_ns device_deadline(const struct device *device);

/* Closes for good.  False if a thread still waits for the sound server: then everything that was
 * handed to device_init must stay. */
bool device_finish(struct device *device);

/* SDL_mixer on SDL's silent device, for decoding only, whatever SDL_AUDIODRIVER says. */
bool device_offline_open(int rate, struct error *error);
void device_offline_close(void);

#endif

/* Bank: the sounds of the cues, each decoded when it is first wanted, on a thread of its own, and
 * given back when it has not been wanted for a while.  Decoded, all of them are fourteen megabytes;
 * a breath needs less than half of that, and a bell every five minutes nearly nothing.
 *
 * A voice can be begun before its sound has been read: it waits for it (`awaited`). */
#ifndef LACRIMA_AUDIO_BANK_H
#define LACRIMA_AUDIO_BANK_H

#include "engine.h"

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"

#include <SDL.h>

#define BANK_KEEP_NS SECONDS(25) /* longer than the longest breath */

enum bank_state { BANK_UNREAD, BANK_WANTED, BANK_READ, BANK_UNREADABLE };

struct bank_sound {
    struct sound sound;
    _Atomic int state;  /* enum bank_state; WANTED: the reading thread may be at it */
    struct error error; /* why it is UNREADABLE; written before the state says so */
    bool said;
    time_ns wanted_at;
};

struct cue_bank {
    struct bank_sound sounds[CUE_COUNT][ENGINE_LAYERS];
    const char *dir; /* borrowed */
    bool dir_missing;
    void (*wake)(void *user); /* called on the reading thread when it is done */
    void *wake_user;
    SDL_Thread *thread;
    _Atomic bool cancelled, done;
};

void bank_init(struct cue_bank *bank, const char *dir, void (*wake)(void *), void *wake_user);

/* The cue will sound at this time, or does: it is read unless it has been. */
void bank_want(struct cue_bank *bank, enum cue cue, time_ns at);

/* To be called often: goes on reading, and gives back what has not been wanted for a while and is
 * not being heard.  False, once for each, with the line to be said, if a file cannot be read. */
bool bank_advance(struct cue_bank *bank, const struct engine *engine, time_ns now,
                  struct error *error);

/* Whether something that is wanted has not been read yet. */
bool bank_reads(const struct cue_bank *bank);

/* When something will be given back if nothing else is wanted; TIME_NEVER: nothing is held. */
time_ns bank_deadline(const struct cue_bank *bank);

/* Nothing may be mixing any more. */
void bank_finish(struct cue_bank *bank);

#endif

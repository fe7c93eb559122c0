/* Cues: the sounds of the bank, read from their files, and how each is shaped to a length.
 *
 * A swell is two textures, a dark and a bright one, without beginning or end; its curve (loudness,
 * how bright, how fast) is laid over them while they play, so that every length is exact and
 * nothing has to be worked out at a boundary. */
#ifndef LACRIMA_AUDIO_CUES_H
#define LACRIMA_AUDIO_CUES_H

#include "engine.h"

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"

#include <SDL.h>

#define CUE_SOUNDS_MAX (CUE_COUNT * ENGINE_LAYERS)

struct cue_bank {
    struct sound sound[CUE_COUNT][ENGINE_LAYERS];
    /* What went wrong while loading, one line a file; said later on the caller's thread. */
    struct error fault[CUE_SOUNDS_MAX];
    size_t faults;
    bool loaded;
};

/* Reads every file from dir through SDL_mixer, which must be open at ENGINE_RATE in stereo float.
 * Stops early, with what it has, when *cancelled becomes true. */
void cues_load(struct cue_bank *bank, const char *dir, const _Atomic bool *cancelled);
void cues_free(struct cue_bank *bank);

/* One file, read from source, which it closes (NULL: it could not be opened); path is for what is
 * said.  A texture's seam is folded. */
bool cues_load_sound(struct sound *sound, SDL_RWops *source, const char *path, bool texture,
                     struct error *error);

void cues_plan(const struct cue_bank *bank, enum cue cue, time_ns length_ns,
               struct voice_plan *plan);

#endif

/* Pcm: a short sound file decoded whole, through libsndfile: no device has to be open for it, so
 * that it can be read on any thread and at any time. */
#ifndef LACRIMA_AUDIO_PCM_H
#define LACRIMA_AUDIO_PCM_H

#include "engine.h"

#include "lacrima/base/error.h"

/* Reads the file at path, stereo at ENGINE_RATE, into samples that the caller frees.  texture: its
 * seam is folded.  False, with a line that names the file, if it cannot be read or *cancelled
 * (NULL: never) becomes true. */
bool pcm_read(struct sound *sound, const char *path, bool texture, const _Atomic bool *cancelled,
              struct error *error);

#endif

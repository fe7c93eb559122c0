/* Cues: which sound each cue is, and how long. */
#ifndef LACRIMA_AUDIO_CUES_H
#define LACRIMA_AUDIO_CUES_H

#include "engine.h"

#include "lacrima/base/time.h"

/* length_ns 0: the cue's own; of a breath, or longer than one can be: as long as it turns out. */
void cues_plan(enum cue cue, time_ns length_ns, struct voice_plan *plan);

const struct texture_recipe *cues_texture(enum ambience ambience);

#endif

/* Cues: which files each cue is made of, and how it is shaped to a length.
 *
 * A swell is two textures, a dark and a bright one, without beginning or end; its curve (loudness,
 * how bright, how fast) is laid over them while they play, so that every length is exact and
 * nothing has to be worked out at a boundary. */
#ifndef LACRIMA_AUDIO_CUES_H
#define LACRIMA_AUDIO_CUES_H

#include "bank.h"
#include "engine.h"

#include "lacrima/base/time.h"

/* Whose files the cue plays: its own, or another's. */
enum cue cues_source(enum cue cue);

/* The name of a layer's file; NULL: the cue has no such layer of its own. */
const char *cues_file(enum cue cue, size_t layer);

/* Whether its files have no beginning or end. */
bool cues_is_texture(enum cue cue);

void cues_plan(const struct cue_bank *bank, enum cue cue, time_ns length_ns,
               struct voice_plan *plan);

#endif

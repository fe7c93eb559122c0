/* Handover: from one track to the next.  What comes next is opened well ahead on the deck behind;
 * the engine crosses over to it on its sample.  Only two tracks that both need SDL_mixer cannot
 * sound at once: then one fades out and the other in. */
#ifndef LACRIMA_AUDIO_HANDOVER_H
#define LACRIMA_AUDIO_HANDOVER_H

#include "music.h"

struct deck *music_front(struct music *music);
struct deck *music_back(struct music *music);

/* Opens the queue's goal on this deck. */
void handover_open(struct music *music, struct deck *deck);

/* Whether tracks cross over, or follow without a gap; otherwise each fades by itself. */
bool handover_crosses(const struct music *music);

/* Looks after the deck behind, while the one in front plays; true if something changed. */
bool handover_advance(struct music *music, time_ns now, bool ready);

/* What was to come is let go; if it has just begun, it is in front instead. */
void handover_forget(struct music *music, time_ns now);

/* The deck in front is empty: what stood ready behind it takes its place; false if nothing did. */
bool handover_adopt(struct music *music);

/* The deck behind, in so far as it leaves: no more of it. */
void handover_drop(struct music *music);

/* The same, softly and soon. */
void handover_hurry(struct music *music, time_ns length, time_ns now);

/* Whether what is asked for stands ready, but can only begin when the one in front has ended. */
bool handover_needs_gap(struct music *music);

/* Tells where the track in front is left. */
void handover_keep_place(struct music *music, time_ns now);
void handover_forget_place(struct music *music);

/* When it is to look again; TIME_NEVER: not by the clock. */
time_ns handover_due(const struct music *music, time_ns now);

#endif

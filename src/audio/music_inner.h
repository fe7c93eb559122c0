/* What the parts of the music's state machine share. */
#ifndef LACRIMA_AUDIO_MUSIC_INNER_H
#define LACRIMA_AUDIO_MUSIC_INNER_H

#include "music.h"

/* The current track begins to sound; the last has ended. */
void music_tell_started(struct music *music, time_ns at);
void music_tell_ended(struct music *music, time_ns at);

/* The next track to start is a new one, to be played from its beginning. */
void music_start_afresh(struct music *music);

/* The one in front, and what still leaves behind it, fade out. */
void music_begin_fade(struct music *music, enum music_next next, time_ns now);

/* Both decks; where the one in front was is told. */
void music_unload(struct music *music, time_ns now);

#endif

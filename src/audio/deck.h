/* Deck: plays one track.  Live, SDL_mixer plays it and the engine sets its gain; a fade is over
 * when the engine says so.  Offline (engine == NULL) there is neither: places, fades and ends
 * follow from the times passed in, and the loudness from the file's envelope. */
#ifndef LACRIMA_AUDIO_DECK_H
#define LACRIMA_AUDIO_DECK_H

#include "engine.h"
#include "level.h"
#include "track.h"

#define DECK_FADE_NS    MILLISECONDS(1050) /* into and out of every track; the promise is 1 s */
#define DECK_BED_NS     SECONDS(3)
#define DECK_BED_GAIN   0.22
#define DECK_CURTAIN_NS MILLISECONDS(100)
#define DECK_RETURN_NS  MILLISECONDS(400)

struct glide {
    double from, to;
    time_ns start, end;
};

struct deck {
    struct engine *engine;
    int rate; /* offline: what SDL_mixer is open at */
    struct track track;
    struct envelope envelope; /* offline */
    bool loaded, running;
    double place_s; /* live: where it was begun; offline: where it was when it last began to run */
    time_ns since;  /* offline: when that was */
    double begin_s, end_s;        /* the part of it that is played; end <= 0: unknown */
    bool cut;                     /* it ends before the track does, */
    time_ns cut_fade;             /* with this fade */
    struct glide fade, bed, gate; /* offline: as in the engine */
};

void deck_init(struct deck *deck, struct engine *engine, int rate);

/* SDL_mixer must be open; the error is without the path. */
bool deck_load(struct deck *deck, const char *path, struct error *error);

/* Stops at once and lets the track go; without a click only when it is faded out. */
void deck_unload(struct deck *deck);

/* Of what is loaded only this part is played (<= 0: from its beginning, to its end).  Where it ends
 * before the track does, its last fade takes this long and is over there.  False if there is
 * nothing of it in the track. */
bool deck_play_part(struct deck *deck, double from_s, double to_s, time_ns fade,
                    struct error *error);

/* Plays from the place, fading in for this long; false if SDL_mixer refuses. */
bool deck_begin(struct deck *deck, double place_s, time_ns fade, time_ns now, struct error *error);
void deck_hold(struct deck *deck, time_ns now); /* stands still; only when faded or gated */
void deck_run(struct deck *deck, time_ns now);  /* goes on */

void deck_fade(struct deck *deck, bool in, time_ns length, time_ns now);
void deck_bed(struct deck *deck, bool bed, time_ns now);
void deck_gate(struct deck *deck, bool closed, time_ns now);
bool deck_faded(const struct deck *deck, time_ns now);
bool deck_gated(const struct deck *deck, time_ns now);

double deck_place_s(const struct deck *deck, time_ns now);
bool deck_ended(const struct deck *deck, time_ns now);

/* When the track will have come to this place if nothing happens; TIME_NEVER if it stands. */
time_ns deck_time_of(const struct deck *deck, double place_s, time_ns now);

struct loudness deck_loudness(const struct deck *deck, time_ns at);

#endif

/* Deck: plays one track; there are two, so that one can cross over to the other.  Live, a thread
 * decodes it ahead (what only SDL_mixer plays, SDL_mixer plays) and the engine sets its gain; a
 * fade is over when the engine says so.  Offline (engine == NULL) there is neither: places, fades
 * and ends follow from the times passed in, and the loudness from the file's envelope. */
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
    enum ramp_curve curve;
};

enum deck_state { DECK_EMPTY, DECK_OPENING, DECK_LOADED };

struct deck_params {
    struct engine *engine;    /* NULL: offline */
    size_t lane;              /* of the engine's */
    int rate;                 /* offline: what SDL_mixer is open at */
    bool gapless;             /* how loud a track is, is said by its record */
    void (*wake)(void *user); /* when an opening track has been opened; may be NULL */
    void *wake_user;
};

struct deck {
    struct deck_params params;
    enum deck_state state;
    bool running;
    struct stream *stream; /* live, but for what SDL_mixer plays */
    uint64_t asked_ms;     /* when it was to be opened */
    char *path;
    struct track track;
    struct envelope envelope; /* offline */
    struct decoder_order order;
    double gain;    /* of its tags, */
    bool tagged;    /* if it has any */
    double place_s; /* live: where it was begun; offline: where it was when it last began to run */
    time_ns since;  /* offline: when that was */
    double begin_s, end_s;        /* the part of it that is played; end <= 0: unknown */
    bool cut;                     /* it ends before the track does, */
    time_ns cut_fade;             /* with this fade */
    struct glide fade, bed, gate; /* offline: as in the engine */
};

void deck_init(struct deck *deck, const struct deck_params *params);

/* Opens a track, or that part of it that the order says; where that ends before the track does, its
 * last fade takes so long and is over there. */
void deck_open(struct deck *deck, const char *path, const struct decoder_order *order,
               time_ns fade_out);

enum deck_answer { DECK_WAITS, DECK_READY, DECK_FAILED };

/* Whether it has been opened; the error is without the path, and the deck empty again then.  mixer:
 * SDL_mixer may be used; what needs it waits for it. */
enum deck_answer deck_opened(struct deck *deck, bool mixer, struct error *error);

/* Whether only one deck can play it at a time. */
bool deck_is_mixed(const struct deck *deck);

/* Stops at once and lets the track go; without a click only when it is faded out. */
void deck_unload(struct deck *deck);

/* Plays from its place, fading in for this long; false if SDL_mixer refuses. */
bool deck_begin(struct deck *deck, time_ns fade, time_ns now, struct error *error);

/* The other deck, which plays, hands over to this one, which stands ready, where it comes to this
 * place (< 0: at once), letting down over `out`, the other coming in over `in`.  gapless: at its
 * very end.  Offline it must be due. */
struct deck_cross {
    double place_s;
    bool gapless;
    time_ns out, in;
};
void deck_cross(struct deck *deck, struct deck *from, const struct deck_cross *cross, time_ns now);
bool deck_crossed(struct deck *deck); /* it has begun */
bool deck_uncross(struct deck *deck); /* false: it had */

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

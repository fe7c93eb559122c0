/* Engine: what runs on the device's thread.  It mixes the music of its two lanes, adds the cues,
 * and sets the gain of the whole.
 *
 * Every gain moves along a curve, sample by sample, so nothing here can click; SDL_mixer's own
 * fades move once per buffer and some of them block, so none of them is used.
 *
 * One thread orders (all functions but engine_mix and engine_music_over); one thread mixes.  They
 * meet in atomics: an order is one 64-bit word, a voice is handed over by its state; and, where a
 * track begins, crosses and ends, in a mutex that is held for as long as mixing its buffer takes.
 */
#ifndef LACRIMA_AUDIO_ENGINE_H
#define LACRIMA_AUDIO_ENGINE_H

#include "breath.h"
#include "lane.h"
#include "struck.h"
#include "texture.h"

#include "lacrima/core/cue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENGINE_RATE     LANE_RATE
#define ENGINE_CHANNELS LANE_CHANNELS
#define ENGINE_LANES    2
#define ENGINE_VOICES   16

/* What makes the samples of a voice while it sounds. */
enum instrument_kind { INSTRUMENT_BREATH, INSTRUMENT_STRUCK, INSTRUMENT_TEXTURE };

struct voice_plan {
    enum cue cue;
    enum instrument_kind kind;
    const void *recipe; /* of that kind */
    double length_s;    /* how long it sounds; the instrument has died away by then */
    double usual_s;     /* of a breath: 0, or it is not known how long it will be */
    uint32_t comes_ms;  /* faded in over this, beside its own attack */
    /* It belongs to a stretch of time (a breath): begun late it still ends with that, and when
     * the next stretch begins it ends too. */
    bool follows;
};

enum engine_gain {
    GAIN_GATE,        /* the curtain */
    GAIN_VOLUME,      /* what the person chose */
    GAIN_MUSIC,       /* starting and stopping of music, in the first lane */
    GAIN_MUSIC_OTHER, /* and in the second */
    GAIN_BED,         /* music under silence */
    GAIN_COUNT
};

/* What has a loudness of its own beside the whole's. */
enum engine_part { PART_MUSIC, PART_CUES, PART_WATER, PART_COUNT };

enum voice_state { VOICE_FREE, VOICE_READY, VOICE_PLAYING };

struct voice {
    _Atomic int state;     /* enum voice_state */
    _Atomic uint32_t stop; /* frames to fade out in; 0: go on */
    struct voice_plan plan;
    uint64_t asked_ms;
    uint32_t seed;
    float part; /* of full loudness */
    /* The mixing thread's own. */
    uint64_t frame, frames;
    struct ramp fade;
    union {
        struct breath breath;
        struct struck struck;
        struct texture texture;
    } instrument;
};

struct engine {
    _Atomic uint64_t order[GAIN_COUNT];
    _Atomic uint64_t settled[GAIN_COUNT]; /* the order that has been carried out */
    pthread_mutex_t mutex; /* of the lanes; held for no longer than mixing a buffer takes */
    struct lane lane[ENGINE_LANES];
    _Atomic bool mixed_over; /* SDL_mixer's track has run out by itself */
    bool patient;            /* a recording: it waits for a decoder; set before anything sounds */
    _Atomic int voices;
    _Atomic uint64_t room_until_ms; /* music is turned down as under a cue */
    struct voice voice[ENGINE_VOICES];
    struct voice lasting;   /* the ambience: music is not turned down under it */
    float part[PART_COUNT]; /* set before anything sounds */
    uint64_t serial;
    uint32_t seed; /* another for each voice: no breath sounds like the last */
    /* Called on the mixing thread when an order is carried out, music ends or cues fall silent. */
    void (*wake)(void *user);
    void *wake_user;
    /* The mixing thread's own. */
    uint64_t taken[GAIN_COUNT];
    struct ramp ramp[GAIN_COUNT];
    struct ramp duck;
};

void engine_init(struct engine *engine, void (*wake)(void *), void *wake_user);

/* Moves a gain to target (0..1) over ms (<= 65535); from_zero: it starts at silence whatever it
 * was (only right when nothing sounds through it). */
void engine_order(struct engine *engine, enum engine_gain gain, double target, uint32_t ms,
                  bool from_zero);
bool engine_settled(const struct engine *engine, enum engine_gain gain);

/* Begins a track in a lane that is free, fading in. */
void engine_music_begin(struct engine *engine, size_t lane, const struct lane_plan *plan,
                        uint32_t fade_ms);

/* The other lane's track hands over to this one, which is free: when so many frames of it are past
 * (0: at once; LANE_AT_END: when it ends, on the sample), letting down over so many and coming in
 * over so many (0: without any fade). */
void engine_music_cross(struct engine *engine, size_t lane, const struct lane_plan *plan,
                        uint64_t at, uint64_t length, uint64_t come);

/* Takes that back; false if it has begun.  Where the other now ends is for the caller to say. */
bool engine_music_uncross(struct engine *engine, size_t lane);

/* Frees a lane at once; what it was fed with may be closed then. */
void engine_music_stop(struct engine *engine, size_t lane);
void engine_music_run(struct engine *engine, size_t lane, bool runs);

/* SDL_mixer's track has run out; it calls this while it fills a buffer, before engine_mix. */
void engine_music_over(struct engine *engine);

/* Starts a voice at the next buffer; silently does nothing when every voice is taken. */
void engine_voice(struct engine *engine, const struct voice_plan *plan, uint64_t now_ms);

/* Fades out every voice of a cue (CUE_NONE: of all). */
void engine_voices_stop(struct engine *engine, enum cue cue, uint32_t ms);

/* Fades out every voice that follows a stretch of time. */
void engine_voices_part(struct engine *engine, uint32_t ms);

/* Starts what sounds on and on, at the next buffer, coming up in so many ms; false while the last
 * one has not ended yet. */
bool engine_lasting_begin(struct engine *engine, const struct texture_recipe *recipe, uint32_t ms,
                          uint64_t now_ms);

/* Fades it out. */
void engine_lasting_end(struct engine *engine, uint32_t ms);

/* Whether none sounds. */
bool engine_lasting_rests(const struct engine *engine);

/* Ends it at once; only while nothing mixes. */
void engine_lasting_drop(struct engine *engine);

/* Ends every voice at once; only while nothing mixes. */
void engine_voices_drop(struct engine *engine);

/* io: interleaved stereo with the music (or silence) in it; replaced by what is to be heard. */
void engine_mix(struct engine *engine, float *io, size_t frames, uint64_t now_ms);

#endif

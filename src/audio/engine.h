/* Engine: what runs on the device's thread.  It takes the decoded music that SDL_mixer leaves in
 * the buffer, follows its loudness, sets its gain, adds the cues, and sets the gain of the whole.
 *
 * Every gain moves along a curve, sample by sample, so nothing here can click; SDL_mixer's own
 * fades move once per buffer and some of them block, so none of them is used.
 *
 * One thread orders (all functions but engine_mix and engine_music_over); one thread mixes.  They
 * meet only in atomics: an order is one 64-bit word, a voice is handed over by its state. */
#ifndef LACRIMA_AUDIO_ENGINE_H
#define LACRIMA_AUDIO_ENGINE_H

#include "breath.h"
#include "struck.h"
#include "texture.h"

#include "lacrima/core/cue.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENGINE_RATE     48000
#define ENGINE_CHANNELS 2
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
    GAIN_GATE,   /* the curtain */
    GAIN_VOLUME, /* what the person chose */
    GAIN_MUSIC,  /* starting and stopping of music */
    GAIN_BED,    /* music under silence */
    GAIN_COUNT
};

struct ramp {
    float from, to, now;
    uint32_t at, length; /* frames */
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
    _Atomic bool music_runs;              /* frames of music are counted */
    _Atomic bool music_ended;             /* the track has run out by itself */
    _Atomic uint64_t music_frames;
    _Atomic uint64_t music_stop; /* after so many of them it is silent; 0: it plays to its end */
    _Atomic uint64_t music_stop_fade; /* having faded over so many */
    _Atomic float rms, heard; /* of the music: its loudness, and how much of it is let through */
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
    float mean_square, loudest_mean_square, long_mean_square, trim;
    uint64_t track_frames; /* of the track, from its first sound on */
    bool over;
    uint32_t tail_left;
    float last[ENGINE_CHANNELS], tail[ENGINE_CHANNELS];
};

void engine_init(struct engine *engine, void (*wake)(void *), void *wake_user);

/* Moves a gain to target (0..1) over ms (<= 65535); from_zero: it starts at silence whatever it
 * was (only right when nothing sounds through it). */
void engine_order(struct engine *engine, enum engine_gain gain, double target, uint32_t ms,
                  bool from_zero);
bool engine_settled(const struct engine *engine, enum engine_gain gain);

/* Around SDL_mixer's start of a track.  Before: nothing is let through, and what was known of the
 * last one is forgotten.  After: fades in. */
void engine_music_prepare(struct engine *engine);
void engine_music_begin(struct engine *engine, uint32_t fade_ms);

/* Before the beginning: it ends after so many frames, sample by sample, having faded out over the
 * last of them; 0: it plays to its end. */
void engine_music_until(struct engine *engine, uint64_t frames, uint64_t fade_frames);

/* The track has run out; SDL_mixer calls it while it fills a buffer, before engine_mix. */
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

#include "engine.h"

#include "lacrima/base/check.h"

#include <math.h>
#include <string.h>

#define BLOCK     32  /* frames that an instrument is asked for at once */
#define LASTING_S 1e7 /* longer than any visit: it ends by being ended */

/* A voice that starts this late (the device had to be opened first) skips what is past, so that
 * it still ends with its phase; one later than the other bound is stale and is dropped. */
#define LATE_MS     40
#define STALE_MS    1500
#define LATE_FADE_S 0.06
#define DUCKED      0.5F /* music under a cue */
#define DUCK_S      0.8
#define UNDUCK_S    2.0
#define TAIL_S      0.02 /* a track that breaks off is let down to zero in this time */
#define LEVEL_S     0.05
#define LONG_S      3.0
#define TRIM_S      1.5
/* A track's beginning is judged by less, and at once: while it still fades in. */
#define FIRST_S      0.15
#define EARLY_S      1.5
#define EARLY_TRIM_S 0.1
/* A louder track than this (mean square over LONG_S; -18 dBFS) is turned down to it, and stays so
 * until it ends: cues are then heard over any master, and quiet passages stay quiet. */
#define LOUDEST_MEAN_SQUARE 0.0158F

#define ORDER_MS_SHIFT      16
#define ORDER_ZERO_SHIFT    32
#define ORDER_SERIAL_SHIFT  33
#define ORDER_FIELD_MAX     65535U

static uint32_t frames_of(double seconds)
{
    return (uint32_t)(seconds * ENGINE_RATE);
}

static void ramp_to(struct ramp *ramp, float to, uint32_t length)
{
    *ramp = (struct ramp){.from = ramp->now, .to = to, .now = ramp->now, .length = length};
    if (length == 0)
        ramp->now = to;
}

static bool ramp_done(const struct ramp *ramp)
{
    return ramp->at >= ramp->length;
}

/* The cubic has a continuous speed: no corner at either end of a fade. */
static float ramp_next(struct ramp *ramp)
{
    if (ramp->at < ramp->length) {
        ramp->at++;
        float x = (float)ramp->at / (float)ramp->length;
        ramp->now = ramp->from + (ramp->to - ramp->from) * x * x * (3.0F - 2.0F * x);
    }
    return ramp->now;
}

void engine_init(struct engine *engine, void (*wake)(void *), void *wake_user)
{
    memset(engine, 0, sizeof *engine);
    engine->wake = wake;
    engine->wake_user = wake_user;
    for (size_t i = 0; i < PART_COUNT; i++)
        engine->part[i] = 1.0F;
    engine->trim = 1.0F;
    engine->duck.now = engine->duck.to = 1.0F;
    engine_order(engine, GAIN_GATE, 1.0, 0, false);
    engine_order(engine, GAIN_VOLUME, 1.0, 0, false);
    engine_order(engine, GAIN_MUSIC, 0.0, 0, false);
    engine_order(engine, GAIN_BED, 1.0, 0, false);
}

void engine_order(struct engine *engine, enum engine_gain gain, double target, uint32_t ms,
                  bool from_zero)
{
    check(target >= 0.0 && target <= 1.0 && ms <= ORDER_FIELD_MAX);
    uint64_t word = (uint64_t)(target * ORDER_FIELD_MAX + 0.5);
    word |= (uint64_t)ms << ORDER_MS_SHIFT;
    word |= (uint64_t)from_zero << ORDER_ZERO_SHIFT;
    word |= ++engine->serial << ORDER_SERIAL_SHIFT;
    atomic_store(&engine->order[gain], word);
}

bool engine_settled(const struct engine *engine, enum engine_gain gain)
{
    return atomic_load(&engine->order[gain]) == atomic_load(&engine->settled[gain]);
}

void engine_music_prepare(struct engine *engine)
{
    atomic_store(&engine->music_runs, false);
    atomic_store(&engine->music_ended, false);
    engine_order(engine, GAIN_MUSIC, 0.0, 0, true);
}

void engine_music_begin(struct engine *engine, uint32_t fade_ms)
{
    atomic_store(&engine->music_frames, 0);
    atomic_store(&engine->music_runs, true);
    engine_order(engine, GAIN_MUSIC, 1.0, fade_ms, true);
}

void engine_music_until(struct engine *engine, uint64_t frames, uint64_t fade_frames)
{
    atomic_store(&engine->music_stop_fade, fade_frames);
    atomic_store(&engine->music_stop, frames);
}

void engine_music_over(struct engine *engine)
{
    engine->over = true;
    atomic_store(&engine->music_ended, true);
}

void engine_voice(struct engine *engine, const struct voice_plan *plan, uint64_t now_ms)
{
    for (size_t i = 0; i < ENGINE_VOICES; i++) {
        struct voice *voice = &engine->voice[i];
        if (atomic_load(&voice->state) != VOICE_FREE)
            continue;
        voice->plan = *plan;
        voice->asked_ms = now_ms;
        voice->seed = ++engine->seed;
        voice->part = engine->part[PART_CUES];
        atomic_store(&voice->stop, 0);
        atomic_fetch_add(&engine->voices, 1);
        atomic_store(&voice->state, VOICE_READY);
        return;
    }
}

static void stop_voice(struct voice *voice, uint32_t ms)
{
    if (atomic_load(&voice->state) != VOICE_FREE && atomic_load(&voice->stop) == 0)
        atomic_store(&voice->stop, frames_of(ms / 1000.0) + 1);
}

void engine_voices_stop(struct engine *engine, enum cue cue, uint32_t ms)
{
    for (size_t i = 0; i < ENGINE_VOICES; i++) {
        if (cue == CUE_NONE || engine->voice[i].plan.cue == cue)
            stop_voice(&engine->voice[i], ms);
    }
}

void engine_voices_part(struct engine *engine, uint32_t ms)
{
    for (size_t i = 0; i < ENGINE_VOICES; i++) {
        if (engine->voice[i].plan.follows)
            stop_voice(&engine->voice[i], ms);
    }
}

bool engine_lasting_begin(struct engine *engine, const struct texture_recipe *recipe, uint32_t ms,
                          uint64_t now_ms)
{
    struct voice *voice = &engine->lasting;
    if (atomic_load(&voice->state) != VOICE_FREE)
        return false;
    voice->plan = (struct voice_plan){
        .kind = INSTRUMENT_TEXTURE, .recipe = recipe, .length_s = LASTING_S, .comes_ms = ms};
    voice->asked_ms = now_ms;
    voice->seed = ++engine->seed;
    voice->part = engine->part[PART_WATER];
    atomic_store(&voice->stop, 0);
    atomic_store(&voice->state, VOICE_READY);
    return true;
}

void engine_lasting_end(struct engine *engine, uint32_t ms)
{
    stop_voice(&engine->lasting, ms);
}

bool engine_lasting_rests(const struct engine *engine)
{
    return atomic_load(&engine->lasting.state) == VOICE_FREE;
}

void engine_lasting_drop(struct engine *engine)
{
    atomic_store(&engine->lasting.state, VOICE_FREE);
}

void engine_voices_drop(struct engine *engine)
{
    for (size_t i = 0; i < ENGINE_VOICES; i++)
        atomic_store(&engine->voice[i].state, VOICE_FREE);
    atomic_store(&engine->voices, 0);
}

/* Lets down to zero what was last heard of a track that broke off. */
static void begin_tail(struct engine *engine)
{
    engine->over = false;
    engine->tail_left = frames_of(TAIL_S);
    memcpy(engine->tail, engine->last, sizeof engine->tail);
}

static void forget_track(struct engine *engine)
{
    engine->mean_square = 0.0F;
    engine->long_mean_square = 0.0F;
    engine->loudest_mean_square = 0.0F;
    engine->trim = 1.0F;
    engine->track_frames = 0;
    if (engine->over)
        begin_tail(engine);
}

static void take_orders(struct engine *engine)
{
    for (size_t i = 0; i < GAIN_COUNT; i++) {
        uint64_t word = atomic_load(&engine->order[i]);
        if (word == engine->taken[i])
            continue;
        engine->taken[i] = word;
        struct ramp *ramp = &engine->ramp[i];
        bool from_zero = (word >> ORDER_ZERO_SHIFT & 1U) != 0;
        if (from_zero)
            ramp->now = 0.0F;
        if (from_zero && i == GAIN_MUSIC)
            forget_track(engine);
        uint32_t ms = (uint32_t)(word >> ORDER_MS_SHIFT & ORDER_FIELD_MAX);
        ramp_to(ramp, (float)(word & ORDER_FIELD_MAX) / (float)ORDER_FIELD_MAX,
                frames_of(ms / 1000.0));
    }
}

/* Says which orders have been carried out; true if one of them just was. */
static bool report_orders(struct engine *engine)
{
    bool news = false;
    for (size_t i = 0; i < GAIN_COUNT; i++) {
        if (ramp_done(&engine->ramp[i]) && atomic_load(&engine->settled[i]) != engine->taken[i]) {
            atomic_store(&engine->settled[i], engine->taken[i]);
            news = true;
        }
    }
    return news;
}

static void follow_loudness(struct engine *engine, const float *io, size_t frames)
{
    double sum = 0.0;
    for (size_t i = 0; i < frames * ENGINE_CHANNELS; i++)
        sum += (double)io[i] * (double)io[i];
    float square = (float)(sum / (double)(frames * ENGINE_CHANNELS));
    float buffer_s = (float)frames / ENGINE_RATE;
    engine->mean_square += (square - engine->mean_square) * fminf(1.0F, buffer_s / (float)LEVEL_S);
    /* What comes before the first sound says nothing of how loud the track is. */
    if (engine->track_frames == 0 && square <= 0.0F)
        return;
    engine->track_frames += frames;
    float since_s = (float)engine->track_frames / ENGINE_RATE;
    engine->long_mean_square +=
        (square - engine->long_mean_square) * fminf(1.0F, buffer_s / fminf(since_s, (float)LONG_S));
    /* The first seconds are followed up and down: one loud stroke is no loud track. */
    if (since_s >= (float)LONG_S)
        engine->loudest_mean_square = fmaxf(engine->loudest_mean_square, engine->long_mean_square);
    else if (since_s >= (float)FIRST_S)
        engine->loudest_mean_square = engine->long_mean_square;
}

/* How much of the music is let through where it has come to: all of it, until its part ends. */
static float part_gain(uint64_t stop, uint64_t fade, uint64_t place)
{
    if (stop == 0 || place + fade < stop)
        return 1.0F;
    float x = place < stop ? (float)(stop - place) / (float)fade : 0.0F;
    return x * x * (3.0F - 2.0F * x);
}

/* The part ends in these frames, which have just been counted; true once. */
static bool part_ends(struct engine *engine, size_t frames)
{
    uint64_t stop = atomic_load(&engine->music_stop);
    uint64_t after = atomic_load(&engine->music_frames);
    if (stop == 0 || after < stop || after - frames >= stop)
        return false;
    atomic_store(&engine->music_ended, true);
    return true;
}

/* Gains of the music itself, sample by sample. */
static void shape_music(struct engine *engine, float *io, size_t frames, uint64_t place)
{
    uint64_t stop = atomic_load(&engine->music_stop);
    uint64_t fade = atomic_load(&engine->music_stop_fade);
    float wanted = 1.0F;
    if (engine->loudest_mean_square > LOUDEST_MEAN_SQUARE)
        wanted = sqrtf(LOUDEST_MEAN_SQUARE / engine->loudest_mean_square);
    bool early = engine->track_frames < frames_of(EARLY_S);
    float trim_step = 1.0F / (float)((early ? EARLY_TRIM_S : TRIM_S) * ENGINE_RATE);
    size_t sounding = frames;
    if (engine->over) {
        while (sounding > 0 && io[(sounding - 1) * 2] == 0.0F && io[(sounding - 1) * 2 + 1] == 0.0F)
            sounding--;
    }
    for (size_t i = 0; i < frames; i++) {
        engine->trim += (wanted - engine->trim) * trim_step;
        float gain = ramp_next(&engine->ramp[GAIN_MUSIC]) * ramp_next(&engine->ramp[GAIN_BED]) *
                     ramp_next(&engine->duck) * engine->trim * engine->part[PART_MUSIC] *
                     part_gain(stop, fade, place + i);
        if (engine->over && i == sounding)
            begin_tail(engine);
        float *frame = &io[i * ENGINE_CHANNELS];
        float x = (float)engine->tail_left / (float)frames_of(TAIL_S);
        float tail = x * x * (3.0F - 2.0F * x);
        if (engine->tail_left > 0)
            engine->tail_left--;
        for (size_t c = 0; c < ENGINE_CHANNELS; c++) {
            frame[c] *= gain;
            engine->last[c] = frame[c];
            frame[c] += engine->tail[c] * tail;
        }
    }
}

static void begin_instrument(struct voice *voice)
{
    const struct voice_plan *plan = &voice->plan;
    switch (plan->kind) {
    case INSTRUMENT_BREATH:
        breath_begin(&voice->instrument.breath, plan->recipe, plan->length_s, plan->usual_s,
                     (double)voice->frame / ENGINE_RATE, voice->seed);
        return;
    case INSTRUMENT_STRUCK:
        struck_begin(&voice->instrument.struck, plan->recipe, plan->length_s, voice->seed);
        return;
    case INSTRUMENT_TEXTURE:
        texture_begin(&voice->instrument.texture, plan->recipe, voice->seed);
        return;
    }
}

static void play_instrument(struct voice *voice, float *block, size_t frames)
{
    switch (voice->plan.kind) {
    case INSTRUMENT_BREATH:
        breath_play(&voice->instrument.breath, block, frames);
        return;
    case INSTRUMENT_STRUCK:
        struck_play(&voice->instrument.struck, block, frames);
        return;
    case INSTRUMENT_TEXTURE:
        texture_play(&voice->instrument.texture, block, frames);
        return;
    }
}

/* False if the voice comes too late. */
static bool voice_begin(struct voice *voice, uint64_t now_ms)
{
    const struct voice_plan *plan = &voice->plan;
    uint64_t late_ms = now_ms > voice->asked_ms ? now_ms - voice->asked_ms : 0;
    bool stopped = atomic_load(&voice->stop) != 0; /* before it began */
    if (stopped || late_ms > STALE_MS ||
        (plan->follows && (double)late_ms / 1000.0 >= plan->length_s))
        return false;
    voice->frames = (uint64_t)(plan->length_s * ENGINE_RATE);
    voice->frame = 0;
    uint32_t comes = frames_of(plan->comes_ms / 1000.0);
    if (late_ms > LATE_MS && plan->follows) {
        voice->frame = late_ms * ENGINE_RATE / 1000;
        comes = frames_of(LATE_FADE_S);
    }
    voice->fade = (struct ramp){.now = comes > 0 ? 0.0F : 1.0F};
    ramp_to(&voice->fade, 1.0F, comes);
    begin_instrument(voice);
    return true;
}

static void voice_add_block(struct voice *voice, float *out, size_t frames)
{
    float block[BLOCK * ENGINE_CHANNELS];
    play_instrument(voice, block, frames);
    for (size_t i = 0; i < frames; i++) {
        float fade = ramp_next(&voice->fade);
        for (size_t c = 0; c < ENGINE_CHANNELS; c++)
            out[i * ENGINE_CHANNELS + c] += fade * voice->part * block[i * ENGINE_CHANNELS + c];
    }
    voice->frame += frames;
}

/* False once the voice has ended. */
static bool voice_add(struct voice *voice, float *out, size_t frames)
{
    uint32_t stop = atomic_load(&voice->stop);
    if (stop != 0 && voice->fade.to > 0.0F)
        ramp_to(&voice->fade, 0.0F, stop);
    size_t done = 0;
    while (done < frames && voice->frame < voice->frames) {
        size_t block = frames - done < BLOCK ? frames - done : BLOCK;
        if (block > voice->frames - voice->frame)
            block = (size_t)(voice->frames - voice->frame);
        voice_add_block(voice, &out[done * ENGINE_CHANNELS], block);
        done += block;
    }
    return voice->frame < voice->frames && !(voice->fade.to <= 0.0F && ramp_done(&voice->fade));
}

/* True if the voice has ended with this buffer. */
static bool mix_voice(struct voice *voice, float *io, size_t frames, uint64_t now_ms)
{
    int state = atomic_load(&voice->state);
    if (state == VOICE_FREE)
        return false;
    bool goes_on = true;
    if (state == VOICE_READY) {
        goes_on = voice_begin(voice, now_ms);
        atomic_store(&voice->state, VOICE_PLAYING);
    }
    if (goes_on && voice_add(voice, io, frames))
        return false;
    atomic_store(&voice->state, VOICE_FREE);
    return true;
}

/* Returns how many voices ended. */
static int mix_voices(struct engine *engine, float *io, size_t frames, uint64_t now_ms)
{
    int ended = 0;
    for (size_t i = 0; i < ENGINE_VOICES; i++) {
        if (!mix_voice(&engine->voice[i], io, frames, now_ms))
            continue;
        atomic_fetch_sub(&engine->voices, 1);
        ended++;
    }
    return ended + (mix_voice(&engine->lasting, io, frames, now_ms) ? 1 : 0);
}

static void finish(struct engine *engine, float *io, size_t frames)
{
    for (size_t i = 0; i < frames; i++) {
        float gain = ramp_next(&engine->ramp[GAIN_GATE]) * ramp_next(&engine->ramp[GAIN_VOLUME]);
        for (size_t c = 0; c < ENGINE_CHANNELS; c++) {
            float *sample = &io[i * ENGINE_CHANNELS + c];
            *sample = fminf(1.0F, fmaxf(-1.0F, *sample * gain));
        }
    }
}

void engine_mix(struct engine *engine, float *io, size_t frames, uint64_t now_ms)
{
    take_orders(engine);
    bool over = engine->over;
    uint64_t place = atomic_load(&engine->music_frames);
    if (atomic_load(&engine->music_runs)) {
        atomic_store(&engine->music_frames, place + frames);
        over = part_ends(engine, frames) || over;
    }
    follow_loudness(engine, io, frames);
    bool room = atomic_load(&engine->voices) > 0 || now_ms < atomic_load(&engine->room_until_ms);
    float duck = room ? DUCKED : 1.0F;
    if (duck != engine->duck.to) /* both are set from the same two constants */
        ramp_to(&engine->duck, duck, frames_of(duck < 1.0F ? DUCK_S : UNDUCK_S));
    shape_music(engine, io, frames, place);

    /* Behind a closed curtain cues stand still and go on from there. */
    const struct ramp *gate = &engine->ramp[GAIN_GATE];
    int ended = 0;
    if (!(gate->to <= 0.0F && ramp_done(gate)))
        ended = mix_voices(engine, io, frames, now_ms);
    finish(engine, io, frames);

    atomic_store(&engine->rms, sqrtf(engine->mean_square));
    float part = part_gain(atomic_load(&engine->music_stop), atomic_load(&engine->music_stop_fade),
                           place + frames);
    atomic_store(&engine->heard, engine->ramp[GAIN_MUSIC].now * engine->ramp[GAIN_BED].now * part);
    bool news = report_orders(engine);
    if ((news || over || ended > 0) && engine->wake != NULL)
        engine->wake(engine->wake_user);
}

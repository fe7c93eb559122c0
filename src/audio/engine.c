#include "engine.h"

#include "lacrima/base/check.h"

#include <math.h>
#include <string.h>

#define BLOCK     32  /* frames that an instrument is asked for at once */
#define LASTING_S 1e7 /* longer than any visit: it ends by being ended */

/* A voice that starts this late (the device had to be opened first) skips what is past, so that
 * it still ends with its phase; one later than the other bound is stale and is dropped. */
#define LATE_MS            40
#define STALE_MS           1500
#define LATE_FADE_S        0.06
#define DUCKED             0.5F /* music under a cue */
#define DUCK_S             0.8
#define UNDUCK_S           2.0

#define ORDER_MS_SHIFT     16
#define ORDER_ZERO_SHIFT   32
#define ORDER_SERIAL_SHIFT 33
#define ORDER_FIELD_MAX    65535U

static uint32_t frames_of(double seconds)
{
    return (uint32_t)(seconds * ENGINE_RATE);
}

void engine_init(struct engine *engine, void (*wake)(void *), void *wake_user)
{
    memset(engine, 0, sizeof *engine);
    engine->wake = wake;
    engine->wake_user = wake_user;
    for (size_t i = 0; i < PART_COUNT; i++)
        engine->part[i] = 1.0F;
    for (size_t i = 0; i < ENGINE_LANES; i++)
        engine->lane[i].plan.gain = 1.0;
    (void)pthread_mutex_init(&engine->mutex, NULL);
    engine->duck.now = engine->duck.to = 1.0F;
    engine_order(engine, GAIN_GATE, 1.0, 0, false);
    engine_order(engine, GAIN_VOLUME, 1.0, 0, false);
    engine_order(engine, GAIN_MUSIC, 0.0, 0, false);
    engine_order(engine, GAIN_MUSIC_OTHER, 0.0, 0, false);
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

/* The order in which a lane's gain is one of all. */
static enum engine_gain gain_of(size_t lane)
{
    return lane == 0 ? GAIN_MUSIC : GAIN_MUSIC_OTHER;
}

static struct lane *lane_for(struct engine *engine, size_t lane, const struct lane_plan *plan)
{
    (void)pthread_mutex_lock(&engine->mutex);
    engine->lane[lane].plan = *plan;
    lane_prepare(&engine->lane[lane]);
    if (plan->feed == NULL)
        atomic_store(&engine->mixed_over, false);
    return &engine->lane[lane];
}

void engine_music_begin(struct engine *engine, size_t lane, const struct lane_plan *plan,
                        uint32_t fade_ms)
{
    struct lane *self = lane_for(engine, lane, plan);
    self->runs = true;
    engine_order(engine, gain_of(lane), 1.0, fade_ms, true);
    (void)pthread_mutex_unlock(&engine->mutex);
}

/* The cross of `from`, whose place is known while the mutex is held.  Come too late for all of it,
 * it is as long as there is time for. */
static void plan_cross(struct lane *from, uint64_t at, uint64_t length, uint64_t come)
{
    uint64_t place = atomic_load(&from->frames);
    uint64_t begin = at > place ? at : place;
    uint64_t end = at > 0 ? at + length : begin + length;
    if (from->plan.stop != 0 && from->plan.stop < end)
        end = from->plan.stop;
    if (end <= begin)
        end = begin + 1;
    from->cross = (struct lane_cross){true, begin, come};
    from->plan.stop = end;
    from->plan.stop_fade = end - begin;
    from->crossing = true;
}

void engine_music_cross(struct engine *engine, size_t lane, const struct lane_plan *plan,
                        uint64_t at, uint64_t length, uint64_t come)
{
    struct lane *from = &engine->lane[1 - lane];
    struct lane *to = lane_for(engine, lane, plan);
    to->runs = false;
    engine_order(engine, gain_of(lane), 1.0, 0, false);
    if (at == LANE_AT_END)
        from->cross = (struct lane_cross){true, at, come};
    else
        plan_cross(from, at, length, come);
    (void)pthread_mutex_unlock(&engine->mutex);
}

bool engine_music_uncross(struct engine *engine, size_t lane)
{
    (void)pthread_mutex_lock(&engine->mutex);
    bool begun = atomic_load(&engine->lane[lane].begun);
    if (!begun) {
        struct lane *from = &engine->lane[1 - lane];
        from->cross.planned = false;
        from->crossing = false;
    }
    (void)pthread_mutex_unlock(&engine->mutex);
    return !begun;
}

void engine_music_stop(struct engine *engine, size_t lane)
{
    (void)pthread_mutex_lock(&engine->mutex);
    lane_stop(&engine->lane[lane]);
    engine->lane[1 - lane].cross.planned = false;
    (void)pthread_mutex_unlock(&engine->mutex);
}

void engine_music_run(struct engine *engine, size_t lane, bool runs)
{
    (void)pthread_mutex_lock(&engine->mutex);
    engine->lane[lane].runs = runs && !atomic_load(&engine->lane[lane].ended);
    (void)pthread_mutex_unlock(&engine->mutex);
}

void engine_music_over(struct engine *engine)
{
    atomic_store(&engine->mixed_over, true);
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
        uint32_t ms = (uint32_t)(word >> ORDER_MS_SHIFT & ORDER_FIELD_MAX);
        ramp_to(ramp, (float)(word & ORDER_FIELD_MAX) / (float)ORDER_FIELD_MAX,
                frames_of(ms / 1000.0), RAMP_SOFT);
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
    ramp_to(&voice->fade, 1.0F, comes, RAMP_SOFT);
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
        ramp_to(&voice->fade, 0.0F, stop, RAMP_SOFT);
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

/* Both lanes, one of which may begin where the other says. */
static bool mix_lanes(struct engine *engine, const struct lane_block *block)
{
    size_t from = engine->lane[1].cross.planned ? 1 : 0;
    uint64_t come = engine->lane[from].cross.come;
    bool over = false;
    size_t first = 0;
    for (size_t i = 0; i < ENGINE_LANES; i++) {
        size_t lane = i == 0 ? from : 1 - from;
        struct lane *self = &engine->lane[lane];
        bool ran = self->runs;
        size_t other = lane_mix(self, &engine->ramp[gain_of(lane)], block, i == 0 ? 0 : first);
        over = over || (ran && !self->runs);
        if (i == 0 && other != SIZE_MAX) {
            lane_begin_after(&engine->lane[1 - from], self, come);
            first = other;
            over = true;
        }
    }
    return over;
}

static void report_lanes(struct engine *engine)
{
    for (size_t i = 0; i < ENGINE_LANES; i++) {
        struct lane *lane = &engine->lane[i];
        float heard = engine->ramp[gain_of(i)].now * engine->ramp[GAIN_BED].now * lane->come.now *
                      lane_end_gain(lane, atomic_load(&lane->frames));
        atomic_store(&lane->rms, sqrtf(lane->mean_square));
        atomic_store(&lane->heard, lane->runs ? heard : 0.0F);
    }
}

/* The music of a block, in place of what SDL_mixer left there; true if a track ended or began. */
static bool mix_music(struct engine *engine, float *io, size_t frames)
{
    float out[LANE_BLOCK * ENGINE_CHANNELS] = {0.0F};
    float shared[LANE_BLOCK];
    for (size_t i = 0; i < frames; i++)
        shared[i] = ramp_next(&engine->ramp[GAIN_BED]) * ramp_next(&engine->duck) *
                    engine->part[PART_MUSIC];
    const struct lane_block block = {
        .mixed = io, .shared = shared, .out = out, .frames = frames, .patient = engine->patient};
    if (atomic_exchange(&engine->mixed_over, false)) {
        for (size_t i = 0; i < ENGINE_LANES; i++)
            engine->lane[i].over = engine->lane[i].runs && engine->lane[i].plan.feed == NULL;
    }
    bool over = mix_lanes(engine, &block);
    memcpy(io, out, frames * ENGINE_CHANNELS * sizeof *io);
    return over;
}

void engine_mix(struct engine *engine, float *io, size_t frames, uint64_t now_ms)
{
    bool room = atomic_load(&engine->voices) > 0 || now_ms < atomic_load(&engine->room_until_ms);
    float duck = room ? DUCKED : 1.0F;
    bool over = false;
    (void)pthread_mutex_lock(&engine->mutex);
    take_orders(engine);
    if (duck != engine->duck.to) /* both are set from the same two constants */
        ramp_to(&engine->duck, duck, frames_of(duck < 1.0F ? DUCK_S : UNDUCK_S), RAMP_SOFT);
    for (size_t done = 0; done < frames; done += LANE_BLOCK) {
        size_t count = frames - done < LANE_BLOCK ? frames - done : LANE_BLOCK;
        over = mix_music(engine, &io[done * ENGINE_CHANNELS], count) || over;
    }
    report_lanes(engine);
    (void)pthread_mutex_unlock(&engine->mutex);

    /* Behind a closed curtain cues stand still and go on from there. */
    const struct ramp *gate = &engine->ramp[GAIN_GATE];
    int ended = 0;
    if (!(gate->to <= 0.0F && ramp_done(gate)))
        ended = mix_voices(engine, io, frames, now_ms);
    finish(engine, io, frames);
    bool news = report_orders(engine);
    if ((news || over || ended > 0) && engine->wake != NULL)
        engine->wake(engine->wake_user);
}

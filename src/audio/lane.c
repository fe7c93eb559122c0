#include "lane.h"

#include <math.h>
#include <string.h>

#define TAIL_S  0.02 /* a track that breaks off is let down to zero in this time, */
#define DRY_S   0.05 /* and comes back in this, where it had to be waited for */
#define LEVEL_S 0.05
#define LONG_S  3.0
#define TRIM_S  1.5
/* A track's beginning is judged by less, and at once: while it still fades in. */
#define FIRST_S      0.15
#define EARLY_S      1.5
#define EARLY_TRIM_S 0.1
/* A louder track than this (mean square over LONG_S; -18 dBFS) is turned down to it, and stays so
 * until it ends: cues are then heard over any master, and quiet passages stay quiet.  One whose
 * tags say how loud it is may have passages so much louder; more, and the tags are not true. */
#define LOUDEST_MEAN_SQUARE        0.0158F
#define LOUDEST_TAGGED_MEAN_SQUARE 0.1262F /* -9 dBFS */

static uint32_t frames_of(double seconds)
{
    return (uint32_t)(seconds * LANE_RATE);
}

/* Lets down to zero what was last heard of a track that broke off. */
static void begin_tail(struct lane *lane)
{
    lane->tail_left = frames_of(TAIL_S);
    memcpy(lane->tail, lane->last, sizeof lane->tail);
    memset(lane->last, 0, sizeof lane->last);
}

void lane_prepare(struct lane *lane)
{
    lane->mean_square = 0.0F;
    lane->long_mean_square = 0.0F;
    lane->loudest_mean_square = 0.0F;
    lane->track_frames = 0;
    lane->level = (float)lane->plan.gain;
    lane->dry = false;
    lane->come = (struct ramp){.now = 1.0F, .to = 1.0F};
    lane->over = false;
    lane->crossing = false;
    lane->cross.planned = false;
    atomic_store(&lane->frames, 0);
    atomic_store(&lane->ended, false);
    atomic_store(&lane->begun, false);
}

void lane_begin_after(struct lane *lane, const struct lane *other, uint64_t fade)
{
    lane_prepare(lane);
    lane->runs = true;
    if (fade == 0) {
        lane->level = other->level;
        lane->mean_square = other->mean_square;
        lane->long_mean_square = other->long_mean_square;
        lane->track_frames = other->track_frames;
        lane->loudest_mean_square = other->loudest_mean_square;
    } else {
        lane->come.now = 0.0F;
        ramp_to(&lane->come, 1.0F, (uint32_t)fade, RAMP_POWER);
    }
    atomic_store(&lane->begun, true);
}

static void follow_loudness(struct lane *lane, const float *frames, size_t count)
{
    if (count == 0)
        return;
    double sum = 0.0;
    for (size_t i = 0; i < count * LANE_CHANNELS; i++)
        sum += (double)frames[i] * (double)frames[i];
    float square = (float)(sum / (double)(count * LANE_CHANNELS));
    float block_s = (float)count / LANE_RATE;
    lane->mean_square += (square - lane->mean_square) * fminf(1.0F, block_s / (float)LEVEL_S);
    /* What comes before the first sound says nothing of how loud the track is. */
    if (lane->track_frames == 0 && square <= 0.0F)
        return;
    lane->track_frames += count;
    float since_s = (float)lane->track_frames / LANE_RATE;
    lane->long_mean_square +=
        (square - lane->long_mean_square) * fminf(1.0F, block_s / fminf(since_s, (float)LONG_S));
    /* The first seconds are followed up and down: one loud stroke is no loud track. */
    if (since_s >= (float)LONG_S)
        lane->loudest_mean_square = fmaxf(lane->loudest_mean_square, lane->long_mean_square);
    else if (since_s >= (float)FIRST_S)
        lane->loudest_mean_square = lane->long_mean_square;
}

float lane_end_gain(const struct lane *lane, uint64_t place)
{
    uint64_t stop = lane->plan.stop;
    uint64_t fade = lane->plan.stop_fade;
    if (stop == 0 || place + fade < stop)
        return 1.0F;
    float x = place < stop ? (float)(stop - place) / (float)fade : 0.0F;
    return ramp_shape(lane->crossing ? RAMP_POWER : RAMP_SOFT, x);
}

/* What it is brought to: as its tags say, but no louder than it may be. */
static float wanted_level(const struct lane *lane)
{
    float gain = (float)lane->plan.gain;
    float loudest = lane->loudest_mean_square * gain * gain;
    float most = lane->plan.tagged ? LOUDEST_TAGGED_MEAN_SQUARE : LOUDEST_MEAN_SQUARE;
    return loudest > most ? gain * sqrtf(most / loudest) : gain;
}

static float tail_next(struct lane *lane)
{
    float x = (float)lane->tail_left / (float)frames_of(TAIL_S);
    if (lane->tail_left > 0)
        lane->tail_left--;
    return x * x * (3.0F - 2.0F * x);
}

/* Where in a block it sounds, and where it breaks off (past the block: it does not). */
struct span {
    size_t first, last, breaks;
};

/* Gains of the music itself, sample by sample. */
static void shape(struct lane *lane, struct ramp *order, const struct lane_block *block,
                  const float *in, const struct span *span)
{
    bool early = lane->track_frames < frames_of(EARLY_S);
    float step = 1.0F / (float)((early ? EARLY_TRIM_S : TRIM_S) * LANE_RATE);
    float wanted = wanted_level(lane);
    uint64_t place = atomic_load(&lane->frames);
    for (size_t i = 0; i < block->frames; i++) {
        bool sounds = i >= span->first && i < span->last;
        float gain = ramp_next(order) * block->shared[i];
        if (i == span->breaks)
            begin_tail(lane);
        if (sounds) {
            lane->level += (wanted - lane->level) * step;
            gain *=
                ramp_next(&lane->come) * lane->level * lane_end_gain(lane, place + i - span->first);
        }
        float tail = tail_next(lane);
        for (size_t c = 0; c < LANE_CHANNELS; c++) {
            if (sounds)
                lane->last[c] = in[LANE_CHANNELS * (i - span->first) + c] * gain;
            block->out[i * LANE_CHANNELS + c] +=
                (sounds ? lane->last[c] : 0.0F) + lane->tail[c] * tail;
        }
    }
    if (span->breaks == block->frames)
        begin_tail(lane);
}

/* How much of the block is music, where SDL_mixer says only that its track has run out. */
static size_t sounding(const struct lane_block *block)
{
    const float *io = block->mixed;
    size_t count = block->frames;
    while (count > 0 && io[(count - 1) * 2] == 0.0F && io[(count - 1) * 2 + 1] == 0.0F)
        count--;
    return count;
}

/* What there is of it, up to `wanted` frames; what breaks off is let down. */
static size_t take(struct lane *lane, const struct lane_block *block, float *in, size_t wanted,
                   bool *breaks)
{
    size_t count = stream_take(lane->plan.feed, in, wanted, block->patient, &lane->over);
    if (lane->dry && count > 0) {
        lane->come.now = 0.0F;
        ramp_to(&lane->come, 1.0F, frames_of(DRY_S), RAMP_SOFT);
    }
    bool late = count < wanted && !lane->over;
    bool follows = lane->cross.planned && lane->cross.at == LANE_AT_END;
    *breaks = (late && !(lane->dry && count == 0)) || (lane->over && !follows);
    lane->dry = late || (lane->dry && count == 0);
    return count;
}

/* Where in the block the other begins. */
static size_t handed_over(const struct lane *lane, uint64_t place, size_t first, size_t count)
{
    const struct lane_cross *cross = &lane->cross;
    if (!cross->planned)
        return SIZE_MAX;
    if (cross->at != LANE_AT_END && cross->at <= place + count)
        return first + (cross->at > place ? (size_t)(cross->at - place) : 0);
    return lane->over ? first + count : SIZE_MAX;
}

static bool part_ends(const struct lane *lane, uint64_t before, uint64_t after)
{
    return lane->plan.stop != 0 && before < lane->plan.stop && after >= lane->plan.stop;
}

size_t lane_mix(struct lane *lane, struct ramp *order, const struct lane_block *block, size_t first)
{
    float own[LANE_BLOCK * LANE_CHANNELS];
    const float *in = own;
    struct span span = {first, first, SIZE_MAX};
    size_t count = 0;
    bool runs = lane->runs;
    if (runs && lane->plan.feed != NULL) {
        bool breaks;
        count = take(lane, block, own, block->frames - first, &breaks);
        span.last = first + count;
        span.breaks = breaks ? span.last : SIZE_MAX;
        follow_loudness(lane, own, count);
    } else if (runs) {
        in = &block->mixed[first * LANE_CHANNELS];
        count = block->frames - first;
        span.last = lane->over ? sounding(block) : block->frames;
        span.breaks = lane->over ? span.last : SIZE_MAX;
        follow_loudness(lane, in, count);
    }
    shape(lane, order, block, in, &span);
    if (!runs)
        return SIZE_MAX;
    uint64_t place = atomic_load(&lane->frames);
    size_t other = handed_over(lane, place, first, count);
    atomic_store(&lane->frames, place + count);
    if (lane->over || part_ends(lane, place, place + count)) {
        lane->runs = false;
        lane->over = false;
        memset(lane->last, 0, sizeof lane->last); /* what follows it goes on from there */
        atomic_store(&lane->ended, true);
    }
    if (other != SIZE_MAX)
        lane->cross.planned = false;
    return other;
}

void lane_stop(struct lane *lane)
{
    lane->runs = false;
    lane->cross.planned = false;
    lane->crossing = false;
    lane->over = false;
    lane->plan = (struct lane_plan){.gain = 1.0};
    if (lane->last[0] != 0.0F || lane->last[1] != 0.0F)
        begin_tail(lane);
    atomic_store(&lane->ended, false);
    atomic_store(&lane->begun, false);
}

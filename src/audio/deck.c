#include "deck.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HALF_PI 1.57079632679489662
/* A track that has not been opened by then is passed over: its disk is gone, or asleep for good. */
#define PATIENCE_MS 20000U

static struct glide glide_still(double value)
{
    return (struct glide){.from = value, .to = value};
}

static double glide_at(const struct glide *glide, time_ns now)
{
    if (now >= glide->end)
        return glide->to;
    double x = (double)(now - glide->start) / (double)(glide->end - glide->start);
    if (glide->curve == RAMP_POWER)
        return glide->to >= glide->from ? sin(x * HALF_PI) : cos(x * HALF_PI);
    return glide->from + (glide->to - glide->from) * ease_cosine(x);
}

static void glide_to(struct glide *glide, double to, time_ns length, time_ns now)
{
    *glide = (struct glide){glide_at(glide, now), to, now, now + length, RAMP_SOFT};
}

static uint32_t milliseconds(time_ns length)
{
    return (uint32_t)(length / NS_PER_MS);
}

static struct engine *engine_of(const struct deck *deck)
{
    return deck->params.engine;
}

static struct lane *lane_of(const struct deck *deck)
{
    return &deck->params.engine->lane[deck->params.lane];
}

static enum engine_gain gain_of(const struct deck *deck)
{
    return deck->params.lane == 0 ? GAIN_MUSIC : GAIN_MUSIC_OTHER;
}

static uint64_t frames_of(double seconds)
{
    return (uint64_t)llround(fmax(seconds, 0.0) * ENGINE_RATE);
}

void deck_init(struct deck *deck, const struct deck_params *params)
{
    *deck = (struct deck){.params = *params, .gain = 1.0};
    deck->fade = glide_still(0.0);
    deck->bed = glide_still(1.0);
    deck->gate = glide_still(1.0);
}

void deck_open(struct deck *deck, const char *path, const struct decoder_order *order,
               time_ns fade_out)
{
    check(deck->state == DECK_EMPTY);
    deck->state = DECK_OPENING;
    deck->order = *order;
    deck->cut_fade = fade_out;
    deck->gain = 1.0;
    deck->tagged = false;
    deck->path = strdup(path);
    deck->asked_ms = SDL_GetTicks64();
    if (engine_of(deck) != NULL)
        deck->stream = stream_open(path, order, deck->params.wake, deck->params.wake_user);
}

/* What of the track is played, now that its length is known. */
static bool take_part(struct deck *deck, struct error *error)
{
    double length_s = deck->track.length_s;
    const struct decoder_order *order = &deck->order;
    deck->begin_s = order->from_s > 0.0 ? order->from_s : 0.0;
    deck->cut = order->to_s > 0.0 && (length_s <= 0.0 || order->to_s < length_s);
    deck->end_s = deck->cut ? order->to_s : length_s;
    bool within = order->place_s > deck->begin_s && order->place_s < deck->end_s;
    deck->place_s = within ? order->place_s : deck->begin_s;
    return length_s <= 0.0 || deck->begin_s < length_s ||
           error_set(error, "ends before the part of it that is to be played");
}

static bool load_whole(struct deck *deck, struct error *error)
{
    if (!track_open(&deck->track, deck->path, error))
        return false;
    if (engine_of(deck) != NULL)
        return true;
    track_close(&deck->track);
    if (!envelope_read(&deck->envelope, deck->path, deck->params.rate, error))
        return false;
    deck->track.length_s = deck->envelope.length_s;
    return true;
}

static void take_stream(struct deck *deck)
{
    const struct decoder_info *info = stream_info(deck->stream);
    deck->track = (struct track){.length_s = info->length_s};
    (void)text_copy(deck->track.title, sizeof deck->track.title, info->title);
    if (info->title[0] == '\0')
        track_name(deck->track.title, deck->path);
    deck->tagged = gain_factor(&info->gain, deck->params.gapless, &deck->gain);
    deck->order.place_s = info->place_s;
}

static enum deck_answer loaded(struct deck *deck, bool good, struct error *error)
{
    if (good && take_part(deck, error)) {
        deck->state = DECK_LOADED;
        return DECK_READY;
    }
    deck_unload(deck);
    return DECK_FAILED;
}

enum deck_answer deck_opened(struct deck *deck, bool mixer, struct error *error)
{
    if (deck->state == DECK_LOADED)
        return DECK_READY;
    check(deck->state == DECK_OPENING);
    if (deck->path == NULL || (engine_of(deck) != NULL && deck->stream == NULL)) {
        deck_unload(deck);
        (void)error_set(error, "out of memory");
        return DECK_FAILED;
    }
    if (engine_of(deck) == NULL)
        return loaded(deck, load_whole(deck, error), error);
    switch (stream_state(deck->stream)) {
    case STREAM_OPENING:
        if (SDL_GetTicks64() - deck->asked_ms < PATIENCE_MS)
            return DECK_WAITS;
        (void)error_set(error, "cannot be reached");
        return loaded(deck, false, error);
    case STREAM_READY:
        take_stream(deck);
        return loaded(deck, true, error);
    case STREAM_FAILED:
        (void)error_set(error, "%s", stream_error(deck->stream));
        return loaded(deck, false, error);
    case STREAM_ELSEWHERE:
        if (!mixer)
            return DECK_WAITS;
        stream_close(&deck->stream);
        return loaded(deck, load_whole(deck, error), error);
    }
    return DECK_WAITS;
}

bool deck_is_mixed(const struct deck *deck)
{
    return deck->state == DECK_LOADED && engine_of(deck) != NULL && deck->stream == NULL;
}

void deck_unload(struct deck *deck)
{
    if (deck->state == DECK_EMPTY)
        return;
    if (deck->state == DECK_LOADED && engine_of(deck) != NULL) {
        engine_music_stop(engine_of(deck), deck->params.lane);
        if (deck_is_mixed(deck) && deck->running)
            (void)Mix_HaltMusic();
    }
    stream_close(&deck->stream);
    track_close(&deck->track);
    envelope_free(&deck->envelope);
    free(deck->path);
    deck->path = NULL;
    deck->state = DECK_EMPTY;
    deck->running = false;
}

/* Where it ends for the engine, and how: by itself, or where its part is over. */
static struct lane_plan plan_of(const struct deck *deck)
{
    double left_s = fmax(deck->end_s - deck->place_s, 0.001);
    bool stops = deck->cut && !deck->order.loop;
    return (struct lane_plan){.feed = deck->stream,
                              .stop = stops ? frames_of(left_s) : 0,
                              .stop_fade = frames_of(time_seconds(deck->cut_fade)),
                              .gain = deck->gain,
                              .tagged = deck->tagged};
}

static bool begin_mixed(struct deck *deck, struct error *error)
{
    int failed = Mix_FadeInMusicPos(deck->track.music, 1, 0, deck->place_s);
    if (failed != 0 && deck->place_s > 0.0) {
        deck->place_s = 0.0; /* some formats cannot be entered in the middle */
        failed = Mix_FadeInMusicPos(deck->track.music, 1, 0, 0.0);
    }
    return failed == 0 || error_set(error, "cannot be played (%s)", Mix_GetError());
}

bool deck_begin(struct deck *deck, time_ns fade, time_ns now, struct error *error)
{
    check(deck->state == DECK_LOADED);
    deck->since = now;
    deck->fade = glide_still(0.0);
    glide_to(&deck->fade, 1.0, fade, now);
    deck->running = true;
    if (engine_of(deck) == NULL)
        return true;
    deck->running = deck->stream != NULL || begin_mixed(deck, error);
    if (!deck->running)
        return false;
    struct lane_plan plan = plan_of(deck);
    engine_music_begin(engine_of(deck), deck->params.lane, &plan, milliseconds(fade));
    return true;
}

void deck_cross(struct deck *deck, struct deck *from, const struct deck_cross *cross, time_ns now)
{
    check(deck->state == DECK_LOADED && from->state == DECK_LOADED);
    deck->since = now;
    if (engine_of(deck) == NULL) {
        bool soft = !cross->gapless;
        deck->fade =
            soft ? (struct glide){0.0, 1.0, now, now + cross->in, RAMP_POWER} : glide_still(1.0);
        if (soft)
            from->fade = (struct glide){1.0, 0.0, now, now + cross->out, RAMP_POWER};
        deck->running = true;
        return;
    }
    struct lane_plan plan = plan_of(deck);
    double ahead_s = cross->place_s - from->place_s;
    uint64_t at = cross->gapless ? LANE_AT_END : cross->place_s < 0.0 ? 0 : frames_of(ahead_s);
    engine_music_cross(engine_of(deck), deck->params.lane, &plan, at,
                       frames_of(time_seconds(cross->out)),
                       cross->gapless ? 0 : frames_of(time_seconds(cross->in)));
}

bool deck_crossed(struct deck *deck)
{
    if (engine_of(deck) != NULL && !deck->running && deck->state == DECK_LOADED)
        deck->running = atomic_load(&lane_of(deck)->begun);
    return deck->running;
}

bool deck_uncross(struct deck *deck)
{
    return engine_of(deck) == NULL || engine_music_uncross(engine_of(deck), deck->params.lane);
}

void deck_hold(struct deck *deck, time_ns now)
{
    if (!deck->running)
        return;
    if (engine_of(deck) != NULL) {
        if (deck_is_mixed(deck))
            Mix_PauseMusic();
        engine_music_run(engine_of(deck), deck->params.lane, false);
    } else {
        deck->place_s = deck_place_s(deck, now);
    }
    deck->running = false;
}

void deck_run(struct deck *deck, time_ns now)
{
    check(deck->state == DECK_LOADED);
    if (deck->running)
        return;
    deck->since = now;
    deck->running = true;
    if (engine_of(deck) == NULL)
        return;
    engine_music_run(engine_of(deck), deck->params.lane, true);
    if (deck_is_mixed(deck))
        Mix_ResumeMusic();
}

void deck_fade(struct deck *deck, bool in, time_ns length, time_ns now)
{
    glide_to(&deck->fade, in ? 1.0 : 0.0, length, now);
    if (engine_of(deck) != NULL)
        engine_order(engine_of(deck), gain_of(deck), deck->fade.to, milliseconds(length), false);
}

void deck_bed(struct deck *deck, bool bed, time_ns now)
{
    glide_to(&deck->bed, bed ? DECK_BED_GAIN : 1.0, DECK_BED_NS, now);
    if (engine_of(deck) != NULL)
        engine_order(engine_of(deck), GAIN_BED, deck->bed.to, milliseconds(DECK_BED_NS), false);
}

void deck_gate(struct deck *deck, bool closed, time_ns now)
{
    time_ns length = closed ? DECK_CURTAIN_NS : DECK_RETURN_NS;
    glide_to(&deck->gate, closed ? 0.0 : 1.0, length, now);
    if (engine_of(deck) != NULL)
        engine_order(engine_of(deck), GAIN_GATE, deck->gate.to, milliseconds(length), false);
}

bool deck_faded(const struct deck *deck, time_ns now)
{
    return engine_of(deck) != NULL ? engine_settled(engine_of(deck), gain_of(deck))
                                   : now >= deck->fade.end;
}

bool deck_gated(const struct deck *deck, time_ns now)
{
    return engine_of(deck) != NULL ? engine_settled(engine_of(deck), GAIN_GATE)
                                   : now >= deck->gate.end;
}

/* What has been played since the place it was begun at, round and round. */
static double place_after(const struct deck *deck, double played_s)
{
    double place_s = deck->place_s + played_s;
    double length_s = deck->end_s - deck->begin_s;
    if (!deck->order.loop || place_s < deck->end_s || length_s <= 0.0)
        return place_s;
    return deck->begin_s + fmod(place_s - deck->begin_s, length_s);
}

double deck_place_s(const struct deck *deck, time_ns now)
{
    if (engine_of(deck) != NULL)
        return place_after(deck, (double)atomic_load(&lane_of(deck)->frames) / ENGINE_RATE);
    return place_after(deck, deck->running ? time_seconds(now - deck->since) : 0.0);
}

bool deck_ended(const struct deck *deck, time_ns now)
{
    if (engine_of(deck) != NULL)
        return atomic_load(&lane_of(deck)->ended);
    return deck->running && !deck->order.loop && now >= deck_time_of(deck, deck->end_s, now);
}

time_ns deck_time_of(const struct deck *deck, double place_s, time_ns now)
{
    if (!deck->running || deck->order.loop)
        return TIME_NEVER;
    if (engine_of(deck) != NULL)
        return now + (time_ns)((place_s - deck_place_s(deck, now)) * (double)NS_PER_S);
    return deck->since + (time_ns)((place_s - deck->place_s) * (double)NS_PER_S);
}

struct loudness deck_loudness(const struct deck *deck, time_ns at)
{
    if (!deck->running)
        return (struct loudness){0};
    if (engine_of(deck) != NULL)
        return (struct loudness){(double)atomic_load(&lane_of(deck)->rms),
                                 (double)atomic_load(&lane_of(deck)->heard)};
    double step = deck_place_s(deck, at) / ENVELOPE_STEP_S;
    double rms = 0.0;
    if (step >= 0.0 && step < (double)deck->envelope.count)
        rms = sqrt((double)deck->envelope.mean_square[(size_t)step]);
    return (struct loudness){rms, glide_at(&deck->fade, at) * glide_at(&deck->bed, at)};
}

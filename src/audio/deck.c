#include "deck.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"

#include <SDL_mixer.h>
#include <math.h>

static struct glide glide_still(double value)
{
    return (struct glide){.from = value, .to = value};
}

static double glide_at(const struct glide *glide, time_ns now)
{
    if (now >= glide->end)
        return glide->to;
    double x = (double)(now - glide->start) / (double)(glide->end - glide->start);
    return glide->from + (glide->to - glide->from) * ease_cosine(x);
}

static void glide_to(struct glide *glide, double to, time_ns length, time_ns now)
{
    *glide = (struct glide){glide_at(glide, now), to, now, now + length};
}

static uint32_t milliseconds(time_ns length)
{
    return (uint32_t)(length / NS_PER_MS);
}

void deck_init(struct deck *deck, struct engine *engine, int rate)
{
    *deck = (struct deck){.engine = engine, .rate = rate};
    deck->fade = glide_still(0.0);
    deck->bed = glide_still(1.0);
    deck->gate = glide_still(1.0);
}

bool deck_load(struct deck *deck, const char *path, struct error *error)
{
    check(!deck->loaded);
    if (!track_open(&deck->track, path, error))
        return false;
    if (deck->engine == NULL) {
        track_close(&deck->track);
        if (!envelope_read(&deck->envelope, path, deck->rate, error))
            return false;
        deck->track.length_s = deck->envelope.length_s;
    }
    deck->loaded = true;
    return true;
}

void deck_unload(struct deck *deck)
{
    if (!deck->loaded)
        return;
    if (deck->engine != NULL) {
        (void)Mix_HaltMusic();
        atomic_store(&deck->engine->music_runs, false);
        /* SDL_mixer has just reported this as an end of its own. */
        atomic_store(&deck->engine->music_ended, false);
    }
    track_close(&deck->track);
    envelope_free(&deck->envelope);
    deck->loaded = false;
    deck->running = false;
}

bool deck_play_part(struct deck *deck, double from_s, double to_s, time_ns fade,
                    struct error *error)
{
    double length_s = deck->track.length_s;
    deck->begin_s = from_s > 0.0 ? from_s : 0.0;
    deck->cut = to_s > 0.0 && (length_s <= 0.0 || to_s < length_s);
    deck->cut_fade = fade;
    deck->end_s = deck->cut ? to_s : length_s;
    return length_s <= 0.0 || deck->begin_s < length_s ||
           error_set(error, "ends before the part of it that is to be played");
}

bool deck_begin(struct deck *deck, double place_s, time_ns fade, time_ns now, struct error *error)
{
    check(deck->loaded);
    deck->place_s = place_s;
    deck->since = now;
    deck->fade = glide_still(0.0);
    glide_to(&deck->fade, 1.0, fade, now);
    deck->running = true;
    if (deck->engine == NULL)
        return true;
    engine_music_prepare(deck->engine);
    int failed = Mix_FadeInMusicPos(deck->track.music, 1, 0, place_s);
    if (failed != 0 && place_s > 0.0) {
        deck->place_s = 0.0; /* some formats cannot be entered in the middle */
        failed = Mix_FadeInMusicPos(deck->track.music, 1, 0, 0.0);
    }
    deck->running = failed == 0;
    if (failed != 0)
        return error_set(error, "cannot be played (%s)", Mix_GetError());
    double left_s = deck->end_s - deck->place_s;
    uint64_t frames = deck->cut ? (uint64_t)(fmax(left_s, 0.001) * ENGINE_RATE) : 0;
    engine_music_until(deck->engine, frames,
                       (uint64_t)(time_seconds(deck->cut_fade) * ENGINE_RATE));
    engine_music_begin(deck->engine, milliseconds(fade));
    return true;
}

void deck_hold(struct deck *deck, time_ns now)
{
    if (!deck->running)
        return;
    if (deck->engine != NULL) {
        Mix_PauseMusic();
        atomic_store(&deck->engine->music_runs, false);
    } else {
        deck->place_s = deck_place_s(deck, now);
    }
    deck->running = false;
}

void deck_run(struct deck *deck, time_ns now)
{
    check(deck->loaded);
    if (deck->running)
        return;
    deck->since = now;
    deck->running = true;
    if (deck->engine != NULL) {
        atomic_store(&deck->engine->music_runs, true);
        Mix_ResumeMusic();
    }
}

void deck_fade(struct deck *deck, bool in, time_ns length, time_ns now)
{
    glide_to(&deck->fade, in ? 1.0 : 0.0, length, now);
    if (deck->engine != NULL)
        engine_order(deck->engine, GAIN_MUSIC, deck->fade.to, milliseconds(length), false);
}

void deck_bed(struct deck *deck, bool bed, time_ns now)
{
    glide_to(&deck->bed, bed ? DECK_BED_GAIN : 1.0, DECK_BED_NS, now);
    if (deck->engine != NULL)
        engine_order(deck->engine, GAIN_BED, deck->bed.to, milliseconds(DECK_BED_NS), false);
}

void deck_gate(struct deck *deck, bool closed, time_ns now)
{
    time_ns length = closed ? DECK_CURTAIN_NS : DECK_RETURN_NS;
    glide_to(&deck->gate, closed ? 0.0 : 1.0, length, now);
    if (deck->engine != NULL)
        engine_order(deck->engine, GAIN_GATE, deck->gate.to, milliseconds(length), false);
}

bool deck_faded(const struct deck *deck, time_ns now)
{
    return deck->engine != NULL ? engine_settled(deck->engine, GAIN_MUSIC) : now >= deck->fade.end;
}

bool deck_gated(const struct deck *deck, time_ns now)
{
    return deck->engine != NULL ? engine_settled(deck->engine, GAIN_GATE) : now >= deck->gate.end;
}

double deck_place_s(const struct deck *deck, time_ns now)
{
    if (deck->engine != NULL)
        return deck->place_s + (double)atomic_load(&deck->engine->music_frames) / ENGINE_RATE;
    return deck->place_s + (deck->running ? time_seconds(now - deck->since) : 0.0);
}

bool deck_ended(const struct deck *deck, time_ns now)
{
    if (deck->engine != NULL)
        return atomic_load(&deck->engine->music_ended);
    return deck->running && now >= deck_time_of(deck, deck->end_s, now);
}

time_ns deck_time_of(const struct deck *deck, double place_s, time_ns now)
{
    if (!deck->running)
        return TIME_NEVER;
    if (deck->engine != NULL)
        return now + (time_ns)((place_s - deck_place_s(deck, now)) * (double)NS_PER_S);
    return deck->since + (time_ns)((place_s - deck->place_s) * (double)NS_PER_S);
}

struct loudness deck_loudness(const struct deck *deck, time_ns at)
{
    if (!deck->running)
        return (struct loudness){0};
    if (deck->engine != NULL)
        return (struct loudness){(double)atomic_load(&deck->engine->rms),
                                 (double)atomic_load(&deck->engine->heard)};
    double step = deck_place_s(deck, at) / ENVELOPE_STEP_S;
    double rms = 0.0;
    if (step >= 0.0 && step < (double)deck->envelope.count)
        rms = sqrt((double)deck->envelope.mean_square[(size_t)step]);
    return (struct loudness){rms, glide_at(&deck->fade, at) * glide_at(&deck->bed, at)};
}

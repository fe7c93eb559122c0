#include "lacrima/audio.h"

#include "ambience.h"
#include "cues.h"
#include "device.h"
#include "engine.h"
#include "level.h"
#include "music.h"
#include "playlist.h"
#include "track.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"

#include <SDL_mixer.h>
#include <stdlib.h>
#include <string.h>

/* Offline only the loudness is wanted, in mono; at lower rates SDL_mixer 2.6 loads only a part. */
#define OFFLINE_RATE     48000

#define REPLACE_MS       150 /* the same cue again */
#define PART_MS          180 /* a breath whose time was cut short */
#define STOP_MS          200
#define VOLUME_MS        200
#define FAREWELL_MS      200
#define FAREWELL_WAIT_MS 300

/* So long before a sound that is known of, its device is opened.  Wireless headphones and a
 * sound server that has gone to rest take most of it. */
#define AHEAD_NS SECONDS(2)

struct audio {
    struct audio_params params; /* its strings are not kept, but the functions are */
    struct engine engine;
    struct device device;
    struct ambience_player ambience;
    struct music music;
    struct level level;
    bool offline_open, offline_failed;
    bool silence_said; /* that there is no device; until there is one again */
    bool silent;
    time_ns expected_at; /* TIME_NEVER: nothing is */
    time_ns now;
};

static void say(const struct audio *audio, const char *line)
{
    if (audio->params.say != NULL)
        audio->params.say(audio->params.say_user, line);
}

static bool is_live(const struct audio *audio)
{
    return !audio->params.offline;
}

bool audio_create(struct audio **audio_out, const struct audio_params *params, struct error *error)
{
    *audio_out = NULL;
    struct audio *audio = calloc(1, sizeof *audio);
    if (audio == NULL)
        return error_set(error, "out of memory");
    audio->params = *params;
    engine_init(&audio->engine, params->wake, params->wake_user);
    level_init(&audio->level);
    audio->expected_at = TIME_NEVER;
    device_init(&audio->device, &audio->engine, params->muted);
    audio->device.wake = params->wake;
    audio->device.wake_user = params->wake_user;
    ambience_init(&audio->ambience, &audio->engine);
    struct music_params music = {.engine = is_live(audio) ? &audio->engine : NULL,
                                 .offline_rate = OFFLINE_RATE,
                                 .own_dir = params->own_dir,
                                 .xdg_music_dir = params->xdg_music_dir,
                                 .say = params->say,
                                 .say_user = params->say_user,
                                 .wake = params->wake,
                                 .wake_user = params->wake_user,
                                 .playing = params->playing};
    if (!music_init(&audio->music, &music)) {
        music_finish(&audio->music);
        free(audio);
        return error_set(error, "out of memory");
    }
    audio_volume(audio, params->volume_percent);
    *audio_out = audio;
    return true;
}

/* What a person hears as half is far less than half: the square comes near it. */
static double gain_of(int percent)
{
    double part = ease_clamp(percent / 100.0, 0.0, 1.0);
    return part * part;
}

void audio_volume(struct audio *audio, int volume_percent)
{
    engine_order(&audio->engine, GAIN_VOLUME, gain_of(volume_percent), VOLUME_MS, false);
}

void audio_balance(struct audio *audio, int music_percent, int cues_percent, int water_percent)
{
    audio->engine.part[PART_MUSIC] = (float)gain_of(music_percent);
    audio->engine.part[PART_CUES] = (float)gain_of(cues_percent);
    audio->engine.part[PART_WATER] = (float)gain_of(water_percent);
}

static void say_silence(struct audio *audio)
{
    if (!audio->silence_said) {
        struct error line;
        (void)error_set(&line, "No sound device could be opened (%s); going on in silence.",
                        audio->device.error.text);
        say(audio, line.text);
    }
    audio->silence_said = true;
}

/* Nothing may be read through the mixer while it closes. */
static void close_device(struct audio *audio, bool again, time_ns now)
{
    ambience_device_gone(&audio->ambience);
    device_close(&audio->device, again, now);
}

static void hear_news(struct audio *audio, enum device_news news, time_ns now)
{
    switch (news) {
    case DEVICE_SAME:
        return;
    case DEVICE_OPENED:
        audio->silence_said = false;
        return;
    case DEVICE_SILENT:
        say_silence(audio);
        return;
    case DEVICE_LOST:
        music_device_gone(&audio->music, now);
        close_device(audio, true, now);
        return;
    }
}

/* Gets ready for what is known to sound soon. */
static void look_ahead(struct audio *audio, time_ns now)
{
    if (audio->expected_at == TIME_NEVER || now < audio->expected_at - AHEAD_NS || audio->silent)
        return;
    device_sound(&audio->device, audio->expected_at, now);
    audio->expected_at = TIME_NEVER;
}

static void advance_live(struct audio *audio, time_ns now)
{
    struct device *device = &audio->device;
    look_ahead(audio, now);
    bool cues_sound = atomic_load(&audio->engine.voices) > 0 && !audio->silent;
    bool lasts = ambience_sounds(&audio->ambience) && !audio->silent;
    bool sounding = cues_sound || lasts || music_sounds(&audio->music);
    if (sounding && device->state == DEVICE_CLOSED)
        device_sound(device, now, now);
    hear_news(audio, device_poll(device, sounding, now), now);
    if (device_retries(device, now) || device_idle(device, now)) {
        bool again = device_retries(device, now);
        music_device_gone(&audio->music, now);
        close_device(audio, again, now);
    }
    ambience_advance(&audio->ambience, device_runs(device));
    music_advance(&audio->music, now, device_runs(device));
}

static void advance_offline(struct audio *audio, time_ns now)
{
    if (!audio->offline_open && !audio->offline_failed && music_playing(&audio->music)) {
        struct error error;
        audio->offline_open = device_offline_open(OFFLINE_RATE, &error);
        audio->offline_failed = !audio->offline_open;
        if (audio->offline_failed)
            say(audio, error.text);
    }
    music_advance(&audio->music, now, audio->offline_open);
}

/* Everything that is due by now, before a call changes anything. */
static void advance(struct audio *audio, time_ns now)
{
    audio->now = now;
    if (is_live(audio))
        advance_live(audio, now);
    else
        advance_offline(audio, now);
}

bool audio_music_add(struct audio *audio, const char *path)
{
    return music_add(&audio->music, path);
}

static struct playlist_part part_of(const struct audio_part *part)
{
    return (struct playlist_part){.from_s = part->from_s,
                                  .to_s = part->to_s,
                                  .fade_in_s = part->fade_in_s,
                                  .fade_out_s = part->fade_out_s,
                                  .tag = part->tag};
}

bool audio_music_add_part(struct audio *audio, const struct audio_part *part)
{
    const struct playlist_part kept = part_of(part);
    return music_add_part(&audio->music, part->path, part->folder, &kept);
}

bool audio_music_bring(struct audio *audio, const struct audio_part *part, size_t nth, bool soon,
                       bool *next)
{
    const struct playlist_part kept = part_of(part);
    struct bringing bringing = {
        .path = part->path, .folder = part->folder, .part = &kept, .nth = nth, .soon = soon};
    bool added = music_bring(&audio->music, &bringing);
    *next = bringing.next;
    return added;
}

bool audio_music_leave_out(struct audio *audio, int32_t tag, bool out, time_ns now)
{
    advance(audio, now);
    bool found = music_leave_out(&audio->music, tag, out, now);
    advance(audio, now);
    return found;
}

bool audio_finds_music(const char *path, unsigned levels)
{
    return track_is_music(path) || playlist_finds(path, track_name_accepted, levels);
}

void audio_music_play(struct audio *audio, time_ns now)
{
    advance(audio, now);
    music_play(&audio->music, now);
    advance(audio, now);
}

void audio_music_pause(struct audio *audio, time_ns now)
{
    advance(audio, now);
    music_pause(&audio->music, now);
    advance(audio, now);
}

void audio_music_step(struct audio *audio, int step, time_ns now)
{
    advance(audio, now);
    music_step(&audio->music, step, now);
    advance(audio, now);
}

void audio_music_stop(struct audio *audio, time_ns now)
{
    advance(audio, now);
    music_stop(&audio->music, now);
    advance(audio, now);
}

void audio_music_bed(struct audio *audio, bool bed, time_ns now)
{
    advance(audio, now);
    music_bed(&audio->music, bed, now);
}

bool audio_music_waits(const struct audio *audio)
{
    return audio->music.state == MUSIC_STARTING && playlist_waits(&audio->music.queue.list);
}

bool audio_music_playing(const struct audio *audio)
{
    return music_playing(&audio->music);
}

void audio_cue(struct audio *audio, enum cue cue, time_ns length_ns, time_ns now)
{
    check(cue >= CUE_NONE && cue < CUE_COUNT);
    /* A cue behind the curtain is past when it opens: it is not saved up. */
    if (cue == CUE_NONE || !is_live(audio) || audio->params.muted || audio->silent)
        return;
    device_sound(&audio->device, now, now);
    engine_voices_stop(&audio->engine, cue, REPLACE_MS);
    struct voice_plan plan;
    cues_plan(cue, length_ns, &plan);
    engine_voice(&audio->engine, &plan, SDL_GetTicks64());
}

void audio_expect(struct audio *audio, time_ns at)
{
    audio->expected_at = is_live(audio) && !audio->params.muted ? at : TIME_NEVER;
}

bool audio_ready(const struct audio *audio)
{
    return device_runs(&audio->device);
}

void audio_make_room(struct audio *audio, time_ns length_ns)
{
    uint64_t ms = (uint64_t)(length_ns / NS_PER_MS);
    atomic_store(&audio->engine.room_until_ms, ms > 0 ? SDL_GetTicks64() + ms : 0);
}

void audio_ambience(struct audio *audio, enum ambience ambience, time_ns now)
{
    check(ambience >= AMBIENCE_NONE && ambience < AMBIENCE_COUNT);
    if (!is_live(audio) || audio->params.muted)
        return;
    ambience_want(&audio->ambience, ambience);
    if (ambience != AMBIENCE_NONE && !audio->silent)
        device_sound(&audio->device, now, now);
    advance(audio, now);
}

void audio_state_begins(struct audio *audio, time_ns now)
{
    engine_voices_part(&audio->engine, PART_MS);
    advance(audio, now);
}

void audio_cues_stop(struct audio *audio, time_ns now)
{
    engine_voices_stop(&audio->engine, CUE_NONE, STOP_MS);
    advance(audio, now);
}

void audio_silence(struct audio *audio, bool silent, time_ns now)
{
    advance(audio, now);
    audio->silent = silent;
    music_silence(&audio->music, silent, now);
    advance(audio, now);
}

double audio_level(struct audio *audio, time_ns now)
{
    return level_at(&audio->level, now, music_loudness, &audio->music);
}

bool audio_poll(struct audio *audio, time_ns now, struct audio_event *event)
{
    advance(audio, now);
    return music_take_event(&audio->music, event);
}

time_ns audio_deadline(const struct audio *audio)
{
    if (audio->music.event_count > 0)
        return audio->now;
    if (!is_live(audio))
        return audio->offline_failed ? TIME_NEVER : music_deadline(&audio->music);
    time_ns at = time_min(music_deadline(&audio->music), device_deadline(&audio->device));
    if (audio->expected_at != TIME_NEVER && !audio->silent)
        at = time_min(at, audio->expected_at - AHEAD_NS);
    return at;
}

/* Lets what sounds fade away, for as long as the device takes to say so, within its bound. */
static void farewell(struct audio *audio)
{
    bool sounds = atomic_load(&audio->engine.voices) > 0 || ambience_sounds(&audio->ambience) ||
                  music_sounds(&audio->music);
    if (!device_runs(&audio->device) || !audio->device.real || !sounds)
        return;
    engine_order(&audio->engine, GAIN_GATE, 0.0, FAREWELL_MS, false);
    uint64_t start_ms = SDL_GetTicks64();
    while (!engine_settled(&audio->engine, GAIN_GATE) &&
           SDL_GetTicks64() - start_ms < FAREWELL_WAIT_MS)
        SDL_Delay(1);
}

void audio_destroy(struct audio **audio_in)
{
    struct audio *audio = *audio_in;
    if (audio == NULL)
        return;
    *audio_in = NULL;
    farewell(audio);
    music_finish(&audio->music);
    ambience_device_gone(&audio->ambience);
    bool closed = device_finish(&audio->device);
    if (closed && audio->device.unheard)
        say_silence(audio);
    if (audio->offline_open)
        device_offline_close();
    if (!closed)
        return; /* a thread that waits for the sound server still uses all of this */
    free(audio);
}

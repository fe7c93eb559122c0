#include "heard.h"
#include "wav.h"

#include <SDL.h>
#include <math.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TONE_HZ      220.0
#define TONE_PEAK    0.9
#define TONE_PATH    "/tmp/lacrima-test-tone.wav"
#define SHORT_PATH   "/tmp/lacrima-test-short.wav"
#define FRAME_BYTES  (2 * sizeof(float))
#define WAIT_MS      120000 /* far more than any wait here takes */
#define POLL_MS      20
#define ONSET_WINDOW 96 /* 2 ms */

static void hear_line(void *user, const char *line)
{
    struct heard *heard = user;
    if (heard->line_count < HEARD_LINES)
        (void)snprintf(heard->lines[heard->line_count++], sizeof heard->lines[0], "%s", line);
}

void heard_open(struct heard *heard, const char *driver, const struct audio_params *params)
{
    *heard = (struct heard){0};
    (void)snprintf(heard->path, sizeof heard->path, "/tmp/lacrima-heard-XXXXXX");
    int file = mkstemp(heard->path);
    assert_true(file >= 0);
    (void)close(file);
    heard->watch = inotify_init1(IN_CLOEXEC);
    assert_true(heard->watch >= 0);
    assert_true(inotify_add_watch(heard->watch, heard->path, IN_MODIFY) >= 0);
    (void)setenv("SDL_AUDIODRIVER", driver != NULL ? driver : "disk", 1);
    (void)setenv("SDL_DISKAUDIOFILE", heard->path, 1);
    /* A millisecond for each buffer of 21 ms: the driver writes twenty times faster than time. */
    (void)setenv("SDL_DISKAUDIODELAY", "1", 1);
    SDL_LogSetAllPriority(SDL_NUM_LOG_PRIORITIES); /* the driver announces itself each time */
    struct audio_params own = {.volume_percent = 100};
    if (params != NULL)
        own = *params;
    own.say = hear_line;
    own.say_user = heard;
    struct error error;
    if (!audio_create(&heard->audio, &own, &error))
        fail_msg("%s", error.text);
}

size_t heard_frames(const struct heard *heard)
{
    struct stat status;
    return stat(heard->path, &status) == 0 ? (size_t)status.st_size / FRAME_BYTES : 0;
}

time_ns heard_now(const struct heard *heard)
{
    return (time_ns)heard_frames(heard) * NS_PER_S / HEARD_RATE;
}

static void poll_once(struct heard *heard)
{
    struct audio_event event;
    while (audio_poll(heard->audio, heard_now(heard), &event)) {
        if (heard->event_count < 64)
            heard->events[heard->event_count++] = event;
    }
}

void heard_wait(const struct heard *heard)
{
    struct pollfd watched = {.fd = heard->watch, .events = POLLIN};
    char news[4096];
    if (poll(&watched, 1, POLL_MS) > 0 && read(heard->watch, news, sizeof news) < 0)
        fail_msg("the watch on %s is broken", heard->path);
}

void heard_until_ready(struct heard *heard, time_ns now)
{
    uint64_t start = SDL_GetTicks64();
    struct audio_event event;
    while (!audio_ready(heard->audio)) {
        while (audio_poll(heard->audio, now, &event)) {
            if (heard->event_count < 64)
                heard->events[heard->event_count++] = event;
        }
        heard_wait(heard);
        if (SDL_GetTicks64() - start > WAIT_MS)
            fail_msg("the device is never open");
    }
}

void heard_expect(struct heard *heard)
{
    audio_expect(heard->audio, heard_now(heard));
    poll_once(heard);
    heard_until_ready(heard, heard_now(heard));
}

static void run_to(struct heard *heard, size_t frames)
{
    uint64_t start = SDL_GetTicks64();
    while (heard_frames(heard) < frames) {
        poll_once(heard);
        heard_wait(heard);
        if (SDL_GetTicks64() - start > WAIT_MS)
            fail_msg("the device stopped writing at %zu of %zu frames", heard_frames(heard),
                     frames);
    }
    poll_once(heard);
}

void heard_run(struct heard *heard, double seconds)
{
    run_to(heard, heard_frames(heard) + (size_t)(seconds * HEARD_RATE));
}

void heard_start(struct heard *heard)
{
    run_to(heard, 1);
}

double heard_latest(const struct heard *heard, double seconds)
{
    size_t all = heard_frames(heard);
    size_t count = (size_t)(seconds * HEARD_RATE);
    struct heard part = {.frames = count < all ? count : all};
    part.samples = calloc(part.frames + 1, FRAME_BYTES);
    assert_non_null(part.samples);
    FILE *file = fopen(heard->path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, (long)((all - part.frames) * FRAME_BYTES), SEEK_SET), 0);
    part.frames = fread(part.samples, FRAME_BYTES, part.frames, file);
    (void)fclose(file);
    double rms = heard_rms(&part, 0, part.frames);
    free(part.samples);
    return rms;
}

void heard_read(struct heard *heard)
{
    free(heard->samples);
    heard->frames = heard_frames(heard);
    heard->samples = calloc(heard->frames + 1, FRAME_BYTES);
    assert_non_null(heard->samples);
    FILE *file = fopen(heard->path, "rb");
    assert_non_null(file);
    heard->frames = fread(heard->samples, FRAME_BYTES, heard->frames, file);
    (void)fclose(file);
}

void heard_close(struct heard *heard)
{
    audio_destroy(&heard->audio);
    assert_null(heard->audio);
    heard_read(heard);
}

void heard_free(struct heard *heard)
{
    audio_destroy(&heard->audio);
    free(heard->samples);
    heard->samples = NULL;
    if (heard->path[0] == '\0')
        return;
    (void)close(heard->watch);
    (void)remove(heard->path);
    heard->path[0] = '\0';
}

double heard_rms(const struct heard *heard, size_t first, size_t count)
{
    double sum = 0.0;
    for (size_t i = first; i < first + count && i < heard->frames; i++) {
        double left = (double)heard->samples[2 * i];
        double right = (double)heard->samples[2 * i + 1];
        sum += left * left + right * right;
    }
    return count > 0 ? sqrt(sum / (2.0 * (double)count)) : 0.0;
}

double heard_largest_jump(const struct heard *heard, size_t first, size_t count)
{
    double largest = 0.0;
    for (size_t i = first + 1; i < first + count && i < heard->frames; i++) {
        for (size_t c = 0; c < 2; c++) {
            double jump =
                fabs((double)heard->samples[2 * i + c] - (double)heard->samples[2 * (i - 1) + c]);
            largest = fmax(largest, jump);
        }
    }
    return largest;
}

double heard_brightness(const struct heard *heard, size_t first, size_t count, double cutoff)
{
    double k = 1.0 - exp(-2.0 * 3.14159265358979 * cutoff / HEARD_RATE);
    double low = 0.0;
    double low_power = 0.0;
    double high_power = 0.0;
    for (size_t i = first; i < first + count && i < heard->frames; i++) {
        double x = (double)heard->samples[2 * i];
        low += k * (x - low);
        low_power += low * low;
        high_power += (x - low) * (x - low);
    }
    return high_power / (low_power + high_power);
}

size_t heard_onset(const struct heard *heard, size_t first, double db)
{
    double threshold = pow(10.0, db / 20.0);
    for (size_t i = first; i + ONSET_WINDOW <= heard->frames; i += ONSET_WINDOW / 2) {
        if (heard_rms(heard, i, ONSET_WINDOW) >= threshold)
            return i + ONSET_WINDOW;
    }
    return SIZE_MAX;
}

void write_tone(const char *path, double frequency, double peak, double seconds)
{
    uint32_t frames = (uint32_t)(seconds * HEARD_RATE);
    FILE *file = wav_begin(path, HEARD_RATE, 2, frames);
    for (uint32_t i = 0; i < frames; i++) {
        /* A cosine: it begins and ends at its peak, so a cut that is not faded is a jump. */
        double x = peak * cos(6.283185307179586 * frequency * i / HEARD_RATE);
        uint32_t sample = (uint32_t)(uint16_t)(int16_t)lrint(x * 32767.0);
        wav_put(file, sample, 2);
        wav_put(file, sample, 2);
    }
    (void)fclose(file);
}

size_t heard_frames_of(double seconds)
{
    return (size_t)(seconds * HEARD_RATE);
}

struct heard_span heard_cue(struct heard *heard, enum cue cue, double length_s, double run_s)
{
    heard_expect(heard);
    struct heard_span span = {.before = heard_frames(heard)};
    audio_cue(heard->audio, cue, (time_ns)(length_s * 1e9), heard_now(heard));
    span.after = heard_frames(heard);
    heard_run(heard, run_s);
    return span;
}

/* Where a cue began to sound: with a buffer or two that were on their way, in the next one; the
 * noise that a breath is made of is below the mark for a moment more. */
size_t heard_begin_of(const struct heard *heard, struct heard_span span)
{
    size_t begin = heard_onset(heard, span.before, -60.0);
    assert_true(begin != SIZE_MAX);
    assert_in_range(begin, span.before, span.after + 3 * HEARD_BUFFER + heard_frames_of(0.06));
    return begin;
}

/* The device is asked for its buffers ahead of what the file already holds, by two at the most. */
/* Opens with the cues loaded and the device awake, so that what follows is timed by itself. */
void heard_open_awake(struct heard *heard, const struct audio_params *params)
{
    heard_open(heard, NULL, params);
    audio_cue(heard->audio, CUE_MARK, 0, 0);
    heard_start(heard);
    /* On a slow machine the first is stale before the device is open, and is left out. */
    for (int i = 0; i < 200 && heard_latest(heard, 1.0) < 0.001; i++) {
        audio_cue(heard->audio, CUE_MARK, 0, heard_now(heard));
        heard_run(heard, 1.0);
    }
    heard_run(heard, 1.5);
}

void heard_add_tones(struct heard *heard)
{
    write_tone(TONE_PATH, TONE_HZ, TONE_PEAK, 30.0);
    write_tone(SHORT_PATH, TONE_HZ, TONE_PEAK, 2.0);
    assert_true(audio_music_add(heard->audio, TONE_PATH));
    assert_true(audio_music_add(heard->audio, SHORT_PATH));
}

/* Plays, and waits until the first track has begun; the device has to be opened first. */
void heard_play_music(struct heard *heard)
{
    audio_music_play(heard->audio, 0);
    heard_start(heard);
    for (int i = 0; i < 400 && heard->event_count == 0; i++)
        heard_run(heard, 0.25);
    assert_int_equal(heard->event_count, 1);
}

int heard_set_up(void **state)
{
    static struct heard heard;
    heard = (struct heard){0};
    *state = &heard;
    return 0;
}

int heard_tear_down(void **state)
{
    heard_free(*state);
    return 0;
}

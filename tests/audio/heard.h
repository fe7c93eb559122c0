/* What is really heard: SDL's `disk` driver writes every sample to a file, and the file's length is
 * the clock, so nothing here waits for time to pass: it waits for samples, within a bound. */
#ifndef LACRIMA_TESTS_AUDIO_HEARD_H
#define LACRIMA_TESTS_AUDIO_HEARD_H

#include "lacrima/audio.h"

#include <stddef.h>

#define HEARD_RATE   48000
#define HEARD_BUFFER 1024 /* frames */
#define HEARD_LINES  32

struct heard {
    struct audio *audio;
    char path[256];
    int watch;                     /* inotify, on the file */
    char lines[HEARD_LINES][1024]; /* what was said */
    size_t line_count;
    struct audio_event events[64];
    size_t event_count;
    float *samples; /* after heard_read: interleaved stereo */
    size_t frames;
};

/* Opens audio on the disk driver; driver NULL: "disk".  params may be NULL. */
void heard_open(struct heard *heard, const char *driver, const struct audio_params *params);

/* How many frames have been written, and the same as a time. */
size_t heard_frames(const struct heard *heard);
time_ns heard_now(const struct heard *heard);

/* Waits until the device has written something; at most a moment, for it may not. */
void heard_wait(const struct heard *heard);

/* Polls until so many more frames have been written; fails the test if they do not come. */
void heard_run(struct heard *heard, double seconds);

/* Polls, at this time, until what was expected can sound at once. */
void heard_until_ready(struct heard *heard, time_ns now);

/* A sound comes next: opens the device and waits until it runs. */
void heard_expect(struct heard *heard);

/* Polls until the device writes, or fails. */
void heard_start(struct heard *heard);

/* The level of the last so many seconds that were written. */
double heard_latest(const struct heard *heard, double seconds);

/* Reads what has been written so far. */
void heard_read(struct heard *heard);

/* Destroys the audio, reads all of it, and leaves the samples to be looked at. */
void heard_close(struct heard *heard);
void heard_free(struct heard *heard);

double heard_rms(const struct heard *heard, size_t first, size_t count);

/* The largest step from one sample to the next, relative to full scale. */
double heard_largest_jump(const struct heard *heard, size_t first, size_t count);

/* Share of the power above `cutoff` Hz (one-pole split). */
double heard_brightness(const struct heard *heard, size_t first, size_t count, double cutoff);

/* The first frame from `first` on whose level reaches db; or SIZE_MAX. */
size_t heard_onset(const struct heard *heard, size_t first, double db);

/* Writes a 16-bit stereo WAV: a tone of this frequency and peak, with a hard beginning and end. */
void write_tone(const char *path, double frequency, double peak, double seconds);

/* Opens with the cues loaded and the device awake, so that what follows is timed by itself. */
void heard_open_awake(struct heard *heard, const struct audio_params *params);

size_t heard_frames_of(double seconds);

/* How far the device had come just before a call, and just after: it runs twenty times faster
 * than time, and the caller may be kept waiting in between. */
struct heard_span {
    size_t before, after;
};

/* Asks for a cue, which has been expected, and runs on; length_s 0: its own length. */
struct heard_span heard_cue(struct heard *heard, enum cue cue, double length_s, double run_s);

/* Where a cue began to sound: after a buffer or two that were on their way; fails if later. */
size_t heard_begin_of(const struct heard *heard, struct heard_span span);

/* Adds two loud tones, of 30 s and of 2 s, that begin and end hard. */
#define HEARD_TONE_STEP (0.9 * 6.2831853 * 220.0 / HEARD_RATE) /* from sample to sample */
void heard_add_tones(struct heard *heard);

/* Plays, and waits until the first track has begun; the device has to be opened first. */
void heard_play_music(struct heard *heard);

/* For cmocka: *state is a struct heard, closed and removed after each test, failed or not. */
int heard_set_up(void **state);
int heard_tear_down(void **state);

#endif

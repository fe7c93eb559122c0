#include "by_turns.h"
#include "wav.h"

#include <math.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define BLOCK    1024
#define LENGTH_S 60
#define WAIT_S   120 /* far more than any file takes to be opened */

struct scene scene;
static sem_t woken;

static void wake(void *user)
{
    (void)user;
    (void)sem_post(&woken);
}

static void say(void *user, const char *line)
{
    (void)user;
    (void)snprintf(scene.line, sizeof scene.line, "%s", line);
}

double place_of(void *user, const char *path)
{
    (void)user;
    (void)path;
    return scene.known_s;
}

void keep_place(void *user, const char *path, double place_s, double length_s)
{
    (void)user;
    (void)path;
    assert_true(length_s > 0.0);
    scene.kept_s = place_s;
    scene.kept++;
}

int set_up(void **state)
{
    (void)state;
    memset(&scene, 0, sizeof scene);
    const char *tmp = getenv("TMPDIR");
    (void)snprintf(scene.folder, sizeof scene.folder, "%s/lacrima-handover-XXXXXX",
                   tmp != NULL ? tmp : "/tmp");
    assert_non_null(mkdtemp(scene.folder));
    scene.heard = calloc((size_t)LENGTH_S * LANE_RATE * 2, sizeof *scene.heard);
    assert_non_null(scene.heard);
    return sem_init(&woken, 0, 0);
}

int tear_down(void **state)
{
    (void)state;
    char command[128];
    music_finish(&scene.music);
    free(scene.heard);
    (void)snprintf(command, sizeof command, "rm -r '%s'", scene.folder);
    return system(command);
}

void begin(const struct audio_playing *playing)
{
    struct music_params params = {
        .engine = &scene.engine, .say = say, .wake = wake, .playing = *playing};
    engine_init(&scene.engine, NULL, NULL);
    scene.engine.patient = true;
    assert_true(music_init(&scene.music, &params));
}

const char *path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", scene.folder, name);
    return path;
}

static double sample_of(struct sound *sound, double i, unsigned rate)
{
    if (sound->noise == 0)
        return sound->peak * sin(2.0 * SCENE_PI * (sound->from + sound->hertz * i / rate));
    sound->noise = sound->noise * 1664525U + 1013904223U;
    return sound->peak * ((double)(sound->noise >> 8) / 8388608.0 - 1.0);
}

/* A file of 24 bits, and adds it to the list. */
void add(const char *name, struct sound sound, unsigned rate, unsigned frames)
{
    FILE *file = wav_begin(path_of(name), rate, 3, frames);
    for (unsigned i = 0; i < frames; i++) {
        for (int c = 0; c < 2; c++)
            wav_put(file, (uint32_t)(int32_t)lrint(8388607.0 * sample_of(&sound, i, rate)), 3);
    }
    assert_int_equal(fclose(file), 0);
    assert_true(music_add(&scene.music, path_of(name)));
}

time_ns now(void)
{
    return (time_ns)((double)scene.frames * 1e9 / LANE_RATE);
}

void take_events(void)
{
    struct audio_event event;
    while (music_take_event(&scene.music, &event)) {
        if (event.kind != AUDIO_STARTED || scene.count == 16)
            continue;
        (void)snprintf(scene.titles[scene.count], sizeof scene.titles[0], "%s", event.title);
        scene.began[scene.count++] = scene.frames;
    }
}

void mix(void)
{
    float *io = &scene.heard[2 * scene.frames];
    music_advance(&scene.music, now(), true);
    engine_mix(&scene.engine, io, BLOCK, 0);
    scene.frames += BLOCK;
    music_advance(&scene.music, now(), true);
    take_events();
}

static bool opens(void)
{
    return scene.music.decks[0].state == DECK_OPENING || scene.music.decks[1].state == DECK_OPENING;
}

void wait_for_disk(void)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_S;
    assert_int_equal(sem_timedwait(&woken, &until), 0);
    music_advance(&scene.music, now(), true);
    take_events();
}

/* No time passes while a file is being opened. */
void run(double seconds)
{
    size_t end = scene.frames + (size_t)(seconds * LANE_RATE);
    assert_true(end + BLOCK <= (size_t)LENGTH_S * LANE_RATE);
    while (scene.frames < end) {
        while (opens())
            wait_for_disk();
        mix();
    }
}

double rms(double from_s, double to_s)
{
    size_t from = (size_t)(from_s * LANE_RATE);
    size_t to = (size_t)(to_s * LANE_RATE);
    double sum = 0.0;
    for (size_t i = 2 * from; i < 2 * to; i++)
        sum += (double)scene.heard[i] * (double)scene.heard[i];
    return sqrt(sum / (double)(2 * (to - from)));
}

double db(double of, double to)
{
    return 20.0 * log10(of / to);
}

/* How strong one pitch is (its peak), by its Fourier sum. */
double strength(double hertz, double from_s, double to_s)
{
    size_t from = (size_t)(from_s * LANE_RATE);
    size_t to = (size_t)(to_s * LANE_RATE);
    double re = 0.0;
    double im = 0.0;
    for (size_t i = from; i < to; i++) {
        double turn = 2.0 * SCENE_PI * hertz * (double)i / LANE_RATE;
        re += (double)scene.heard[2 * i] * cos(turn);
        im += (double)scene.heard[2 * i] * sin(turn);
    }
    return 2.0 * hypot(re, im) / (double)(to - from);
}

/* The largest second difference: a step, a corner or a gap in a sine stands out of it. */
double roughest(double from_s, double to_s)
{
    double most = 0.0;
    for (size_t i = (size_t)(from_s * LANE_RATE); i < (size_t)(to_s * LANE_RATE); i++) {
        const float *at = &scene.heard[2 * i];
        most = fmax(most, fabs((double)at[0] - 2.0 * (double)at[2] + (double)at[4]));
    }
    return most;
}

double roughness_of(double hertz, double peak)
{
    return peak * pow(2.0 * SCENE_PI * hertz / LANE_RATE, 2.0);
}

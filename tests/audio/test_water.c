/* The falling water, mixed without a device for as long as a shower: it comes and goes slowly, has
 * no seam, and is not heard as a loop. */
#include "ambience.h"
#include "engine.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define BUFFER  1024
#define HEARD_S 140
#define FRAMES  ((size_t)HEARD_S * ENGINE_RATE)
/* A quarter of a second: as long as two textures overlap where one ends. */
#define WINDOW ((size_t)ENGINE_RATE / 4)

static struct engine engine;
static struct ambience_player player;
static float *heard; /* the left side of it */

static void mix(float *to, size_t frames)
{
    for (size_t at = 0; at < frames; at += BUFFER) {
        float io[2 * BUFFER] = {0.0F};
        engine_mix(&engine, io, BUFFER, 0);
        for (size_t i = 0; i < BUFFER && at + i < frames; i++)
            to[at + i] = io[2 * i];
    }
}

static double rms(const float *samples, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += (double)samples[i] * (double)samples[i];
    return sqrt(sum / (double)count);
}

static double largest_jump(const float *samples, size_t count)
{
    double largest = 0.0;
    for (size_t i = 1; i < count; i++)
        largest = fmax(largest, fabs((double)samples[i] - (double)samples[i - 1]));
    return largest;
}

/* 1: the same again; 0: nothing in common. */
static double likeness(const float *a, const float *b, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += (double)a[i] * (double)b[i];
    return sum / ((double)count * rms(a, count) * rms(b, count));
}

static int listen(void **state)
{
    (void)state;
    (void)setenv("SDL_AUDIODRIVER", "dummy", 1);
    heard = malloc(FRAMES * sizeof *heard);
    if (heard == NULL || SDL_Init(SDL_INIT_AUDIO) != 0 ||
        Mix_OpenAudioDevice(ENGINE_RATE, AUDIO_F32SYS, ENGINE_CHANNELS, BUFFER, NULL, 0) != 0)
        return -1;
    engine_init(&engine, NULL, NULL);
    ambience_init(&player, &engine, NULL, NULL);
    ambience_want(&player, AMBIENCE_WATER);
    struct error error;
    const char *dir = LACRIMA_SOURCE_DIR "/assets/cues";
    if (!ambience_advance(&player, dir, true, &error))
        return -1;
    SDL_WaitThread(player.thread, NULL); /* the reading, which this test need not poll for */
    player.thread = NULL;
    if (!ambience_advance(&player, dir, true, &error) || player.sounding != AMBIENCE_WATER)
        return -1;
    mix(heard, FRAMES);
    return 0;
}

static int leave(void **state)
{
    (void)state;
    engine_lasting_drop(&engine);
    ambience_device_gone(&player);
    ambience_free(&player);
    Mix_CloseAudio();
    SDL_Quit();
    free(heard);
    return 0;
}

static void it_comes_slowly(void **state)
{
    (void)state;
    double full = rms(heard + 10 * ENGINE_RATE, 10 * (size_t)ENGINE_RATE);
    assert_true(full > 0.01 && full < 0.1);
    double before = 0.0;
    for (size_t i = 0; i < 6; i++) { /* a second and a half */
        double here = rms(heard + i * WINDOW, WINDOW);
        assert_true(here > before || i == 5);
        before = here;
    }
    assert_true(rms(heard, WINDOW) < 0.2 * full);
}

/* A step as from any sample to the next, relative to how large such steps are. */
static double step_over_seam(const struct sound *sound)
{
    double sum = 0.0;
    double largest = 0.0;
    for (size_t side = 0; side < ENGINE_CHANNELS; side++) {
        const int16_t *x = sound->samples + side;
        size_t last = ENGINE_CHANNELS * (sound->frames - 1);
        for (size_t i = 0; i < last; i += ENGINE_CHANNELS)
            sum += pow((double)x[i + ENGINE_CHANNELS] - (double)x[i], 2.0);
        largest = fmax(largest, fabs((double)x[0] - (double)x[last]));
    }
    return largest / sqrt(sum / (double)(ENGINE_CHANNELS * sound->frames));
}

/* Every quarter of a second is about as loud as any other, and no step between two samples stands
 * out: neither layer's end is heard. */
static void it_has_no_seam(void **state)
{
    (void)state;
    const float *from = heard + 2 * ENGINE_RATE;
    size_t count = FRAMES - 2 * (size_t)ENGINE_RATE;
    double full = rms(from, count);
    for (size_t at = 0; at + WINDOW <= count; at += WINDOW / 4)
        assert_true(fabs(20.0 * log10(rms(from + at, WINDOW) / full)) < 2.5);
    for (size_t l = 0; l < ENGINE_LAYERS; l++) {
        assert_true(step_over_seam(&player.sound[l]) < 4.0);
        double elsewhere = largest_jump(heard + 2 * ENGINE_RATE, 20 * (size_t)ENGINE_RATE);
        size_t length = player.sound[l].frames;
        for (size_t end = length; end + WINDOW < FRAMES; end += length)
            assert_true(largest_jump(heard + end - WINDOW, 2 * WINDOW) < 1.3 * elsewhere);
    }
}

/* One layer has come round, the other has not: never the same again, in all of a shower. */
static void it_is_no_loop(void **state)
{
    (void)state;
    size_t far = player.sound[0].frames;
    size_t near = player.sound[1].frames;
    assert_true(far > 30 * (size_t)ENGINE_RATE && near > 30 * (size_t)ENGINE_RATE);
    const float *here = heard + 5 * ENGINE_RATE;
    size_t second = ENGINE_RATE;
    assert_true(likeness(here, here, second) > 0.999);
    for (size_t lap = 1; lap * far < FRAMES - 6 * second; lap++)
        assert_true(fabs(likeness(here, here + lap * far, second)) < 0.9);
    for (size_t lap = 1; lap * near < FRAMES - 6 * second; lap++)
        assert_true(fabs(likeness(here, here + lap * near, second)) < 0.9);
    /* Both have come round together only after longer than ten minutes. */
    size_t a = far;
    size_t b = near;
    while (b != 0) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    assert_true(far / a * near > 600 * second);
}

static void it_goes_softly(void **state)
{
    (void)state;
    enum { TAIL = 2 * ENGINE_RATE };
    static float tail[TAIL];
    double usual = largest_jump(heard + 2 * ENGINE_RATE, 20 * (size_t)ENGINE_RATE);
    double full = rms(heard + 10 * ENGINE_RATE, 10 * (size_t)ENGINE_RATE);
    ambience_want(&player, AMBIENCE_NONE);
    struct error error;
    assert_true(ambience_advance(&player, "", true, &error));
    mix(tail, TAIL);
    assert_true(largest_jump(tail, TAIL) < 1.2 * usual);
    assert_true(rms(tail, WINDOW) > 0.5 * full); /* it does not break off */
    assert_true(rms(tail + 5 * WINDOW, WINDOW) < 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_slowly),
        cmocka_unit_test(it_has_no_seam),
        cmocka_unit_test(it_is_no_loop),
        cmocka_unit_test(it_goes_softly),
    };
    return cmocka_run_group_tests(tests, listen, leave);
}

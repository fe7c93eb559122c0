/* The falling water, mixed without a device for as long as a shower: it comes and goes slowly, is
 * even, and never comes again. */
#include "ambience.h"
#include "engine.h"

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
#define WINDOW  ((size_t)ENGINE_RATE / 4)

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
    heard = malloc(FRAMES * sizeof *heard);
    if (heard == NULL)
        return -1;
    engine_init(&engine, NULL, NULL);
    ambience_init(&player, &engine);
    ambience_want(&player, AMBIENCE_WATER);
    ambience_advance(&player, true);
    if (player.sounding != AMBIENCE_WATER)
        return -1;
    mix(heard, FRAMES);
    return 0;
}

static int leave(void **state)
{
    (void)state;
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

/* Every quarter of a second is about as loud as any other, and no step between two samples stands
 * out: there is no seam in it. */
static void it_is_even(void **state)
{
    (void)state;
    const float *from = heard + 2 * ENGINE_RATE;
    size_t count = FRAMES - 2 * (size_t)ENGINE_RATE;
    double full = rms(from, count);
    double elsewhere = largest_jump(from, 20 * (size_t)ENGINE_RATE);
    for (size_t at = 0; at + WINDOW <= count; at += WINDOW / 4) {
        assert_true(fabs(20.0 * log10(rms(from + at, WINDOW) / full)) < 2.5);
        assert_true(largest_jump(from + at, WINDOW) < 1.5 * elsewhere);
    }
}

/* A tenth of a second of it is found nowhere else, at any of the steps of a sample. */
static void it_is_no_loop(void **state)
{
    (void)state;
    const float *here = heard + 5 * ENGINE_RATE;
    const size_t part = ENGINE_RATE / 100;
    assert_true(likeness(here, here, part) > 0.999);
    for (size_t lap = ENGINE_RATE / 10; lap < 10 * (size_t)ENGINE_RATE; lap++)
        assert_true(fabs(likeness(here, here + lap, part)) < 0.9);
}

static void it_goes_softly(void **state)
{
    (void)state;
    enum { TAIL = 2 * ENGINE_RATE };
    static float tail[TAIL];
    double usual = largest_jump(heard + 2 * ENGINE_RATE, 20 * (size_t)ENGINE_RATE);
    double full = rms(heard + 10 * ENGINE_RATE, 10 * (size_t)ENGINE_RATE);
    ambience_want(&player, AMBIENCE_NONE);
    ambience_advance(&player, true);
    mix(tail, TAIL);
    assert_true(largest_jump(tail, TAIL) < 1.2 * usual);
    assert_true(rms(tail, WINDOW) > 0.5 * full); /* it does not break off */
    assert_true(rms(tail + 5 * WINDOW, WINDOW) < 1e-6);
    assert_true(engine_lasting_rests(&engine));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_slowly),
        cmocka_unit_test(it_is_even),
        cmocka_unit_test(it_is_no_loop),
        cmocka_unit_test(it_goes_softly),
    };
    return cmocka_run_group_tests(tests, listen, leave);
}

/* What sounds on and on, mixed without a device, the water for more than a minute: it comes and
 * goes slowly, has no seam, never comes again, and each is told from the others. */
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
#define HEARD_S 70
#define FRAMES  ((size_t)HEARD_S * ENGINE_RATE)
#define SECOND  ((size_t)ENGINE_RATE)
#define WINDOW  (SECOND / 4)

static const struct row {
    enum ambience ambience;
    size_t seconds;
    double sway_db; /* between a quarter of a second and the whole, at the most */
    double rms_min, rms_max;
} rows[] = {
    {AMBIENCE_WATER, HEARD_S, 2.5, 0.02, 0.06},
    {AMBIENCE_EMBERS, 30, 6.0, 0.004, 0.02},
    {AMBIENCE_LEAVES, 30, 9.0, 0.004, 0.02},
};
#define ROWS (sizeof rows / sizeof rows[0])

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

/* How far the largest step stands out of the others: in crackling, far. */
static double sudden(const float *samples, size_t count)
{
    double sum = 0.0;
    for (size_t i = 1; i < count; i++)
        sum += pow((double)samples[i] - (double)samples[i - 1], 2.0);
    return largest_jump(samples, count) / sqrt(sum / (double)count);
}

static double peak(const float *samples, size_t count)
{
    double most = 0.0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs((double)samples[i]));
    return most;
}

/* 1: the same again; 0: nothing in common. */
static double likeness(const float *a, const float *b, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += (double)a[i] * (double)b[i];
    return sum / ((double)count * rms(a, count) * rms(b, count));
}

/* Share of the power above 1 kHz (one pole). */
static double brightness(const float *samples, size_t count)
{
    double low = 0.0;
    double low_power = 0.0;
    double high_power = 0.0;
    for (size_t i = 0; i < count; i++) {
        double x = (double)samples[i];
        low += 0.123 * (x - low);
        low_power += low * low;
        high_power += (x - low) * (x - low);
    }
    return high_power / (low_power + high_power);
}

static void begin(enum ambience ambience)
{
    engine_init(&engine, NULL, NULL);
    ambience_init(&player, &engine);
    ambience_want(&player, ambience);
    ambience_advance(&player, true);
    assert_int_equal(player.sounding, ambience);
}

static void it_comes_slowly(const struct row *row)
{
    double full = rms(heard + 10 * SECOND, 10 * SECOND);
    assert_true(full > row->rms_min && full < row->rms_max);
    assert_true(rms(heard, WINDOW) < 0.25 * full);
    assert_true(rms(heard, WINDOW) < rms(heard + 3 * WINDOW, WINDOW));
    assert_true(rms(heard + 3 * WINDOW, WINDOW) < 1.3 * rms(heard + 6 * WINDOW, WINDOW));
}

/* No quarter of a second is far from the others, and no step between two samples stands out. */
static void it_is_even(const struct row *row)
{
    const float *from = heard + 2 * SECOND;
    size_t count = (row->seconds - 2) * SECOND;
    double full = rms(from, count);
    assert_true(peak(from, count) < 0.2239); /* -13 dBFS */
    double elsewhere = largest_jump(from, 20 * SECOND);
    assert_true(elsewhere < 0.09);
    for (size_t at = 0; at + WINDOW <= count; at += WINDOW / 2) {
        assert_true(fabs(20.0 * log10(rms(from + at, WINDOW) / full)) < row->sway_db);
        assert_true(largest_jump(from + at, WINDOW) < 1.6 * elsewhere);
    }
}

/* A hundredth of a second of it is found nowhere else, wherever one looks. */
static void it_is_no_loop(void)
{
    const float *here = heard + 5 * SECOND;
    const size_t part = SECOND / 100;
    assert_true(likeness(here, here, part) > 0.999);
    for (size_t lap = SECOND / 10; lap < 2 * SECOND; lap++)
        assert_true(fabs(likeness(here, here + lap, part)) < 0.97);
}

static void it_goes_softly(void)
{
    enum { TAIL = 2 * ENGINE_RATE };
    static float tail[TAIL];
    double usual = largest_jump(heard + 2 * SECOND, 20 * SECOND);
    double full = rms(heard + 10 * SECOND, 10 * SECOND);
    ambience_want(&player, AMBIENCE_NONE);
    ambience_advance(&player, true);
    mix(tail, TAIL);
    assert_true(largest_jump(tail, TAIL) < 1.3 * usual);
    assert_true(rms(tail, WINDOW) > 0.3 * full); /* it does not break off */
    assert_true(rms(tail + 5 * WINDOW, WINDOW) < 1e-6);
    assert_true(engine_lasting_rests(&engine));
}

static void each_comes_and_goes_and_never_comes_again(void **state)
{
    (void)state;
    for (size_t r = 0; r < ROWS; r++) {
        begin(rows[r].ambience);
        mix(heard, rows[r].seconds * SECOND);
        it_comes_slowly(&rows[r]);
        it_is_even(&rows[r]);
        it_is_no_loop();
        it_goes_softly();
    }
}

/* Water is loud and bright, embers are dark and crack, leaves are bright and swell as wind does. */
static void each_is_told_from_the_others(void **state)
{
    (void)state;
    double bright[ROWS];
    double sparks[ROWS];
    for (size_t r = 0; r < ROWS; r++) {
        begin(rows[r].ambience);
        mix(heard, 12 * SECOND);
        bright[r] = brightness(heard + 2 * SECOND, 10 * SECOND);
        sparks[r] = sudden(heard + 2 * SECOND, 10 * SECOND);
    }
    assert_true(bright[0] > 2.0 * bright[1] && bright[2] > 1.5 * bright[1]);
    assert_true(sparks[1] > 2.0 * sparks[0]);
    begin(AMBIENCE_WATER);
    mix(heard, 12 * SECOND);
    double water = rms(heard + 2 * SECOND, 10 * SECOND);
    begin(AMBIENCE_LEAVES);
    mix(heard, 12 * SECOND);
    assert_true(rms(heard + 2 * SECOND, 10 * SECOND) < 0.6 * water);
}

static int set_up(void **state)
{
    (void)state;
    heard = malloc(FRAMES * sizeof *heard);
    return heard == NULL ? -1 : 0;
}

static int leave(void **state)
{
    (void)state;
    free(heard);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_comes_and_goes_and_never_comes_again),
        cmocka_unit_test(each_is_told_from_the_others),
    };
    return cmocka_run_group_tests(tests, set_up, leave);
}

/* Every cue as it is made, without a device: its length, its level, what tells it from the others.
 */
#include "cues.h"
#include "engine.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BUFFER     1024
#define LONGEST_S  22
#define FRAMES_MAX ((size_t)LONGEST_S * ENGINE_RATE)
#define SIDES      ENGINE_CHANNELS
#define SILENT     1e-6
#define USUAL_S    5.5
#define TIME_S     0.02   /* how exactly a breath keeps its time */
#define PEAK_MAX   0.2239 /* -13 dBFS */
#define JUMP_MAX   0.08
#define TURN       6.283185307179586

static struct engine engine;
static float heard[FRAMES_MAX][SIDES];
static size_t heard_frames; /* of it */

static const double lengths[] = {0.5, 1.0, 3.37, 5.5, 10.0, 20.0};
#define LENGTHS (sizeof lengths / sizeof lengths[0])
static const enum cue breaths[] = {CUE_SWELL_IN, CUE_SWELL_OUT, CUE_TOP_UP,
                                   CUE_HOLD,     CUE_YAWN_IN,   CUE_YAWN_OUT};
#define BREATHS (sizeof breaths / sizeof breaths[0])

static size_t frames_of(double seconds)
{
    return (size_t)(seconds * ENGINE_RATE);
}

/* Mixes from `from` on, up to so many seconds. */
static void mix_on(size_t from, double to_s, uint64_t now_ms)
{
    heard_frames = frames_of(to_s);
    assert_true(heard_frames <= FRAMES_MAX);
    for (size_t at = from; at < heard_frames; at += BUFFER) {
        float io[BUFFER * SIDES] = {0.0F};
        engine_mix(&engine, io, BUFFER, now_ms);
        size_t count = heard_frames - at < BUFFER ? heard_frames - at : BUFFER;
        memcpy(heard[at], io, count * sizeof heard[0]);
    }
}

/* Returns how long it is to sound. */
static double ask(enum cue cue, double length_s)
{
    struct voice_plan plan;
    cues_plan(cue, (time_ns)(length_s * 1e9), &plan);
    engine_voice(&engine, &plan, 0);
    return plan.length_s;
}

static double hear(enum cue cue, double length_s)
{
    engine_init(&engine, NULL, NULL);
    double asked_s = ask(cue, length_s);
    mix_on(0, asked_s + 0.5, 0);
    return asked_s;
}

static double rms(double from_s, double to_s)
{
    double sum = 0.0;
    size_t from = frames_of(from_s);
    size_t to = frames_of(to_s);
    for (size_t i = from; i < to; i++) {
        for (size_t c = 0; c < SIDES; c++)
            sum += (double)heard[i][c] * (double)heard[i][c];
    }
    return sqrt(sum / (double)(SIDES * (to - from)));
}

static double decibels(double x)
{
    return 20.0 * log10(fmax(x, 1e-9));
}

/* The last moment at which anything is heard. */
static double ends_s(void)
{
    for (size_t i = heard_frames; i-- > 0;) {
        if (fabs((double)heard[i][0]) > SILENT || fabs((double)heard[i][1]) > SILENT)
            return (double)i / ENGINE_RATE;
    }
    return 0.0;
}

static double largest_jump(void)
{
    double largest = 0.0;
    for (size_t i = 1; i < heard_frames; i++) {
        for (size_t c = 0; c < SIDES; c++)
            largest = fmax(largest, fabs((double)heard[i][c] - (double)heard[i - 1][c]));
    }
    return largest;
}

/* Share of the power above a cut-off (one pole). */
static double brightness(double from_s, double to_s, double cutoff_hz)
{
    double k = 1.0 - exp(-TURN * cutoff_hz / ENGINE_RATE);
    double low = 0.0;
    double low_power = 0.0;
    double high_power = 0.0;
    for (size_t i = frames_of(from_s); i < frames_of(to_s); i++) {
        double x = (double)heard[i][0];
        low += k * (x - low);
        low_power += low * low;
        high_power += (x - low) * (x - low);
    }
    return high_power / (low_power + high_power);
}

/* The level of one pitch in a stretch, under a window that lets nothing else in. */
static double pitch_level(double hz, double from_s, double to_s)
{
    size_t from = frames_of(from_s);
    size_t count = frames_of(to_s) - from;
    double re = 0.0;
    double im = 0.0;
    for (size_t i = 0; i < count; i++) {
        double window = 0.5 - 0.5 * cos(TURN * (double)i / (double)count);
        double x = window * (double)(heard[from + i][0] + heard[from + i][1]);
        re += x * cos(TURN * hz * (double)i / ENGINE_RATE);
        im += x * sin(TURN * hz * (double)i / ENGINE_RATE);
    }
    return sqrt(re * re + im * im) / (double)count;
}

static void it_is_as_long_as_asked(double length_s)
{
    assert_true(fabs(ends_s() - length_s) < TIME_S);
    assert_true(rms(0.0, TIME_S) > SILENT);
}

/* Nowhere in it is there a moment that is far softer or louder than those around it. */
static void it_has_no_gap_and_no_click(double length_s)
{
    const double part_s = 0.04;
    assert_true(largest_jump() < JUMP_MAX);
    for (double at_s = part_s; at_s + 3.0 * part_s < length_s; at_s += part_s / 2.0) {
        double here = rms(at_s, at_s + part_s);
        double around = sqrt(rms(at_s - part_s, at_s) * rms(at_s + part_s, at_s + 2.0 * part_s));
        assert_true(fabs(decibels(here) - decibels(around)) < 9.0);
    }
}

static double loudest(double length_s)
{
    const double part_s = 0.1;
    double most = 0.0;
    for (double at_s = 0.0; at_s + part_s <= length_s; at_s += part_s / 2.0)
        most = fmax(most, rms(at_s, at_s + part_s));
    return decibels(most);
}

static void a_breath_is_whole_at_every_length(void **state)
{
    (void)state;
    for (size_t b = 0; b < BREATHS; b++) {
        (void)hear(breaths[b], USUAL_S);
        double usual = loudest(USUAL_S);
        assert_true(usual > -36.0 && usual < -22.0);
        for (size_t l = 0; l < LENGTHS; l++) {
            (void)hear(breaths[b], lengths[l]);
            it_is_as_long_as_asked(lengths[l]);
            it_has_no_gap_and_no_click(lengths[l]);
            /* In half a second it hardly comes up before it has to go. */
            double slack = lengths[l] < 1.0 ? 3.5 : 2.0;
            assert_true(fabs(loudest(lengths[l]) - usual) < slack);
        }
    }
}

/* Where the person leads: it comes up and stays until the next state begins. */
static void a_breath_of_unknown_length_waits_for_its_end(void **state)
{
    (void)state;
    static const double unknown[] = {0.0, 45.0};
    for (size_t i = 0; i < 2; i++) {
        for (size_t b = 0; b < 2; b++) {
            (void)hear(breaths[b], unknown[i]);
            assert_true(ends_s() > 15.0 && ends_s() < 20.1);
            assert_true(largest_jump() < JUMP_MAX);
            double most = loudest(20.0);
            double late = decibels(rms(6.5, 7.5));
            if (breaths[b] == CUE_SWELL_IN)
                assert_true(decibels(rms(3.2, 4.2)) > most - 3.0 && late > most - 4.0);
            else
                assert_true(decibels(rms(5.5, 6.5)) < most - 9.0);
            assert_true(late > -46.0 && decibels(rms(9.0, 10.0)) > late - 6.0);
        }
    }
}

/* Eyes closed: in grows louder and brighter, out softer and darker, a hold is neither. */
static void in_rises_and_out_falls_at_every_length(void **state)
{
    (void)state;
    for (size_t l = 0; l < LENGTHS; l++) {
        double third_s = lengths[l] / 3.0;
        double late_s = 2.5 * third_s; /* then it is let down */
        (void)hear(CUE_SWELL_IN, lengths[l]);
        assert_true(decibels(rms(1.5 * third_s, late_s)) > decibels(rms(0.0, third_s)) + 4.0);
        assert_true(brightness(1.5 * third_s, late_s, 1000.0) >
                    2.0 * brightness(0.0, third_s, 1000.0));
        (void)hear(CUE_SWELL_OUT, lengths[l]);
        assert_true(decibels(rms(0.0, third_s)) > decibels(rms(2.0 * third_s, late_s)) + 4.0);
        assert_true(brightness(0.0, third_s, 1000.0) >
                    1.5 * brightness(2.0 * third_s, late_s, 1000.0));
        (void)hear(CUE_HOLD, lengths[l]);
        if (lengths[l] >= 3.0)
            assert_true(fabs(decibels(rms(third_s, 2.0 * third_s)) -
                             decibels(rms(2.0 * third_s, late_s))) < 3.0);
    }
}

/* How much of the tone of in and out is at D, and how much at A, where they begin and end. */
static void their_faint_pitch_rises_and_falls(void **state)
{
    (void)state;
    static const double d_hz = 146.83;
    static const double a_hz = 220.0;
    (void)hear(CUE_SWELL_IN, 20.0);
    assert_true(pitch_level(d_hz, 0.05, 0.8) > 2.0 * pitch_level(a_hz, 0.05, 0.8));
    assert_true(pitch_level(a_hz, 18.0, 19.0) > 2.0 * pitch_level(d_hz, 18.0, 19.0));
    (void)hear(CUE_SWELL_OUT, 20.0);
    assert_true(pitch_level(a_hz, 0.05, 0.8) > 2.0 * pitch_level(d_hz, 0.05, 0.8));
    assert_true(pitch_level(d_hz, 18.2, 19.5) > 2.0 * pitch_level(a_hz, 18.2, 19.5));
}

/* Over some of its beats. */
static double mean_level(double hz, double from_s)
{
    double sum = 0.0;
    for (int i = 0; i < 8; i++)
        sum += pitch_level(hz, from_s + 0.25 * i, from_s + 0.25 * (i + 1));
    return decibels(sum / 8.0);
}

/* The partials of a bowl, the higher the sooner gone. */
static void a_bell_rings_as_a_bowl_does(void **state)
{
    (void)state;
    static const double bowl_hz[] = {220.0, 602.8, 1133.0};
    double before = INFINITY;
    double lost_before = 0.0;
    (void)hear(CUE_BELL, 0.0);
    for (size_t p = 0; p < 3; p++) {
        double early = mean_level(bowl_hz[p], 0.1);
        double lost = early - mean_level(bowl_hz[p], 2.1);
        assert_true(early < before && early > mean_level(bowl_hz[p] * 1.3, 0.1) + 20.0);
        assert_true(lost > lost_before + 3.0);
        before = early;
        lost_before = lost;
    }
    assert_true(decibels(rms(0.2, 0.7)) - decibels(rms(6.2, 6.7)) > 20.0);
}

/* How often it comes up: a stretch of 20 ms far louder than the one 60 ms before. */
static int strokes(double length_s)
{
    const double part_s = 0.02;
    double since_s = 1.0;
    int count = 0;
    for (double at_s = 0.0; at_s + part_s <= length_s; at_s += part_s / 2.0) {
        double then_s = at_s - 3.0 * part_s;
        double then = then_s > 0.0 ? rms(then_s, then_s + part_s) : 0.0;
        since_s += part_s / 2.0;
        if (decibels(rms(at_s, at_s + part_s)) < fmax(decibels(then) + 4.0, -42.0))
            continue;
        count += since_s > 0.05 ? 1 : 0;
        since_s = 0.0;
    }
    return count;
}

struct likeness {
    double seconds, bright, slope_db;
    int strokes;
};

static bool told_apart(const struct likeness *a, const struct likeness *b)
{
    return fabs(log(a->seconds / b->seconds)) > log(1.5) || a->strokes != b->strokes ||
           fabs(log(a->bright / b->bright)) > log(1.6) || fabs(a->slope_db - b->slope_db) > 6.0;
}

/* Of the same length, where they have none of their own. */
static void no_two_cues_are_alike(void **state)
{
    (void)state;
    struct likeness like[CUE_COUNT];
    for (int cue = 1; cue < CUE_COUNT; cue++) {
        double length_s = hear((enum cue)cue, cue >= CUE_BELL && cue <= CUE_CLACK ? 0.0 : 2.5);
        like[cue] = (struct likeness){
            .seconds = ends_s(),
            .bright = brightness(0.0, length_s, 2500.0),
            .slope_db = decibels(rms(0.05 * length_s, 0.25 * length_s)) -
                        decibels(rms(0.6 * length_s, 0.85 * length_s)),
            .strokes = strokes(length_s),
        };
        for (int other = 1; other < cue; other++) {
            if (!told_apart(&like[cue], &like[other]))
                fail_msg("%s is like %s", cue_name((enum cue)cue), cue_name((enum cue)other));
        }
    }
    assert_int_equal(like[CUE_BELL].strokes, 1);
    assert_int_equal(like[CUE_BELLS_TWO].strokes, 2);
    assert_int_equal(like[CUE_BELLS_THREE].strokes, 3);
    assert_int_equal(like[CUE_CLACK].strokes, 3);
}

static void every_cue_keeps_its_level(void **state)
{
    (void)state;
    for (int cue = 1; cue < CUE_COUNT; cue++) {
        double length_s = hear((enum cue)cue, 0.0);
        double peak = 0.0;
        double sum = 0.0;
        for (size_t i = 0; i < heard_frames; i++) {
            for (size_t c = 0; c < SIDES; c++) {
                peak = fmax(peak, fabs((double)heard[i][c]));
                sum += (double)heard[i][c];
            }
        }
        assert_true(peak > 0.04 && peak < PEAK_MAX);
        assert_true(fabs(sum / (2.0 * length_s * ENGINE_RATE)) < 1e-4); /* it is about zero */
        assert_true(ends_s() <= length_s);
        assert_true(largest_jump() < JUMP_MAX);
    }
}

/* The same visit sounds the same, and no breath in it sounds like the last. */
static void no_two_breaths_are_the_same(void **state)
{
    (void)state;
    static float first[3 * ENGINE_RATE][SIDES];
    (void)hear(CUE_SWELL_IN, 3.0);
    memcpy(first, heard, sizeof first);
    (void)hear(CUE_SWELL_IN, 3.0);
    assert_memory_equal(first, heard, sizeof first);
    (void)ask(CUE_SWELL_IN, 3.0);
    mix_on(0, 3.0, 0);
    double both = 0.0;
    double one = 0.0;
    for (size_t i = 0; i < 3 * (size_t)ENGINE_RATE; i++) {
        both += (double)first[i][0] * (double)heard[i][0];
        one += (double)first[i][0] * (double)first[i][0];
    }
    assert_true(fabs(both) < 0.3 * one);
}

/* After a second the next state begins, or all is to be quiet. */
static void a_breath_that_is_cut_short_ends_softly(void **state)
{
    (void)state;
    const size_t begun = BUFFER * (frames_of(1.0) / BUFFER);
    for (size_t b = 0; b < BREATHS; b++) {
        for (int all = 0; all < 2; all++) {
            engine_init(&engine, NULL, NULL);
            (void)ask(breaths[b], 10.0);
            mix_on(0, (double)begun / ENGINE_RATE, 0);
            if (all != 0)
                engine_voices_stop(&engine, CUE_NONE, 200);
            else
                engine_voices_part(&engine, 180);
            mix_on(begun, 3.0, 0);
            double begun_s = (double)begun / ENGINE_RATE;
            assert_true(ends_s() > begun_s + 0.1 && ends_s() < begun_s + 0.3);
            assert_true(largest_jump() < JUMP_MAX);
            double before = decibels(rms(begun_s - 0.1, begun_s));
            assert_true(decibels(rms(begun_s, begun_s + 0.05)) > before - 6.0);
        }
    }
}

static void a_bell_rings_on_into_the_next_state(void **state)
{
    (void)state;
    engine_init(&engine, NULL, NULL);
    (void)ask(CUE_BELL, 0.0);
    engine_voices_part(&engine, 180);
    mix_on(0, 8.0, 0);
    assert_true(ends_s() > 6.0);
}

/* The device had to be opened first: it ends with its breath all the same. */
static void a_breath_that_comes_late_ends_in_time(void **state)
{
    (void)state;
    for (size_t b = 0; b < BREATHS; b++) {
        engine_init(&engine, NULL, NULL);
        (void)ask(breaths[b], 5.5);
        mix_on(0, 6.0, 700);
        assert_true(fabs(ends_s() - 4.8) < TIME_S);
        assert_true(largest_jump() < JUMP_MAX);
        assert_true(decibels(rms(0.0, 0.01)) < decibels(rms(0.1, 0.2)) - 8.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_breath_is_whole_at_every_length),
        cmocka_unit_test(a_breath_of_unknown_length_waits_for_its_end),
        cmocka_unit_test(in_rises_and_out_falls_at_every_length),
        cmocka_unit_test(their_faint_pitch_rises_and_falls),
        cmocka_unit_test(a_bell_rings_as_a_bowl_does),
        cmocka_unit_test(no_two_cues_are_alike),
        cmocka_unit_test(every_cue_keeps_its_level),
        cmocka_unit_test(no_two_breaths_are_the_same),
        cmocka_unit_test(a_breath_that_is_cut_short_ends_softly),
        cmocka_unit_test(a_bell_rings_on_into_the_next_state),
        cmocka_unit_test(a_breath_that_comes_late_ends_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

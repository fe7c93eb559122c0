/* The mixing thread's arithmetic, without a device or a thread. */
#include "cues.h"
#include "engine.h"
#include "level.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BUFFER 1024

static struct engine engine;
static float last[2];
static double largest_jump;
static uint64_t phase;

/* Mixes a buffer of a loud tone (gain 1) or of silence (0) that ends after `sounding` frames, and
 * follows the steps between samples.  Returns the largest sample. */
static float mix_tone(float gain, size_t sounding)
{
    float io[2 * BUFFER];
    for (size_t i = 0; i < BUFFER; i++) {
        float x = i < sounding ? gain * 0.8F * cosf(0.02F * (float)(phase++ % 314159)) : 0.0F;
        io[2 * i] = io[2 * i + 1] = x;
    }
    engine_mix(&engine, io, BUFFER, 0);
    float largest = 0.0F;
    for (size_t i = 0; i < BUFFER; i++) {
        largest_jump = fmax(largest_jump, fabs((double)(io[2 * i] - last[0])));
        last[0] = io[2 * i];
        largest = fmaxf(largest, fabsf(io[2 * i]));
    }
    return largest;
}

static int set_up(void **state)
{
    (void)state;
    engine_init(&engine, NULL, NULL);
    memset(last, 0, sizeof last);
    largest_jump = 0.0;
    phase = 0;
    (void)mix_tone(0.0F, BUFFER);
    return 0;
}

static void a_track_that_breaks_off_is_let_down(void **state)
{
    (void)state;
    static const size_t ends[] = {BUFFER / 3, BUFFER, 1, 0};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        engine_music_prepare(&engine);
        engine_music_begin(&engine, 1000);
        float largest = 0.0F;
        for (int b = 0; b < 60; b++)
            largest = fmaxf(largest, mix_tone(1.0F, BUFFER));
        assert_true(largest > 0.1F);
        engine_music_over(&engine);
        (void)mix_tone(1.0F, ends[i]);
        for (int b = 0; b < 4; b++)
            (void)mix_tone(0.0F, BUFFER);
        assert_true(fabsf(last[0]) < 1e-6F);
        assert_true(largest_jump < 0.02);
    }
}

static void a_new_track_right_behind_one_that_broke_off_is_let_in_softly(void **state)
{
    (void)state;
    engine_music_prepare(&engine);
    engine_music_begin(&engine, 1000);
    for (int b = 0; b < 60; b++)
        (void)mix_tone(1.0F, BUFFER);
    engine_music_over(&engine);
    (void)mix_tone(1.0F, BUFFER); /* it ended with the buffer */
    engine_music_prepare(&engine);
    engine_music_begin(&engine, 1000);
    for (int b = 0; b < 20; b++)
        (void)mix_tone(1.0F, BUFFER);
    assert_true(largest_jump < 0.02);
}

static void orders_are_settled_only_when_carried_out(void **state)
{
    (void)state;
    engine_order(&engine, GAIN_GATE, 0.0, 100, false);
    assert_false(engine_settled(&engine, GAIN_GATE));
    int buffers = 0;
    while (!engine_settled(&engine, GAIN_GATE) && buffers < 100) {
        (void)mix_tone(1.0F, BUFFER);
        buffers++;
    }
    assert_in_range(buffers, 4, 6); /* 100 ms in buffers of 21 ms */
    /* One that is replaced on its way starts from where it was. */
    engine_order(&engine, GAIN_GATE, 1.0, 400, false);
    (void)mix_tone(1.0F, BUFFER);
    engine_order(&engine, GAIN_GATE, 0.0, 400, false);
    (void)mix_tone(1.0F, BUFFER);
    assert_true(largest_jump < 0.05);
}

static int16_t loud_samples[2 * ENGINE_RATE];

static void flat(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    (void)plan;
    (void)at_s;
    *shape = (struct shape){.gain = {1.0F, 0.0F}, .rate = 1.0F};
}

static void more_voices_than_there_are_is_no_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * ENGINE_RATE; i++)
        loud_samples[i] = 30000;
    const struct sound sound = {.samples = loud_samples, .frames = ENGINE_RATE};
    const struct voice_plan plan = {.cue = CUE_BELL, .layers = {&sound, NULL}, .shape = flat};
    for (int i = 0; i < 3 * ENGINE_VOICES; i++)
        engine_voice(&engine, &plan, 0);
    assert_int_equal(atomic_load(&engine.voices), ENGINE_VOICES);
    for (int b = 0; b < 60; b++)
        assert_true(mix_tone(0.0F, BUFFER) <= 1.0F);
    assert_int_equal(atomic_load(&engine.voices), 0);
}

static void a_missing_sound_is_silence(void **state)
{
    (void)state;
    const struct sound nothing = {.frames = 0};
    const struct voice_plan plan = {
        .cue = CUE_BELL, .layers = {&nothing, NULL}, .length_s = 4.0, .shape = flat};
    engine_voice(&engine, &plan, 0);
    assert_true(mix_tone(0.0F, BUFFER) < 1e-9F);
    assert_int_equal(atomic_load(&engine.voices), 0);
}

static void a_voice_waits_for_its_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * ENGINE_RATE; i++)
        loud_samples[i] = 30000;
    struct sound sound = {.awaited = true};
    const struct voice_plan plan = {.cue = CUE_BELL, .layers = {&sound, NULL}, .shape = flat};
    engine_voice(&engine, &plan, 0);
    for (int b = 0; b < 5; b++)
        assert_true(mix_tone(0.0F, BUFFER) < 1e-9F);
    assert_true(engine_uses(&engine, &sound));
    sound.samples = loud_samples;
    sound.frames = ENGINE_RATE;
    atomic_store(&sound.awaited, false);
    assert_true(mix_tone(0.0F, BUFFER) > 0.5F);
    for (int b = 0; b < 60; b++)
        (void)mix_tone(0.0F, BUFFER);
    assert_false(engine_uses(&engine, &sound));
    assert_int_equal(atomic_load(&engine.voices), 0);
}

static void a_voice_whose_sound_never_comes_is_given_up(void **state)
{
    (void)state;
    const struct sound sound = {.awaited = true};
    const struct voice_plan plan = {.cue = CUE_BELL, .layers = {&sound, NULL}, .shape = flat};
    float buffer[2 * BUFFER] = {0};
    engine_voice(&engine, &plan, 1000);
    engine_mix(&engine, buffer, BUFFER, 1500);
    assert_true(engine_uses(&engine, &sound));
    engine_mix(&engine, buffer, BUFFER, 60000);
    assert_false(engine_uses(&engine, &sound));
    assert_int_equal(atomic_load(&engine.voices), 0);
}

static void shapes_are_smooth_at_every_length(void **state)
{
    (void)state;
    const struct cue_bank bank = {0};
    static const double lengths[] = {0.05, 0.25, 0.5, 1.0, 3.37, 8.0, 20.0, 600.0};
    static const enum cue cues[] = {CUE_SWELL_IN, CUE_SWELL_OUT, CUE_TOP_UP, CUE_HOLD};
    for (size_t c = 0; c < 4; c++) {
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
            struct voice_plan plan;
            cues_plan(&bank, cues[c], (time_ns)(lengths[i] * 1e9), &plan);
            struct shape before;
            plan.shape(&plan, 0.0, &before);
            assert_true(before.gain[0] < 1e-6F && before.gain[1] < 1e-6F);
            for (int k = 1; k <= 10000; k++) {
                struct shape now;
                plan.shape(&plan, lengths[i] * k / 10000.0, &now);
                assert_true(now.gain[0] >= 0.0F && now.gain[0] <= 1.0F);
                assert_true(now.gain[1] >= 0.0F && now.gain[1] <= 1.0F);
                assert_true(now.rate > 0.5F && now.rate < 2.0F);
                if (lengths[i] <= 20.0)
                    assert_true(fabsf(now.gain[0] - before.gain[0]) < 0.08F);
                before = now;
            }
            assert_true(before.gain[0] < 1e-6F && before.gain[1] < 1e-6F);
        }
    }
}

static struct loudness restless(void *user, time_ns at)
{
    double hz = *(const double *)user;
    double on = sin(6.2831853 * hz * time_seconds(at)) > 0.0 ? 0.2 : 0.001;
    return (struct loudness){on, 1.0};
}

static void the_level_never_turns_twice_within_a_second(void **state)
{
    (void)state;
    static double rates[] = {0.2, 0.5, 0.7, 1.0, 2.0, 4.0, 11.0};
    for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++) {
        struct level level;
        level_init(&level);
        double before = 0.0;
        int direction = 0;
        time_ns turned = -SECONDS(10);
        for (time_ns now = 0; now < SECONDS(120); now += MILLISECONDS(16)) {
            double value = level_at(&level, now, restless, &rates[r]);
            int way = value > before ? 1 : value < before ? -1 : direction;
            if (way != direction) {
                assert_true(now - turned >= SECONDS(1));
                turned = now;
                direction = way;
            }
            assert_true(fabs(value - before) < 0.06);
            before = value;
        }
    }
}

#define ENGINE_TEST(f) cmocka_unit_test_setup(f, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENGINE_TEST(a_track_that_breaks_off_is_let_down),
        ENGINE_TEST(a_new_track_right_behind_one_that_broke_off_is_let_in_softly),
        ENGINE_TEST(orders_are_settled_only_when_carried_out),
        ENGINE_TEST(more_voices_than_there_are_is_no_fault),
        ENGINE_TEST(a_missing_sound_is_silence),
        ENGINE_TEST(a_voice_waits_for_its_sound),
        ENGINE_TEST(a_voice_whose_sound_never_comes_is_given_up),
        ENGINE_TEST(shapes_are_smooth_at_every_length),
        ENGINE_TEST(the_level_never_turns_twice_within_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

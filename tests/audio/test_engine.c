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

/* A track of SDL_mixer's begins, which is what mix_tone() hands over. */
static void begin(uint32_t fade_ms)
{
    engine_music_begin(&engine, 0, &(struct lane_plan){.gain = 1.0}, fade_ms);
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
        begin(1000);
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
    begin(1000);
    for (int b = 0; b < 60; b++)
        (void)mix_tone(1.0F, BUFFER);
    engine_music_over(&engine);
    (void)mix_tone(1.0F, BUFFER); /* it ended with the buffer */
    begin(1000);
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

/* -5 dBFS, as loud as records are made: it is brought down while it still fades in. */
static void a_loud_track_does_not_startle(void **state)
{
    (void)state;
    begin(1000);
    for (int b = 0; b < 30; b++)
        (void)mix_tone(0.0F, BUFFER); /* it begins in silence */
    begin(1000);
    float largest = 0.0F;
    for (int b = 0; b < 240; b++)
        largest = fmaxf(largest, mix_tone(1.0F, BUFFER));
    assert_true(largest < 0.22F);
    assert_true(largest_jump < 0.01);
    float late = mix_tone(1.0F, BUFFER);
    assert_true(late > 0.15F && late < 0.2F); /* -18 dBFS, and no further */
}

/* The loudest sample of a cue alone, and of music alone. */
static float loudest_cue(void)
{
    struct voice_plan plan;
    cues_plan(CUE_MARK, 0, &plan);
    engine.seed = 0;
    engine_voice(&engine, &plan, 0);
    float largest = 0.0F;
    for (int b = 0; b < 100; b++)
        largest = fmaxf(largest, mix_tone(0.0F, BUFFER));
    return largest;
}

static float loudest_music(void)
{
    begin(100);
    float largest = 0.0F;
    for (int b = 0; b < 10; b++)
        largest = fmaxf(largest, mix_tone(0.1F, BUFFER));
    return largest;
}

static void each_part_has_its_own_loudness(void **state)
{
    (void)state;
    float cue = loudest_cue();
    float music = loudest_music();
    assert_true(cue > 0.01F && music > 0.01F);
    engine_init(&engine, NULL, NULL);
    engine.part[PART_CUES] = 0.25F;
    assert_true(fabsf(loudest_cue() - 0.25F * cue) < 0.01F * cue);
    assert_true(fabsf(loudest_music() - music) < 0.05F * music);
    engine_init(&engine, NULL, NULL);
    engine.part[PART_MUSIC] = 0.0F;
    assert_true(fabsf(loudest_cue() - cue) < 0.01F * cue);
    assert_true(loudest_music() < 1e-6F);
}

/* Words are being spoken elsewhere: music sinks under them, slowly, and comes back. */
static void music_makes_room_for_words(void **state)
{
    (void)state;
    (void)loudest_music();
    float usual = 0.0F;
    for (int b = 0; b < 10; b++)
        usual = mix_tone(0.1F, BUFFER);
    atomic_store(&engine.room_until_ms, 1);
    float under = 0.0F;
    for (int b = 0; b < 60; b++)
        under = mix_tone(0.1F, BUFFER);
    assert_true(under < 0.6F * usual && under > 0.4F * usual);
    atomic_store(&engine.room_until_ms, 0);
    for (int b = 0; b < 150; b++)
        under = mix_tone(0.1F, BUFFER);
    assert_true(under > 0.9F * usual);
}

static void more_voices_than_there_are_is_no_fault(void **state)
{
    (void)state;
    struct voice_plan plan;
    cues_plan(CUE_MARK, 0, &plan);
    for (int i = 0; i < 3 * ENGINE_VOICES; i++)
        engine_voice(&engine, &plan, 0);
    assert_int_equal(atomic_load(&engine.voices), ENGINE_VOICES);
    for (int b = 0; b < 100; b++)
        assert_true(mix_tone(0.0F, BUFFER) <= 1.0F);
    assert_int_equal(atomic_load(&engine.voices), 0);
}

static void a_breath_that_comes_too_late_is_left_out(void **state)
{
    (void)state;
    struct voice_plan plan;
    cues_plan(CUE_SWELL_IN, MILLISECONDS(500), &plan);
    float io[2 * BUFFER] = {0.0F};
    engine_voice(&engine, &plan, 0);
    engine_mix(&engine, io, BUFFER, 501);
    assert_int_equal(atomic_load(&engine.voices), 0);
    for (size_t i = 0; i < 2 * BUFFER; i++)
        assert_true(fabsf(io[i]) < 1e-9F);
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
        ENGINE_TEST(a_loud_track_does_not_startle),
        ENGINE_TEST(each_part_has_its_own_loudness),
        ENGINE_TEST(music_makes_room_for_words),
        ENGINE_TEST(more_voices_than_there_are_is_no_fault),
        ENGINE_TEST(a_breath_that_comes_too_late_is_left_out),
        ENGINE_TEST(the_level_never_turns_twice_within_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

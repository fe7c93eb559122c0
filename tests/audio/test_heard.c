/* What reaches the device, sample by sample. */
#include "heard.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define JUMP_MAX   0.1
#define PEAK_MAX   0.251 /* -12 dBFS, of every cue */
#define BUFFER     HEARD_BUFFER
#define TONE_STEP  HEARD_TONE_STEP
#define RINGS_S    12.5 /* longer than any cue */
#define BREATH_S   4.0
#define LATE_TRIES 10

static void every_cue_is_heard_at_its_call_and_comes_softly(void **state)
{
    struct heard *heard = *state;
    heard_open_awake(heard, NULL);
    struct heard_span spans[CUE_COUNT];
    for (size_t cue = 1; cue < CUE_COUNT; cue++)
        spans[cue] = heard_cue(heard, (enum cue)cue, cue < CUE_BELL ? BREATH_S : 0.0, RINGS_S);
    heard_close(heard);
    const size_t window = heard_frames_of(0.01);
    for (size_t cue = 1; cue < CUE_COUNT; cue++) {
        size_t begin = heard_begin_of(heard, spans[cue]);
        assert_true(heard_rms(heard, begin + window, 10 * window) > 0.0016);
        assert_true(heard_rms(heard, begin, heard_frames_of(0.5)) > 0.002);
        /* Not at its loudest before 150 ms. */
        double early = heard_rms(heard, begin, window);
        double later = 0.0;
        for (size_t t = heard_frames_of(0.14); t < heard_frames_of(2.0); t += window)
            later = fmax(later, heard_rms(heard, begin + t, window));
        assert_true(early < 0.35 * later);
    }
    assert_true(heard_largest_jump(heard, 0, heard->frames) < JUMP_MAX);
    for (size_t i = 0; i < 2 * heard->frames; i++)
        assert_true(fabs((double)heard->samples[i]) < PEAK_MAX);
}

static void in_and_out_differ_by_ear(void **state)
{
    struct heard *heard = *state;
    heard_open_awake(heard, NULL);
    struct heard_span in_span = heard_cue(heard, CUE_SWELL_IN, 4.0, 5.0);
    struct heard_span out_span = heard_cue(heard, CUE_SWELL_OUT, 6.0, 7.0);
    struct heard_span hold_span = heard_cue(heard, CUE_HOLD, 4.0, 5.0);
    heard_close(heard);
    size_t in = heard_begin_of(heard, in_span);
    size_t out = heard_begin_of(heard, out_span);
    size_t hold = heard_begin_of(heard, hold_span);
    size_t second = heard_frames_of(1.0);
    /* In grows louder and brighter, out the other way; a hold is neither: low and even. */
    assert_true(heard_rms(heard, in + heard_frames_of(2.5), second) >
                1.7 * heard_rms(heard, in + heard_frames_of(0.2), second));
    assert_true(heard_rms(heard, out + heard_frames_of(0.6), second) >
                1.7 * heard_rms(heard, out + heard_frames_of(4.0), second));
    double in_bright = heard_brightness(heard, in + heard_frames_of(2.5), second, 1000.0);
    double out_bright = heard_brightness(heard, out + heard_frames_of(3.5), second, 1000.0);
    double hold_bright = heard_brightness(heard, hold + heard_frames_of(1.0), second, 1000.0);
    assert_true(in_bright > 3.0 * out_bright);
    assert_true(out_bright > 2.0 * hold_bright);
    assert_true(heard_brightness(heard, in + heard_frames_of(0.3), second, 1000.0) <
                0.6 * in_bright);
}

/* How long a swell is heard for that is asked to last so long. */
static double swell_s(struct heard *heard, enum cue cue, double length_s)
{
    struct heard_span span = heard_cue(heard, cue, length_s, length_s + 0.5);
    heard_read(heard);
    size_t begin = heard_onset(heard, span.before, -90.0) - 96;
    size_t end = begin;
    for (size_t f = begin; f < heard->frames; f++) {
        if (fabsf(heard->samples[2 * f]) > 1e-6F)
            end = f;
    }
    heard_run(heard, 0.5);
    assert_true(heard_largest_jump(heard, begin, heard->frames - begin) < JUMP_MAX);
    return (double)(end - begin) / HEARD_RATE;
}

/* One that the device comes to too late ends with its phase all the same, and so is shorter: where
 * others take the core, it is asked for again. */
static void a_swell_has_the_length_asked_for(void **state)
{
    struct heard *heard = *state;
    static const double lengths[] = {0.5, 1.0, 3.37, 5.5, 12.0, 20.0};
    heard_open_awake(heard, NULL);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        enum cue cue = i % 2 == 0 ? CUE_SWELL_IN : CUE_SWELL_OUT;
        double length_s = swell_s(heard, cue, lengths[i]);
        for (int again = 0; again < LATE_TRIES && length_s < lengths[i] - 0.02; again++)
            length_s = swell_s(heard, cue, lengths[i]);
        assert_true(fabs(length_s - lengths[i]) < 0.02);
    }
}

static void cues_stop_softly_and_soon(void **state)
{
    struct heard *heard = *state;
    heard_open_awake(heard, NULL);
    heard_expect(heard);
    audio_cue(heard->audio, CUE_SWELL_OUT, SECONDS(12), heard_now(heard));
    audio_cue(heard->audio, CUE_BELL, 0, heard_now(heard));
    heard_run(heard, 0.6);
    size_t before = heard_frames(heard);
    audio_cues_stop(heard->audio, heard_now(heard));
    size_t after = heard_frames(heard) + 3 * BUFFER;
    heard_run(heard, 1.0);
    heard_close(heard);
    assert_true(heard_rms(heard, before - heard_frames_of(0.1), heard_frames_of(0.1)) > 0.003);
    assert_true(heard_rms(heard, after + heard_frames_of(0.21), heard_frames_of(0.3)) < 1e-6);
    /* It takes its time: the last that sounds is far softer than what was before. */
    size_t end = before;
    for (size_t f = before; f < heard->frames; f++) {
        if (fabsf(heard->samples[2 * f]) > 1e-6F)
            end = f;
    }
    assert_true(heard_rms(heard, end - heard_frames_of(0.02), heard_frames_of(0.02)) <
                0.1 * heard_rms(heard, end - heard_frames_of(0.2), heard_frames_of(0.04)));
    /* And it makes no step that is larger than those of the noise that it is made of. */
    size_t half = heard_frames_of(0.5);
    assert_true(heard_largest_jump(heard, before, heard->frames - before) <
                1.5 * heard_largest_jump(heard, before - half, half));
}

static void the_same_cue_again_replaces_itself(void **state)
{
    struct heard *heard = *state;
    heard_open_awake(heard, NULL);
    size_t at = heard_frames(heard);
    for (int i = 0; i < 40; i++) { /* more than there are voices */
        audio_cue(heard->audio, CUE_BELL, 0, heard_now(heard));
        heard_run(heard, 0.1);
    }
    heard_run(heard, RINGS_S);
    heard_close(heard);
    for (size_t i = 2 * at; i < 2 * heard->frames; i++)
        assert_true(fabs((double)heard->samples[i]) < 0.5);
    assert_true(heard_largest_jump(heard, at, heard->frames - at) < JUMP_MAX);
    assert_true(heard_rms(heard, heard->frames - heard_frames_of(0.3), heard_frames_of(0.2)) <
                1e-6);
}

/* How long it takes from silence (-60 dB) to near the level it then has. */
static double rise_s(const struct heard *heard, size_t from)
{
    double goal = heard_rms(heard, from + heard_frames_of(1.5), heard_frames_of(0.2));
    size_t begin = heard_onset(heard, from, -60.0);
    size_t end = heard_onset(heard, from, 20.0 * log10(goal * 0.9));
    return (double)(end - begin) / HEARD_RATE;
}

static void music_comes_and_goes_without_a_click(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, NULL, NULL);
    heard_add_tones(heard);
    heard_play_music(heard);
    heard_run(heard, 3.0);
    size_t paused = heard_frames(heard);
    audio_music_pause(heard->audio, heard_now(heard));
    assert_false(audio_music_playing(heard->audio));
    heard_run(heard, 2.5);
    size_t resumed = heard_frames(heard);
    audio_music_play(heard->audio, heard_now(heard));
    heard_run(heard, 3.0);
    audio_music_step(heard->audio, 1, heard_now(heard)); /* to the short one, which cuts off */
    heard_run(heard, 6.0);
    assert_false(audio_music_playing(heard->audio));
    audio_music_play(heard->audio, heard_now(heard));
    heard_run(heard, 3.0);
    size_t stopped = heard_frames(heard);
    audio_music_stop(heard->audio, heard_now(heard));
    heard_run(heard, 2.0);
    audio_music_play(heard->audio, heard_now(heard));
    heard_run(heard, 3.0);
    heard_close(heard); /* while it plays */

    assert_true(heard_largest_jump(heard, 0, heard->frames) < TONE_STEP + 0.01);
    size_t start = heard_onset(heard, 0, -80.0);
    /* A fade of a second; this tone is so loud that it is turned down while it rises. */
    assert_in_range((int)(1000.0 * rise_s(heard, start)), 350, 1500);
    assert_true(heard_rms(heard, paused - heard_frames_of(0.5), heard_frames_of(0.4)) > 0.05);
    assert_true(heard_rms(heard, paused + heard_frames_of(0.4), heard_frames_of(0.1)) > 0.01);
    assert_true(heard_rms(heard, resumed - heard_frames_of(1.0), heard_frames_of(0.9)) < 1e-6);
    assert_true(heard_rms(heard, stopped + heard_frames_of(1.5), heard_frames_of(0.4)) < 1e-6);
    /* The very end is silence: it was faded out before it was closed. */
    assert_true(heard_rms(heard, heard->frames - 64, 64) < 1e-4);

    static const enum audio_event_kind expected[] = {AUDIO_STARTED, AUDIO_STARTED, AUDIO_ENDED,
                                                     AUDIO_STARTED, AUDIO_STARTED};
    assert_int_equal(heard->event_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(heard->events[i].kind, expected[i]);
    assert_string_equal(heard->events[0].title, "lacrima-test-tone");
    assert_string_equal(heard->events[1].title, "lacrima-test-short");
}

/* Twenty seconds whose pitch says where they are: another from each of these on. */
static const struct {
    double at_s, hertz;
} steps[] = {{0.0, 300.0}, {5.0, 600.0}, {8.0, 900.0}, {12.0, 1500.0}, {20.0, 0.0}};

#define STEPS_PATH "/tmp/lacrima-test-steps.wav"
#define LOW_PATH   "/tmp/lacrima-test-low.wav"
#define HIGH_PATH  "/tmp/lacrima-test-high.wav"

static void write_steps(void)
{
    static const unsigned char head[] = {
        'R', 'I', 'F', 'F', 0x24, 0x98, 0x3A, 0,   'W', 'A',  'V',  'E',  'f',  'm', 't',
        ' ', 16,  0,   0,   0,    1,    0,    2,   0,   0x80, 0xBB, 0,    0,    0,   0xEE,
        2,   0,   4,   0,   16,   0,    'd',  'a', 't', 'a',  0,    0x98, 0x3A, 0};
    FILE *file = fopen(STEPS_PATH, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(head, 1, sizeof head, file), sizeof head);
    double phase = 0.0;
    size_t step = 0;
    for (size_t i = 0; i < heard_frames_of(20.0); i++) {
        step += i >= heard_frames_of(steps[step + 1].at_s) ? 1 : 0;
        phase += 6.2831853 * steps[step].hertz / HEARD_RATE;
        int16_t both[2] = {(int16_t)(6000.0 * sin(phase)), 0};
        both[1] = both[0];
        assert_int_equal(fwrite(both, sizeof both, 1, file), 1);
    }
    assert_int_equal(fclose(file), 0);
}

/* The pitch of 20 ms from there on, by how often they cross zero. */
static double pitch(const struct heard *heard, size_t from)
{
    size_t count = heard_frames_of(0.02);
    int crossings = 0;
    for (size_t i = from + 1; i < from + count; i++)
        crossings += (heard->samples[2 * i] >= 0.0F) != (heard->samples[2 * i - 2] >= 0.0F);
    return crossings / 2.0 / 0.02;
}

/* Plays it once more; where it begins and ends to sound. */
static void listen(struct heard *heard, size_t *begin, size_t *end)
{
    size_t from = heard_frames(heard);
    audio_music_play(heard->audio, heard_now(heard));
    for (int i = 0; i < 400 && audio_music_playing(heard->audio); i++)
        heard_run(heard, 0.25);
    assert_false(audio_music_playing(heard->audio));
    heard_run(heard, 0.25);
    heard_read(heard);
    *begin = heard->frames;
    for (size_t f = from; f < heard->frames; f++) {
        if (fabsf(heard->samples[2 * f]) <= 1e-6F)
            continue;
        *begin = *begin < f ? *begin : f;
        *end = f;
    }
    assert_true(*begin < heard->frames);
}

/* From 5 s to 12 s, and nothing else of it, on 20 ms: it begins at its place, what is at 8 s comes
 * after three seconds, and it is over after seven.  Where others take the core in the very moment
 * between its beginning and the mixer's knowing of it, a buffer of it is lost: it is listened to
 * again. */
static void a_part_is_heard_from_its_beginning_to_its_end(void **state)
{
    struct heard *heard = *state;
    const struct audio_part part = {.path = STEPS_PATH,
                                    .from_s = 5.0,
                                    .to_s = 12.0,
                                    .fade_in_s = 1.0,
                                    .fade_out_s = 2.0,
                                    .tag = 7};
    bool exact = false;
    write_steps();
    heard_open(heard, NULL, NULL);
    assert_true(audio_music_add_part(heard->audio, &part));
    for (int i = 0; i < LATE_TRIES && !exact; i++) {
        size_t begin = 0;
        size_t end = 0;
        listen(heard, &begin, &end);
        assert_true(fabs((double)(end - begin) / HEARD_RATE - 7.0) < 0.02);
        size_t turn = begin;
        while (turn < end && pitch(heard, turn) < 750.0)
            turn += 16;
        /* Half of what is listened to lies behind it then. */
        exact = fabs((double)(turn - begin) / HEARD_RATE + 0.01 - 3.0) < 0.02;
        for (size_t f = begin + BUFFER; f + BUFFER < end; f += BUFFER)
            assert_true(pitch(heard, f) > 550.0 && pitch(heard, f) < 950.0);
    }
    assert_true(exact);
    heard_close(heard);
    (void)remove(STEPS_PATH);
    assert_int_equal(heard->events[0].tag, 7);
    assert_true(heard_largest_jump(heard, 0, heard->frames) < JUMP_MAX);
}

static void a_loud_master_is_brought_under_the_cues(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, NULL, NULL);
    heard_add_tones(heard);
    heard_play_music(heard);
    heard_run(heard, 15.0);
    heard_close(heard);
    /* Counted from where it begins: on a busy machine the device has written more than was waited
     * for, and at the end another track may play. */
    size_t begin = heard_onset(heard, 0, -80.0);
    assert_true(begin != SIZE_MAX);
    double db = 20.0 * log10(heard_rms(heard, begin + heard_frames_of(12.0), heard_frames_of(1.0)));
    if (db <= -20.0 || db >= -16.5)
        fail_msg("%.1f dB", db);
}

/* Asked for, the next one crosses over at once: neither a dip nor a swell, and no click. */
static void a_step_crosses_over(void **state)
{
    struct heard *heard = *state;
    const struct audio_params params = {.volume_percent = 100,
                                        .playing = {.crossfade = SECONDS(2)}};
    heard_open(heard, NULL, &params);
    write_tone(LOW_PATH, 220.0, 0.1, 30.0);
    write_tone(HIGH_PATH, 330.0, 0.1, 30.0);
    assert_true(audio_music_add(heard->audio, LOW_PATH));
    assert_true(audio_music_add(heard->audio, HIGH_PATH));
    heard_play_music(heard);
    heard_run(heard, 3.0);
    size_t stepped = heard_frames(heard);
    audio_music_step(heard->audio, 1, heard_now(heard));
    for (int i = 0; i < 400 && heard->event_count < 2; i++)
        heard_run(heard, 0.1);
    assert_int_equal(heard->event_count, 2);
    heard_run(heard, 3.0);
    heard_read(heard);
    const size_t window = heard_frames_of(0.1);
    double usual = heard_rms(heard, stepped - 10 * window, 8 * window);
    assert_true(usual > 0.05);
    for (size_t f = stepped - 5 * window; f + window < heard->frames; f += window) {
        double db = 20.0 * log10(heard_rms(heard, f, window) / usual);
        assert_true(fabs(db) < 1.5);
    }
    assert_true(heard_largest_jump(heard, stepped, heard->frames - stepped) < 0.01);
    assert_true(fabs(pitch(heard, heard->frames - window) - 330.0) < 60.0);
    (void)remove(LOW_PATH);
    (void)remove(HIGH_PATH);
}

static void the_curtain_silences_within_150_ms_and_gives_back(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, NULL, NULL);
    heard_add_tones(heard);
    heard_play_music(heard);
    heard_run(heard, 3.0);
    audio_cue(heard->audio, CUE_BELL, 0, heard_now(heard));
    heard_run(heard, 0.5);
    size_t before = heard_frames(heard);
    audio_silence(heard->audio, true, heard_now(heard));
    size_t closed = heard_frames(heard);
    heard_run(heard, 1.0);
    audio_cue(heard->audio, CUE_BELL, 0, heard_now(heard)); /* not heard, not saved up */
    heard_run(heard, 4.0);
    size_t opened = heard_frames(heard);
    audio_silence(heard->audio, false, heard_now(heard));
    size_t after = heard_frames(heard);
    heard_run(heard, 3.0);
    heard_close(heard);
    size_t slack = 3 * BUFFER; /* written ahead of the call */
    assert_true(heard_rms(heard, before - heard_frames_of(0.1), heard_frames_of(0.1)) > 0.05);
    assert_true(heard_rms(heard, closed + slack + heard_frames_of(0.11),
                          opened - closed - slack - heard_frames_of(0.11)) < 1e-6);
    /* The music is back; how loud is chance: the bell still rings, and beats with the tone. */
    assert_true(heard_rms(heard, after + heard_frames_of(1.0), heard_frames_of(1.5)) > 0.015);
    assert_true(heard_largest_jump(heard, 0, heard->frames) < TONE_STEP + 0.02);
    assert_int_equal(heard->event_count, 1); /* the track was not begun anew */
}

static void the_bed_sinks_slowly_and_rises_again(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, NULL, NULL);
    heard_add_tones(heard);
    heard_play_music(heard);
    heard_run(heard, 10.0); /* until it is no longer trimmed */
    size_t low = heard_frames(heard);
    audio_music_bed(heard->audio, true, heard_now(heard));
    heard_run(heard, 4.0);
    size_t high = heard_frames(heard);
    audio_music_bed(heard->audio, false, heard_now(heard));
    heard_run(heard, 4.0);
    heard_close(heard);
    double before = heard_rms(heard, low - heard_frames_of(0.5), heard_frames_of(0.4));
    double halfway = heard_rms(heard, low + heard_frames_of(1.0), heard_frames_of(0.2));
    double bed = heard_rms(heard, high - heard_frames_of(0.5), heard_frames_of(0.4));
    double after = heard_rms(heard, high + heard_frames_of(3.5), heard_frames_of(0.4));
    assert_true(bed < 0.35 * before && bed > 0.1 * before);
    assert_true(halfway > 1.5 * bed);
    assert_true(after > 0.8 * before);
}

static void the_volume_is_all_of_it_but_not_of_the_level(void **state)
{
    struct heard *heard = *state;
    struct audio_params params = {.volume_percent = 0};
    heard_open(heard, NULL, &params);
    heard_add_tones(heard);
    heard_play_music(heard);
    heard_run(heard, 0.2);
    for (int i = 0; i < 50; i++) {
        heard_run(heard, 0.1);
        (void)audio_level(heard->audio, heard_now(heard));
    }
    assert_true(audio_level(heard->audio, heard_now(heard)) > 0.8);
    size_t at = heard_frames(heard);
    audio_volume(heard->audio, 100);
    heard_run(heard, 1.0);
    heard_close(heard);
    assert_true(heard_rms(heard, at - heard_frames_of(1.0), heard_frames_of(1.0)) < 1e-6);
    double whole = heard_rms(heard, at + heard_frames_of(0.5), heard_frames_of(0.3));
    if (whole < 0.05)
        fail_msg("turned up, it is not heard: %.6f", whole);
    /* It glides there: in a fifth of a second, so a twentieth is a quarter of the way. */
    size_t begin = at;
    while (fabs((double)heard->samples[2 * begin]) < 1e-6)
        begin++;
    double early = heard_rms(heard, begin, heard_frames_of(0.05));
    if (early > 0.4 * whole)
        fail_msg("turned up, it jumps: %.4f of %.4f in its first 50 ms", early, whole);
    assert_true(heard_largest_jump(heard, 0, heard->frames) < TONE_STEP + 0.01);
}

#define HEARD_TEST(f) cmocka_unit_test_setup_teardown(f, heard_set_up, heard_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HEARD_TEST(every_cue_is_heard_at_its_call_and_comes_softly),
        HEARD_TEST(in_and_out_differ_by_ear),
        HEARD_TEST(a_swell_has_the_length_asked_for),
        HEARD_TEST(cues_stop_softly_and_soon),
        HEARD_TEST(the_same_cue_again_replaces_itself),
        HEARD_TEST(music_comes_and_goes_without_a_click),
        HEARD_TEST(a_part_is_heard_from_its_beginning_to_its_end),
        HEARD_TEST(a_loud_master_is_brought_under_the_cues),
        HEARD_TEST(a_step_crosses_over),
        HEARD_TEST(the_curtain_silences_within_150_ms_and_gives_back),
        HEARD_TEST(the_bed_sinks_slowly_and_rises_again),
        HEARD_TEST(the_volume_is_all_of_it_but_not_of_the_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The device itself: opened late, closed soon, awaited, missing, coming back. */
#include "heard.h"

#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define JUMP_MAX  0.1
#define BLIND_MS  120000 /* far more than is needed */
#define BUFFER    HEARD_BUFFER
#define TONE_STEP HEARD_TONE_STEP

static void a_recording_is_not_cut_by_a_rest(void **state)
{
    struct heard *heard = *state;
    heard_open_awake(heard, NULL);
    heard_run(heard, 6.0);
    struct heard_span span = heard_cue(heard, CUE_SWELL_IN, 3.0, 4.0);
    heard_close(heard);
    (void)heard_begin_of(heard, span);
    assert_true(heard_largest_jump(heard, 0, heard->frames) < JUMP_MAX);
}

static void nothing_opens_before_the_first_sound(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, NULL, NULL);
    struct audio_event event;
    assert_false(audio_poll(heard->audio, SECONDS(5), &event));
    assert_int_equal(SDL_WasInit(SDL_INIT_AUDIO), 0);
    assert_true(audio_deadline(heard->audio) == TIME_NEVER);
}

/* Drives a device that writes no file, in real time, until done() or the bound. */
static bool run_blind(struct heard *heard, bool (*done)(struct heard *heard))
{
    uint64_t start_ms = SDL_GetTicks64();
    while (SDL_GetTicks64() - start_ms < BLIND_MS) {
        struct audio_event event;
        time_ns now = (time_ns)SDL_GetTicks64() * NS_PER_MS;
        heard_wait(heard);
        while (audio_poll(heard->audio, now, &event))
            heard->events[heard->event_count++] = event;
        if (done(heard))
            return true;
    }
    return false;
}

static bool has_line(struct heard *heard)
{
    return heard->line_count > 0;
}

static bool has_event(struct heard *heard)
{
    return heard->event_count > 0;
}

static bool has_level(struct heard *heard)
{
    return audio_level(heard->audio, (time_ns)SDL_GetTicks64() * NS_PER_MS) > 0.3;
}

static void without_a_device_it_is_silent_and_says_so_once(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, "nosuch", NULL);
    heard_add_tones(heard);
    audio_cue(heard->audio, CUE_BELL, 0, 0);
    assert_true(run_blind(heard, has_line));
    assert_non_null(strstr(heard->lines[0], "nosuch"));
    audio_music_play(heard->audio, (time_ns)SDL_GetTicks64() * NS_PER_MS);
    assert_true(run_blind(heard, has_event)); /* and music keeps its time all the same */
    assert_true(run_blind(heard, has_level));
    audio_cue(heard->audio, CUE_BELL, 0, (time_ns)SDL_GetTicks64() * NS_PER_MS);
    assert_int_equal(heard->line_count, 1);
    assert_true(audio_deadline(heard->audio) < TIME_NEVER); /* it will look again */
}

/* Polls until SDL's sound is, or is not, there; each time so much later by the caller's clock. */
static time_ns poll_until(struct heard *heard, bool open, time_ns now, time_ns step)
{
    struct audio_event event;
    uint64_t start_ms = SDL_GetTicks64();
    while ((SDL_WasInit(SDL_INIT_AUDIO) != 0) != open) {
        now += step;
        (void)audio_poll(heard->audio, now, &event);
        heard_wait(heard);
        assert_true(SDL_GetTicks64() - start_ms < BLIND_MS);
    }
    return now;
}

static void it_is_closed_soon_and_open_again_before_what_is_expected(void **state)
{
    struct heard *heard = *state;
    struct audio_event event;
    heard_open(heard, "dummy", NULL);
    audio_cue(heard->audio, CUE_CLACK, 0, SECONDS(1));
    (void)poll_until(heard, true, SECONDS(1), 0);
    time_ns now = poll_until(heard, false, SECONDS(1), SECONDS(1));
    now += SECONDS(60);
    (void)audio_poll(heard->audio, now, &event);
    assert_int_equal(SDL_WasInit(SDL_INIT_AUDIO), 0);
    assert_true(audio_deadline(heard->audio) == TIME_NEVER);

    time_ns bell = now + SECONDS(300);
    audio_expect(heard->audio, bell);
    time_ns due = audio_deadline(heard->audio);
    assert_true(due < bell && due > bell - SECONDS(10));
    (void)audio_poll(heard->audio, due - 1, &event);
    assert_int_equal(SDL_WasInit(SDL_INIT_AUDIO), 0);
    (void)poll_until(heard, true, due, 0);
    heard_until_ready(heard, due);
    (void)audio_poll(heard->audio, bell, &event);
    assert_true(audio_ready(heard->audio));
    assert_int_equal(heard->line_count, 0);
}

static bool device_has_come(struct heard *heard)
{
    return heard_frames(heard) > 4 * BUFFER;
}

static void sound_returns_with_a_device(void **state)
{
    struct heard *heard = *state;
    heard_open(heard, "nosuch", NULL);
    heard_add_tones(heard);
    audio_music_play(heard->audio, 0);
    assert_true(run_blind(heard, has_event));
    time_ns deadline = audio_deadline(heard->audio);
    assert_true(deadline < TIME_NEVER);
    (void)setenv("SDL_AUDIODRIVER", "disk", 1);
    /* The caller's clock is only what it passes: ten seconds go by in a call. */
    struct audio_event event;
    for (int i = 1; i <= 12; i++)
        (void)audio_poll(heard->audio, deadline + SECONDS(i), &event);
    uint64_t start_ms = SDL_GetTicks64();
    while (!device_has_come(heard) && SDL_GetTicks64() - start_ms < BLIND_MS) {
        heard_wait(heard);
        (void)audio_poll(heard->audio, deadline + SECONDS(13), &event);
    }
    assert_true(device_has_come(heard));
    heard_run(heard, 3.0);
    heard_close(heard);
    assert_true(heard_rms(heard, heard->frames - heard_frames_of(1.5), heard_frames_of(1.0)) >
                0.05);
    assert_true(heard_largest_jump(heard, 0, heard->frames) < TONE_STEP + 0.01);
    assert_int_equal(heard->event_count, 1); /* it went on where it was */
}

static void a_mute_visit_opens_no_device(void **state)
{
    struct heard *heard = *state;
    struct audio_params params = {.volume_percent = 100, .muted = true};
    heard_open(heard, NULL, &params);
    heard_add_tones(heard);
    audio_cue(heard->audio, CUE_BELL, 0, 0);
    audio_music_play(heard->audio, 0);
    assert_true(run_blind(heard, has_event));
    assert_true(run_blind(heard, has_level));
    assert_string_equal(SDL_GetCurrentAudioDriver(), "dummy");
    assert_int_equal(heard_frames(heard), 0);
    assert_int_equal(heard->line_count, 0);
}

#define HEARD_TEST(f) cmocka_unit_test_setup_teardown(f, heard_set_up, heard_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HEARD_TEST(nothing_opens_before_the_first_sound),
        HEARD_TEST(a_recording_is_not_cut_by_a_rest),
        HEARD_TEST(it_is_closed_soon_and_open_again_before_what_is_expected),
        HEARD_TEST(without_a_device_it_is_silent_and_says_so_once),
        HEARD_TEST(sound_returns_with_a_device),
        HEARD_TEST(a_mute_visit_opens_no_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

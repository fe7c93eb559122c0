/* The same object without a device: what a recording shows follows from the files and the times. */
#include "heard.h"
#include "offline.h"

#include "lacrima/base/text.h"

#include <SDL.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void add_tone(struct offline *scene, const char *name, double seconds)
{
    char path[256];
    offline_path(scene, path, name);
    write_tone(path, 220.0, 0.2, seconds);
    assert_true(audio_music_add(scene->audio, path));
}

static void a_list_plays_for_its_real_length(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_tone(scene, "a.wav", 10.0);
    add_tone(scene, "b.wav", 20.0);
    audio_music_play(scene->audio, SECONDS(5));
    struct audio_event event;
    assert_true(audio_poll(scene->audio, SECONDS(5), &event));
    assert_string_equal(event.title, "a");
    /* However seldom it is asked, each event bears the time when it happened. */
    assert_false(audio_poll(scene->audio, SECONDS(14), &event));
    offline_expect(scene, SECONDS(60), AUDIO_STARTED, SECONDS(15));
    offline_expect(scene, SECONDS(60), AUDIO_ENDED, SECONDS(35));
    assert_false(audio_music_playing(scene->audio));
    assert_true(audio_deadline(scene->audio) == TIME_NEVER);
    assert_int_equal(scene->line_count, 0);
}

static void deadlines_lead_from_change_to_change(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_tone(scene, "a.wav", 10.0);
    audio_music_play(scene->audio, 0);
    struct audio_event event;
    time_ns ended = -1;
    for (int i = 0; i < 20 && audio_deadline(scene->audio) != TIME_NEVER; i++) {
        time_ns at = audio_deadline(scene->audio);
        while (audio_poll(scene->audio, at, &event)) {
            if (event.kind == AUDIO_ENDED)
                ended = at;
        }
    }
    assert_true(ended == SECONDS(10));
}

static void a_pause_keeps_the_place(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_tone(scene, "a.wav", 30.0);
    audio_music_play(scene->audio, 0);
    offline_expect(scene, 0, AUDIO_STARTED, 0);
    audio_music_pause(scene->audio, SECONDS(10));
    assert_false(audio_music_playing(scene->audio));
    audio_music_play(scene->audio, SECONDS(100));
    /* It went on while it faded out, 1.05 s, and not after. */
    offline_expect(scene, SECONDS(500), AUDIO_ENDED,
                   SECONDS(100) + SECONDS(30) - MILLISECONDS(11050));
}

static void the_curtain_stops_the_music_too(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_tone(scene, "a.wav", 30.0);
    audio_music_play(scene->audio, 0);
    offline_expect(scene, 0, AUDIO_STARTED, 0);
    audio_silence(scene->audio, true, SECONDS(10));
    audio_silence(scene->audio, false, SECONDS(40));
    offline_expect(scene, SECONDS(90), AUDIO_ENDED, SECONDS(30) + SECONDS(30) - MILLISECONDS(100));
}

static void stepping_wraps_and_fades(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_tone(scene, "a.wav", 30.0);
    add_tone(scene, "b.wav", 30.0);
    audio_music_play(scene->audio, 0);
    offline_expect(scene, 0, AUDIO_STARTED, 0);
    audio_music_step(scene->audio, -1, SECONDS(5));
    struct audio_event event;
    assert_false(audio_poll(scene->audio, SECONDS(6), &event)); /* still fading out */
    assert_true(audio_poll(scene->audio, SECONDS(7), &event));
    assert_string_equal(event.title, "b");
    audio_music_step(scene->audio, 1, SECONDS(10));
    assert_true(audio_poll(scene->audio, SECONDS(12), &event));
    assert_string_equal(event.title, "a");
}

static void the_level_is_the_same_however_it_is_asked(void **state)
{
    struct offline *scene = *state;
    double levels[2] = {0.0, 0.0};
    for (int round = 0; round < 2; round++) {
        offline_open(scene, LACRIMA_SOURCE_DIR "/assets/music", NULL);
        audio_music_play(scene->audio, 0);
        time_ns step = round == 0 ? MILLISECONDS(10) : MILLISECONDS(33);
        double last = 0.0;
        int direction = 0;
        time_ns turned = -SECONDS(10);
        for (time_ns now = 0; now <= SECONDS(66); now += step) {
            struct audio_event event;
            (void)audio_poll(scene->audio, now, &event);
            double level = audio_level(scene->audio, now);
            assert_true(level >= 0.0 && level <= 1.0);
            assert_true(fabs(level - last) < 0.1);
            int way = level > last ? 1 : level < last ? -1 : direction;
            if (way != direction) {
                assert_true(now - turned > SECONDS(1));
                turned = now;
                direction = way;
            }
            last = level;
        }
        levels[round] = audio_level(scene->audio, SECONDS(66));
        audio_destroy(&scene->audio);
    }
    assert_true(levels[0] > 0.3);
    assert_true(fabs(levels[0] - levels[1]) < 1e-12);
}

static void without_additions_the_music_folder_then_ours(void **state)
{
    struct offline *scene = *state;
    char path[256];
    struct audio_event event;
    offline_open(scene, LACRIMA_SOURCE_DIR "/assets/music", scene->folder);
    audio_music_play(scene->audio, 0); /* the folder holds no music */
    assert_true(audio_poll(scene->audio, 0, &event));
    assert_string_not_equal(event.title, "");
    audio_destroy(&scene->audio);

    offline_path(scene, path, "Old song.wav");
    write_tone(path, 220.0, 0.2, 5.0);
    offline_open(scene, LACRIMA_SOURCE_DIR "/assets/music", scene->folder);
    audio_music_play(scene->audio, 0);
    assert_true(audio_poll(scene->audio, 0, &event));
    assert_string_equal(event.title, "Old song");
    audio_destroy(&scene->audio);

    offline_open(scene, "/nowhere", NULL);
    audio_music_play(scene->audio, 0);
    assert_true(audio_poll(scene->audio, 0, &event));
    assert_int_equal(event.kind, AUDIO_ENDED);
    assert_false(audio_music_playing(scene->audio));
    assert_int_equal(scene->line_count, 1);
}

static void write_bytes(const struct offline *scene, const char *name, const char *bytes,
                        size_t count, off_t size)
{
    char path[256];
    offline_path(scene, path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fflush(file), 0);
    if (size > 0)
        assert_int_equal(ftruncate(fileno(file), size), 0);
    (void)fclose(file);
}

static bool add(struct offline *scene, const char *name)
{
    char path[256];
    offline_path(scene, path, name);
    return audio_music_add(scene->audio, path);
}

static void bad_files_are_said_once_and_passed_over(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, LACRIMA_SOURCE_DIR "/assets/music", NULL);
    write_bytes(scene, "empty.ogg", "", 0, 0);
    assert_false(add(scene, "missing.ogg"));
    assert_false(add(scene, "empty.ogg"));
    assert_int_equal(scene->line_count, 2);
    assert_non_null(strstr(scene->lines[0], "missing.ogg: "));
    assert_non_null(strstr(scene->lines[1], "empty.ogg: is empty"));

    static const char *const damaged[] = {"zeros.ogg", "zeros.mp3", "zeros.flac", "zeros.wav",
                                          "text.m4a",  "cut.ogg",   "cut.flac",   "cut.mp3",
                                          "head.wav",  "id3.mp3"};
    const off_t large = 200 * 1024 * 1024;
    for (size_t i = 0; i < 4; i++)
        write_bytes(scene, damaged[i], "", 0, large);
    write_bytes(scene, "text.m4a", "not music\n", 10, 0);
    write_bytes(scene, "cut.ogg", "OggS\0\2", 6, 4000);
    write_bytes(scene, "cut.flac", "fLaC\0\0\0\x22", 8, 4000);
    write_bytes(scene, "cut.mp3", "\xFF\xFB\x90\x64", 4, 4000);
    write_bytes(scene, "head.wav", "RIFF\xFF\xFF\xFF\xFFWAVEfmt ", 16, 4000);
    write_bytes(scene, "id3.mp3", "ID3\4\0\0\x7f\x7f\x7f\x7f", 10, large);
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++)
        assert_true(add(scene, damaged[i]));
    add_tone(scene, "good.wav", 5.0);
    audio_music_play(scene->audio, SECONDS(1));
    struct audio_event event;
    assert_true(audio_poll(scene->audio, SECONDS(1), &event));
    assert_string_equal(event.title, "good");
    assert_int_equal(scene->line_count, 12);
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++)
        assert_non_null(strstr(scene->lines[2 + i], damaged[i]));
    /* Once around, and nothing is said again. */
    audio_music_step(scene->audio, 1, SECONDS(3));
    assert_true(audio_poll(scene->audio, SECONDS(10), &event));
    assert_int_equal(scene->line_count, 12);
}

static void when_nothing_given_can_be_played_ours_is(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, LACRIMA_SOURCE_DIR "/assets/music", NULL);
    write_bytes(scene, "text.mp3", "not music\n", 10, 0);
    assert_true(add(scene, "text.mp3"));
    audio_music_play(scene->audio, 0);
    struct audio_event event;
    assert_true(audio_poll(scene->audio, 0, &event));
    assert_int_equal(event.kind, AUDIO_STARTED);
    assert_true(audio_music_playing(scene->audio));
    /* What the person then adds comes next, in the place of ours. */
    add_tone(scene, "mine.wav", 5.0);
    audio_music_step(scene->audio, 1, SECONDS(5));
    assert_true(audio_poll(scene->audio, SECONDS(8), &event));
    assert_string_equal(event.title, "mine");
}

static void a_pipe_does_not_hang(void **state)
{
    struct offline *scene = *state;
    char path[256];
    offline_path(scene, path, "pipe.ogg");
    assert_int_equal(mkfifo(path, 0600), 0);
    offline_open(scene, NULL, NULL);
    assert_false(audio_music_add(scene->audio, path));
    assert_non_null(strstr(scene->lines[0], "is not a file"));
}

static bool is_utf8(const char *text)
{
    while (*text != '\0') {
        uint32_t codepoint;
        size_t length = text_decode(text, &codepoint);
        if (codepoint == 0xFFFD && length == 1)
            return false;
        text += length;
    }
    return true;
}

static void a_name_that_is_no_text_becomes_some(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_tone(scene, "caf\xE9\x01 \xF0\x9F\x92\xA7.part.wav", 5.0);
    audio_music_play(scene->audio, 0);
    struct audio_event event;
    assert_true(audio_poll(scene->audio, 0, &event));
    assert_string_equal(event.title, "caf\xEF\xBF\xBD  \xF0\x9F\x92\xA7.part");
    assert_true(is_utf8(event.title));
}

static void the_title_tag_wins(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    assert_true(audio_music_add(scene->audio, LACRIMA_SOURCE_DIR "/assets/music/low-water.ogg"));
    audio_music_play(scene->audio, 0);
    struct audio_event event;
    assert_true(audio_poll(scene->audio, 0, &event));
    assert_string_equal(event.title, "Low Water");
}

static void every_format_has_its_whole_length(void **state)
{
    struct offline *scene = *state;
    static const char *const endings[] = {"ogg", "flac", "mp3", "opus", "wav", "aiff"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char command[512];
        char path[256];
        char name[32];
        (void)snprintf(name, sizeof name, "tone.%s", endings[i]);
        offline_path(scene, path, name);
        (void)snprintf(command, sizeof command,
                       "ffmpeg -nostdin -v error -f lavfi -i sine=f=220:r=44100:d=12 %s", path);
        assert_int_equal(system(command), 0);
        offline_open(scene, NULL, NULL);
        assert_true(audio_music_add(scene->audio, path));
        audio_music_play(scene->audio, 0);
        struct audio_event event;
        assert_true(audio_poll(scene->audio, SECONDS(60), &event));
        assert_string_equal(event.title, "tone");
        assert_true(audio_poll(scene->audio, SECONDS(60), &event));
        assert_int_equal(event.kind, AUDIO_ENDED);
        assert_true(fabs(time_seconds(event.at) - 12.0) < 0.1);
        audio_destroy(&scene->audio);
    }
}

static void every_call_is_right_at_any_time(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, LACRIMA_SOURCE_DIR "/assets/music", NULL);
    add_tone(scene, "a.wav", 6.0);
    add_tone(scene, "b.wav", 0.5);
    uint32_t random = 7;
    time_ns now = 0;
    for (int i = 0; i < 3000; i++) {
        random = random * 1664525U + 1013904223U;
        now += (time_ns)(random >> 8) * 50;
        struct audio_event event;
        switch (random >> 4 & 15U) {
        case 0:
        case 1:
        case 2:
            audio_music_play(scene->audio, now);
            break;
        case 3:
            audio_music_pause(scene->audio, now);
            break;
        case 4:
            audio_music_step(scene->audio, 1, now);
            break;
        case 5:
            audio_music_step(scene->audio, -1, now);
            break;
        case 6:
            audio_music_stop(scene->audio, now);
            break;
        case 7:
            audio_silence(scene->audio, true, now);
            break;
        case 8:
        case 9:
            audio_silence(scene->audio, false, now);
            break;
        case 10:
            audio_music_bed(scene->audio, (random & 1U) != 0, now);
            break;
        case 11:
            audio_cue(scene->audio, CUE_BELL, 0, now);
            audio_cues_stop(scene->audio, now);
            break;
        default:
            while (audio_poll(scene->audio, now, &event))
                assert_true(event.at <= now);
            double level = audio_level(scene->audio, now);
            assert_true(level >= 0.0 && level <= 1.0);
        }
    }
}

#define OFFLINE_TEST(f) cmocka_unit_test_setup_teardown(f, offline_set_up, offline_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFLINE_TEST(a_list_plays_for_its_real_length),
        OFFLINE_TEST(deadlines_lead_from_change_to_change),
        OFFLINE_TEST(a_pause_keeps_the_place),
        OFFLINE_TEST(the_curtain_stops_the_music_too),
        OFFLINE_TEST(stepping_wraps_and_fades),
        OFFLINE_TEST(the_level_is_the_same_however_it_is_asked),
        OFFLINE_TEST(without_additions_the_music_folder_then_ours),
        OFFLINE_TEST(bad_files_are_said_once_and_passed_over),
        OFFLINE_TEST(when_nothing_given_can_be_played_ours_is),
        OFFLINE_TEST(a_pipe_does_not_hang),
        OFFLINE_TEST(a_name_that_is_no_text_becomes_some),
        OFFLINE_TEST(the_title_tag_wins),
        OFFLINE_TEST(every_format_has_its_whole_length),
        OFFLINE_TEST(every_call_is_right_at_any_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

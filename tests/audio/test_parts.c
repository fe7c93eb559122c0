/* Parts of files, and what is left out of a list, without a device. */
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

static void add_part(struct offline *scene, const char *name, double from_s, double to_s,
                     int32_t tag)
{
    char path[256];
    offline_path(scene, path, name);
    write_tone(path, 220.0, 0.2, 20.0);
    const struct audio_part part = {.path = path, .from_s = from_s, .to_s = to_s, .tag = tag};
    assert_true(audio_music_add_part(scene->audio, &part));
}

/* Parts play for as long as they are; one that begins behind the file's end is said and passed
 * over. */
static void parts_play_for_their_length(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_part(scene, "a.wav", 5.0, 12.0, 1);
    add_part(scene, "b.wav", 25.0, 0.0, 2);
    add_part(scene, "c.wav", 15.0, 0.0, 3);
    add_part(scene, "d.wav", 0.0, 30.0, 4);
    audio_music_play(scene->audio, 0);
    offline_expect(scene, SECONDS(60), AUDIO_STARTED, 0);
    offline_expect(scene, SECONDS(60), AUDIO_STARTED, SECONDS(7));
    offline_expect(scene, SECONDS(60), AUDIO_STARTED, SECONDS(12));
    offline_expect(scene, SECONDS(60), AUDIO_ENDED, SECONDS(32));
    assert_int_equal(scene->line_count, 1);
    assert_non_null(strstr(scene->lines[0], "b.wav: ends before the part"));
}

static int32_t next_tag(struct offline *scene, time_ns now)
{
    struct audio_event event;
    int32_t tag = -1;
    while (audio_poll(scene->audio, now, &event))
        tag = event.kind == AUDIO_STARTED ? event.tag : -1;
    return tag;
}

static bool bring(struct offline *scene, const char *name, size_t nth, bool soon, int32_t tag)
{
    char path[256];
    bool next = false;
    bool folder = strchr(name, '.') == NULL;
    offline_path(scene, path, name);
    if (folder)
        assert_int_equal(mkdir(path, 0700), 0);
    else
        write_tone(path, 220.0, 0.2, 20.0);
    if (folder) {
        (void)text_append(path, sizeof path, "/in-it.wav");
        write_tone(path, 220.0, 0.2, 20.0);
        offline_path(scene, path, name);
    }
    const struct audio_part part = {.path = path, .folder = folder, .tag = tag};
    assert_true(audio_music_bring(scene->audio, &part, nth, soon, &next));
    return next;
}

/* What is brought in comes before what is there: first where nothing plays, and where it is to be
 * heard soon, behind what plays; else last. */
static void what_is_brought_in_comes_next(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    add_part(scene, "a.wav", 0.0, 0.0, 1);
    add_part(scene, "b.wav", 0.0, 0.0, 2);
    assert_true(bring(scene, "c.wav", 0, false, 3));
    assert_true(bring(scene, "d.wav", 1, false, 4));
    audio_music_play(scene->audio, 0);
    assert_int_equal(next_tag(scene, SECONDS(1)), 3);
    assert_int_equal(next_tag(scene, SECONDS(21)), 4);
    assert_true(bring(scene, "e.wav", 0, true, 5));
    assert_true(bring(scene, "f.wav", 1, true, 6));
    assert_false(bring(scene, "last.wav", 0, false, 7));
    assert_false(bring(scene, "folder-while-it-plays", 0, true, 8));
    audio_music_step(scene->audio, +1, SECONDS(22));
    static const int32_t order[] = {5, 6, 8, 1, 2, 7};
    for (int32_t i = 0; i < 6; i++)
        assert_int_equal(next_tag(scene, SECONDS(25 + 20 * i)), order[i]);
    audio_music_stop(scene->audio, SECONDS(130));
    (void)next_tag(scene, SECONDS(133));
    assert_true(bring(scene, "folder", 0, false, 9));
    audio_music_play(scene->audio, SECONDS(134));
    assert_int_equal(next_tag(scene, SECONDS(135)), 9);
}

static void it_takes_the_place_of_ours(void **state)
{
    struct offline *scene = *state;
    char path[256];
    offline_path(scene, path, "ours");
    assert_int_equal(mkdir(path, 0700), 0);
    offline_open(scene, path, NULL);
    offline_path(scene, path, "ours/ours.wav");
    write_tone(path, 220.0, 0.2, 20.0);
    audio_music_play(scene->audio, 0);
    assert_int_equal(next_tag(scene, SECONDS(1)), 0);
    assert_true(bring(scene, "folder", 0, true, 1));
    audio_music_step(scene->audio, +1, SECONDS(2));
    assert_int_equal(next_tag(scene, SECONDS(5)), 1);
}

/* "Not today": what plays makes room for the next, what is paused goes on with the next, and what
 * is brought back has its old place. */
static void what_is_left_out_is_passed_over(void **state)
{
    struct offline *scene = *state;
    offline_open(scene, NULL, NULL);
    for (int32_t tag = 1; tag <= 3; tag++) {
        char name[8] = {(char)('a' + tag), '.', 'w', 'a', 'v'};
        add_part(scene, name, 0.0, 0.0, tag);
    }
    assert_true(audio_music_leave_out(scene->audio, 1, true, 0));
    audio_music_play(scene->audio, 0);
    assert_int_equal(next_tag(scene, SECONDS(1)), 2);
    assert_true(audio_music_leave_out(scene->audio, 2, true, SECONDS(5)));
    assert_int_equal(next_tag(scene, SECONDS(8)), 3);
    assert_true(audio_music_leave_out(scene->audio, 1, false, SECONDS(8)));
    audio_music_pause(scene->audio, SECONDS(9));
    (void)next_tag(scene, SECONDS(12));
    assert_true(audio_music_leave_out(scene->audio, 3, true, SECONDS(12)));
    audio_music_play(scene->audio, SECONDS(13));
    assert_int_equal(next_tag(scene, SECONDS(14)), 1);
    assert_true(audio_music_leave_out(scene->audio, 1, true, SECONDS(15)));
    /* Nothing is left, and of ours there is nothing here either. */
    assert_int_equal(next_tag(scene, SECONDS(20)), -1);
    assert_false(audio_music_playing(scene->audio));
    assert_false(audio_music_leave_out(scene->audio, 2, false, SECONDS(21)));
}

#define OFFLINE_TEST(f) cmocka_unit_test_setup_teardown(f, offline_set_up, offline_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFLINE_TEST(parts_play_for_their_length),
        OFFLINE_TEST(what_is_brought_in_comes_next),
        OFFLINE_TEST(it_takes_the_place_of_ours),
        OFFLINE_TEST(what_is_left_out_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

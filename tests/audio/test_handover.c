/* From one track to the next, and from one visit to the next, sample by sample. */
#include "by_turns.h"

#include <fcntl.h>
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

#define ASLEEP "asleep" /* in a name: its disk does not answer */

/* The disk that does not answer is a pipe that nobody writes to. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    if (strstr(path, ASLEEP) == NULL)
        return __real_open(path, flags, 0600);
    char pipe[128];
    (void)snprintf(pipe, sizeof pipe, "%s/pipe", scene.folder);
    return __real_open(pipe, O_RDONLY, 0);
}

static void a_cross_keeps_the_power(void **state)
{
    (void)state;
    begin(&(struct audio_playing){.crossfade = SECONDS(4)});
    add("a.wav", (struct sound){.peak = 0.15, .noise = 1}, 48000, 15 * 48000);
    add("b.wav", (struct sound){.peak = 0.15, .noise = 99}, 48000, 15 * 48000);
    music_play(&scene.music, 0);
    run(20.0);
    assert_int_equal(scene.count, 2);
    /* It begins on its sample, four seconds before the end. */
    assert_true(fabs((double)scene.began[1] / LANE_RATE - 11.0) < 0.05);
    double usual = rms(6.0, 10.0);
    for (double at = 10.5; at < 16.0; at += 0.25)
        assert_true(fabs(db(rms(at, at + 0.25), usual)) < 1.0);
}

static void both_are_heard_while_they_cross(void **state)
{
    (void)state;
    begin(&(struct audio_playing){.crossfade = SECONDS(4)});
    add("a.wav", (struct sound){.hertz = 300.0, .peak = 0.1}, 48000, 15 * 48000);
    add("b.wav", (struct sound){.hertz = 700.0, .peak = 0.1}, 44100, 15 * 44100);
    music_play(&scene.music, 0);
    run(20.0);
    double whole = strength(300.0, 8.0, 9.0);
    assert_true(fabs(db(whole, 0.1)) < 0.1);
    assert_true(strength(700.0, 8.0, 9.0) < 1e-4);
    assert_true(fabs(db(strength(300.0, 12.9, 13.1), whole) + 3.0) < 0.3);
    assert_true(fabs(db(strength(700.0, 12.9, 13.1), whole) + 3.0) < 0.3);
    assert_true(strength(300.0, 15.1, 16.1) < 1e-4);
    assert_true(fabs(db(strength(700.0, 15.1, 16.1), whole)) < 0.1);
    assert_true(roughest(2.0, 19.0) < roughness_of(300.0, 0.1) + roughness_of(700.0, 0.1));
}

/* Asked for, the other begins at once; asked for again, it hurries. */
static void a_step_crosses_at_once(void **state)
{
    (void)state;
    begin(&(struct audio_playing){.crossfade = SECONDS(3)});
    add("a.wav", (struct sound){.hertz = 300.0, .peak = 0.1}, 48000, 20 * 48000);
    add("b.wav", (struct sound){.hertz = 700.0, .peak = 0.1}, 48000, 20 * 48000);
    add("c.wav", (struct sound){.hertz = 1100.0, .peak = 0.1}, 48000, 20 * 48000);
    music_play(&scene.music, 0);
    run(5.0);
    music_step(&scene.music, +1, now());
    run(1.5);
    assert_true(fabs(db(strength(300.0, 6.4, 6.5), strength(700.0, 6.4, 6.5))) < 2.0);
    music_step(&scene.music, +1, now());
    run(5.0);
    assert_int_equal(scene.count, 3);
    assert_string_equal(scene.titles[2], "c");
    assert_true((double)scene.began[2] / LANE_RATE < 7.1);
    assert_true(strength(300.0, 7.5, 8.5) < 1e-4 && strength(700.0, 10.3, 11.3) < 1e-4);
    assert_true(fabs(db(strength(1100.0, 10.3, 11.3), 0.1)) < 0.1);
    double most = roughness_of(300.0, 0.1) + roughness_of(700.0, 0.1) + roughness_of(1100.0, 0.1);
    assert_true(roughest(2.0, 11.0) < most);
    /* And paused in the middle of a cross, both are gone. */
    music_step(&scene.music, +1, now());
    run(1.0);
    music_pause(&scene.music, now());
    run(3.0);
    assert_true(rms(14.0, 15.0) < 1e-6);
    music_play(&scene.music, now());
    run(3.0);
    assert_true(fabs(db(strength(300.0, 16.9, 17.9), 0.1)) < 0.2);
}

/* Of one sine a half in each of two files, neither at a crossing of zero: nothing is heard of it.
 */
static void one_follows_the_other_without_a_gap(void **state)
{
    (void)state;
    static const unsigned rates[] = {48000, 44100};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        unsigned rate = rates[i];
        char name[2][16];
        (void)snprintf(name[0], sizeof name[0], "%u-a.wav", rate);
        (void)snprintf(name[1], sizeof name[1], "%u-b.wav", rate);
        const double turns = 333.3 * 6.0;
        begin(&(struct audio_playing){.gapless = true});
        add(name[0], (struct sound){.hertz = 333.3, .peak = 0.1}, rate, 6 * rate);
        add(name[1], (struct sound){.hertz = 333.3, .peak = 0.1, .from = turns}, rate, 6 * rate);
        scene.frames = scene.count = 0;
        music_play(&scene.music, 0);
        run(8.0);
        assert_int_equal(scene.count, 2);
        assert_true(roughest(5.5, 6.5) < 1.1 * roughness_of(333.3, 0.1));
        assert_true(fabs(db(strength(333.3, 5.5, 6.5), 0.1)) < 0.02);
        music_finish(&scene.music);
    }
    begin(&(struct audio_playing){0});
}

/* As loud as a record is made, nothing steps where one of its pieces follows another. */
static void a_loud_record_does_not_step(void **state)
{
    (void)state;
    begin(&(struct audio_playing){.gapless = true});
    add("a.wav", (struct sound){.hertz = 333.0, .peak = 0.8}, 48000, 8 * 48000);
    add("b.wav", (struct sound){.hertz = 333.0, .peak = 0.8}, 48000, 8 * 48000);
    music_play(&scene.music, 0);
    run(12.0);
    for (double at = 7.0; at < 10.0; at += 0.1)
        assert_true(fabs(db(rms(at, at + 0.1), rms(7.0, 7.5))) < 0.1);
}

static void a_loop_has_no_seam(void **state)
{
    (void)state;
    static const unsigned rates[] = {48000, 44100};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        unsigned rate = rates[i];
        char name[16];
        (void)snprintf(name, sizeof name, "%u.wav", rate);
        begin(&(struct audio_playing){.loop = true, .crossfade = SECONDS(2)});
        add(name, (struct sound){.hertz = 300.0, .peak = 0.1}, rate, 2 * rate);
        scene.frames = scene.count = 0;
        music_play(&scene.music, 0);
        run(11.0);
        assert_int_equal(scene.count, 1);
        assert_true(roughest(1.5, 10.9) < 1.02 * roughness_of(300.0, 0.1));
        assert_true(fabs(db(strength(300.0, 1.5, 10.5), 0.1)) < 0.02);
        /* Where it is, is where it is in the file. */
        assert_true(deck_place_s(&scene.music.decks[scene.music.front], now()) < 2.0);
        music_finish(&scene.music);
    }
    begin(&(struct audio_playing){0});
}

/* Level of what a file of a sine of peak 0.1 plays at, with these tags. */
static double with_tags(const char *name, const char *tags)
{
    char command[512];
    begin(&(struct audio_playing){0});
    (void)snprintf(command, sizeof command,
                   "ffmpeg -nostdin -v error -f lavfi -i "
                   "aevalsrc='0.1*sin(2*PI*500*t)|0.1*sin(2*PI*500*t)':s=48000:d=4 %s '%s'",
                   tags, path_of(name));
    assert_int_equal(system(command), 0);
    assert_true(music_add(&scene.music, path_of(name)));
    scene.frames = 0;
    music_play(&scene.music, 0);
    run(3.0);
    music_finish(&scene.music);
    begin(&(struct audio_playing){0});
    return db(strength(500.0, 1.5, 2.5), 0.1);
}

#define TAG(name, value) "-metadata " name "='" value "' "
#define GAIN_TAG(value)  TAG("REPLAYGAIN_TRACK_GAIN", value)
#define PEAK_TAG(value)  TAG("REPLAYGAIN_TRACK_PEAK", value)
#define ALBUM_TAG(value) TAG("REPLAYGAIN_ALBUM_GAIN", value)

static void tags_say_how_loud_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *name, *tags;
        double db;
    } files[] = {
        {"none.flac", "", 0.0},
        {"none.ogg", "", 0.0},
        {"up.flac", GAIN_TAG("+6.00 dB") PEAK_TAG("0.100000"), 6.0},
        {"down.flac", GAIN_TAG("-12.00 dB") ALBUM_TAG("+1.00 dB"), -12.0},
        {"album.flac", ALBUM_TAG("-3.00 dB"), -3.0},
        {"peak.flac", GAIN_TAG("+6.00 dB") PEAK_TAG("0.800000"), 1.94},
        {"unknown.flac", GAIN_TAG("+6.00 dB"), 0.0},
        {"nonsense.flac", GAIN_TAG("+600 dB") PEAK_TAG("0.000001"), 0.0},
        {"down.ogg", GAIN_TAG("-6.50 dB"), -6.5},
        {"none.mp3", "", 0.0},
        {"down.mp3", GAIN_TAG("-6.50 dB"), -6.5},
        {"latin.mp3", "-id3v2_version 3 " GAIN_TAG("-9.00 dB"), -9.0},
        {"down.opus", TAG("R128_TRACK_GAIN", "-2560"), -5.0},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        double level = with_tags(files[i].name, files[i].tags);
        if (fabs(level - files[i].db) > 0.5 /* so far an encoder may be off */)
            fail_msg("%s: %.2f dB, not %.2f", files[i].name, level, files[i].db);
    }
}

static void a_place_is_kept_and_taken_up(void **state)
{
    (void)state;
    const struct audio_playing playing = {
        .crossfade = SECONDS(2), .place_of = place_of, .keep_place = keep_place};
    begin(&playing);
    /* 100 Hz in its first half, 400 Hz in its second. */
    add("a.wav", (struct sound){.hertz = 100.0, .peak = 0.1}, 48000, 40 * 48000);
    music_play(&scene.music, 0);
    run(33.0);
    /* Told now and then, and when it stops. */
    assert_int_equal(scene.kept, 1);
    assert_true(fabs(scene.kept_s - 30.0) < 0.5);
    music_stop(&scene.music, now());
    run(2.0);
    assert_true(scene.kept >= 2 && fabs(scene.kept_s - 34.0) < 0.2);
    /* Another visit goes on there, and what is heard to its end is forgotten. */
    scene.known_s = scene.kept_s;
    music_play(&scene.music, now());
    run(1.0);
    const struct deck *deck = &scene.music.decks[scene.music.front];
    assert_true(fabs(deck_place_s(deck, now()) - scene.known_s - 1.0) < 0.1);
    run(7.0);
    assert_true(scene.kept_s == 0.0);
}

/* A file whose disk does not answer: the thread that draws goes on, another song is played, and
 * nobody waits at the end either. */
static void a_disk_that_sleeps_holds_nobody_up(void **state)
{
    (void)state;
    begin(&(struct audio_playing){.crossfade = SECONDS(2)});
    assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
    add("a-" ASLEEP ".wav", (struct sound){.hertz = 300.0, .peak = 0.1}, 48000, 48000);
    add("b.wav", (struct sound){.hertz = 500.0, .peak = 0.1}, 48000, 10 * 48000);
    music_play(&scene.music, 0);
    for (int i = 0; i < 100; i++)
        mix();
    assert_int_equal(scene.count, 0);
    assert_true(music_playing(&scene.music));
    music_step(&scene.music, +1, now());
    music_advance(&scene.music, now(), true);
    while (scene.count == 0)
        wait_for_disk();
    size_t from = scene.frames;
    for (int i = 0; i < 150; i++)
        mix();
    assert_string_equal(scene.titles[0], "b");
    double at_s = (double)from / LANE_RATE + 1.5;
    assert_true(fabs(db(strength(500.0, at_s, at_s + 1.0), 0.1)) < 0.1);
    /* And back to it, which is asked for in the middle of the other: that goes on meanwhile. */
    music_step(&scene.music, -1, now());
    from = scene.frames;
    for (int i = 0; i < 50; i++)
        mix();
    at_s = (double)from / LANE_RATE;
    assert_true(fabs(db(strength(500.0, at_s, at_s + 1.0), 0.1)) < 0.1);
    music_finish(&scene.music);
    begin(&(struct audio_playing){0});
    /* The thread is let go before its folder is taken away. */
    int end = __real_open(path_of("pipe"), O_WRONLY | O_NONBLOCK, 0);
    assert_true(end >= 0);
    (void)close(end);
}

#define HANDOVER_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HANDOVER_TEST(a_cross_keeps_the_power),
        HANDOVER_TEST(both_are_heard_while_they_cross),
        HANDOVER_TEST(a_step_crosses_at_once),
        HANDOVER_TEST(one_follows_the_other_without_a_gap),
        HANDOVER_TEST(a_loud_record_does_not_step),
        HANDOVER_TEST(a_loop_has_no_seam),
        HANDOVER_TEST(tags_say_how_loud_it_is),
        HANDOVER_TEST(a_place_is_kept_and_taken_up),
        HANDOVER_TEST(a_disk_that_sleeps_holds_nobody_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

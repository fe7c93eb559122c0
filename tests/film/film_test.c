/* Films that ffmpeg makes, whole and damaged, through the real libmpv. */
#include "../support/cm.h"
#include "../support/damage.h"

#include "lacrima/film.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BOUND_S     120
#define ROOM_PX     160
#define WORDS_PX    640 /* a room in which words can be read, */
#define WORDS_LEAST 200 /* and of how many pixels they are */
#define WORDS_MOST  20000
#define FILM_S      3
#define SHORT_S     1
#define FRAME_NS    (NS_PER_S / 25)

struct room {
    char folder[64], film[128], sound[128], path[128];
    pthread_mutex_t mutex;
    pthread_cond_t woken;
    unsigned wakes;
};

static void run(const char *command)
{
    if (system(command) != 0)
        fail_msg("%s", command);
}

/* A second each of red, green and blue. */
static int make_room(void **state)
{
    static struct room room = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                               .woken = PTHREAD_COND_INITIALIZER};
    char command[1024];
    strcpy(room.folder, "/tmp/lacrima-film-XXXXXX");
    assert_non_null(mkdtemp(room.folder));
    (void)snprintf(room.film, sizeof room.film, "%s/Three colours.mkv", room.folder);
    (void)snprintf(room.sound, sizeof room.sound, "%s/sound.mkv", room.folder);
    (void)snprintf(room.path, sizeof room.path, "%s/made.mkv", room.folder);
    (void)snprintf(command, sizeof command,
                   "ffmpeg -v error -f lavfi -i color=red:s=64x48:r=25:d=1 "
                   "-f lavfi -i color=lime:s=64x48:r=25:d=1 "
                   "-f lavfi -i color=blue:s=64x48:r=25:d=1 -f lavfi -i sine=440:d=3 "
                   "-filter_complex '[0][1][2]concat=n=3[v]' -map '[v]' -map 3:a "
                   "-c:v mpeg4 -g 5 -c:a libvorbis '%s' </dev/null",
                   room.film);
    run(command);
    (void)snprintf(command, sizeof command,
                   "ffmpeg -v error -f lavfi -i sine=440:d=1 -c:a libvorbis '%s' </dev/null",
                   room.sound);
    run(command);
    *state = &room;
    return 0;
}

static int clear_room(void **state)
{
    struct room *room = *state;
    (void)unlink(room->film);
    (void)unlink(room->sound);
    (void)unlink(room->path);
    return rmdir(room->folder);
}

static struct film *open_offline(const char *path, int64_t from_ms, int64_t to_ms)
{
    const struct film_params params = {.offline = true,
                                       .from_ms = from_ms,
                                       .to_ms = to_ms,
                                       .volume_percent = 70,
                                       .subtitles = true};
    struct film *film = NULL;
    struct error error;
    if (!film_open(&film, path, &params, &error))
        fail_msg("%s", error.text);
    film_room(film, ROOM_PX, ROOM_PX);
    return film;
}

/* 'r', 'g' or 'b', whichever is brightest in its middle; all of it is opaque. */
static char colour(const struct film_picture *picture)
{
    size_t middle =
        (size_t)(picture->height / 2) * (size_t)picture->width + (size_t)picture->width / 2;
    const uint8_t *p = picture->rgba + 4 * middle;
    assert_int_equal(p[3], 255);
    return p[0] > p[1] && p[0] > p[2] ? 'r' : p[1] > p[2] ? 'g' : 'b';
}

/* What it shows at a time, having been polled frame by frame until then; '.' nothing new. */
static char at(struct film *film, time_ns from, time_ns to)
{
    struct film_picture picture;
    struct error error;
    char last = '.';
    for (time_ns now = from; now <= to; now += FRAME_NS) {
        switch (film_poll(film, now, &picture, &error)) {
        case FILM_NONE:
            break;
        case FILM_PICTURE:
            last = colour(&picture);
            break;
        case FILM_END:
            return 'e';
        case FILM_TROUBLE:
            return 't';
        }
    }
    return last;
}

static void a_recording_shows_each_picture_at_its_time(void **state)
{
    const struct room *room = *state;
    struct film *film = open_offline(room->film, FILM_UNBOUNDED, FILM_UNBOUNDED);
    struct film_picture picture;
    struct error error;
    assert_string_equal(film_title(film), "Three colours");
    assert_int_equal(film_poll(film, 0, &picture, &error), FILM_PICTURE);
    assert_int_equal(colour(&picture), 'r');
    /* As large as fits, in steps of sixteen pixels, in its own shape. */
    assert_int_equal(picture.width, ROOM_PX);
    assert_int_equal(picture.height, ROOM_PX * 48 / 64);
    assert_int_equal(film_poll(film, SECONDS(100), &picture, &error), FILM_NONE);
    film_play(film, SECONDS(100));
    assert_int_equal(at(film, SECONDS(100), SECONDS(100) + MILLISECONDS(900)), 'r');
    assert_int_equal(at(film, SECONDS(101), SECONDS(101) + MILLISECONDS(300)), 'g');
    film_hold(film, SECONDS(101) + MILLISECONDS(300));
    (void)at(film, SECONDS(102), SECONDS(102));
    assert_int_equal(at(film, SECONDS(103), SECONDS(110)), '.');
    assert_in_range(film_place_ms(film), 1200, 1400);
    film_play(film, SECONDS(200));
    assert_int_equal(at(film, SECONDS(200), SECONDS(201) + MILLISECONDS(300)), 'b');
    assert_int_equal(at(film, SECONDS(201) + MILLISECONDS(300), SECONDS(210)), 'e');
    assert_int_equal(film_place_ms(film), 0);
    assert_int_equal(at(film, SECONDS(210), SECONDS(211)), '.');
    film_close(&film);
    assert_null(film);
}

/* One for 1.2 seconds, one for 1.6 and one for a moment; given again it is the same one. */
static void pictures_stand_for_different_lengths(void **state)
{
    const struct room *room = *state;
    char command[512];
    (void)snprintf(command, sizeof command,
                   "ffmpeg -v error -i '%s' -an -vf \"select='eq(n,0)+eq(n,30)+eq(n,70)'\" "
                   "-fps_mode vfr -c:v mpeg4 '%s' </dev/null",
                   room->film, room->path);
    run(command);
    struct film *film = open_offline(room->path, FILM_UNBOUNDED, FILM_UNBOUNDED);
    film_play(film, 0);
    assert_int_equal(at(film, 0, 0), 'r');
    assert_int_equal(at(film, FRAME_NS, MILLISECONDS(1160)), '.');
    assert_int_equal(at(film, MILLISECONDS(1200), MILLISECONDS(1200)), 'g');
    film_again(film);
    assert_int_equal(at(film, MILLISECONDS(1240), MILLISECONDS(1240)), 'g');
    assert_int_equal(at(film, MILLISECONDS(1280), MILLISECONDS(2760)), '.');
    assert_int_equal(at(film, MILLISECONDS(2800), MILLISECONDS(2800)), 'b');
    assert_int_equal(at(film, MILLISECONDS(2840), MILLISECONDS(2840)), 'e');
    film_close(&film);
    assert_int_equal(unlink(room->path), 0);
}

static void it_begins_and_ends_where_it_is_told(void **state)
{
    const struct room *room = *state;
    struct film *film = open_offline(room->film, 1200, 1800);
    assert_int_equal(at(film, 0, 0), 'g');
    film_play(film, 0);
    char seen = '.';
    for (time_ns now = 0; now < SECONDS(FILM_S) && seen != 'e'; now += FRAME_NS) {
        seen = at(film, now, now);
        assert_int_not_equal(seen, 'b');
        if (now > MILLISECONDS(700))
            assert_int_equal(seen, 'e');
    }
    assert_int_equal(seen, 'e');
    film_close(&film);
}

static void wake(void *user)
{
    struct room *room = user;
    (void)pthread_mutex_lock(&room->mutex);
    room->wakes++;
    (void)pthread_cond_signal(&room->woken);
    (void)pthread_mutex_unlock(&room->mutex);
}

/* The next news of a film that plays by itself. */
static enum film_news next(struct room *room, struct film *film, struct film_picture *picture)
{
    struct timespec until;
    struct error error;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += BOUND_S;
    for (;;) {
        (void)pthread_mutex_lock(&room->mutex);
        room->wakes = 0;
        (void)pthread_mutex_unlock(&room->mutex);
        enum film_news news = film_poll(film, 0, picture, &error);
        if (news == FILM_TROUBLE)
            fail_msg("%s", error.text);
        if (news != FILM_NONE)
            return news;
        (void)pthread_mutex_lock(&room->mutex);
        int late = 0;
        while (room->wakes == 0 && late != ETIMEDOUT)
            late = pthread_cond_timedwait(&room->woken, &room->mutex, &until);
        (void)pthread_mutex_unlock(&room->mutex);
        if (late == ETIMEDOUT)
            fail_msg("nothing more is heard of the film");
    }
}

static void it_plays_by_itself_to_its_end(void **state)
{
    struct room *room = *state;
    struct film *film = NULL;
    struct film_picture picture;
    const struct film_params params = {.mute = true,
                                       .from_ms = FILM_UNBOUNDED,
                                       .to_ms = FILM_UNBOUNDED,
                                       .wake = wake,
                                       .wake_user = room};
    assert_true(film_open(&film, room->film, &params, NULL));
    film_room(film, ROOM_PX, ROOM_PX);
    assert_int_equal(next(room, film, &picture), FILM_PICTURE);
    assert_int_equal(colour(&picture), 'r');
    film_again(film);
    assert_int_equal(next(room, film, &picture), FILM_PICTURE);
    assert_int_equal(colour(&picture), 'r');
    film_play(film, 0);
    char last = '.';
    while (next(room, film, &picture) == FILM_PICTURE)
        last = colour(&picture);
    assert_int_equal(last, 'b');
    /* It leaves while nobody waits; and one that is closed at once is waited for. */
    while (!film_leave(film))
        (void)sched_yield();
    film_close(&film);
    assert_true(film_open(&film, room->film, &params, NULL));
    film_close(&film);
}

static void what_is_no_film_says_so(void **state)
{
    const struct room *room = *state;
    const struct film_params params = {.offline = true, .from_ms = -1, .to_ms = -1};
    struct film *film = NULL;
    struct error error;
    assert_false(film_open(&film, "/nowhere/at.mkv", &params, &error));
    assert_string_equal(error.text, "/nowhere/at.mkv: No such file or directory");
    assert_false(film_open(&film, room->folder, &params, &error));
    assert_non_null(strstr(error.text, "no film is in it"));
    assert_int_equal(mkfifo(room->path, 0600), 0);
    assert_false(film_open(&film, room->path, &params, &error));
    assert_int_equal(unlink(room->path), 0);
    film = open_offline(room->sound, FILM_UNBOUNDED, FILM_UNBOUNDED);
    film_play(film, 0);
    struct film_picture picture;
    assert_int_equal(film_poll(film, SECONDS(5), &picture, &error), FILM_TROUBLE);
    assert_non_null(strstr(error.text, "cannot be shown: "));
    assert_int_equal(film_poll(film, SECONDS(6), &picture, &error), FILM_NONE);
    film_close(&film);
    film_close(&film);
    assert_true(film_is_film("a.MKV") && film_is_film("b.mp4"));
    assert_false(film_is_film(".mkv") || film_is_film("mkv") || film_is_film("a.txt"));
}

/* White pixels in the lower half of what it shows: a subtitle over blue. */
static size_t words_seen(struct film *film, time_ns now)
{
    struct film_picture picture;
    struct error error;
    size_t count = 0;
    assert_int_equal(film_poll(film, now, &picture, &error), FILM_PICTURE);
    size_t pixels = (size_t)picture.width * (size_t)picture.height;
    for (size_t i = pixels / 2; i < pixels; i++)
        count += picture.rgba[4 * i] > 128 && picture.rgba[4 * i + 1] > 128 ? 1 : 0;
    return count;
}

/* Those that lie in the film, and those in a file beside it. */
static void subtitles_come_and_go(void **state)
{
    static const char *const makes[] = {"-i words.srt -c:v mpeg4 -c:s srt -disposition:s:0 default "
                                        "within.mkv </dev/null && mv words.srt beside.srt",
                                        "-c:v mpeg4 beside.mp4 </dev/null"};
    static const char *const names[] = {"within.mkv", "beside.mp4"};
    const struct room *room = *state;
    const char *f = room->folder;
    char text[1024];
    (void)snprintf(text, sizeof text, "%s/words.srt", f);
    FILE *file = fopen(text, "w");
    assert_non_null(file);
    (void)fputs("1\n00:00:00,000 --> 00:00:04,000\nThe boat came in late\n", file);
    assert_int_equal(fclose(file), 0);
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(text, sizeof text,
                       "cd '%s' && ffmpeg -v error -f lavfi -i color=blue:s=160x120:r=5:d=4 %s", f,
                       makes[i]);
        run(text);
        (void)snprintf(text, sizeof text, "%s/%s", f, names[i]);
        struct film *film = open_offline(text, FILM_UNBOUNDED, FILM_UNBOUNDED);
        film_room(film, WORDS_PX, WORDS_PX);
        film_play(film, 0);
        for (int k = 0; k < 3; k++) {
            film_subtitles(film, k != 1);
            size_t seen = words_seen(film, SECONDS(1 + k));
            assert_in_range(seen, k != 1 ? WORDS_LEAST : 0, k != 1 ? WORDS_MOST : 0);
        }
        film_close(&film);
        assert_int_equal(unlink(text), 0);
    }
    (void)snprintf(text, sizeof text, "%s/beside.srt", f);
    assert_int_equal(unlink(text), 0);
}

/* None ends the program or goes on for ever, and of none more than one line is said. */
static void damaged_ones_end(void **state)
{
    static const struct damage_plan plan = {.cuts = 4, .flips = 4, .holes = 1};
    static const char *const endings[] = {"mkv", "mp4", "webm"};
    static const char *const codecs[] = {"-c:v mpeg4 -g 5 -c:a libvorbis",
                                         "-c:v libx264 -preset ultrafast -g 5 -c:a aac",
                                         "-c:v libvpx -deadline realtime -c:a libvorbis"};
    static struct damage damage;
    (void)state;
    damage_begin(&damage, "films");
    for (size_t i = 0; i < 3; i++) {
        char name[32];
        char command[512];
        (void)snprintf(name, sizeof name, "good.%s", endings[i]);
        const char *path = damage_path(&damage, name);
        (void)snprintf(command, sizeof command,
                       "ffmpeg -v error -f lavfi -i testsrc=s=64x48:r=5:d=%d -f lavfi -i "
                       "sine=440:d=%d %s -pix_fmt yuv420p '%s' </dev/null",
                       SHORT_S, SHORT_S, codecs[i], path);
        run(command);
        struct damage_bytes good = damage_read(path);
        damage_make(&damage, "film", endings[i], good, &plan);
        damage_rename(&damage, "film", endings[i], good, &endings[(i + 1) % 3], 1);
        free(good.data);
    }
    for (size_t i = 0; i < damage.count; i++) {
        const char *path = damage.paths[i];
        struct film *film = open_offline(path, FILM_UNBOUNDED, FILM_UNBOUNDED);
        film_play(film, 0);
        char seen = at(film, 0, SECONDS(2 * SHORT_S));
        if (strstr(path, "/good.") != NULL || strstr(path, "-in-truth-") != NULL)
            assert_int_equal(seen, 'e');
        if (strstr(path, "-nothing.") != NULL || strstr(path, "-words.") != NULL)
            assert_int_equal(seen, 't');
        if (seen == 't')
            assert_int_equal(at(film, SECONDS(3), SECONDS(3)), '.');
        film_close(&film);
    }
    damage_remove(&damage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recording_shows_each_picture_at_its_time),
        cmocka_unit_test(pictures_stand_for_different_lengths),
        cmocka_unit_test(it_begins_and_ends_where_it_is_told),
        cmocka_unit_test(it_plays_by_itself_to_its_end),
        cmocka_unit_test(what_is_no_film_says_so),
        cmocka_unit_test(subtitles_come_and_go),
        cmocka_unit_test(damaged_ones_end),
    };
    return cmocka_run_group_tests(tests, make_room, clear_room);
}

/* Folders of any size: what a call may cost, and the order that comes out. */
#include "playlist.h"

#include "lacrima/audio.h"

#include <dirent.h>
#include <sched.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define MANY 50000U
#define SOME 5000U

/* The linker puts these in front of the real ones. */
struct dirent *__real_readdir(DIR *dir);
struct dirent *__wrap_readdir(DIR *dir);
int __real_fstatat(int dir, const char *path, struct stat *status, int flags);
int __wrap_fstatat(int dir, const char *path, struct stat *status, int flags);

static _Thread_local size_t read_here; /* by the thread that looks */
static atomic_size_t entries_read;
static atomic_size_t entries_asked;

struct dirent *__wrap_readdir(DIR *dir)
{
    read_here++;
    entries_read++;
    return __real_readdir(dir);
}

int __wrap_fstatat(int dir, const char *path, struct stat *status, int flags)
{
    entries_asked++;
    return __real_fstatat(dir, path, status, flags);
}

static char folder[64];

static int set_up(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/lacrima-list-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void touch(const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    (void)fclose(file);
}

static void make_folder(const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static bool accepts(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && strcmp(dot, ".ogg") == 0;
}

static void names_come_in_the_order_a_person_counts(void **state)
{
    (void)state;
    static const char *const ordered[] = {"1.ogg", "2.ogg",        "10.ogg",   "010b.ogg",  "a.ogg",
                                          "B.ogg", "b 9 song.ogg", "b 10.ogg", "b 10 a.ogg"};
    assert_true(playlist_compare("2", "10") < 0);
    assert_true(playlist_compare("a2b", "A10B") < 0);
    assert_true(playlist_compare("B", "a") > 0);
    assert_true(playlist_compare("01", "1") != 0);
    assert_true(playlist_compare("x", "x") == 0);
    assert_true(playlist_compare("99999999999999999999999998", "99999999999999999999999999") < 0);
    for (size_t i = 0; i < 6; i++) {
        for (size_t k = 0; k < 6; k++) {
            int order = playlist_compare(ordered[i], ordered[k]);
            assert_true((order < 0) == (i < k) && (order > 0) == (i > k));
        }
    }
}

static void folders_are_entered_in_place(void **state)
{
    (void)state;
    make_folder("b");
    make_folder(".hidden");
    touch("c.ogg");
    touch("a.ogg");
    touch(".x.ogg");
    touch("notes.txt");
    touch("b/2.ogg");
    touch("b/10.ogg");
    touch(".hidden/y.ogg");
    char link_path[128];
    (void)snprintf(link_path, sizeof link_path, "%s/b/loop", folder);
    assert_int_equal(symlink(folder, link_path), 0);
    struct playlist list = {.accepts = accepts};
    assert_true(playlist_add(&list, folder, true));
    assert_true(playlist_add(&list, "/given/by itself", false));
    while (!playlist_read(&list, 1))
        ;
    static const char *const expected[] = {"a.ogg", "b/2.ogg", "b/10.ogg", "c.ogg"};
    assert_int_equal(list.count, 5);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(list.tracks[i].path + strlen(folder) + 1, expected[i]);
        assert_false(list.tracks[i].given);
    }
    assert_string_equal(list.tracks[4].path, "/given/by itself");
    assert_true(list.tracks[4].given);
    playlist_clear(&list);
}

static void a_deep_tree_ends(void **state)
{
    (void)state;
    char name[256] = "d";
    for (int i = 0; i < 40; i++) {
        make_folder(name);
        (void)strcat(name, "/d");
    }
    touch("d/d/here.ogg");
    struct playlist list = {.accepts = accepts};
    assert_true(playlist_add(&list, folder, true));
    while (!playlist_read(&list, 100))
        ;
    assert_int_equal(list.count, 1);
    playlist_clear(&list);
}

/* On a thread everything comes out the same, and in the same place; a list that is thrown away
 * while it is read stops at once. */
static sem_t found;

static void wake(void *user)
{
    (void)user;
    (void)sem_post(&found);
}

static void a_large_folder_is_read_on_a_thread(void **state)
{
    (void)state;
    char first[128];
    touch("first.ogg");
    (void)snprintf(first, sizeof first, "%s/first.ogg", folder);
    make_folder("many");
    for (unsigned i = 0; i < SOME; i++) {
        char path[160];
        (void)snprintf(path, sizeof path, "%s/many/track %u.ogg", folder, (i * 7919U) % SOME);
        assert_int_equal(link(first, path), 0);
    }
    assert_int_equal(sem_init(&found, 0, 0), 0);
    struct playlist list = {.accepts = accepts, .threaded = true, .wake = wake};
    assert_true(playlist_add(&list, "/given/before", false));
    assert_true(playlist_add(&list, folder, true));
    (void)playlist_read(&list, 100);
    playlist_clear(&list);
    assert_true(playlist_add(&list, "/given/before", false));
    assert_true(playlist_add(&list, folder, true));
    assert_true(playlist_add(&list, "/given/after", false));
    while (!playlist_read(&list, 100)) {
        if (playlist_waits(&list))
            (void)sem_wait(&found);
    }
    assert_int_equal(list.count, SOME + 3);
    assert_string_equal(list.tracks[0].path, "/given/before");
    assert_string_equal(list.tracks[1].path, first);
    for (unsigned i = 0; i < SOME; i++) {
        unsigned number = SOME;
        const char *name = strrchr(list.tracks[2 + i].path, '/');
        assert_int_equal(sscanf(name, "/track %u.ogg", &number), 1);
        assert_int_equal(number, i);
        assert_false(list.tracks[2 + i].given);
    }
    assert_string_equal(list.tracks[SOME + 2].path, "/given/after");
    assert_true(list.tracks[SOME + 2].given);
    playlist_clear(&list);
    (void)sem_destroy(&found);
}

static char said[1024];

static void hear(void *user, const char *line)
{
    (void)user;
    (void)snprintf(said, sizeof said, "%s", line);
}

static void fifty_thousand_files_cost_no_call_anything(void **state)
{
    (void)state;
    char first[128];
    touch("0.txt");
    (void)snprintf(first, sizeof first, "%s/0.txt", folder);
    for (unsigned i = 0; i < MANY; i++) {
        char path[160];
        (void)snprintf(path, sizeof path, "%s/%u.txt", folder, i);
        assert_int_equal(i == 0 ? 0 : link(first, path), 0);
    }
    /* Live, so that a thread reads; muted, so that no device is needed. */
    struct audio_params params = {
        .volume_percent = 100, .muted = true, .xdg_music_dir = folder, .say = hear};
    struct audio *audio;
    struct error error;
    assert_true(audio_create(&audio, &params, &error));
    entries_read = 0;
    entries_asked = 0;
    read_here = 0;
    audio_music_play(audio, 0);
    bool ended = false;
    time_ns now = 0;
    /* The list is read once the silent device is open. */
    for (uint64_t i = 0; i < UINT64_C(1000000000) && !ended; i++) {
        struct audio_event event;
        now += NS_PER_MS;
        if (audio_poll(audio, now, &event))
            ended = event.kind == AUDIO_ENDED;
        (void)sched_yield();
    }
    assert_true(ended);
    assert_true(entries_read >= MANY);
    assert_int_equal(read_here, 0);     /* not one by who draws the frames */
    assert_int_equal(entries_asked, 0); /* not one stat */
    assert_string_equal(said, "No music was found that can be played.");
    audio_destroy(&audio);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_in_the_order_a_person_counts),
        cmocka_unit_test_setup_teardown(folders_are_entered_in_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_deep_tree_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_large_folder_is_read_on_a_thread, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fifty_thousand_files_cost_no_call_anything, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

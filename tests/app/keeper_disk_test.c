/* The keeper of a file on a disk that stands still, or reports an error. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_TMPFILE */
#endif

#include "desk.h"
#include "disk_order.h"

#include "lacrima/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SOON_NS MILLISECONDS(100)
#define DUE_NS  MILLISECONDS(500)
/* The machine may stand still for a while. */
#define PATIENCE_S 60
#define MEANWHILE                                                                                  \
    ": Input/output error; what you write is kept here meanwhile and saved as soon as it can be\n"
#define NOW "What you wrote is saved now.\n"

int __wrap_fsync(int fd);

/* While it stands, whoever asks it waits; one that is broken answers at once. */
static struct {
    sem_t asked, go_on;
    bool stands, broken, gave_up;
} disk;

/* False after a long time: nobody will ever post it. */
static bool await(sem_t *semaphore)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    while (sem_timedwait(semaphore, &until) != 0) {
        if (errno != EINTR)
            return false;
    }
    return true;
}

int __wrap_fsync(int fd)
{
    if (disk.stands) {
        (void)sem_post(&disk.asked);
        disk.gave_up = !await(&disk.go_on);
    }
    if (disk.broken) {
        errno = EIO;
        return -1;
    }
    return disk_order_fsync(fd);
}

static int disk_setup(void **state)
{
    disk.stands = disk.broken = disk.gave_up = false;
    return sem_init(&disk.asked, 0, 0) == 0 && sem_init(&disk.go_on, 0, 0) == 0 ? desk_setup(state)
                                                                                : 1;
}

static int disk_teardown(void **state)
{
    disk.stands = disk.broken = disk.gave_up = false;
    int torn = desk_teardown(state);
    return sem_destroy(&disk.asked) == 0 && sem_destroy(&disk.go_on) == 0 ? torn : 1;
}

static void assert_file(const struct desk *desk, const char *expected)
{
    char text[256] = "";
    assert_true(desk_read(desk_file(desk), text, sizeof text) >= 0);
    assert_string_equal(text, expected);
}

/* The loop goes on, keys are taken, and nothing calls it back before there is news. */
static void a_disk_that_stands_still_holds_up_nothing(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    desk_type(desk, "one", SOON_NS);
    disk.stands = true;
    desk_wait(desk, DUE_NS);
    time_ns due = desk->now;
    assert_true(await(&disk.asked));
    assert_false(disk.gave_up);
    assert_true(letter_deadline(desk->letter) == TIME_NEVER);
    for (int i = 0; i < 50; i++)
        desk_type(desk, ".", SOON_NS);
    assert_true(letter_deadline(desk->letter) == TIME_NEVER);
    assert_int_equal(desk->kept_until, -1);
    disk.stands = false;
    assert_int_equal(sem_post(&disk.go_on), 0);
    desk_await_kept(desk, due);
    /* What has been due for long goes at once. */
    desk_await_kept(desk, desk->now);
    assert_file(desk, "one..................................................");
    assert_string_equal(desk->said, "");
}

static void an_error_is_said_once_and_tried_again(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    desk_type(desk, "one", SOON_NS);
    desk_wait(desk, DUE_NS);
    desk_await_kept(desk, desk->now);
    assert_file(desk, "one");
    disk.broken = true;
    desk_type(desk, " two", SOON_NS);
    desk_wait(desk, DUE_NS);
    desk_await_due(desk);
    assert_non_null(strstr(desk->said, MEANWHILE));
    size_t said = strlen(desk->said);
    for (int i = 0; i < 5; i++) {
        time_ns again = letter_deadline(desk->letter);
        assert_true(again > desk->now && again <= desk->now + SECONDS(2));
        desk_wait(desk, again - desk->now);
        desk_await_due(desk);
    }
    assert_int_equal(strlen(desk->said), said);
    assert_file(desk, "one"); /* whole, and no other file beside it */
    disk.broken = false;
    desk_wait(desk, letter_deadline(desk->letter) - desk->now);
    desk_await_kept(desk, desk->now);
    assert_string_equal(desk->said + said, NOW);
    assert_file(desk, "one two");
}

/* Who ends the letter is told, gets the page back, and can end it once the disk works. */
static void a_letter_does_not_end_before_it_is_kept(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    disk.broken = true;
    desk_type(desk, "kept", SOON_NS);
    desk_wait(desk, DUE_NS);
    desk_await_due(desk);
    size_t said = strlen(desk->said);
    desk_key(desk, KEY_ESC);
    assert_string_equal(desk->state, "leaving");
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "page");
    assert_non_null(strstr(desk->said + said, MEANWHILE));
    desk_type(desk, " after all", SOON_NS);
    disk.broken = false;
    desk_key(desk, KEY_ESC);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "close");
    assert_file(desk, "kept after all");
}

/* The one under way ends first: an older text never takes the place of a newer one. */
static void the_end_waits_for_what_is_under_way(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    desk_type(desk, "older", SOON_NS);
    disk.stands = true;
    desk_wait(desk, DUE_NS);
    assert_true(await(&disk.asked));
    assert_false(disk.gave_up);
    desk_type(desk, " and newer", SOON_NS);
    disk.stands = false;
    assert_int_equal(sem_post(&disk.go_on), 0);
    desk_end(desk);
    assert_file(desk, "older and newer");
    assert_string_equal(desk->said, "");
}

/* Whoever is killed while the disk is written to leaves no file beside the letter's. */
static void what_is_on_its_way_has_no_name(void **state)
{
    struct desk *desk = *state;
    int nameless = open(desk->folder, O_TMPFILE | O_WRONLY, 0600);
    if (nameless < 0)
        skip();
    (void)close(nameless);
    desk_page(desk, LETTER_FILE);
    desk_type(desk, "older", SOON_NS);
    desk_wait(desk, DUE_NS);
    desk_await_kept(desk, desk->now);
    disk.stands = true;
    desk_type(desk, " and newer", SOON_NS);
    desk_wait(desk, DUE_NS);
    assert_true(await(&disk.asked));
    assert_false(disk.gave_up);
    assert_file(desk, "older"); /* the one file there is */
    disk.stands = false;
    assert_int_equal(sem_post(&disk.go_on), 0);
    desk_await_kept(desk, desk->now);
    assert_file(desk, "older and newer");
}

/* After a power loss it is the older letter or the newer one, and whole. */
static void it_is_on_the_disk_before_it_takes_its_place(void **state)
{
    struct desk *desk = *state;
    size_t placed = 0;
    desk_page(desk, LETTER_FILE);
    for (int i = 1; i <= 3; i++) {
        disk_order_begin();
        desk_type(desk, "more ", SOON_NS);
        desk_wait(desk, DUE_NS);
        desk_await_kept(desk, desk->now);
        assert_string_equal(disk_order_end(&placed), "");
        assert_int_equal(placed, 1);
    }
    assert_file(desk, "more more more ");
}

static void make_old(const char *folder, const char *name, mode_t mode)
{
    char path[512];
    const struct timespec times[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, mode);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "x", 1), 1);
    assert_int_equal(fchmod(fd, mode), 0);
    assert_int_equal(futimens(fd, times), 0);
    assert_int_equal(close(fd), 0);
}

static bool is_there(const struct desk *desk, const char *name)
{
    char path[512];
    struct stat status;
    (void)snprintf(path, sizeof path, "%s/%s", desk->folder, name);
    return lstat(path, &status) == 0;
}

/* What a kill has left is taken away by the next letter, and nothing that may be somebody else's.
 */
static void what_a_kill_left_is_taken_away(void **state)
{
    static const char *const others[] = {"old.txt.lacrima-a1b2c3d", "old.txt.lacrima-a1b2c",
                                         "old.txt.lacrima-a1b2.3",  "old.txt.backup",
                                         ".lacrima-a1b2c3",         "new.txt.lacrima-a1b2c3",
                                         "open.txt.lacrima-a1b2c3", "link.txt.lacrima-a1b2c3"};
    const size_t count = sizeof others / sizeof others[0];
    struct desk *desk = *state;
    char path[512];
    make_old(desk->folder, "old.txt.lacrima-a1b2c3", 0600);
    for (size_t i = 0; i + 1 < count; i++)
        make_old(desk->folder, others[i], i + 2 < count ? 0600 : 0644);
    (void)snprintf(path, sizeof path, "%s/new.txt.lacrima-a1b2c3", desk->folder);
    assert_int_equal(utimensat(AT_FDCWD, path, NULL, 0), 0);
    (void)snprintf(path, sizeof path, "%s/link.txt.lacrima-a1b2c3", desk->folder);
    assert_int_equal(symlink("old.txt.backup", path), 0);
    desk_page(desk, LETTER_FILE);
    assert_true(is_there(desk, "old.txt.lacrima-a1b2c3"));
    desk_type(desk, "words", SOON_NS);
    desk_wait(desk, DUE_NS);
    desk_await_kept(desk, desk->now);
    assert_false(is_there(desk, "old.txt.lacrima-a1b2c3"));
    for (size_t i = 0; i < count; i++)
        assert_true(is_there(desk, others[i]));
}

static void what_is_lost_with_the_program_is_said(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    disk.broken = true;
    desk_type(desk, "never seen again", SOON_NS);
    desk_wait(desk, DUE_NS);
    desk_await_due(desk);
    size_t said = strlen(desk->said);
    letter_keep(desk->letter, desk->now);
    assert_int_equal(strlen(desk->said), said);
    desk_end(desk);
    assert_string_equal(desk->said + said, "What was written last could not be saved.\n");
}

#define DISK_TEST(function) cmocka_unit_test_setup_teardown(function, disk_setup, disk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISK_TEST(a_disk_that_stands_still_holds_up_nothing),
        DISK_TEST(an_error_is_said_once_and_tried_again),
        DISK_TEST(a_letter_does_not_end_before_it_is_kept),
        DISK_TEST(the_end_waits_for_what_is_under_way),
        DISK_TEST(what_is_on_its_way_has_no_name),
        DISK_TEST(it_is_on_the_disk_before_it_takes_its_place),
        DISK_TEST(what_a_kill_left_is_taken_away),
        DISK_TEST(what_is_lost_with_the_program_is_said),
    };
    return cmocka_run_group_tests_name("keeper, disk", tests, NULL, NULL);
}

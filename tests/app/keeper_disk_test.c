/* The keeper of a file on a disk that stands still, or reports an error. */
#include "desk.h"

#include "lacrima/base/text.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SOON_NS MILLISECONDS(100)
#define DUE_NS  MILLISECONDS(500)
/* The machine may stand still for a while. */
#define PATIENCE_S 60
#define MEANWHILE                                                                                  \
    ": Input/output error; what you write is kept here meanwhile and saved as soon as it can be\n"
#define NOW "What you wrote is saved now.\n"

int __real_fsync(int fd);
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
    return __real_fsync(fd);
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
        DISK_TEST(what_is_lost_with_the_program_is_said),
    };
    return cmocka_run_group_tests_name("keeper, disk", tests, NULL, NULL);
}

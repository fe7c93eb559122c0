/* Where there is little: little memory for the passphrase's key, and a real file system that is
 * full. */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB            (INT64_C(1024) * 1024)
#define MODERATE_BYTES (256 * MIB)
#define LITTLE_BYTES   (64 * MIB)
#define ROOM_BYTES     (160 * MIB) /* between the two */

static struct rlimit before;

static void allow_little_memory(void)
{
    struct rlimit little;
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%lu", &pages), 1);
    (void)fclose(file);
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    little = before;
    little.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + ROOM_BYTES;
    assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
}

static void allow_all_memory(void)
{
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
}

static int64_t stored(struct room *room, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(in_home(room, "letters.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(row, 0);
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return number;
}

static int usual_setup(void **state)
{
    if (room_setup(state) != 0)
        return 1;
    struct room *room = *state;
    room->usual = true;
    reopen(room);
    return 0;
}

static int usual_teardown(void **state)
{
    if (before.rlim_max != 0)
        allow_all_memory();
    return room_teardown(state);
}

static void little_memory_makes_it_cheaper_and_more_makes_it_dearer(void **state)
{
    struct room *room = *state;
    allow_little_memory();
    enum journal_result begun = do_begin(room, PASS);
    allow_all_memory();
    assert_int_equal(begun, JOURNAL_DONE);
    assert_int_equal(stored(room, "SELECT memory FROM lock"), LITTLE_BYTES);
    assert_int_equal(stored(room, "SELECT passes FROM lock"), 2);
    int64_t id = write_letter(room, "text");
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, id, "text");
    assert_int_equal(do_change(room, PASS, OTHER), JOURNAL_DONE);
    assert_int_equal(stored(room, "SELECT memory FROM lock"), MODERATE_BYTES);
    assert_int_equal(stored(room, "SELECT passes FROM lock"), 3);
}

static void little_memory_never_makes_it_cheaper_later(void **state)
{
    struct room *room = *state;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    assert_int_equal(stored(room, "SELECT memory FROM lock"), MODERATE_BYTES);
    int64_t id = write_letter(room, "text");
    allow_little_memory();
    enum journal_result changed = do_change(room, PASS, OTHER);
    reopen(room);
    enum journal_result unlocked = do_unlock(room, PASS);
    allow_all_memory();
    assert_int_equal(changed, JOURNAL_IMPOSSIBLE);
    assert_int_equal(unlocked, JOURNAL_IMPOSSIBLE); /* not: another passphrase */
    assert_true(strstr(answer_line, "memory") != NULL);
    assert_int_equal(stored(room, "SELECT memory FROM lock"), MODERATE_BYTES);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, id, "text");
    /* A cost that asks for less does not lower it either. */
    room->usual = false;
    reopen(room);
    assert_int_equal(do_change(room, PASS, OTHER), JOURNAL_DONE);
    assert_int_equal(stored(room, "SELECT memory FROM lock"), MODERATE_BYTES);
    assert_int_equal(stored(room, "SELECT passes FROM lock"), 3);
}

static bool mounted;

static int full_setup(void **state)
{
    if (room_setup(state) != 0)
        return 1;
    struct room *room = *state;
    if (mkdir(room->home, 0700) != 0)
        return 1;
    mounted = mount("none", room->home, "tmpfs", MS_NOSUID | MS_NODEV, "size=512k,mode=0700") == 0;
    return mounted || errno == EPERM || errno == ENODEV ? 0 : 1;
}

static int full_teardown(void **state)
{
    struct room *room = *state;
    journal_destroy(&room->journal);
    if (mounted && umount(room->home) != 0)
        return 1;
    mounted = false;
    return room_teardown(state);
}

/* Fills the file system to the last byte. */
static void fill(const struct room *room)
{
    static const char bytes[512];
    int fd = open(in_home(room, "filling"), O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    while (write(fd, bytes, sizeof bytes) > 0)
        ;
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(close(fd), 0);
}

/* Where nobody may mount, journal_disk_test's failing VFS is what there is. */
static void a_full_file_system_is_said_and_nothing_is_lost(void **state)
{
    struct room *room = *state;
    struct error error;
    char text[3000];
    if (!mounted)
        return;
    memset(text, 'x', sizeof text);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t older = write_letter(room, "an older one");
    int64_t id = write_letter(room, "Dear");
    fill(room);
    room->said[0] = '\0';
    for (size_t length = 1000; length <= sizeof text; length += 500)
        assert_true(journal_save(room->journal, id, text, length, &error));
    assert_false(journal_flush(room->journal, &error));
    assert_false(journal_saved(room->journal));
    assert_true(strlen(room->said) > 0);
    assert_ptr_equal(strchr(room->said, '\n'), room->said + strlen(room->said) - 1); /* once */
    assert_text(room, older, "an older one");
    room->said[0] = '\0';
    assert_int_equal(remove(in_home(room, "filling")), 0);
    assert_true(journal_flush(room->journal, &error));
    assert_true(strlen(room->said) > 0);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    struct journal_answer answer;
    assert_int_equal(do_read(room, id, &answer), JOURNAL_DONE);
    assert_int_equal(answer.length, sizeof text);
    assert_memory_equal(answer.text, text, sizeof text);
    journal_answer_finish(&answer);
    assert_text(room, older, "an older one");
}

static void nothing_is_begun_on_a_full_file_system(void **state)
{
    struct room *room = *state;
    if (!mounted)
        return;
    fill(room);
    assert_int_equal(do_begin(room, PASS), JOURNAL_IMPOSSIBLE);
    assert_true(strlen(answer_line) > 0);
    assert_int_equal(remove(in_home(room, "filling")), 0);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "text");
    assert_text(room, id, "text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(little_memory_makes_it_cheaper_and_more_makes_it_dearer,
                                        usual_setup, usual_teardown),
        cmocka_unit_test_setup_teardown(little_memory_never_makes_it_cheaper_later, usual_setup,
                                        usual_teardown),
        cmocka_unit_test_setup_teardown(a_full_file_system_is_said_and_nothing_is_lost, full_setup,
                                        full_teardown),
        cmocka_unit_test_setup_teardown(nothing_is_begun_on_a_full_file_system, full_setup,
                                        full_teardown),
    };
    return cmocka_run_group_tests_name("journal small", tests, NULL, NULL);
}

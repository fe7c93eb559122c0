/* Disks that are full, broken or not to be written to: a line, the text kept, and saved as soon as
 * it can be.  The system's own VFS, with the failures put in where it is asked to. */
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum failure {
    FAIL_NOTHING,
    FAIL_FULL, /* no room on the disk */
    FAIL_READ_ONLY,
    FAIL_WRITE, /* an error of the disk */
    FAIL_SYNC,
    FAIL_READ,
    FAIL_OPEN
};

static enum failure failure;
static int after;                              /* so many of these still go well */
static const sqlite3_io_methods *real_methods; /* of any file: they read and write alike */
/* Files that are locked and files that are not have methods of their own. */
static struct {
    const sqlite3_io_methods *real;
    sqlite3_io_methods failing;
} tables[4];
static sqlite3_vfs vfs;
static sqlite3_vfs *real_vfs;

static bool fails(enum failure kind)
{
    return failure == kind && after-- <= 0;
}

static int failing_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    if (fails(FAIL_FULL))
        return SQLITE_FULL;
    if (fails(FAIL_READ_ONLY))
        return SQLITE_READONLY;
    if (fails(FAIL_WRITE))
        return SQLITE_IOERR_WRITE;
    return real_methods->xWrite(file, bytes, size, at);
}

static int failing_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    return fails(FAIL_READ) ? SQLITE_IOERR_READ : real_methods->xRead(file, bytes, size, at);
}

static int failing_sync(sqlite3_file *file, int flags)
{
    return fails(FAIL_SYNC) ? SQLITE_IOERR_FSYNC : real_methods->xSync(file, flags);
}

static int failing_open(sqlite3_vfs *self, sqlite3_filename name, sqlite3_file *file, int flags,
                        int *out_flags)
{
    (void)self;
    if (fails(FAIL_OPEN))
        return SQLITE_CANTOPEN;
    int opened = real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    if (file->pMethods == NULL)
        return opened;
    size_t i = 0;
    while (tables[i].real != NULL && tables[i].real != file->pMethods)
        i++;
    assert_true(i + 1 < sizeof tables / sizeof tables[0]);
    if (tables[i].real == NULL) {
        tables[i].real = file->pMethods;
        tables[i].failing = *file->pMethods;
        tables[i].failing.xWrite = failing_write;
        tables[i].failing.xRead = failing_read;
        tables[i].failing.xSync = failing_sync;
    }
    assert_true(real_methods == NULL || (real_methods->xWrite == file->pMethods->xWrite &&
                                         real_methods->xRead == file->pMethods->xRead &&
                                         real_methods->xSync == file->pMethods->xSync));
    real_methods = tables[i].real;
    file->pMethods = &tables[i].failing;
    return opened;
}

static int failing_setup(void **state)
{
    failure = FAIL_NOTHING;
    after = 0;
    if (real_vfs == NULL) {
        real_vfs = sqlite3_vfs_find(NULL);
        vfs = *real_vfs;
        vfs.zName = "failing";
        vfs.xOpen = failing_open;
        vfs.pNext = NULL;
        assert_int_equal(sqlite3_vfs_register(&vfs, 0), SQLITE_OK);
    }
    if (room_setup(state) != 0)
        return 1;
    struct room *room = *state;
    room->vfs = "failing";
    reopen(room);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    return 0;
}

static size_t lines_said(const struct room *room)
{
    size_t lines = 0;
    for (const char *c = room->said; *c != '\0'; c++)
        lines += *c == '\n' ? 1 : 0;
    return lines;
}

/* Types on while the disk fails; then it is mended. */
static void type_through(struct room *room, enum failure kind, int going_well)
{
    static const char *const drafts[] = {"Dear", "Dear M", "Dear Mother", "Dear Mother, I"};
    struct error error;
    room->said[0] = '\0';
    int64_t older = write_letter(room, "an older one");
    int64_t id = journal_new(room->journal);
    failure = kind;
    after = going_well;
    for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++)
        assert_true(journal_save(room->journal, id, drafts[i], strlen(drafts[i]), &error));
    struct journal_answer answer;
    while (journal_poll(room->journal, &answer))
        journal_answer_finish(&answer);
    /* Said once, however often it was tried, or it came to nothing. */
    bool saved = journal_saved(room->journal);
    assert_int_equal(lines_said(room), saved ? 0 : 1);
    failure = FAIL_NOTHING;
    assert_true(journal_flush(room->journal, &error));
    assert_true(journal_saved(room->journal));
    while (journal_poll(room->journal, &answer))
        journal_answer_finish(&answer);
    assert_int_equal(lines_said(room), saved ? 0 : 2);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, older, "an older one");
    assert_text(room, id, drafts[3]);
}

static void a_full_disk_is_said_once_and_nothing_is_lost(void **state)
{
    for (int going_well = 0; going_well < 12; going_well++)
        type_through(*state, FAIL_FULL, going_well);
}

static void a_failing_write_too(void **state)
{
    for (int going_well = 0; going_well < 12; going_well++)
        type_through(*state, FAIL_WRITE, going_well);
}

static void a_failing_sync_too(void **state)
{
    for (int going_well = 0; going_well < 8; going_well++)
        type_through(*state, FAIL_SYNC, going_well);
}

static void a_disk_that_became_read_only_too(void **state)
{
    for (int going_well = 0; going_well < 8; going_well++)
        type_through(*state, FAIL_READ_ONLY, going_well);
}

static void closing_on_a_full_disk_says_what_is_lost(void **state)
{
    struct room *room = *state;
    struct error error;
    int64_t id = journal_new(room->journal);
    failure = FAIL_FULL;
    assert_true(journal_save(room->journal, id, "Dear", 4, &error));
    assert_false(journal_flush(room->journal, &error));
    assert_true(strlen(error.text) > 0);
    assert_int_equal(do_lock(room), JOURNAL_IMPOSSIBLE); /* the text would be lost with the key */
    assert_state(room, JOURNAL_UNLOCKED);
    failure = FAIL_NOTHING;
    assert_int_equal(do_lock(room), JOURNAL_DONE);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, id, "Dear");
}

static void a_file_that_cannot_be_read_is_left_alone(void **state)
{
    struct room *room = *state;
    int64_t id = write_letter(room, "an older one");
    size_t before_size = 0;
    size_t after_size = 0;
    journal_destroy(&room->journal);
    unsigned char *before = read_file(in_home(room, "letters.db"), &before_size);
    failure = FAIL_READ;
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_IMPOSSIBLE);
    assert_state(room, JOURNAL_REFUSED);
    assert_true(strlen(answer_line) > 0);
    failure = FAIL_OPEN;
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_IMPOSSIBLE);
    failure = FAIL_NOTHING;
    unsigned char *now = read_file(in_home(room, "letters.db"), &after_size);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, now, after_size);
    free(before);
    free(now);
    assert_int_equal(count_files(room->home, "letters-20", ""), 0);
    assert_int_equal(do_open(room), JOURNAL_DONE); /* it looks again */
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, id, "an older one");
}

/* Files are the person's alone, whatever the umask; what is removed is not in them any more. */
static void files_are_private_and_forget(void **state)
{
    struct room *room = *state;
    struct stat info;
    mode_t before = umask(0);
    journal_destroy(&room->journal);
    (void)remove(in_home(room, "letters.db"));
    assert_int_equal(rmdir(room->home), 0);
    reopen(room);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "seen by nobody");
    (void)write_letter(room, "another");
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_int_equal(stat(room->home, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(stat(in_home(room, "letters.db"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stat(in_home(room, "letters.bak.db"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    (void)umask(before);
    assert_false(anywhere_in(room->folder, "seen by nobody", 14));
    assert_false(anywhere_in(room->folder, PASS, strlen(PASS)));
    /* The sealed letter itself, in part. */
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    unsigned char sealed[32];
    assert_int_equal(sqlite3_open(in_home(room, "letters.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT body FROM letter WHERE id = ?", -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_bind_int64(row, 1, id), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_true(sqlite3_column_bytes(row, 0) >= (int)sizeof sealed);
    memcpy(sealed, sqlite3_column_blob(row, 0), sizeof sealed);
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_true(anywhere_in(room->home, sealed, sizeof sealed));
    assert_int_equal(do_remove(room, id), JOURNAL_DONE);
    journal_destroy(&room->journal);
    assert_false(anywhere_in(room->home, sealed, sizeof sealed));
}

#define DISK_TEST(function) cmocka_unit_test_setup_teardown(function, failing_setup, room_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISK_TEST(a_full_disk_is_said_once_and_nothing_is_lost),
        DISK_TEST(a_failing_write_too),
        DISK_TEST(a_failing_sync_too),
        DISK_TEST(a_disk_that_became_read_only_too),
        DISK_TEST(closing_on_a_full_disk_says_what_is_lost),
        DISK_TEST(a_file_that_cannot_be_read_is_left_alone),
        DISK_TEST(files_are_private_and_forget),
    };
    return cmocka_run_group_tests_name("journal disk", tests, NULL, NULL);
}

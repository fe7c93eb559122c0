/* The power is cut: at every step of the disk's, whatever of it has not been written yet may be
 * there or not.  Each such disk is made, and opened: every letter that was said to be saved is
 * read.
 *
 * The system's own VFS beneath, so that files are what they are; what has been synced is kept
 * beside. Of names the disk knows what a sync of their folder, or of the file itself, has told it.
 */
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MAX   16
#define OPEN_MAX    256
#define SEEN_MAX    4096
#define DRAFTS      3
#define DRAFT_BYTES 3000
#define PATH_BYTES  320
#define STEPS_LEAST 40 /* fewer, and it was not listened to */

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

struct bytes {
    unsigned char *at; /* NULL: there is no such file */
    size_t size;
};

/* A file by its name, and what the disk is sure to hold of it. */
struct kept {
    char path[PATH_BYTES];
    struct bytes safe;
};

static struct {
    struct kept files[FILES_MAX];
    size_t file_count;
    struct {
        sqlite3_file *file;
        size_t kept;
    } open[OPEN_MAX];
    size_t open_count;
    /* What has been promised, and what is on its way. */
    bool begun, older, copied;
    int saved, typed;
    int64_t ids[2];
    struct room *room; /* NULL: nothing is looked at */
    bool looking;
    char from[PATH_BYTES], to[PATH_BYTES]; /* a name that the folder has not been told; "": none */
    uint64_t seen[SEEN_MAX];
    size_t seen_count;
    size_t steps, disks;
} power;

/* Files that are locked and files that are not have methods of their own. */
static struct {
    const sqlite3_io_methods *real;
    sqlite3_io_methods watched;
} tables[4];
static const sqlite3_io_methods *real_methods;
static sqlite3_vfs vfs;
static sqlite3_vfs *real_vfs;

static struct bytes now_in(const char *path)
{
    struct bytes now = {.at = NULL};
    if (exists(path))
        now.at = read_file(path, &now.size);
    return now;
}

static struct kept *kept(const char *path)
{
    size_t i = 0;
    while (i < power.file_count && strcmp(power.files[i].path, path) != 0)
        i++;
    assert_true(i < FILES_MAX);
    if (i == power.file_count) {
        power.files[i] = (struct kept){.safe = {.at = NULL}};
        (void)snprintf(power.files[i].path, PATH_BYTES, "%s", path);
        power.file_count++;
    }
    return &power.files[i];
}

static void keep(struct kept *file, struct bytes safe)
{
    free(file->safe.at);
    file->safe = safe;
}

/* FNV-1a. */
static uint64_t hash(uint64_t so_far, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        so_far = (so_far ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
    return so_far;
}

/* Whether this disk has been looked at, with the same said of it. */
static bool seen_before(const struct bytes *disk)
{
    const int said[] = {power.begun, power.older, power.copied, power.saved, power.typed};
    uint64_t sum = hash(UINT64_C(14695981039346656037), said, sizeof said);
    for (size_t i = 0; i < power.file_count; i++) {
        sum = hash(sum, &disk[i].size, sizeof disk[i].size);
        sum = hash(sum, disk[i].at != NULL ? "1" : "0", 1);
        sum = hash(sum, disk[i].at, disk[i].at != NULL ? disk[i].size : 0);
    }
    for (size_t i = 0; i < power.seen_count; i++) {
        if (power.seen[i] == sum)
            return true;
    }
    assert_true(power.seen_count < SEEN_MAX);
    power.seen[power.seen_count++] = sum;
    return false;
}

static void read_all(struct room *room, const char *when)
{
    struct journal_answer answer;
    bool older = do_read(room, power.ids[0], &answer) == JOURNAL_DONE &&
                 strcmp(answer.text, "an older one") == 0;
    journal_answer_finish(&answer);
    if (power.older && !older)
        fail_msg("power cut at step %zu, %s: the older letter is lost", power.steps, when);
    int version = 0;
    if (do_read(room, power.ids[1], &answer) == JOURNAL_DONE)
        version = answer.text[0] - '0';
    journal_answer_finish(&answer);
    if (version < power.saved || version > power.typed)
        fail_msg("power cut at step %zu, %s: draft %d of a letter of which draft %d was saved",
                 power.steps, when, version, power.saved);
}

/* After the power has come back. */
static void look_at(struct room *room)
{
    bool has_copy = exists(in_home(room, "letters.bak.db"));
    if (power.copied && !has_copy)
        fail_msg("power cut at step %zu: the copy is gone", power.steps);
    reopen(room);
    enum journal_result opened = do_open(room);
    if (!power.begun && (opened != JOURNAL_DONE || journal_state(room->journal) == JOURNAL_NONE))
        return;
    if (do_unlock(room, PASS) != JOURNAL_DONE)
        fail_msg("power cut at step %zu: %s", power.steps, answer_line);
    if (count_files(room->home, "letters-20", "") > 0)
        fail_msg("power cut at step %zu: the letters' file was damaged", power.steps);
    read_all(room, "letters.db");
}

static void look_at_copy(struct room *room, const struct bytes *copy)
{
    (void)remove(in_home(room, "letters.db"));
    (void)remove(in_home(room, "letters.db-journal"));
    write_file(in_home(room, "letters.bak.db"), copy->at, copy->size);
    reopen(room);
    if (do_restore(room) != JOURNAL_DONE || do_unlock(room, PASS) != JOURNAL_DONE)
        fail_msg("power cut at step %zu: the copy: %s", power.steps, answer_line);
    struct journal_answer answer;
    if (do_read(room, power.ids[0], &answer) != JOURNAL_DONE)
        fail_msg("power cut at step %zu: the older letter is not in the copy", power.steps);
    journal_answer_finish(&answer);
}

/* Makes such a disk, in a folder of its own, and looks at it. */
static void come_back(const struct bytes *disk)
{
    struct room *room = room_new();
    const struct bytes *copy = NULL;
    power.disks++;
    assert_int_equal(mkdir(room->home, 0700), 0);
    for (size_t i = 0; i < power.file_count; i++) {
        const char *name = strrchr(power.files[i].path, '/') + 1;
        if (disk[i].at == NULL)
            continue;
        write_file(in_home(room, name), disk[i].at, disk[i].size);
        if (strcmp(name, "letters.bak.db") == 0)
            copy = &disk[i];
    }
    look_at(room);
    if (copy != NULL)
        look_at_copy(room, copy);
    room_free(room);
}

static bool is_journal(const char *path)
{
    size_t length = strlen(path);
    return length > 8 && strcmp(path + length - 8, "-journal") == 0;
}

/* Before each step of the disk's: all that is not sure is there, or none of it, or of the journals
 * alone, or of the others alone. */
static void step(void)
{
    struct bytes now[FILES_MAX], disk[FILES_MAX];
    power.looking = true;
    power.steps++;
    for (size_t i = 0; i < power.file_count; i++)
        now[i] = now_in(power.files[i].path);
    for (unsigned which = 0; which < 4; which++) {
        for (size_t i = 0; i < power.file_count; i++) {
            bool lucky = (which & (is_journal(power.files[i].path) ? 1U : 2U)) != 0;
            disk[i] = lucky ? now[i] : power.files[i].safe;
        }
        if (!seen_before(disk))
            come_back(disk);
    }
    for (size_t i = 0; i < power.file_count; i++)
        free(now[i].at);
    power.looking = false;
}

static struct kept *kept_of(const sqlite3_file *file)
{
    for (size_t i = power.open_count; i-- > 0;) {
        if (power.open[i].file == file)
            return &power.files[power.open[i].kept];
    }
    return NULL;
}

static int watched_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    if (kept_of(file) != NULL)
        step();
    return real_methods->xWrite(file, bytes, size, at);
}

static int watched_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (kept_of(file) != NULL)
        step();
    return real_methods->xTruncate(file, size);
}

static int watched_sync(sqlite3_file *file, int flags)
{
    int done = real_methods->xSync(file, flags);
    if (kept_of(file) != NULL) {
        step();
        keep(kept_of(file), now_in(kept_of(file)->path));
        step();
    }
    return done;
}

/* A journal that is gone is the transaction done; until the folder has been told it may come back.
 */
static int watched_delete(sqlite3_vfs *self, const char *name, int tell)
{
    (void)self;
    int done = real_vfs->xDelete(real_vfs, name, tell);
    if (power.room == NULL)
        return done;
    step();
    if (tell != 0)
        keep(kept(name), (struct bytes){.at = NULL});
    return done;
}

static int watched_open(sqlite3_vfs *self, sqlite3_filename name, sqlite3_file *file, int flags,
                        int *out_flags)
{
    (void)self;
    int opened = real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    if (file->pMethods == NULL)
        return opened;
    size_t i = 0;
    while (tables[i].real != NULL && tables[i].real != file->pMethods)
        i++;
    assert_true(i + 1 < sizeof tables / sizeof tables[0]);
    if (tables[i].real == NULL) {
        tables[i].real = file->pMethods;
        tables[i].watched = *file->pMethods;
        tables[i].watched.xWrite = watched_write;
        tables[i].watched.xTruncate = watched_truncate;
        tables[i].watched.xSync = watched_sync;
    }
    real_methods = tables[i].real; /* of any file: they write alike */
    file->pMethods = &tables[i].watched;
    i = 0;
    while (i < power.open_count && power.open[i].file != file)
        i++;
    assert_true(i < OPEN_MAX && name != NULL);
    power.open[i].file = file;
    power.open[i].kept = (size_t)(kept(name) - power.files);
    power.open_count += i == power.open_count ? 1 : 0;
    return opened;
}

int __wrap_rename(const char *from, const char *to)
{
    if (power.room == NULL || power.looking)
        return __real_rename(from, to);
    step();
    struct bytes now = now_in(from);
    struct bytes safe = kept(from)->safe;
    if (safe.at == NULL || safe.size != now.size || memcmp(safe.at, now.at, now.size) != 0)
        fail_msg("%s got its name before it was on the disk", to);
    free(now.at);
    (void)snprintf(power.from, sizeof power.from, "%s", from);
    (void)snprintf(power.to, sizeof power.to, "%s", to);
    int done = __real_rename(from, to);
    (void)kept(to);
    step();
    return done;
}

/* SQLite calls its own: this is the folder. */
int __wrap_fsync(int fd)
{
    int done = __real_fsync(fd);
    if (power.room == NULL || power.looking || power.to[0] == '\0')
        return done;
    struct kept *from = kept(power.from);
    keep(kept(power.to), from->safe);
    from->safe = (struct bytes){.at = NULL};
    power.to[0] = '\0';
    step();
    return done;
}

static void save(struct room *room, int64_t id, const char *text)
{
    struct error error;
    save_text(room, id, text);
    assert_true(journal_flush(room->journal, &error));
}

/* Longer each time, from one page of the file's to several: a letter half of which is new is lost.
 */
static void type_on(struct room *room)
{
    static char draft[DRAFTS * DRAFT_BYTES + 1];
    power.ids[1] = journal_new(room->journal);
    for (int i = 1; i <= DRAFTS; i++) {
        memset(draft, '0' + i, (size_t)i * DRAFT_BYTES);
        power.typed = i;
        save(room, power.ids[1], draft);
        power.saved = i;
    }
}

static void what_was_saved_is_there_when_the_power_is_back(void **state)
{
    struct room *room = *state;
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "watched";
    vfs.xOpen = watched_open;
    vfs.xDelete = watched_delete;
    vfs.pNext = NULL;
    assert_int_equal(sqlite3_vfs_register(&vfs, 0), SQLITE_OK);
    room->vfs = "watched";
    power.room = room;
    reopen(room);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    power.begun = true;
    power.ids[0] = journal_new(room->journal);
    save(room, power.ids[0], "an older one");
    power.older = true;
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    power.copied = true;
    step();
    type_on(room);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    step();
    power.room = NULL;
    if (power.steps < STEPS_LEAST || power.disks < STEPS_LEAST)
        fail_msg("only %zu steps and %zu disks were looked at", power.steps, power.disks);
    if (power.to[0] != '\0')
        fail_msg("%s: its folder was not told to the disk", power.to);
}

static int power_teardown(void **state)
{
    power.room = NULL;
    for (size_t i = 0; i < power.file_count; i++)
        free(power.files[i].safe.at);
    power.file_count = 0;
    return room_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_saved_is_there_when_the_power_is_back, room_setup,
                                        power_teardown),
    };
    return cmocka_run_group_tests_name("journal, power", tests, NULL, NULL);
}

#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 512

char answer_line[ERROR_TEXT_BYTES];
bool answer_restorable;

static void keep_line(void *user, const char *line)
{
    struct room *room = user;
    size_t used = strlen(room->said);
    (void)snprintf(room->said + used, sizeof room->said - used, "%s\n", line);
}

static int64_t test_clock(void *user)
{
    return ((struct room *)user)->now;
}

static void create(struct room *room)
{
    struct journal_params params = {
        .folder = room->home,
        .synchronous = !room->threaded,
        .cost = room->usual ? JOURNAL_COST_USUAL : JOURNAL_COST_LEAST,
        .vfs = room->vfs,
        .clock = test_clock,
        .clock_user = room,
        .say = keep_line,
        .say_user = room,
    };
    struct error error;
    assert_true(journal_create(&room->journal, &params, &error));
}

struct room *room_new(void)
{
    const char *base = getenv("TMPDIR");
    struct room *room = calloc(1, sizeof *room);
    assert_non_null(room);
    (void)snprintf(room->folder, sizeof room->folder, "%.80s/lacrima-journal-XXXXXX",
                   base != NULL ? base : "/tmp");
    assert_non_null(mkdtemp(room->folder));
    (void)snprintf(room->home, sizeof room->home, "%s/letters", room->folder);
    room->now = TEST_TIME;
    create(room);
    return room;
}

void room_free(struct room *room)
{
    char command[320];
    journal_destroy(&room->journal);
    (void)snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -r %s", room->folder,
                   room->folder);
    assert_int_equal(system(command), 0);
    free(room);
}

int room_setup(void **state)
{
    *state = room_new();
    return 0;
}

int room_teardown(void **state)
{
    room_free(*state);
    return 0;
}

void reopen(struct room *room)
{
    journal_destroy(&room->journal);
    room->said[0] = '\0';
    create(room);
}

/* The next answer, which must be to this; waits for the thread if there is one. */
static enum journal_result take(struct room *room, enum journal_request to,
                                struct journal_answer *answer)
{
    struct error error;
    if (room->threaded)
        (void)journal_flush(room->journal, &error);
    assert_true(journal_poll(room->journal, answer));
    assert_int_equal(answer->to, to);
    assert_true(answer->result == JOURNAL_DONE || answer->line[0] != '\0');
    (void)snprintf(answer_line, sizeof answer_line, "%s", answer->line);
    answer_restorable = answer->restorable;
    return answer->result;
}

static enum journal_result result(struct room *room, enum journal_request to)
{
    struct journal_answer answer;
    enum journal_result taken = take(room, to, &answer);
    journal_answer_finish(&answer);
    return taken;
}

enum journal_result do_open(struct room *room)
{
    journal_open(room->journal);
    return result(room, JOURNAL_OPEN);
}

enum journal_result do_begin(struct room *room, const char *pass)
{
    journal_begin(room->journal, pass, strlen(pass));
    return result(room, JOURNAL_BEGIN);
}

enum journal_result do_unlock(struct room *room, const char *pass)
{
    journal_unlock(room->journal, pass, strlen(pass));
    return result(room, JOURNAL_UNLOCK);
}

enum journal_result do_lock(struct room *room)
{
    journal_lock(room->journal);
    return result(room, JOURNAL_LOCK);
}

enum journal_result do_change(struct room *room, const char *old, const char *fresh)
{
    journal_change(room->journal, old, strlen(old), fresh, strlen(fresh));
    return result(room, JOURNAL_CHANGE);
}

enum journal_result do_restore(struct room *room)
{
    journal_restore(room->journal);
    return result(room, JOURNAL_RESTORE);
}

enum journal_result do_remove(struct room *room, int64_t id)
{
    journal_remove(room->journal, id);
    return result(room, JOURNAL_REMOVE);
}

enum journal_result do_export(struct room *room, const char *folder, size_t *count)
{
    struct journal_answer answer;
    journal_export(room->journal, folder);
    enum journal_result taken = take(room, JOURNAL_EXPORT, &answer);
    *count = answer.count;
    journal_answer_finish(&answer);
    return taken;
}

enum journal_result do_list(struct room *room, struct journal_answer *answer)
{
    journal_list(room->journal);
    return take(room, JOURNAL_LIST, answer);
}

enum journal_result do_read(struct room *room, int64_t id, struct journal_answer *answer)
{
    journal_read(room->journal, id);
    enum journal_result taken = take(room, JOURNAL_READ, answer);
    assert_true(answer->id == id);
    return taken;
}

void save_text(struct room *room, int64_t id, const char *text)
{
    struct error error;
    assert_true(journal_save(room->journal, id, text, strlen(text), &error));
}

int64_t write_letter(struct room *room, const char *text)
{
    struct error error;
    int64_t id = journal_new(room->journal);
    save_text(room, id, text);
    assert_true(journal_flush(room->journal, &error));
    return id;
}

void assert_text(struct room *room, int64_t id, const char *text)
{
    struct journal_answer answer;
    assert_int_equal(do_read(room, id, &answer), JOURNAL_DONE);
    assert_int_equal(answer.length, strlen(text));
    assert_string_equal(answer.text, text);
    journal_answer_finish(&answer);
}

void assert_state(struct room *room, enum journal_state state)
{
    assert_int_equal(journal_state(room->journal), state);
}

void assert_count(struct room *room, size_t count)
{
    struct journal_answer answer;
    assert_int_equal(do_list(room, &answer), JOURNAL_DONE);
    assert_int_equal(answer.count, count);
    journal_answer_finish(&answer);
}

const char *in_home(const struct room *room, const char *name)
{
    static char paths[4][PATH_ROOM];
    static unsigned next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, PATH_ROOM, "%s/%s", room->home, name);
    return path;
}

unsigned char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    struct stat status;
    *size = 0;
    if (file == NULL)
        return NULL;
    assert_int_equal(fstat(fileno(file), &status), 0);
    *size = (size_t)status.st_size;
    unsigned char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    (void)fclose(file);
    return bytes;
}

void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void copy_file(const char *from, const char *to)
{
    size_t size = 0;
    unsigned char *bytes = read_file(from, &size);
    assert_non_null(bytes);
    write_file(to, bytes, size);
    free(bytes);
}

bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static bool begins_and_ends(const char *name, const char *begin, const char *end)
{
    size_t length = strlen(name);
    size_t head = strlen(begin);
    size_t tail = strlen(end);
    return length >= head + tail && strncmp(name, begin, head) == 0 &&
           strcmp(name + length - tail, end) == 0;
}

size_t count_files(const char *folder, const char *begin, const char *end)
{
    size_t count = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (entry->d_name[0] != '.' && begins_and_ends(entry->d_name, begin, end))
            count++;
    }
    (void)closedir(listing);
    return count;
}

const char *only_file(const char *folder, const char *begin, const char *end)
{
    static char path[PATH_ROOM];
    assert_int_equal(count_files(folder, begin, end), 1);
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (entry->d_name[0] != '.' && begins_and_ends(entry->d_name, begin, end))
            (void)snprintf(path, sizeof path, "%.200s/%.255s", folder, entry->d_name);
    }
    (void)closedir(listing);
    return path;
}

static bool in_bytes(const unsigned char *bytes, size_t size, const void *part, size_t part_size)
{
    for (size_t i = 0; i + part_size <= size; i++) {
        if (memcmp(bytes + i, part, part_size) == 0)
            return true;
    }
    return false;
}

bool anywhere_in(const char *folder, const void *part, size_t part_size)
{
    bool found = false;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        char path[PATH_ROOM];
        struct stat status;
        (void)snprintf(path, sizeof path, "%.200s/%.255s", folder, entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            lstat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode)) {
            found = found || anywhere_in(path, part, part_size);
        } else if (S_ISREG(status.st_mode)) {
            size_t size = 0;
            unsigned char *bytes = read_file(path, &size);
            found = found || (bytes != NULL && in_bytes(bytes, size, part, part_size));
            free(bytes);
        }
    }
    (void)closedir(listing);
    return found;
}

size_t open_descriptors(void)
{
    return count_files("/proc/self/fd", "", "");
}

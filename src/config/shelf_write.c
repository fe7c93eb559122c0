#define _XOPEN_SOURCE 700 /* realpath() */

/* Changing the shelf's file: it is the person's, so what is changed is a line, and the rest of its
 * bytes stay as they are.
 *
 * It is read and written under a lock on the file itself, so that of two copies of the program none
 * loses what the other has added.  A lock is only good if the file is still the one at the path:
 * whoever held it before has put another in its place. */
#include "shelf.h"

#include "file.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "write.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE     0600
#define SECTION_BYTES (SHELF_VALUE_BYTES + SHELF_WORD_BYTES + 512)

static const char opening[] =
    "# What you keep at hand. Lacrima adds to the end of this file and marks \"not today\" in it;\n"
    "# everything else is yours to change. docs/configuration.md describes it.\n";

/* Bytes with an addition or a removal in them. */
struct edit {
    char *bytes;
    size_t size;
    size_t at, removed; /* in the file as it was */
    const char *added;
};

/* The file's lock, or -1 with the reason. */
static int lock(const char *path, struct error *error)
{
    for (;;) {
        struct stat held;
        struct stat there;
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, FILE_MODE);
        if (fd < 0) {
            (void)error_set(error, "%s: cannot be written: %s", path, strerror(errno));
            return -1;
        }
        /* A file system without locks has the file's wholeness left. */
        while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
            continue;
        if (fstat(fd, &held) == 0 && stat(path, &there) == 0 && held.st_dev == there.st_dev &&
            held.st_ino == there.st_ino)
            return fd;
        (void)close(fd);
    }
}

static bool put(const char *path, const struct edit *edit, struct error *error)
{
    size_t added = strlen(edit->added);
    size_t size = edit->size - edit->removed + added;
    size_t behind = edit->at + edit->removed;
    check(behind <= edit->size);
    if (size > CONFIG_FILE_BYTES_MAX)
        return error_set(error, "%s: there is no room for more in it", path);
    char *whole = malloc(size + 1);
    if (whole == NULL)
        return error_set(error, "%s: out of memory", path);
    memcpy(whole, edit->bytes, edit->at);
    memcpy(whole + edit->at, edit->added, added);
    memcpy(whole + edit->at + added, edit->bytes + behind, edit->size - behind);
    bool written = write_bytes_whole(path, whole, size, error);
    free(whole);
    return written;
}

/* Where the line (from 1) begins; the end if there are fewer. */
static size_t line_start(const char *bytes, size_t size, unsigned line)
{
    size_t at = 0;
    for (unsigned i = 1; i < line && at < size; i++) {
        const char *newline = memchr(bytes + at, '\n', size - at);
        at = newline != NULL ? (size_t)(newline - bytes) + 1 : size;
    }
    return at;
}

/* Reads the file under its lock, lets `change` say what becomes of it, and writes that. */
static bool change_file(const char *given,
                        bool (*change)(struct edit *, const char *path, void *, struct error *),
                        void *user, struct error *error)
{
    /* A link leads to the file that is meant; it stays a link. */
    char *real = realpath(given, NULL);
    const char *path = real != NULL ? real : given;
    struct edit edit = {.added = ""};
    int fd = write_folders(path, error) ? lock(path, error) : -1;
    bool done = false;
    if (fd >= 0) {
        struct error why;
        if (file_read(path, &edit.bytes, &edit.size, &why) != FILE_READ)
            (void)error_set(error, "%s: %s", path, why.text);
        else
            done = change(&edit, given, user, error) &&
                   ((edit.removed == 0 && *edit.added == '\0') || put(path, &edit, error));
        (void)close(fd);
    }
    free(edit.bytes);
    free(real);
    return done;
}

static void add_time(char *text, size_t size, const char *key, time_ns at)
{
    char time[SHELF_TIME_BYTES];
    shelf_time_text(time, sizeof time, at);
    (void)text_append(text, size, key);
    (void)text_append(text, size, time);
    (void)text_append(text, size, "\n");
}

static void add_seconds(char *text, size_t size, const char *key, time_ns length)
{
    char seconds[SHELF_TIME_BYTES];
    text_from_milli(seconds, sizeof seconds, length / NS_PER_MS);
    (void)text_append(text, size, key);
    (void)text_append(text, size, seconds);
    (void)text_append(text, size, "\n");
}

static bool section_of(char *text, size_t size, const struct shelf_entry *entry,
                       struct error *error)
{
    static char value[SHELF_VALUE_BYTES];
    if (!shelf_path_to(value, sizeof value, entry->path) || strlen(value) >= CONFIG_PATH_BYTES)
        return error_set(error, "%s: the path is too long for the shelf", entry->path);
    if (entry->word[0] != '\0' && !shelf_plain(entry->word))
        return error_set(error,
                         "%s: the shelf's file cannot hold this word as it is: it begins or "
                         "ends with a blank or a quote, or holds \" ;\"",
                         entry->word);
    (void)snprintf(text, size, "[%s]\npath = %s\n", shelf_kind_name(entry->kind), value);
    if (entry->from > 0)
        add_time(text, size, "from = ", entry->from);
    if (entry->to != TIME_NEVER)
        add_time(text, size, "to = ", entry->to);
    if (entry->fade_in > 0)
        add_seconds(text, size, "fade_in = ", entry->fade_in);
    if (entry->fade_out > 0)
        add_seconds(text, size, "fade_out = ", entry->fade_out);
    if (entry->word[0] != '\0') {
        (void)text_append(text, size, "word = ");
        (void)text_append(text, size, entry->word);
        (void)text_append(text, size, "\n");
    }
    return true;
}

/* What is added, as it stands in the file. */
struct block {
    const struct shelf_entry *const *entries;
    size_t count;
    bool any_part;
    bool *added;
    char *text; /* owned */
    size_t size;
};

static bool append_section(struct block *block, const struct shelf_entry *entry,
                           struct error *error)
{
    char section[SECTION_BYTES] = "\n";
    if (!section_of(section + 1, sizeof section - 1, entry, error))
        return false;
    size_t length = strlen(section);
    char *text = realloc(block->text, block->size + length + 1);
    if (text == NULL)
        return error_set(error, "%s: out of memory", entry->path);
    memcpy(text + block->size, section, length + 1);
    block->text = text;
    block->size += length;
    return true;
}

static bool is_there(const struct shelf *shelf, const struct shelf_entry *entry, bool any_part)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_entry *e = shelf->entries[i];
        bool same = e->kind == entry->kind && text_equal(e->path, entry->path);
        bool part = e->from == entry->from && e->to == entry->to;
        bool word = entry->word[0] == '\0' || text_equal(entry->word, e->word);
        if (same && (any_part || (part && word)))
            return true;
    }
    return false;
}

static bool append_new(struct block *block, const struct shelf *shelf, const char *path,
                       struct error *error)
{
    size_t count = shelf->count;
    for (size_t i = 0; i < block->count; i++) {
        block->added[i] = !is_there(shelf, block->entries[i], block->any_part);
        if (!block->added[i])
            continue;
        if (count++ == SHELF_ENTRIES_MAX)
            return error_set(error, "%s: there is room for %d entries, and it is full", path,
                             SHELF_ENTRIES_MAX);
        if (!append_section(block, block->entries[i], error))
            return false;
    }
    return true;
}

static bool append(struct edit *edit, const char *path, void *user, struct error *error)
{
    struct block *block = user;
    struct shelf shelf = {0};
    struct faults silent = {.file = path};
    shelf_read_bytes(&shelf, edit->bytes, edit->size, &silent);
    bool open = edit->size > 0 && edit->bytes[edit->size - 1] != '\n';
    const char *before = edit->size == 0 ? opening : open ? "\n" : "";
    block->size = strlen(before);
    block->text = strdup(before);
    bool fine = block->text != NULL || error_set(error, "%s: out of memory", path);
    fine = fine && append_new(block, &shelf, path, error);
    shelf_finish(&shelf);
    edit->at = edit->size;
    edit->added = fine && block->size > strlen(before) ? block->text : "";
    return fine;
}

bool shelf_add(const char *path, const struct shelf_entry *const *entries, size_t count,
               bool any_part, bool *added, struct error *error)
{
    struct block block = {.entries = entries, .count = count, .any_part = any_part, .added = added};
    bool fine = true;
    /* No file is begun for what cannot stand in it. */
    for (size_t i = 0; i < count && fine; i++)
        fine = append_section(&block, entries[i], error);
    free(block.text);
    block.text = NULL;
    fine = fine && change_file(path, append, &block, error);
    free(block.text);
    return fine;
}

/* Where the block stands: its lines, one after the other, as they were added. */
static bool cut_out(struct edit *edit, const char *path, void *user, struct error *error)
{
    const struct block *block = user;
    for (size_t end = edit->size; end >= block->size; end--) {
        edit->at = end - block->size;
        edit->removed = block->size;
        bool at_line = edit->at == 0 || edit->bytes[edit->at - 1] == '\n';
        bool whole = end == edit->size || edit->bytes[end] == '\n' || edit->bytes[end] == '[';
        if (at_line && whole && memcmp(edit->bytes + edit->at, block->text, block->size) == 0)
            return true;
    }
    return error_set(error, "%s: it has been changed there; it stays", path);
}

bool shelf_take_off(const char *path, const struct shelf_entry *const *entries, size_t count,
                    struct error *error)
{
    struct block block = {0};
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++)
        fine = append_section(&block, entries[i], error);
    fine = fine && (count == 0 || change_file(path, cut_out, &block, error));
    free(block.text);
    return fine;
}

struct mark {
    const struct shelf_entry *entry;
    const char *day;
    char line[SHELF_DAY_BYTES + 32];
};

static const struct shelf_entry *find(const struct shelf *shelf, const struct shelf_entry *entry)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_entry *e = shelf->entries[i];
        if (e->kind == entry->kind && e->from == entry->from && e->to == entry->to &&
            text_equal(e->path, entry->path))
            return e;
    }
    return NULL;
}

static bool mark_line(struct edit *edit, const char *path, void *user, struct error *error)
{
    struct mark *mark = user;
    struct shelf shelf = {0};
    struct faults silent = {.file = path};
    shelf_read_bytes(&shelf, edit->bytes, edit->size, &silent);
    const struct shelf_entry *entry = find(&shelf, mark->entry);
    if (entry != NULL) {
        unsigned line = entry->day_line > 0 ? entry->day_line : entry->path_line + 1;
        edit->at = line_start(edit->bytes, edit->size, line);
        if (entry->day_line > 0)
            edit->removed = line_start(edit->bytes, edit->size, line + 1) - edit->at;
        if (mark->day[0] != '\0') {
            bool open = edit->at > 0 && edit->bytes[edit->at - 1] != '\n';
            (void)snprintf(mark->line, sizeof mark->line, "%snot_today = %s\n", open ? "\n" : "",
                           mark->day);
            edit->added = mark->line;
        }
    }
    shelf_finish(&shelf);
    return entry != NULL ||
           error_set(error, "%s: %s is not in it any more", path, mark->entry->path);
}

bool shelf_mark(const char *path, const struct shelf_entry *entry, const char *day,
                struct error *error)
{
    struct mark mark = {.entry = entry, .day = day};
    return change_file(path, mark_line, &mark, error);
}

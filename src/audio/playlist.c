/* DT_REG and its kin: an entry says itself what it is, so 50,000 of them need no stat. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include "playlist.h"

#include "finder.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ROOM_FIRST       16
#define FIND_ENTRIES_MAX 65536

static void say(const struct playlist *list, const char *path, const char *what)
{
    if (list->say != NULL)
        list->say(list->say_user, path, what);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares two runs of digits by value, without a bound on their length, and steps over them. */
static int compare_numbers(const char **a, const char **b)
{
    while (**a == '0')
        (*a)++;
    while (**b == '0')
        (*b)++;
    const char *x = *a;
    const char *y = *b;
    while (is_digit(**a))
        (*a)++;
    while (is_digit(**b))
        (*b)++;
    ptrdiff_t longer = (*a - x) - (*b - y);
    if (longer != 0)
        return longer > 0 ? 1 : -1;
    return strncmp(x, y, (size_t)(*a - x));
}

int playlist_compare(const char *a, const char *b)
{
    const char *x = a;
    const char *y = b;
    while (*x != '\0' && *y != '\0') {
        int order;
        if (is_digit(*x) && is_digit(*y)) {
            order = compare_numbers(&x, &y);
        } else {
            order = text_lower(*x) - text_lower(*y);
            x++;
            y++;
        }
        if (order != 0)
            return order;
    }
    if (*x != '\0' || *y != '\0')
        return *x != '\0' ? 1 : -1;
    return strcmp(a, b);
}

/* Makes room for one more; false if memory is out. */
static bool grow(void **items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    size_t wanted = *room > 0 ? *room * 2 : ROOM_FIRST;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

static bool heap_push(struct playlist_folder *folder, const char *text, bool is_folder)
{
    void *items = folder->heap;
    bool grown = grow(&items, folder->count, &folder->room, sizeof *folder->heap);
    folder->heap = items;
    char *copy = grown ? strdup(text) : NULL;
    if (copy == NULL)
        return false;
    size_t at = folder->count++;
    while (at > 0) {
        size_t parent = (at - 1) / 2;
        if (playlist_compare(folder->heap[parent].text, copy) <= 0)
            break;
        folder->heap[at] = folder->heap[parent];
        at = parent;
    }
    folder->heap[at] = (struct playlist_name){.text = copy, .folder = is_folder};
    return true;
}

/* The first name in order; the caller frees its text. */
static struct playlist_name heap_pop(struct playlist_folder *folder)
{
    check(folder->count > 0);
    struct playlist_name first = folder->heap[0];
    struct playlist_name last = folder->heap[--folder->count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= folder->count)
            break;
        if (child + 1 < folder->count &&
            playlist_compare(folder->heap[child + 1].text, folder->heap[child].text) < 0)
            child++;
        if (playlist_compare(last.text, folder->heap[child].text) <= 0)
            break;
        folder->heap[at] = folder->heap[child];
        at = child;
    }
    folder->heap[at] = last;
    return first;
}

static void folder_finish(struct playlist_folder *folder)
{
    if (folder->dir != NULL)
        (void)closedir(folder->dir);
    for (size_t i = 0; i < folder->count; i++)
        free(folder->heap[i].text);
    free(folder->heap);
    free(folder->path);
    *folder = (struct playlist_folder){0};
}

void playlist_clear(struct playlist *list)
{
    finder_stop(&list->finder);
    while (list->depth > 0)
        folder_finish(&list->folders[--list->depth]);
    for (size_t i = 0; i < list->count; i++)
        free(list->tracks[i].path);
    for (size_t i = 0; i < list->source_count; i++)
        free(list->sources[i].path);
    free(list->tracks);
    free(list->sources);
    *list = (struct playlist){.accepts = list->accepts,
                              .say = list->say,
                              .say_user = list->say_user,
                              .threaded = list->threaded,
                              .wake = list->wake,
                              .wake_user = list->wake_user};
}

bool playlist_add(struct playlist *list, const char *path, bool folder)
{
    return playlist_add_part(list, path, folder, &(struct playlist_part){.tag = 0});
}

bool playlist_add_part(struct playlist *list, const char *path, bool folder,
                       const struct playlist_part *part)
{
    void *items = list->sources;
    bool grown = grow(&items, list->source_count, &list->source_room, sizeof *list->sources);
    list->sources = items;
    char *copy = grown ? strdup(path) : NULL;
    if (copy == NULL)
        return false;
    list->sources[list->source_count++] =
        (struct playlist_source){.path = copy, .folder = folder, .part = *part};
    return true;
}

void playlist_append(struct playlist *list, char *path, bool given)
{
    void *items = list->tracks;
    bool room = path != NULL && list->count < PLAYLIST_TRACKS_MAX &&
                grow(&items, list->count, &list->room, sizeof *list->tracks);
    list->tracks = items;
    if (!room) {
        free(path);
        return;
    }
    list->tracks[list->count++] =
        (struct playlist_track){.path = path, .out = list->out, .given = given, .part = list->part};
    list->playable += list->out ? 0 : 1;
}

bool playlist_insert(struct playlist *list, size_t at, const char *path,
                     const struct playlist_part *part)
{
    size_t count = list->count;
    bool out = list->out;
    struct playlist_part reading = list->part;
    check(at <= count);
    list->out = false;
    list->part = *part;
    playlist_append(list, strdup(path), true);
    list->out = out;
    list->part = reading;
    if (list->count == count)
        return false;
    struct playlist_track track = list->tracks[count];
    memmove(&list->tracks[at + 1], &list->tracks[at], (count - at) * sizeof track);
    list->tracks[at] = track;
    return true;
}

bool playlist_put_first(struct playlist *list, size_t behind, const char *path,
                        const struct playlist_part *part)
{
    if (!playlist_add_part(list, path, true, part))
        return false;
    size_t last = list->source_count - 1;
    size_t at = list->source_next + behind < last ? list->source_next + behind : last;
    struct playlist_source source = list->sources[last];
    memmove(&list->sources[at + 1], &list->sources[at], (last - at) * sizeof source);
    list->sources[at] = source;
    return true;
}

/* Takes the path over. */
static void folder_enter(struct playlist *list, char *path)
{
    if (path == NULL || list->depth == PLAYLIST_DEPTH_MAX) {
        free(path);
        return;
    }
    DIR *dir = opendir(path);
    if (dir == NULL) {
        say(list, path, strerror(errno));
        free(path);
        return;
    }
    list->folders[list->depth++] = (struct playlist_folder){.path = path, .dir = dir};
}

static char *joined(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* Some file systems do not say what an entry is; only there is one asked. */
static unsigned char kind_of(const struct playlist_folder *folder, const struct dirent *entry)
{
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    struct stat status;
    if (fstatat(dirfd(folder->dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISDIR(status.st_mode) ? DT_DIR : S_ISREG(status.st_mode) ? DT_REG : DT_LNK;
}

/* A link with a music file's name is taken for one; what it leads to shows when it is opened, and
 * a folder behind it is not followed. */
static void read_entry(struct playlist *list, struct playlist_folder *folder)
{
    errno = 0;
    const struct dirent *entry = readdir(folder->dir);
    if (entry == NULL) {
        if (errno != 0)
            say(list, folder->path, strerror(errno));
        (void)closedir(folder->dir);
        folder->dir = NULL;
        return;
    }
    if (entry->d_name[0] == '.')
        return;
    unsigned char kind = kind_of(folder, entry);
    bool track = (kind == DT_REG || kind == DT_LNK) && list->accepts(entry->d_name);
    if (track || kind == DT_DIR)
        (void)heap_push(folder, entry->d_name, kind == DT_DIR);
}

static void take_name(struct playlist *list, struct playlist_folder *folder)
{
    if (folder->count == 0) {
        folder_finish(folder);
        list->depth--;
        return;
    }
    struct playlist_name name = heap_pop(folder);
    char *path = joined(folder->path, name.text);
    free(name.text);
    if (name.folder)
        folder_enter(list, path);
    else
        playlist_append(list, path, false);
}

bool playlist_complete(const struct playlist *list)
{
    return list->depth == 0 && list->finder == NULL && list->source_next == list->source_count;
}

bool playlist_waits(const struct playlist *list)
{
    return list->finder != NULL && list->waits;
}

/* Takes what the thread has found; true if it has not found anything more by now. */
static bool take_found(struct playlist *list, size_t *entries)
{
    size_t taken = 0;
    if (finder_take(list->finder, list, *entries, &taken))
        finder_stop(&list->finder);
    list->waits = list->finder != NULL && taken == 0;
    *entries -= taken;
    return list->waits;
}

static void next_source(struct playlist *list)
{
    struct playlist_source *source = &list->sources[list->source_next++];
    char *path = source->path;
    source->path = NULL;
    list->part = source->part;
    list->out = source->out;
    if (source->folder)
        list->part = (struct playlist_part){.tag = source->part.tag};
    if (source->folder && list->threaded)
        list->finder = finder_start(list, path);
    if (list->finder != NULL)
        free(path);
    else if (source->folder)
        folder_enter(list, path);
    else
        playlist_append(list, path, true);
}

bool playlist_read(struct playlist *list, size_t entries)
{
    while (entries > 0 && !playlist_complete(list)) {
        if (list->finder != NULL) {
            if (take_found(list, &entries))
                break;
            continue;
        }
        entries--;
        if (list->depth == 0) {
            next_source(list);
            continue;
        }
        struct playlist_folder *folder = &list->folders[list->depth - 1];
        if (folder->dir != NULL)
            read_entry(list, folder);
        else
            take_name(list, folder);
    }
    return playlist_complete(list);
}

/* One folder's part of it; `left`: so many entries may still be looked at. */
static bool finds(const char *path, bool (*accepts)(const char *), unsigned levels, size_t *left)
{
    struct playlist_folder folder = {.dir = opendir(path)};
    bool found = false;
    if (folder.dir == NULL)
        return false;
    for (const struct dirent *entry = readdir(folder.dir); entry != NULL && !found && *left > 0;
         entry = readdir(folder.dir)) {
        unsigned char kind = entry->d_name[0] != '.' ? kind_of(&folder, entry) : DT_UNKNOWN;
        (*left)--;
        found = (kind == DT_REG || kind == DT_LNK) && accepts(entry->d_name);
        if (kind == DT_DIR && levels > 0) {
            char *below = joined(path, entry->d_name);
            found = below != NULL && finds(below, accepts, levels - 1, left);
            free(below);
        }
    }
    (void)closedir(folder.dir);
    return found;
}

bool playlist_finds(const char *path, bool (*accepts)(const char *name), unsigned levels)
{
    size_t left = FIND_ENTRIES_MAX;
    check(levels < PLAYLIST_DEPTH_MAX);
    return finds(path, accepts, levels, &left);
}

void playlist_mark_bad(struct playlist *list, size_t index)
{
    check(index < list->count);
    struct playlist_track *track = &list->tracks[index];
    list->playable -= track->bad || track->out ? 0 : 1;
    track->bad = true;
}

bool playlist_leave_out(struct playlist *list, int32_t tag, bool out)
{
    bool found = list->part.tag == tag && !playlist_complete(list);
    if (found)
        list->out = out;
    for (size_t i = 0; i < list->count; i++) {
        struct playlist_track *track = &list->tracks[i];
        if (track->part.tag != tag)
            continue;
        found = true;
        if (track->out != out && !track->bad)
            list->playable += out ? (size_t)-1 : 1;
        track->out = out;
    }
    for (size_t i = list->source_next; i < list->source_count; i++) {
        if (list->sources[i].part.tag != tag)
            continue;
        found = true;
        list->sources[i].out = out;
    }
    return found;
}

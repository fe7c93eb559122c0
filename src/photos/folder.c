#include "folder.h"

#include "lacrima/base/text.h"
#include "lacrima/photos.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PICTURES_MAX 200000
#define NAMES_BYTES  ((size_t)32 * 1024 * 1024)
#define ROOM_FIRST   1024
/* So many entries are looked at to see whether a picture is among them; then it is believed. */
#define LOOK_ENTRIES 1024

bool photos_is_picture(const char *name)
{
    static const char *const endings[] = {".jpg", ".jpeg", ".png", ".webp"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t end = strlen(endings[i]);
        if (name[0] != '.' && length > end && text_equal_nocase(name + length - end, endings[i]))
            return true;
    }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Steps over two numbers of any length. */
static int compare_numbers(const char **a, const char **b)
{
    const char *x = *a + strspn(*a, "0");
    const char *y = *b + strspn(*b, "0");
    size_t long_x = strspn(x, "0123456789");
    size_t long_y = strspn(y, "0123456789");
    *a = x + long_x;
    *b = y + long_y;
    return long_x != long_y ? (long_x > long_y ? 1 : -1) : strncmp(x, y, long_x);
}

int folder_compare(const char *a, const char *b)
{
    const char *x = a;
    const char *y = b;
    while (*x != '\0' && *y != '\0') {
        int order = is_digit(*x) && is_digit(*y) ? compare_numbers(&x, &y)
                                                 : text_lower(*x++) - text_lower(*y++);
        if (order != 0)
            return order;
    }
    return *x != *y ? (*x != '\0' ? 1 : -1) : strcmp(a, b);
}

/* Makes room for `wanted`; false if memory is out, or the bound is reached. */
static bool grow(void **items, size_t *room, size_t wanted, size_t most, size_t size)
{
    if (wanted <= *room)
        return true;
    size_t more = *room > 0 ? *room * 2 : ROOM_FIRST;
    while (more < wanted)
        more *= 2;
    void *grown = wanted <= most ? realloc(*items, more * size) : NULL;
    if (grown == NULL)
        return false;
    *items = grown;
    *room = more;
    return true;
}

/* What finds no room is left out: there are more pictures than anybody looks at. */
static void add(struct folder *folder, const char *name)
{
    size_t length = strlen(name) + 1;
    void *names = folder->names;
    void *at = folder->at;
    bool room = grow(&names, &folder->room, folder->used + length, NAMES_BYTES, 1);
    folder->names = names;
    room = room && grow(&at, &folder->at_room, folder->count + 1, PICTURES_MAX, sizeof *folder->at);
    folder->at = at;
    if (!room)
        return;
    memcpy(folder->names + folder->used, name, length);
    folder->at[folder->count++] = (uint32_t)folder->used;
    folder->used += length;
}

static bool has_picture(DIR *dir)
{
    for (int i = 0; i < LOOK_ENTRIES; i++) {
        const struct dirent *entry = readdir(dir);
        if (entry == NULL || photos_is_picture(entry->d_name))
            return entry != NULL;
    }
    return true;
}

static bool none_in(const char *path, struct error *error)
{
    return error_set(error, "%s: there is no JPEG, PNG or WebP picture in it", path);
}

static bool open_dir(struct folder *folder, const char *path, struct error *error)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return error_set(error, "%s: %s", path, strerror(errno));
    bool has = has_picture(dir);
    (void)closedir(dir);
    size_t length = strlen(path);
    folder->path = has ? malloc(length + 2) : NULL;
    if (folder->path == NULL)
        return has ? error_set(error, "%s: out of memory", path) : none_in(path, error);
    memcpy(folder->path, path, length + 1);
    if (length == 0 || path[length - 1] != '/')
        memcpy(folder->path + length, "/", 2);
    return true;
}

bool folder_open(struct folder *folder, const char *path, bool *is_folder, struct error *error)
{
    struct stat status;
    *folder = (struct folder){0};
    if (stat(path, &status) != 0)
        return error_set(error, "%s: %s", path, strerror(errno));
    *is_folder = S_ISDIR(status.st_mode);
    if (*is_folder)
        return open_dir(folder, path, error);
    if (!photos_is_picture(path))
        return error_set(error, "%s: this is neither a folder nor a picture", path);
    folder->path = calloc(1, 1);
    if (folder->path != NULL)
        add(folder, path);
    return folder->count == 1 || error_set(error, "%s: out of memory", path);
}

/* Merges two sorted runs of `from` that lie side by side into `to`. */
static void merge(const struct folder *folder, const uint32_t *from, uint32_t *to, size_t middle,
                  size_t end)
{
    size_t a = 0;
    size_t b = middle;
    for (size_t i = 0; i < end; i++) {
        bool first = b == end || (a < middle && folder_compare(folder->names + from[a],
                                                               folder->names + from[b]) <= 0);
        to[i] = first ? from[a++] : from[b++];
    }
}

/* Merging, because it can be left at any time. */
static bool sort(struct folder *folder, const atomic_bool *stop)
{
    size_t count = folder->count;
    uint32_t *other = malloc(count * sizeof *other);
    bool done = other != NULL;
    for (size_t width = 1; done && width < count; width *= 2) {
        for (size_t i = 0; done && i < count; i += 2 * width) {
            size_t end = count - i < 2 * width ? count - i : 2 * width;
            merge(folder, folder->at + i, other + i, width < end ? width : end, end);
            done = !atomic_load(stop);
        }
        uint32_t *sorted = other;
        other = folder->at;
        folder->at = sorted;
    }
    folder->at_room = count;
    free(other);
    return done;
}

bool folder_read(struct folder *folder, const atomic_bool *stop, struct error *error)
{
    DIR *dir = opendir(folder->path);
    if (dir == NULL)
        return error_set(error, "%s: %s", folder->path, strerror(errno));
    for (const struct dirent *entry = readdir(dir); entry != NULL && !atomic_load(stop);
         entry = readdir(dir)) {
        if (photos_is_picture(entry->d_name))
            add(folder, entry->d_name);
    }
    (void)closedir(dir);
    if (folder->count == 0)
        return none_in(folder->path, error);
    return sort(folder, stop) || error_set(error, "%s: out of memory", folder->path);
}

bool folder_path(const struct folder *folder, size_t index, char *path, size_t size)
{
    int length = snprintf(path, size, "%s%s", folder->path, folder->names + folder->at[index]);
    return length > 0 && (size_t)length < size;
}

void folder_remove(struct folder *folder, size_t index)
{
    folder->count--;
    memmove(&folder->at[index], &folder->at[index + 1],
            (folder->count - index) * sizeof folder->at[0]);
}

void folder_finish(struct folder *folder)
{
    free(folder->path);
    free(folder->at);
    free(folder->names);
    *folder = (struct folder){0};
}

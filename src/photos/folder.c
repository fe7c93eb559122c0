#include "folder.h"

#include "lacrima/base/text.h"
#include "lacrima/photos.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PICTURES_MAX 20000
#define PATH_BYTES   4096

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

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
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
        int order =
            is_digit(*x) && is_digit(*y) ? compare_numbers(&x, &y) : lower(*x++) - lower(*y++);
        if (order != 0)
            return order;
    }
    return *x != *y ? (*x != '\0' ? 1 : -1) : strcmp(a, b);
}

static int compare(const void *a, const void *b)
{
    return folder_compare(*(char *const *)a, *(char *const *)b);
}

static bool add(struct folder *folder, const char *path)
{
    if (folder->count == PICTURES_MAX)
        return true;
    char **more = realloc(folder->paths, (folder->count + 1) * sizeof *more);
    if (more == NULL)
        return false;
    folder->paths = more;
    more[folder->count] = malloc(strlen(path) + 1);
    if (more[folder->count] == NULL)
        return false;
    (void)strcpy(more[folder->count++], path);
    return true;
}

static bool read_names(struct folder *folder, DIR *dir, const char *path, struct error *error)
{
    const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char full[PATH_BYTES];
        if (!photos_is_picture(entry->d_name))
            continue;
        int length = snprintf(full, sizeof full, "%s%s%s", path, slash, entry->d_name);
        if (length > 0 && (size_t)length < sizeof full && !add(folder, full))
            return error_set(error, "%s: out of memory", path);
    }
    if (folder->count == 0)
        return error_set(error, "%s: there is no JPEG, PNG or WebP picture in it", path);
    qsort(folder->paths, folder->count, sizeof folder->paths[0], compare);
    return true;
}

bool folder_read(struct folder *folder, const char *path, struct error *error)
{
    struct stat status;
    *folder = (struct folder){0};
    if (stat(path, &status) != 0)
        return error_set(error, "%s: %s", path, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return photos_is_picture(path)
                   ? add(folder, path) || error_set(error, "%s: out of memory", path)
                   : error_set(error, "%s: this is neither a folder nor a picture", path);
    DIR *dir = opendir(path);
    if (dir == NULL)
        return error_set(error, "%s: %s", path, strerror(errno));
    bool read = read_names(folder, dir, path, error);
    (void)closedir(dir);
    if (!read)
        folder_finish(folder);
    return read;
}

void folder_remove(struct folder *folder, size_t index)
{
    free(folder->paths[index]);
    folder->count--;
    memmove(&folder->paths[index], &folder->paths[index + 1],
            (folder->count - index) * sizeof folder->paths[0]);
}

void folder_finish(struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++)
        free(folder->paths[i]);
    free(folder->paths);
    *folder = (struct folder){0};
}

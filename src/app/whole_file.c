/* O_TMPFILE: a file that has no name before it is whole, so that a program that is killed while it
 * writes leaves nothing behind. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "whole_file.h"

#include "lacrima/base/file.h"
#include "lacrima/base/text.h"
#include "lacrima/config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define OWN_MODE     0600
#define MARK         ".lacrima-"
#define RANDOM_CHARS 6
#define NAMES_MAX    16
#define SWEPT_MAX    16384 /* so many entries of a folder are looked at */
/* Another copy of the program may be between two steps, on a slow disk. */
#define STALE_S 60

struct name {
    char path[CONFIG_PATH_BYTES + sizeof MARK + RANDOM_CHARS];
};

static int open_folder(const char *path, int flags)
{
    char folder[CONFIG_PATH_BYTES];
    (void)text_copy(folder, sizeof folder, path);
    return open(dirname(folder), flags | O_CLOEXEC, OWN_MODE);
}

static int open_named(const char *path, struct name *name)
{
    (void)snprintf(name->path, sizeof name->path, "%s" MARK "XXXXXX", path);
    return mkstemp(name->path);
}

/* A file without a name gets one beside that whose place it is to take: no call does both. */
static bool give_name(int fd, const char *path, struct name *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char self[64];
    (void)snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    for (int i = 0; i < NAMES_MAX; i++) {
        char chance[RANDOM_CHARS + 1] = "";
        for (int k = 0; k < RANDOM_CHARS; k++)
            chance[k] = letters[randombytes_uniform(sizeof letters - 1)];
        (void)snprintf(name->path, sizeof name->path, "%s" MARK "%s", path, chance);
        if (linkat(AT_FDCWD, self, AT_FDCWD, name->path, AT_SYMLINK_FOLLOW) == 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    return false;
}

/* Writes the text into a file with or without a name, and gives it one at last.  *can: false where
 * the file system has no files without names. */
static bool make(const char *path, bool named, const char *text, size_t length, struct name *name,
                 struct stat *there, bool *can)
{
    name->path[0] = '\0';
    int fd = named ? open_named(path, name) : open_folder(path, O_TMPFILE | O_WRONLY);
    *can = named || fd >= 0;
    if (fd < 0)
        return false;
    bool fine = file_write_all(fd, text, length) && fsync(fd) == 0 && fstat(fd, there) == 0;
    if (fine && !named)
        fine = *can = give_name(fd, path, name);
    int why = errno;
    (void)close(fd);
    if (!fine && named)
        (void)unlink(name->path);
    errno = why;
    return fine;
}

static void sync_folder(const char *path)
{
    int fd = open_folder(path, O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

bool whole_file_put(const char *path, const char *text, size_t length, struct stat *there,
                    struct error *error)
{
    struct name name;
    bool can = true;
    bool made = make(path, false, text, length, &name, there, &can);
    if (!can)
        made = make(path, true, text, length, &name, there, &can);
    if (!made)
        return error_set(error, "%s: %s", path, strerror(errno));
    if (rename(name.path, path) != 0) {
        (void)error_set(error, "%s: %s", path, strerror(errno));
        (void)unlink(name.path);
        return false;
    }
    sync_folder(path);
    return true;
}

/* Whether a name ends as those end that are given here. */
static bool is_marked(const char *name)
{
    size_t length = strlen(name);
    size_t end = sizeof MARK - 1 + RANDOM_CHARS;
    if (length <= end || memcmp(name + length - end, MARK, sizeof MARK - 1) != 0)
        return false;
    for (size_t i = length - RANDOM_CHARS; i < length; i++) {
        bool letter = (name[i] >= 'a' && name[i] <= 'z') || (name[i] >= 'A' && name[i] <= 'Z');
        if (!letter && (name[i] < '0' || name[i] > '9'))
            return false;
    }
    return true;
}

static bool is_stale(int folder, const char *name)
{
    struct stat status;
    struct timespec now;
    return is_marked(name) && clock_gettime(CLOCK_REALTIME, &now) == 0 &&
           fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode) &&
           (status.st_mode & 07777) == OWN_MODE && status.st_uid == geteuid() &&
           status.st_nlink == 1 && now.tv_sec - status.st_mtim.tv_sec > STALE_S;
}

void whole_file_sweep(const char *path)
{
    int fd = open_folder(path, O_RDONLY | O_DIRECTORY);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (dir == NULL) {
        if (fd >= 0)
            (void)close(fd);
        return;
    }
    const struct dirent *entry = readdir(dir);
    for (int i = 0; entry != NULL && i < SWEPT_MAX; i++, entry = readdir(dir)) {
        if (is_stale(fd, entry->d_name))
            (void)unlinkat(fd, entry->d_name, 0);
    }
    (void)closedir(dir);
}

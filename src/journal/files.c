/* realpath() is the X/Open part of POSIX. */
#define _XOPEN_SOURCE 700
#include "files.h"

#include "lacrima/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FOLDER_MODE  0700
#define FILE_MODE    0600
#define NAMES_MAX    1000
#define OTHERS_WRITE 0022

void files_date(char date[FILES_DATE_BYTES], int64_t seconds)
{
    time_t when = (time_t)seconds;
    struct tm local;
    if (localtime_r(&when, &local) == NULL ||
        strftime(date, FILES_DATE_BYTES, "%Y-%m-%dT%H-%M-%S", &local) == 0)
        (void)text_copy(date, FILES_DATE_BYTES, "undated");
}

static bool make_one(const char *folder, struct error *error)
{
    if (mkdir(folder, FOLDER_MODE) == 0)
        return chmod(folder, FOLDER_MODE) == 0 ||
               error_set(error, "%s: %s", folder, strerror(errno));
    return errno == EEXIST ||
           error_set(error, gettext("%s: the folder cannot be made: %s"), folder, strerror(errno));
}

bool files_make_folder(const char *folder, struct error *error)
{
    char path[FILES_PATH_BYTES];
    if (!text_copy(path, sizeof path, folder) || path[0] == '\0')
        return error_set(error, gettext("%s: the path is too long"), folder);
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (!make_one(path, error))
            return false;
        *slash = '/';
    }
    return make_one(path, error);
}

enum files_folder files_folder(const char *folder, char *real, size_t size, struct error *error)
{
    struct stat status;
    char *resolved = realpath(folder, NULL);
    int why = resolved == NULL ? errno : 0;
    if (why == ENOENT)
        return FILES_FOLDER_ABSENT;
    if (resolved != NULL && !text_copy(real, size, resolved))
        why = ENAMETOOLONG;
    free(resolved);
    if (why == 0 && stat(real, &status) != 0)
        why = errno;
    if (why != 0)
        (void)error_set(error, "%s: %s", folder, strerror(why));
    else if (!S_ISDIR(status.st_mode))
        (void)error_set(error, gettext("%s: this is not a folder"), folder);
    else if (status.st_uid != geteuid())
        (void)error_set(error, gettext("%s: the folder is another person's"), folder);
    else if ((status.st_mode & OTHERS_WRITE) != 0)
        (void)error_set(error,
                        gettext("%s: others can write in this folder; no letters are kept "
                                "there (chmod 700 would make it yours alone)"),
                        folder);
    else
        return FILES_FOLDER_READY;
    return FILES_FOLDER_REFUSED;
}

enum files_kind files_look(const char *path, struct error *error)
{
    struct stat status;
    if (lstat(path, &status) != 0) {
        if (errno == ENOENT)
            return FILES_ABSENT;
        (void)error_set(error, "%s: %s", path, strerror(errno));
        return FILES_REFUSED;
    }
    if (S_ISLNK(status.st_mode)) {
        (void)error_set(error, gettext("%s: this is a link; it was left alone"), path);
        return FILES_REFUSED;
    }
    if (status.st_uid != geteuid()) {
        (void)error_set(error, gettext("%s: this is another person's; it was left alone"), path);
        return FILES_REFUSED;
    }
    if (!S_ISREG(status.st_mode))
        return FILES_OTHER;
    /* One that cannot be made private is still read: it is the person's own. */
    if ((status.st_mode & 07777 & ~(mode_t)FILE_MODE) != 0)
        (void)chmod(path, FILE_MODE);
    return FILES_PLAIN;
}

bool files_make(const char *path, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return error_set(error, gettext("%s: it cannot be made: %s"), path, strerror(errno));
    bool made = fchmod(fd, FILE_MODE) == 0;
    int why = errno;
    (void)close(fd);
    if (!made)
        (void)unlink(path);
    return made || error_set(error, "%s: %s", path, strerror(why));
}

int files_lock(const char *folder, bool *alone, struct error *error)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        (void)error_set(error, "%s: %s", folder, strerror(errno));
        return -1;
    }
    /* Where folders cannot be locked (some network file systems) SQLite's own locks remain. */
    bool had = alone != NULL && (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK);
    if (alone != NULL)
        *alone = had;
    while (!had && flock(fd, LOCK_SH) != 0 && errno == EINTR)
        continue;
    return fd;
}

void files_lock_share(int folder)
{
    while (flock(folder, LOCK_SH) != 0 && errno == EINTR)
        continue;
}

void files_sync_folder(const char *path)
{
    char folder[FILES_PATH_BYTES];
    (void)text_copy(folder, sizeof folder, path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        return;
    *slash = '\0';
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

void files_clear(const char *folder, const char *begin)
{
    DIR *listing = opendir(folder);
    if (listing == NULL)
        return;
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (strncmp(entry->d_name, begin, strlen(begin)) == 0)
            (void)unlinkat(dirfd(listing), entry->d_name, 0);
    }
    (void)closedir(listing);
}

/* A second name for what lies at path, or, where there are no second names (a folder, some file
 * systems), its only one; never one that is taken. */
static bool give_name(const char *path, const char *name, bool *moved)
{
    struct stat status;
    *moved = false;
    if (link(path, name) == 0)
        return true;
    if (errno == EEXIST)
        return false;
    if (lstat(name, &status) == 0) {
        errno = EEXIST;
        return false;
    }
    *moved = rename(path, name) == 0;
    return *moved;
}

/* Finds the name, and gives it. */
static bool name_aside(const char *path, const char *end, int64_t now, char *aside, size_t size,
                       bool *moved, struct error *error)
{
    char date[FILES_DATE_BYTES];
    size_t stem = strlen(path) - strlen(end);
    files_date(date, now);
    for (int i = 1; i <= NAMES_MAX; i++) {
        char again[16] = "";
        if (i > 1)
            (void)snprintf(again, sizeof again, "-%d", i);
        int length = snprintf(aside, size, "%.*s-%s%s%s", (int)stem, path, date, again, end);
        if (length < 0 || (size_t)length >= size)
            return error_set(error, gettext("%s: the path is too long"), path);
        if (give_name(path, aside, moved))
            return true;
        if (errno != EEXIST)
            break;
    }
    return error_set(error, gettext("%s: it cannot be set aside: %s"), path, strerror(errno));
}

bool files_set_aside(const char *path, const char *end, int64_t now, const char *fresh, char *aside,
                     size_t size, struct error *error)
{
    char beside[FILES_PATH_BYTES], beside_aside[FILES_PATH_BYTES];
    bool moved = false;
    if (!name_aside(path, end, now, aside, size, &moved, error))
        return false;
    /* The journal goes first: it must never be played into the file that takes the place. */
    (void)text_copy(beside, sizeof beside, path);
    (void)text_append(beside, sizeof beside, "-journal");
    (void)text_copy(beside_aside, sizeof beside_aside, aside);
    (void)text_append(beside_aside, sizeof beside_aside, "-journal");
    if (rename(beside, beside_aside) != 0 && errno != ENOENT)
        return error_set(error, gettext("%s: it cannot be set aside: %s"), beside, strerror(errno));
    bool done = fresh != NULL ? rename(fresh, path) == 0 : moved || unlink(path) == 0;
    int why = errno;
    files_sync_folder(path);
    return done || error_set(error, gettext("%s: it cannot be set aside: %s"), path, strerror(why));
}

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "disk_order.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MAX 256
#define SAID_MAX  (2 * PATH_MAX)

ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_renameat(int from_folder, const char *from, int to_folder, const char *to);
int __wrap_renameat(int from_folder, const char *from, int to_folder, const char *to);
int __real_linkat(int from_folder, const char *from, int to_folder, const char *to, int flags);
int __wrap_linkat(int from_folder, const char *from, int to_folder, const char *to, int flags);

static struct file {
    dev_t device;
    ino_t number;
    bool waits; /* written to, or a folder in which a name has changed, since the disk was told */
    bool named; /* a file that has got its name: there is nothing more to be written to it */
    char name[NAME_MAX + 1]; /* of what was put into a folder last; "" of a file */
} files[FILES_MAX];
static size_t files_count;
static size_t placed_count;
static char said[SAID_MAX];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* letters are kept on a thread */

static void say(const char *name, const char *what)
{
    if (said[0] == '\0')
        (void)snprintf(said, sizeof said, "%s: %s", name, what);
}

/* Known from now on; the last of them stands for all that are too many, and that is said. */
static size_t find(const struct stat *status)
{
    size_t i = 0;
    while (i < files_count &&
           (files[i].device != status->st_dev || files[i].number != status->st_ino))
        i++;
    if (i == FILES_MAX)
        say("all", "more files than can be watched");
    if (i == FILES_MAX)
        return FILES_MAX - 1;
    if (i == files_count) {
        files[i] = (struct file){.device = status->st_dev, .number = status->st_ino};
        files_count++;
    }
    return i;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    struct stat status;
    (void)pthread_mutex_lock(&mutex);
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        size_t i = find(&status);
        files[i].waits = true;
        if (files[i].named)
            say("a file", "it was written to after it had got its name");
    }
    (void)pthread_mutex_unlock(&mutex);
    return __real_write(fd, bytes, size);
}

int disk_order_fsync(int fd)
{
    struct stat status;
    int done = __real_fsync(fd);
    (void)pthread_mutex_lock(&mutex);
    if (done == 0 && fstat(fd, &status) == 0)
        files[find(&status)].waits = false;
    (void)pthread_mutex_unlock(&mutex);
    return done;
}

/* Before a file gets a name.  A number of /proc/self/fd is the file itself. */
static void look_at_file(int folder, const char *from, const char *to, bool its_place)
{
    struct stat status;
    (void)pthread_mutex_lock(&mutex);
    if (fstatat(folder, from, &status, 0) == 0) {
        size_t i = find(&status);
        if (files[i].waits)
            say(to, "the name came before what was written was on the disk");
        files[i].named = its_place;
    }
    (void)pthread_mutex_unlock(&mutex);
}

/* After it. */
static int look_at_folder(int done, int folder, const char *to)
{
    char path[PATH_MAX];
    char name[PATH_MAX];
    struct stat status;
    (void)snprintf(path, sizeof path, "%s", to);
    (void)snprintf(name, sizeof name, "%s", to);
    (void)pthread_mutex_lock(&mutex);
    if (done == 0 && fstatat(folder, dirname(path), &status, 0) == 0) {
        size_t i = find(&status);
        files[i].waits = true;
        (void)snprintf(files[i].name, sizeof files[i].name, "%s", basename(name));
    }
    placed_count += done == 0 ? 1 : 0;
    (void)pthread_mutex_unlock(&mutex);
    return done;
}

int __wrap_rename(const char *from, const char *to)
{
    look_at_file(AT_FDCWD, from, to, true);
    return look_at_folder(__real_rename(from, to), AT_FDCWD, to);
}

int __wrap_renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    look_at_file(from_folder, from, to, true);
    return look_at_folder(__real_renameat(from_folder, from, to_folder, to), to_folder, to);
}

/* Not yet at its place: the folder may wait. */
int __wrap_linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    look_at_file(from_folder, from, to, false);
    return __real_linkat(from_folder, from, to_folder, to, flags);
}

void disk_order_begin(void)
{
    (void)pthread_mutex_lock(&mutex);
    files_count = placed_count = 0;
    said[0] = '\0';
    (void)pthread_mutex_unlock(&mutex);
}

const char *disk_order_end(size_t *placed)
{
    (void)pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < files_count; i++) {
        if (files[i].waits && files[i].name[0] != '\0')
            say(files[i].name, "it got its name, and its folder was not told to the disk");
    }
    *placed = placed_count;
    (void)pthread_mutex_unlock(&mutex);
    return said;
}

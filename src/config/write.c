/* Writing a small file whole: no reader ever sees half of it, and it survives a power loss. */
#include "write.h"

#include "lacrima/base/file.h"
#include "lacrima/base/text.h"
#include "lacrima/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE    0600
#define FOLDER_MODE  0700
#define NAME_BYTES   320
#define ATTEMPTS_MAX 1000

bool write_folders(const char *path, struct error *error)
{
    char folder[CONFIG_PATH_BYTES];
    if (!text_copy(folder, sizeof folder, path))
        return error_set(error, "%s: the path is too long", path);
    for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
            return error_set(error, "%s: the folder cannot be made: %s", folder, strerror(errno));
        *slash = '/';
    }
    return true;
}

static int open_folder(const char *path)
{
    char folder[CONFIG_PATH_BYTES];
    text_copy(folder, sizeof folder, path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        text_copy(folder, sizeof folder, ".");
    else
        slash[slash == folder ? 1 : 0] = '\0';
    return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Opens a file of a name that nobody uses; two copies of the program have two process ids, and
 * one that died may have left its file. */
static int open_temporary(int folder, char *name, size_t size, const char *final)
{
    for (unsigned attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        int length = snprintf(name, size, ".%s.%ld.%u", final, (long)getpid(), attempt);
        if (length < 0 || (size_t)length >= size) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd =
            openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Fills a new file and puts it in place of the old one, with the disk told at each step. */
static bool replace(int folder, const char *final, const char *bytes, size_t size)
{
    char name[NAME_BYTES];
    int fd = open_temporary(folder, name, sizeof name, final);
    if (fd < 0)
        return false;
    bool done = fchmod(fd, FILE_MODE) == 0 && file_write_all(fd, bytes, size) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && done) {
        done = false;
        why = errno;
    }
    if (done && renameat(folder, name, folder, final) != 0) {
        done = false;
        why = errno;
    }
    if (!done)
        (void)unlinkat(folder, name, 0);
    errno = why;
    return done && fsync(folder) == 0;
}

bool write_bytes_whole(const char *path, const char *bytes, size_t size, struct error *error)
{
    if (!write_folders(path, error))
        return false;
    const char *slash = strrchr(path, '/');
    const char *final = slash != NULL ? slash + 1 : path;
    int folder = open_folder(path);
    bool written = folder >= 0 && replace(folder, final, bytes, size);
    int why = errno;
    if (folder >= 0)
        close(folder);
    return written || error_set(error, "%s: cannot be written: %s", path, strerror(why));
}

bool write_whole(const char *path, const char *text, struct error *error)
{
    return write_bytes_whole(path, text, strlen(text), error);
}

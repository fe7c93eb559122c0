#include "file.h"

#include "lacrima/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOM_FIRST 4096
#define ROOM_LAST  ((size_t)CONFIG_FILE_BYTES_MAX + 1)

/* Reads until the room is full or the file is at its end; false with errno set if it cannot. */
static bool fill(int fd, char *bytes, size_t room, size_t *used)
{
    while (*used < room) {
        ssize_t got = read(fd, bytes + *used, room - *used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        *used += (size_t)got;
    }
    return true;
}

/* Reads to the end, or to one byte past the limit, with a zero byte behind it; *bytes is the
 * caller's to free even if it fails. */
static bool read_all(int fd, char **bytes, size_t *used)
{
    size_t room = ROOM_FIRST;
    for (*used = 0;; room = room * 2 < ROOM_LAST ? room * 2 : ROOM_LAST) {
        char *larger = realloc(*bytes, room + 1);
        if (larger == NULL)
            return false;
        *bytes = larger;
        if (!fill(fd, *bytes, room, used))
            return false;
        (*bytes)[*used] = '\0';
        if (*used < room || room == ROOM_LAST)
            return true;
    }
}

/* Files, and what stands in for one: a pipe from a shell's <(...), /dev/null. */
static bool readable_kind(int fd, struct error *error)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return error_set(error, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(error, "is a folder, not a file");
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) && !S_ISCHR(status.st_mode))
        return error_set(error, "is not a file that can be read");
    return true;
}

static bool read_open(int fd, char **bytes, size_t *size, struct error *error)
{
    if (!readable_kind(fd, error))
        return false;
    /* It was opened without waiting for a pipe's other end; reading may wait. */
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
        return error_set(error, "cannot be read: %s", strerror(errno));
    if (!read_all(fd, bytes, size))
        return error_set(error, "cannot be read: %s", strerror(errno));
    return *size <= CONFIG_FILE_BYTES_MAX || error_set(error, "is larger than 1 MiB");
}

enum file_read file_read(const char *path, char **bytes, size_t *size, struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        error_set(error, "cannot be read: %s", strerror(errno));
        return absent ? FILE_ABSENT : FILE_FAILED;
    }
    *bytes = NULL;
    bool read = read_open(fd, bytes, size, error);
    close(fd);
    if (!read) {
        free(*bytes);
        *bytes = NULL;
    }
    return read ? FILE_READ : FILE_FAILED;
}

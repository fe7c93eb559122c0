#include "source.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK_BYTES      3
#define SAMPLE_BYTES    4096
#define SAMPLE_LEAST    64
#define ODD_PART        30 /* one of so many bytes */
#define COUNT_BYTES_MAX (UINT64_C(64) << 20)

static bool open_file(struct source *source, struct error *error)
{
    const char *path = source->path;
    struct stat status;
    source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (source->fd < 0 || fstat(source->fd, &status) != 0)
        return error_set(error, "%s: cannot be read: %s", path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(error, "%s: is a folder, not a text", path);
    if (!S_ISREG(status.st_mode))
        return error_set(error, "%s: is not a file that can be read", path);
    if (status.st_size <= 0)
        return error_set(error, "%s: is empty", path);
    source->size = (uint64_t)status.st_size;
    return true;
}

/* Whether what it begins with is no text in any encoding: of noise, sound or a picture a tenth of
 * the bytes are control characters that texts do not have. */
static bool is_no_text(const struct source *source)
{
    char bytes[SAMPLE_BYTES];
    size_t size = source_read(source, 0, bytes, sizeof bytes);
    size_t odd = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        odd += (c < ' ' && strchr("\t\n\v\f\r\x1B", c) == NULL) || c == 0 || c == 0x7F;
    }
    return size >= SAMPLE_LEAST && odd * ODD_PART > size;
}

bool source_open(struct source *source, const char *path, struct error *error)
{
    memset(source, 0, sizeof *source);
    source->fd = -1;
    if (!text_copy(source->path, sizeof source->path, path))
        return error_set(error, "%s: the path is too long", path);
    unsigned char mark[MARK_BYTES] = {0};
    bool fine = open_file(source, error);
    size_t got = fine ? source_read(source, 0, (char *)mark, sizeof mark) : 0;
    if (fine && got == 0)
        fine = error_set(error, "%s: cannot be read: %s", path, strerror(errno));
    if (fine && got >= 2 &&
        ((mark[0] == 0xFF && mark[1] == 0xFE) || (mark[0] == 0xFE && mark[1] == 0xFF)))
        fine = error_set(error, "%s: is UTF-16; only UTF-8 can be read", path);
    if (fine && is_no_text(source))
        fine = error_set(error, "%s: is no text", path);
    if (got == MARK_BYTES && memcmp(mark, "\xEF\xBB\xBF", MARK_BYTES) == 0)
        source->begin = MARK_BYTES;
    if (!fine)
        source_close(source);
    return fine;
}

void source_close(struct source *source)
{
    if (source->fd >= 0)
        (void)close(source->fd);
    source->fd = -1;
}

size_t source_read(const struct source *source, uint64_t offset, char *bytes, size_t size)
{
    size_t used = 0;
    while (used < size) {
        ssize_t got = pread(source->fd, bytes + used, size - used, (off_t)(offset + used));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    return used;
}

uint64_t source_count(const struct source *source)
{
    return (source->size + SOURCE_CHUNK - 1) / SOURCE_CHUNK;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The first line in the chunk that begins a paragraph behind an empty one; else any line; else a
 * word; else any character.  `size` if the chunk is empty. */
static size_t find_start(const char *bytes, size_t size)
{
    size_t line = size, word = size, character = size;
    size_t begin = 0; /* of the present line */
    bool whole = false, blank = true, blank_before = false;
    for (size_t i = 0; i < size; i++) {
        if (character == size && ((unsigned char)bytes[i] & 0xC0u) != 0x80u)
            character = i;
        if (bytes[i] == '\n') {
            blank_before = whole && blank;
            whole = true;
            blank = true;
            begin = i + 1;
        } else if (!is_blank(bytes[i])) {
            if (blank && blank_before)
                return begin;
            if (line == size && whole)
                line = begin;
            if (word == size && i > 0 && is_blank(bytes[i - 1]))
                word = i;
            blank = false;
        }
    }
    return line < size ? line : word < size ? word : character;
}

/* Where stretch `index` begins. */
static uint64_t start_of(const struct source *source, uint64_t index)
{
    char bytes[SOURCE_CHUNK];
    uint64_t at = index * SOURCE_CHUNK;
    if (index == 0)
        return source->begin;
    if (at >= source->size)
        return source->size;
    size_t size = source_read(source, at, bytes, sizeof bytes);
    return at + find_start(bytes, size);
}

uint64_t source_find(const struct source *source, uint64_t offset)
{
    uint64_t index = offset / SOURCE_CHUNK;
    return index > 0 && offset < start_of(source, index) ? index - 1 : index;
}

size_t source_stretch(const struct source *source, uint64_t index, char *bytes, uint64_t *at)
{
    *at = start_of(source, index);
    uint64_t end = start_of(source, index + 1);
    check(end - *at <= SOURCE_STRETCH || end < *at);
    size_t size = end > *at ? source_read(source, *at, bytes, (size_t)(end - *at)) : 0;
    bytes[size] = '\0';
    return size;
}

uint64_t source_line_of(const struct source *source, uint64_t offset)
{
    char bytes[SOURCE_CHUNK];
    uint64_t line = 1;
    if (offset > COUNT_BYTES_MAX)
        return 0;
    for (uint64_t at = 0; at < offset; at += sizeof bytes) {
        uint64_t rest = offset - at;
        size_t size = rest < sizeof bytes ? (size_t)rest : sizeof bytes;
        size_t got = source_read(source, at, bytes, size);
        for (size_t i = 0; i < got; i++)
            line += bytes[i] == '\n';
    }
    return line;
}

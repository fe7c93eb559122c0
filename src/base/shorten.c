/* Lines that are shown, shorter than they are: what identifies a path is where it begins and the
 * file's own name. */
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>

#define ELLIPSIS  "\xE2\x80\xA6"
#define CHARS_MIN 8

static bool is_first_byte(char c)
{
    return ((unsigned char)c & 0xC0U) != 0x80U;
}

static size_t count_chars(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += is_first_byte(text[i]) ? 1 : 0;
    return count;
}

/* Where the character of this number begins. */
static size_t place_of(const char *text, size_t length, size_t number)
{
    size_t at = 0;
    while (at < length && (!is_first_byte(text[at]) || number-- > 0))
        at++;
    return at;
}

/* Appends so many bytes, whole characters only. */
static bool add(char *dst, size_t size, const char *text, size_t length)
{
    size_t used = strlen(dst);
    size_t room = size - 1 - used;
    size_t count = length;
    if (length > room) {
        count = room;
        while (count > 0 && !is_first_byte(text[count]))
            count--;
    }
    memcpy(dst + used, text, count);
    dst[used + count] = '\0';
    return count == length;
}

static bool add_shortened(char *dst, size_t size, const char *text, size_t length, size_t chars_max)
{
    size_t count = count_chars(text, length);
    if (count <= chars_max)
        return add(dst, size, text, length);
    size_t kept = chars_max - 1;
    size_t head = text_cluster(text, length, place_of(text, length, kept / 3));
    size_t wanted = place_of(text, length, count - (kept - kept / 3));
    size_t tail = text_cluster(text, length, wanted);
    if (tail < wanted)
        tail = text_next_cluster(text, length, tail);
    bool whole = add(dst, size, text, head);
    whole = add(dst, size, ELLIPSIS, strlen(ELLIPSIS)) && whole;
    return add(dst, size, text + tail, length - tail) && whole;
}

bool text_shorten(char *dst, size_t size, const char *text, size_t chars_max)
{
    check(size > 0 && chars_max >= CHARS_MIN);
    memset(dst, 0, size);
    return add_shortened(dst, size, text, strlen(text), chars_max);
}

static const char *find_path(const char *line)
{
    const char *slash = strchr(line, '/');
    while (slash != NULL && slash > line && slash[-1] != ' ')
        slash = strchr(slash + 1, '/');
    return slash;
}

bool text_shorten_paths(char *dst, size_t size, const char *line, size_t chars_max)
{
    bool whole = true;
    check(size > 0 && chars_max >= CHARS_MIN);
    memset(dst, 0, size);
    for (const char *path = find_path(line); path != NULL; path = find_path(line)) {
        const char *end = strstr(path, ": ");
        if (end == NULL)
            end = path + strcspn(path, " ");
        whole = add(dst, size, line, (size_t)(path - line)) && whole;
        whole = add_shortened(dst, size, path, (size_t)(end - path), chars_max) && whole;
        line = end;
    }
    return add(dst, size, line, strlen(line)) && whole;
}

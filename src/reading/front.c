#include "front.h"

#include "lacrima/base/text.h"

#include <string.h>

#define FRONT_BYTES_MAX 4096

static size_t line_length(const char *line)
{
    return strcspn(line, "\r\n");
}

static const char *next_line(const char *line)
{
    line += line_length(line);
    if (*line == '\r')
        line++;
    if (*line == '\n')
        line++;
    return line;
}

static bool is_rule(const char *line)
{
    size_t length = line_length(line);
    return length == 3 && memcmp(line, "---", 3) == 0;
}

/* Takes "name: value", a pair of quotes around it taken off. */
static void take(const char *line, const char *name, char *into, size_t size)
{
    size_t length = line_length(line);
    size_t skip = strlen(name);
    char value[FRONT_BYTES_MAX];
    if (length <= skip || memcmp(line, name, skip) != 0 || line[skip] != ':')
        return;
    skip++;
    while (skip < length && (line[skip] == ' ' || line[skip] == '\t'))
        skip++;
    while (length > skip && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    if (length - skip >= 2 && line[skip] == '"' && line[length - 1] == '"') {
        skip++;
        length--;
    }
    memcpy(value, line + skip, length - skip);
    value[length - skip] = '\0';
    (void)text_copy(into, size, value);
}

void front_read(struct front *front, struct source *source)
{
    char bytes[FRONT_BYTES_MAX + 1];
    size_t size = source_read(source, source->begin, bytes, FRONT_BYTES_MAX);
    bytes[size] = '\0';
    if (!is_rule(bytes))
        return;
    struct front found = {.title = ""};
    const char *line = next_line(bytes);
    while (*line != '\0' && !is_rule(line)) {
        take(line, "title", found.title, sizeof found.title);
        take(line, "about", found.about, sizeof found.about);
        line = next_line(line);
    }
    /* "---" may also be a pause that a text begins with. */
    if (!is_rule(line) || (found.title[0] == '\0' && found.about[0] == '\0'))
        return;
    *front = found;
    source->begin += (uint64_t)(next_line(line) - bytes);
}

void front_name(const char *path, char *title, size_t size)
{
    const char *slash = strrchr(path, '/');
    (void)text_copy(title, size, slash != NULL ? slash + 1 : path);
    char *dot = strrchr(title, '.');
    if (dot != NULL && dot != title)
        *dot = '\0';
    for (char *c = title; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    }
}

bool front_is_markdown(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && (text_equal_nocase(dot, ".md") || text_equal_nocase(dot, ".markdown"));
}

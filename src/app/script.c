#include "script.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "lacrima/platform.h"
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES       4096
#define LINES_MAX        100000
#define LINES_FIRST_ROOM 64

static char *skip_spaces(char *c)
{
    while (*c == ' ' || *c == '\t')
        c++;
    return c;
}

/* Cuts the next word off *rest. */
static char *next_word(char **rest)
{
    char *word = skip_spaces(*rest);
    char *c = word;
    while (*c != '\0' && *c != ' ' && *c != '\t')
        c++;
    if (*c != '\0')
        *c++ = '\0';
    *rest = skip_spaces(c);
    return word;
}

/* What stands between the quotes. */
static bool read_text(struct script_line *line, const char *value, struct error *error)
{
    size_t length = strlen(value);
    if (length < 2 || value[0] != '"' || value[length - 1] != '"')
        return error_set(error, "text: a text in \"quotes\" was expected");
    line->text = calloc(1, length);
    if (line->text == NULL)
        return error_set(error, "out of memory");
    char *out = line->text;
    for (size_t i = 1; i + 1 < length; i++) {
        bool escape = value[i] == '\\' && i + 2 < length;
        char c = value[escape ? ++i : i];
        *out++ = (char)(escape && c == 'n' ? '\n' : c);
    }
    return true;
}

static bool read_action(struct script_line *line, const char *action, const char *value,
                        struct error *error)
{
    static const struct {
        const char *name;
        enum script_action action;
    } actions[] = {
        {"key", SCRIPT_KEY},     {"down", SCRIPT_DOWN},       {"up", SCRIPT_UP},
        {"text", SCRIPT_TEXT},   {"suspend", SCRIPT_SUSPEND}, {"resize", SCRIPT_RESIZE},
        {"focus", SCRIPT_FOCUS}, {"quit", SCRIPT_QUIT},
    };
    size_t i = 0;
    while (i < sizeof actions / sizeof actions[0] && !text_equal_nocase(action, actions[i].name))
        i++;
    if (i == sizeof actions / sizeof actions[0])
        return error_set(error, "unknown action \"%s\"", action);
    line->action = actions[i].action;
    switch (line->action) {
    case SCRIPT_KEY:
    case SCRIPT_DOWN:
    case SCRIPT_UP:
        return platform_key_from_name(value, &line->key) ||
               error_set(error, "unknown key \"%s\"", value);
    case SCRIPT_SUSPEND:
        return options_seconds(value, &line->suspend_ns) ||
               error_set(error, "suspend \"%s\": seconds were expected", value);
    case SCRIPT_RESIZE:
        return options_size(value, &line->width, &line->height) ||
               error_set(error, "resize \"%s\": WxH was expected", value);
    case SCRIPT_FOCUS:
        line->focused = text_equal_nocase(value, "in");
        return line->focused || text_equal_nocase(value, "out") ||
               error_set(error, "focus \"%s\": in or out was expected", value);
    case SCRIPT_TEXT:
        return read_text(line, value, error);
    case SCRIPT_QUIT:
        break;
    }
    return *value == '\0' || error_set(error, "quit takes nothing, \"%s\" was given", value);
}

static bool read_line(struct script_line *line, char *text, struct error *error)
{
    char *rest = text;
    const char *at = next_word(&rest);
    if (!options_seconds(at, &line->at))
        return error_set(error, "\"%s\" is not a time in seconds", at);
    const char *action = next_word(&rest);
    if (*action == '\0')
        return error_set(error, "an action is missing");
    return read_action(line, action, rest, error);
}

/* Cuts a comment (outside quotes), the newline and trailing spaces. */
static void trim(char *text)
{
    bool quoted = false;
    char *c = text;
    for (; *c != '\0' && (*c != '#' || quoted) && *c != '\n' && *c != '\r'; c++) {
        if (*c == '"')
            quoted = !quoted;
    }
    while (c > text && (c[-1] == ' ' || c[-1] == '\t'))
        c--;
    *c = '\0';
}

static bool append(struct script *script, size_t *room, const struct script_line *line)
{
    if (script->count == LINES_MAX)
        return false;
    if (script->count == *room) {
        size_t more = *room == 0 ? LINES_FIRST_ROOM : *room * 2;
        struct script_line *lines = realloc(script->lines, more * sizeof *lines);
        if (lines == NULL)
            return false;
        script->lines = lines;
        *room = more;
    }
    /* Kept in order of time; lines of one time keep the file's order. */
    size_t place = script->count++;
    while (place > 0 && script->lines[place - 1].at > line->at) {
        script->lines[place] = script->lines[place - 1];
        place--;
    }
    script->lines[place] = *line;
    return true;
}

static bool read_lines(struct script *script, FILE *file, const char *path, struct error *error)
{
    char text[LINE_BYTES];
    size_t room = 0;
    for (unsigned number = 1; fgets(text, sizeof text, file) != NULL; number++) {
        struct error what;
        struct script_line line = {0};
        if (strchr(text, '\n') == NULL && !feof(file))
            return error_set(error, "%s:%u: the line is too long", path, number);
        trim(text);
        if (*skip_spaces(text) == '\0')
            continue;
        if (!read_line(&line, skip_spaces(text), &what))
            return error_set(error, "%s:%u: %s", path, number, what.text);
        if (!append(script, &room, &line)) {
            free(line.text);
            return error_set(error, "%s:%u: too many lines", path, number);
        }
    }
    return !ferror(file) || error_set(error, "%s: %s", path, strerror(errno));
}

bool script_read(struct script *script, const char *path, struct error *error)
{
    *script = (struct script){0};
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return error_set(error, "%s: %s", path, strerror(errno));
    bool fine = read_lines(script, file, path, error);
    (void)fclose(file);
    if (!fine)
        script_finish(script);
    return fine;
}

void script_finish(struct script *script)
{
    for (size_t i = 0; i < script->count; i++)
        free(script->lines[i].text);
    free(script->lines);
    *script = (struct script){0};
}

time_ns script_due(const struct script *script)
{
    return script->next < script->count ? script->lines[script->next].at : TIME_NEVER;
}

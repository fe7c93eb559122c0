#include "lines.h"

#include "lacrima/base/text.h"

#include <ini.h>
#include <stdint.h>
#include <string.h>

/* Section names longer than this are none of ours, and inih would cut them. */
#define SECTION_BYTES   40
#define NOT_A_CHARACTER 0xFFFDu

struct source {
    const char *at, *end;
    unsigned line;
    char text[LINE_BYTES_MAX]; /* the present line, trimmed, without its newline */
    bool waiting;              /* inih has the line and has not yet given an entry for it */
    bool shortened;            /* inih was given only the beginning of it */
    bool section_given, section_known;
    char section[SECTION_BYTES];
    const struct lines_handler *handler;
    struct faults *faults;
};

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool comment(const char *text)
{
    return *text == '\0' || *text == ';' || *text == '#';
}

static void trim_end(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && blank(text[length - 1]))
        text[--length] = '\0';
}

/* Why these bytes are no line of text, or NULL if they are one. */
static const char *what_is_wrong(const char *bytes, size_t length)
{
    if (length >= LINE_BYTES_MAX)
        return "the line is too long; it is left out";
    if (memchr(bytes, '\0', length) != NULL)
        return "the line holds a zero byte; it is left out";
    char text[LINE_BYTES_MAX];
    memcpy(text, bytes, length);
    text[length] = '\0';
    for (const char *c = text; *c != '\0';) {
        uint32_t codepoint;
        size_t taken = text_decode(c, &codepoint);
        if (codepoint == NOT_A_CHARACTER && taken == 1)
            return "the line is not UTF-8; it is left out";
        if ((codepoint < ' ' && !blank(*c)) || codepoint == 0x7F)
            return "the line holds a control character; it is left out";
        c += taken;
    }
    return NULL;
}

/* Takes the next line into source->text; an unreadable one is said and becomes empty. */
static bool next_line(struct source *source)
{
    if (source->at == source->end)
        return false;
    size_t rest = (size_t)(source->end - source->at);
    const char *newline = memchr(source->at, '\n', rest);
    const char *stop = newline != NULL ? newline : source->end;
    const char *begin = source->at;
    source->at = newline != NULL ? newline + 1 : source->end;
    source->line++;
    source->text[0] = '\0';
    if (stop > begin && stop[-1] == '\r')
        stop--;
    while (begin < stop && blank(*begin))
        begin++;
    /* What a comment is made of harms nobody. */
    if (begin == stop || *begin == ';' || *begin == '#')
        return true;
    size_t length = (size_t)(stop - begin);
    const char *wrong = what_is_wrong(begin, length);
    if (wrong != NULL) {
        faults_add(source->faults, source->line, "%s", wrong);
        return true;
    }
    memcpy(source->text, begin, length);
    source->text[length] = '\0';
    trim_end(source->text);
    return true;
}

/* A heading is read here, not by inih: inih says nothing of an empty section, and gives the keys
 * after a broken heading to the section before it. */
static void read_heading(struct source *source)
{
    source->section_given = true;
    source->section_known = false;
    char *close = strchr(source->text, ']');
    if (close == NULL) {
        (void)source->handler->known(source->handler->user, source->line, "");
        faults_add(source->faults, source->line,
                   "%s has no closing bracket; what follows it is left out",
                   quote_of(source->text).text);
        return;
    }
    const char *after = close + 1;
    while (blank(*after))
        after++;
    *close = '\0';
    const char *name = source->text + 1;
    while (blank(*name))
        name++;
    text_copy(source->section, sizeof source->section, name);
    trim_end(source->section);
    source->section_known =
        strlen(name) < sizeof source->section &&
        source->handler->known(source->handler->user, source->line, source->section);
    if (!comment(after))
        faults_add(source->faults, source->line, "%s after the heading is left out",
                   quote_of(after).text);
    if (!source->section_known)
        faults_add(source->faults, source->line,
                   "there is no section [%s]; what is in it is left out", quote_of(name).text);
}

static void close_line(struct source *source)
{
    if (source->waiting)
        faults_add(source->faults, source->line, "%s is not \"key = value\"; it is left out",
                   quote_of(source->text).text);
    source->waiting = false;
}

static void give(struct source *source, char *str, int num)
{
    /* inih wants room for "\r\n" and its end. */
    source->shortened = !text_copy(str, (size_t)num - 2, source->text);
    strcat(str, "\n");
}

/* inih's reader: one call, one line. */
static char *read_line(char *str, int num, void *stream)
{
    struct source *source = stream;
    close_line(source);
    if (!next_line(source))
        return NULL;
    if (source->text[0] == '[')
        read_heading(source);
    else if (!comment(source->text) && !source->section_given)
        faults_add(source->faults, source->line, "%s stands before any [section]; it is left out",
                   quote_of(source->text).text);
    else if (!comment(source->text) && source->section_known)
        source->waiting = true;
    if (!source->waiting)
        source->text[0] = '\0';
    give(source, str, num);
    return str;
}

/* The value of a line that was too long for inih, by inih's own rules: from the first '=' or
 * ':', without blanks around it, up to a ';' that follows a blank. */
static const char *long_value(char *text)
{
    char *value = text + strcspn(text, "=:") + 1;
    while (blank(*value))
        value++;
    for (char *c = value; *c != '\0'; c++) {
        if (*c == ';' && c > value && blank(c[-1])) {
            *c = '\0';
            break;
        }
    }
    trim_end(value);
    return value;
}

/* One pair of quotes around a text is taken off: people put them there. */
static void unquoted(char *dst, size_t size, const char *value)
{
    size_t length = strlen(value);
    bool quotes = length >= 2 && value[0] == '"' && value[length - 1] == '"';
    text_copy(dst, size, quotes ? value + 1 : value);
    if (quotes)
        dst[length - 2] = '\0';
}

static int entry(void *user, const char *section, const char *name, const char *value)
{
    (void)section;
    struct source *source = user;
    if (!source->waiting)
        return 1;
    if (*name == '\0')
        return 0; /* still waiting, and so said by close_line */
    source->waiting = false;
    char key[LINE_BYTES_MAX], whole[LINE_BYTES_MAX];
    unquoted(key, sizeof key, name);
    /* A name is shown; a tab in it would stand there as a box. */
    for (char *c = key; *c != '\0'; c++)
        *c = *c == '\t' ? ' ' : *c;
    unquoted(whole, sizeof whole, source->shortened ? long_value(source->text) : value);
    source->handler->entry(source->handler->user, source->line, source->section, key, whole);
    return 1;
}

void lines_read(const char *bytes, size_t size, const struct lines_handler *handler,
                struct faults *faults)
{
    static const char utf8_mark[] = "\xEF\xBB\xBF";
    size_t mark = sizeof utf8_mark - 1;
    if (size >= mark && memcmp(bytes, utf8_mark, mark) == 0) {
        bytes += mark;
        size -= mark;
    }
    struct source source = {.at = bytes, .end = bytes + size, .handler = handler, .faults = faults};
    /* The result names only the first bad line; ours have all been said.  Below zero is what
     * inih says when it finds no room for a line. */
    if (ini_parse_stream(read_line, &source, entry, &source) < 0)
        faults_add(faults, 0, "cannot be read: out of memory");
    close_line(&source);
}

#include "faults.h"

#include "lacrima/base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define FAULT_BYTES     (CONFIG_PATH_BYTES + ERROR_TEXT_BYTES)

#define DELETE          0x7Fu
#define LAST_CONTROL    0x9Fu   /* U+0080 to U+009F move cursors on some terminals */
#define DIRECTION_FROM  0x202Au /* marks that turn the writing's direction round */
#define DIRECTION_TO    0x202Eu
#define ISOLATE_FROM    0x2066u
#define ISOLATE_TO      0x2069u
#define NOT_A_CHARACTER 0xFFFDu

static bool printable(uint32_t c)
{
    return c >= ' ' && !(c >= DELETE && c <= LAST_CONTROL) &&
           !(c >= DIRECTION_FROM && c <= DIRECTION_TO) && !(c >= ISOLATE_FROM && c <= ISOLATE_TO) &&
           c != NOT_A_CHARACTER;
}

/* Copies as much as fits, character by character; false if some of it did not. */
static bool copy_plain(char *dst, size_t size, const char *text)
{
    size_t used = 0;
    while (*text != '\0') {
        uint32_t c;
        size_t length = text_decode(text, &c);
        bool plain = printable(c);
        size_t added = plain ? length : 1;
        if (used + added >= size)
            break;
        memcpy(dst + used, plain ? text : "?", added);
        used += added;
        text += length;
    }
    dst[used] = '\0';
    return *text == '\0';
}

struct quote quote_of(const char *text)
{
    static const char more[] = "...";
    struct quote quote;
    if (!copy_plain(quote.text, sizeof quote.text - (sizeof more - 1), text))
        strcat(quote.text, more);
    return quote;
}

void faults_add(struct faults *faults, unsigned line, const char *format, ...)
{
    faults->count++;
    if (faults->say == NULL)
        return;
    char what[ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(what, sizeof what, format, args);
    va_end(args);
    char raw[FAULT_BYTES];
    if (line == 0)
        (void)snprintf(raw, sizeof raw, "%s: %s", faults->file, what);
    else
        (void)snprintf(raw, sizeof raw, "%s:%u: %s", faults->file, line, what);
    char text[FAULT_BYTES];
    (void)copy_plain(text, sizeof text, raw);
    faults->say(faults->user, text);
}

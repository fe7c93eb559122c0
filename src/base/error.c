#include "lacrima/base/error.h"

#include "lacrima/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Two paths as long as they can be, and words. */
#define LINE_BYTES 9216
/* So many characters always have room. */
#define LINE_CHARS_MIN 100

bool error_set(struct error *error, const char *format, ...)
{
    if (error == NULL)
        return false;
    char line[LINE_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    /* Of a path that is too long the middle is left out, and not what is said of it. */
    size_t chars = sizeof error->text - strlen("\xE2\x80\xA6");
    while (!text_shorten(error->text, sizeof error->text, line, chars) && chars > LINE_CHARS_MIN)
        chars /= 2;
    for (char *c = error->text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = ' ';
    }
    return false;
}

/* Lines: an INI text as entries with their line numbers.
 *
 * inih splits the lines.  What it does in silence is caught here and said: a section it does not
 * close, a line it cannot read, one longer than its own room, bytes that are no text. */
#ifndef LACRIMA_CONFIG_LINES_H
#define LACRIMA_CONFIG_LINES_H

#include "faults.h"

#include <stdbool.h>
#include <stddef.h>

/* The longest line that is read; a path fits, with its key. */
#define LINE_BYTES_MAX (CONFIG_PATH_BYTES + 128)

/* One "key = value"; section is one that `known` has said yes to in the heading above it. */
typedef void lines_entry(void *user, unsigned line, const char *section, const char *key,
                         const char *value);

struct lines_handler {
    /* At every heading; one that cannot be read is the section "". */
    bool (*known)(void *user, unsigned line, const char *section);
    lines_entry *entry;
    void *user;
};

/* Reads the text from beginning to end; faults are said in its order. */
void lines_read(const char *bytes, size_t size, const struct lines_handler *handler,
                struct faults *faults);

#endif

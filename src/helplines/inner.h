/* What the files of helplines share. */
#ifndef LACRIMA_HELPLINES_INNER_H
#define LACRIMA_HELPLINES_INNER_H

#include "lacrima/helplines.h"

/* Where faults go, and where they are. */
struct source {
    const char *name, *bytes;
    size_t size;
    helplines_say *say; /* may be NULL */
    void *user;
    size_t count;
};

/* Says one; line 0 is the file as a whole. */
void source_say(struct source *source, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The line of the n-th (from 0) place where the key stands, or 0: jansson keeps no places, and
 * "id" stands only once in each help line. */
unsigned source_line(const struct source *source, const char *key, size_t n);

/* What is known without any file: code, English name, emergency number. */
struct known {
    const char *code, *name, *emergency;
};

const struct known *known_countries(size_t *count);

/* The country as far as the program knows it; false if it does not know this code. */
bool known_country(struct people_country *country, const char *code);

/* A language's own name for itself; its code if it is not known. */
const char *language_name(const char *code);

#endif

/* Faults: what is wrong in a file, one line each, "file:line: what". */
#ifndef LACRIMA_CONFIG_FAULTS_H
#define LACRIMA_CONFIG_FAULTS_H

#include "lacrima/config.h"

#include <stddef.h>

struct faults {
    const char *file;
    config_say *say; /* may be NULL: they are counted only */
    void *user;
    size_t count;
};

/* Says one; line 0 is the file as a whole ("file: what"). */
void faults_add(struct faults *faults, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What a file says, made fit to be repeated on a terminal: cut to a readable length, anything
 * that is not plain text as '?'. */
#define QUOTE_BYTES 84
struct quote {
    char text[QUOTE_BYTES];
};
struct quote quote_of(const char *text);

#endif

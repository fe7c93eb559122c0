/* File: reading a small file whole. */
#ifndef LACRIMA_CONFIG_FILE_H
#define LACRIMA_CONFIG_FILE_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum file_read {
    FILE_READ,   /* *bytes is the caller's to free; a zero byte follows the last one */
    FILE_ABSENT, /* the error says so as well */
    FILE_FAILED
};

enum file_read file_read(const char *path, char **bytes, size_t *size, struct error *error);

#endif

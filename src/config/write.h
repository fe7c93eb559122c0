#ifndef LACRIMA_CONFIG_WRITE_H
#define LACRIMA_CONFIG_WRITE_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Puts the text in place of the file: a temporary file in the same folder, fsync, rename, fsync of
 * the folder; 0600, the folders made 0700 as needed. */
bool write_whole(const char *path, const char *text, struct error *error);

/* The same of bytes that may be anything. */
bool write_bytes_whole(const char *path, const char *bytes, size_t size, struct error *error);

/* Makes the folders that a file's path needs; what exists is left as it is. */
bool write_folders(const char *path, struct error *error);

#endif

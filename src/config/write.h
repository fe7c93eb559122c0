#ifndef LACRIMA_CONFIG_WRITE_H
#define LACRIMA_CONFIG_WRITE_H

#include "lacrima/base/error.h"

#include <stdbool.h>

/* Puts the text in place of the file: a temporary file in the same folder, fsync, rename, fsync of
 * the folder; 0600, the folders made 0700 as needed. */
bool write_whole(const char *path, const char *text, struct error *error);

#endif

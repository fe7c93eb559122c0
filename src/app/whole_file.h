/* Whole file: a text in the place of a file, at once and for good: at any moment one whole text
 * lies there, the old or the new. */
#ifndef LACRIMA_APP_WHOLE_FILE_H
#define LACRIMA_APP_WHOLE_FILE_H

#include "lacrima/base/error.h"

#include <stddef.h>
#include <sys/stat.h>

/* Writes the text and puts it in the file's place; what lies there then is *there.  Blocks until it
 * is on the disk. */
bool whole_file_put(const char *path, const char *text, size_t length, struct stat *there,
                    struct error *error);

/* Takes away what a program that was killed in such a moment has left in the folder of this file:
 * files under the names that only whole_file_put gives, of this person's own and a minute old. */
void whole_file_sweep(const char *path);

#endif

/* Folder: the names of a folder's pictures, in order. */
#ifndef LACRIMA_PHOTOS_FOLDER_H
#define LACRIMA_PHOTOS_FOLDER_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct folder {
    size_t count;
    char **paths; /* owned */
};

/* Of a folder, or of one picture; false with "path: why" if there is none. */
bool folder_read(struct folder *folder, const char *path, struct error *error);

void folder_remove(struct folder *folder, size_t index);

void folder_finish(struct folder *folder);

/* Capitals as small letters, and numbers by their value: 2.jpg before 10.jpg. */
int folder_compare(const char *a, const char *b);

#endif

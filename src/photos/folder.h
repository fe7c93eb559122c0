/* Folder: the names of a folder's pictures, in order.  Only the names are kept, in one piece of
 * memory, so that a folder of any size takes little. */
#ifndef LACRIMA_PHOTOS_FOLDER_H
#define LACRIMA_PHOTOS_FOLDER_H

#include "lacrima/base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct folder {
    char *path; /* owned; with what stands between it and a name */
    size_t count;
    uint32_t *at; /* where in `names` each begins */
    size_t at_room;
    char *names;
    size_t used, room;
};

/* Of one picture, or of a folder that has any, as far as a look at its first entries tells; false
 * with "path: why".  No names are read. */
bool folder_open(struct folder *folder, const char *path, bool *is_folder, struct error *error);

/* Reads and sorts the names; false with "path: why" if there is none.  It can be stopped from
 * another thread, and is then false as well. */
bool folder_read(struct folder *folder, const atomic_bool *stop, struct error *error);

/* The whole path of one; false if it is too long to be opened. */
bool folder_path(const struct folder *folder, size_t index, char *path, size_t size);

void folder_remove(struct folder *folder, size_t index);

void folder_finish(struct folder *folder);

/* Capitals as small letters, and numbers by their value: 2.jpg before 10.jpg. */
int folder_compare(const char *a, const char *b);

#endif

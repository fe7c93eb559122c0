/* What the shelf's files share: reading it from bytes, and how a path stands in it. */
#ifndef LACRIMA_CONFIG_SHELF_H
#define LACRIMA_CONFIG_SHELF_H

#include "faults.h"
#include "lacrima/shelf.h"

#include <stdbool.h>
#include <stddef.h>

/* Escaped, a path's byte can become three. */
#define SHELF_VALUE_BYTES (3 * CONFIG_PATH_BYTES + 16)

void shelf_read_bytes(struct shelf *shelf, const char *bytes, size_t size, struct faults *faults);

/* The path that a value means: of a file:// address, beside this file, or in the home folder. */
bool shelf_path_from(char *path, size_t size, const char *file, const char *value,
                     struct error *error);

/* A path as a value that reads back as the same path, whatever bytes it holds. */
bool shelf_path_to(char *value, size_t size, const char *path);

/* Whether this stands in the file as it is. */
bool shelf_plain(const char *value);

#endif

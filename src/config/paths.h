#ifndef LACRIMA_CONFIG_PATHS_H
#define LACRIMA_CONFIG_PATHS_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The home folder without a slash at its end: $HOME if it is absolute, else what the user
 * database says.  False, with the reason, if there is none. */
bool paths_home(char *path, size_t size, struct error *error);

/* Appends to path; false, with the reason, if it becomes too long. */
bool paths_append(char *path, size_t size, const char *more, struct error *error);

#endif

/* Listed: the files and folders a config names, one a line. */
#ifndef LACRIMA_CONFIG_LISTED_H
#define LACRIMA_CONFIG_LISTED_H

#include "lacrima/base/error.h"
#include "lacrima/config.h"

#include <stdbool.h>
#include <stddef.h>

/* Adds a path: "~" is the home folder; one that does not begin with '/' is looked for beside the
 * config file.  False, with the reason, if it cannot be kept. */
bool listed_add(struct config_list *list, const char *file, const char *value, struct error *error);

/* The path itself, under the same rules. */
bool listed_path(char *path, size_t size, const char *file, const char *value, struct error *error);

void listed_finish(struct config_list *list);

#endif

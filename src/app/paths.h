/* Where Lacrima's own files lie. */
#ifndef LACRIMA_APP_PATHS_H
#define LACRIMA_APP_PATHS_H

#include <stdbool.h>
#include <stddef.h>

/* The folder `name` among the assets: beside the program as it was installed, else in the source
 * tree that it was built from, else where it was configured to be installed. */
void assets_path(char *path, size_t size, const char *name);

/* The folder of the folded letters: `given` (--data-dir) or, if that is NULL, the one among the
 * person's data.  False if there is no such place. */
bool letters_path(char *path, size_t size, const char *given);

#endif

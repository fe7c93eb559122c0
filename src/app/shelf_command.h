/* --shelf and --shelf-add: the person's shelf from the command line. */
#ifndef LACRIMA_APP_SHELF_COMMAND_H
#define LACRIMA_APP_SHELF_COMMAND_H

#include "options.h"

#include <stdio.h>

/* Both return the exit status, and say on standard error what went wrong. */
int shelf_list(const struct options *options, FILE *out);
int shelf_put(const struct options *options);

#endif

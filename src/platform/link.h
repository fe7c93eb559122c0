/* Link: what may be opened.  Pure. */
#ifndef LACRIMA_PLATFORM_LINK_H
#define LACRIMA_PLATFORM_LINK_H

#include "lacrima/base/error.h"

#include <stdbool.h>

bool link_is_allowed(const char *url, struct error *error);

#endif

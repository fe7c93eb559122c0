/* Loader: a shared library that is opened when it is first wanted and not when the program is
 * loaded, because it brings many others or may be missing.  Once open it stays. */
#ifndef LACRIMA_BASE_LOADER_H
#define LACRIMA_BASE_LOADER_H

#include <stdatomic.h>
#include <stddef.h>

struct loader_row {
    const char *name;
    void *function; /* where the pointer to it goes */
};

enum loaded {
    LOADED_NOT_YET, /* what a loader begins with, and no answer */
    LOADED,
    LOADED_ABSENT, /* there is no such library */
    LOADED_OTHER   /* it is of another age: `lacks` is not in it */
};

struct loader {
    const char *file; /* the version of its interface is in its name */
    const struct loader_row *rows;
    size_t count;
    /* The loader's own: */
    _Atomic enum loaded loaded;
    const char *lacks;
};

/* Whether all of its functions can be called.  It is looked for once, by whichever thread asks
 * first; the others wait. */
enum loaded loader_open(struct loader *loader);

#endif

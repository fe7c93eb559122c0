#include "mpv.h"

#ifdef LACRIMA_HAS_MPV

#include "lacrima/base/loader.h"

/* The major version of the interface is in its name. */
#define LIBRARY "libmpv.so.2"

const struct mpv_functions *mpv_functions(struct error *error)
{
    static struct mpv_functions found;
    static const struct loader_row rows[] = {
#define MPV_ROW(name) {"mpv_" #name, &found.name},
        MPV_FUNCTIONS(MPV_ROW)
#undef MPV_ROW
    };
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    switch (loader_open(&loader)) {
    case LOADED:
        return &found;
    case LOADED_OTHER:
        (void)error_set(error, "%s has no %s; a film needs libmpv 0.35 or later", LIBRARY,
                        loader.lacks);
        return NULL;
    case LOADED_ABSENT:
    case LOADED_NOT_YET:
        break;
    }
    (void)error_set(error, "a film needs libmpv, which is not here; on Debian: "
                           "apt install libmpv2");
    return NULL;
}

#else
typedef int nothing_here;
#endif

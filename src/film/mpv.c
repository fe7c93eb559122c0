#include "mpv.h"

#ifdef LACRIMA_HAS_MPV

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

/* The major version of the interface is in its name. */
#define LIBRARY "libmpv.so.2"

static struct mpv_functions found;

static bool find(void *library, const char *name, void *function, struct error *error)
{
    void *symbol = dlsym(library, name);
    if (symbol == NULL)
        return error_set(error, "%s has no %s; a film needs libmpv 0.35 or later", LIBRARY, name);
    /* ISO C knows no cast from an object's pointer to a function's. */
    memcpy(function, &symbol, sizeof symbol);
    return true;
}

static bool load(struct error *error)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return error_set(error, "a film needs libmpv, which is not here; on Debian: "
                                "apt install libmpv2");
#define MPV_ROW(name)                                                                              \
    if (!find(library, "mpv_" #name, &found.name, error))                                          \
        return false;
    MPV_FUNCTIONS(MPV_ROW)
#undef MPV_ROW
    return true;
}

const struct mpv_functions *mpv_functions(struct error *error)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static bool loaded;
    (void)pthread_mutex_lock(&mutex);
    loaded = loaded || load(error);
    bool fine = loaded;
    (void)pthread_mutex_unlock(&mutex);
    return fine ? &found : NULL;
}

#else
typedef int nothing_here;
#endif

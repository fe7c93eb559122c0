#include "lacrima/base/loader.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

/* ISO C knows no cast from an object's pointer to a function's. */
static enum loaded find_all(struct loader *loader)
{
    void *library = dlopen(loader->file, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return LOADED_ABSENT;
    for (size_t i = 0; i < loader->count; i++) {
        void *found = dlsym(library, loader->rows[i].name);
        memcpy(loader->rows[i].function, &found, sizeof found);
        if (found != NULL)
            continue;
        loader->lacks = loader->rows[i].name;
        return LOADED_OTHER;
    }
    return LOADED;
}

enum loaded loader_open(struct loader *loader)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    enum loaded loaded = atomic_load(&loader->loaded);
    if (loaded != LOADED_NOT_YET)
        return loaded;
    (void)pthread_mutex_lock(&mutex);
    loaded = atomic_load(&loader->loaded);
    if (loaded == LOADED_NOT_YET) {
        loaded = find_all(loader);
        atomic_store(&loader->loaded, loaded);
    }
    (void)pthread_mutex_unlock(&mutex);
    return loaded;
}

/* Preloaded, it hides the library HIDDEN from a program on a machine that has it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

typedef void *open_library(const char *name, int how);

void *dlopen(const char *name, int how)
{
    void *symbol = dlsym(RTLD_NEXT, "dlopen");
    open_library *real;
    memcpy(&real, &symbol, sizeof real);
    return name != NULL && strstr(name, HIDDEN) != NULL ? NULL : real(name, how);
}

#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool try_path(char *path, size_t size, const char *base, const char *name)
{
    int length = snprintf(path, size, "%s/%s", base, name);
    return length > 0 && (size_t)length < size && access(path, R_OK) == 0;
}

void assets_path(char *path, size_t size, const char *name)
{
    char beside[4096];
    ssize_t length = readlink("/proc/self/exe", beside, sizeof beside - 32);
    if (length > 0) {
        beside[length] = '\0';
        char *slash = strrchr(beside, '/');
        if (slash != NULL) {
            (void)strcpy(slash, "/../share/lacrima");
            if (try_path(path, size, beside, name))
                return;
        }
    }
    if (try_path(path, size, LACRIMA_SOURCE_ASSETS, name))
        return;
    (void)try_path(path, size, LACRIMA_INSTALL_ASSETS, name);
}

bool letters_path(char *path, size_t size, const char *given)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    int length = -1;
    if (given != NULL)
        length = snprintf(path, size, "%s", given);
    else if (data != NULL && data[0] == '/')
        length = snprintf(path, size, "%s/lacrima", data);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, size, "%s/.local/share/lacrima", home);
    return length > 0 && (size_t)length < size;
}

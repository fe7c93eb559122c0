#include "paths.h"

#include "lacrima/base/text.h"
#include "lacrima/config.h"

#include <stdio.h>
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
    if (given != NULL)
        return given[0] != '\0' && text_copy(path, size, given);
    return config_letters_path(path, size, NULL);
}

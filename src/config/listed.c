#include "listed.h"

#include "lacrima/base/text.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>

static bool in_home(const char *value)
{
    return value[0] == '~' && (value[1] == '\0' || value[1] == '/');
}

/* The folder part of the config file's path, with its slash; "" if it has none. */
static bool folder_of(const char *file, char *folder, size_t size, struct error *error)
{
    const char *slash = strrchr(file, '/');
    size_t length = slash != NULL ? (size_t)(slash - file) + 1 : 0;
    if (length >= size)
        return error_set(error, "the path is too long");
    memcpy(folder, file, length);
    folder[length] = '\0';
    return true;
}

bool listed_path(char *path, size_t size, const char *file, const char *value, struct error *error)
{
    path[0] = '\0';
    if (*value == '\0')
        return error_set(error, "no path is given");
    if (in_home(value)) {
        if (!paths_home(path, size, error))
            return false;
        value++;
    } else if (*value != '/' && !folder_of(file, path, size, error)) {
        return false;
    }
    return paths_append(path, size, value, error);
}

bool listed_add(struct config_list *list, const char *file, const char *value, struct error *error)
{
    char path[CONFIG_PATH_BYTES];
    if (!listed_path(path, sizeof path, file, value, error))
        return false;
    if (list->count == CONFIG_PATHS_MAX)
        return error_set(error, "there is room for %d paths only", CONFIG_PATHS_MAX);
    char *kept = malloc(strlen(path) + 1);
    if (kept == NULL)
        return error_set(error, "out of memory");
    strcpy(kept, path);
    list->paths[list->count++] = kept;
    return true;
}

void listed_finish(struct config_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->paths[i]);
    list->count = 0;
}

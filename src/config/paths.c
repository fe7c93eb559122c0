#include "paths.h"

#include "file.h"
#include "lacrima/base/text.h"
#include "lacrima/config.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

bool paths_append(char *path, size_t size, const char *more, struct error *error)
{
    return text_append(path, size, more) || error_set(error, "the path is too long");
}

static bool absolute(const char *path)
{
    return path != NULL && path[0] == '/';
}

bool paths_home(char *path, size_t size, struct error *error)
{
    const char *home = getenv("HOME");
    if (!absolute(home)) {
        const struct passwd *user = getpwuid(getuid());
        home = user != NULL ? user->pw_dir : NULL;
    }
    if (!absolute(home))
        return error_set(error, "there is no home folder: HOME is not set, and the system's list "
                                "of users names none");
    path[0] = '\0';
    if (!paths_append(path, size, home, error))
        return false;
    for (size_t length = strlen(path); length > 1 && path[length - 1] == '/'; length--)
        path[length - 1] = '\0';
    return true;
}

/* The value of an XDG variable, or home/fallback: a relative one is no valid one and, by the
 * base directory specification, counts as not set. */
static bool xdg_folder(const char *variable, const char *fallback, char *path, size_t size,
                       struct error *error)
{
    const char *value = getenv(variable);
    path[0] = '\0';
    if (absolute(value))
        return paths_append(path, size, value, error);
    return paths_home(path, size, error) && paths_append(path, size, fallback, error);
}

bool config_default_path(char *path, size_t size, struct error *error)
{
    return xdg_folder("XDG_CONFIG_HOME", "/.config", path, size, error) &&
           paths_append(path, size, "/lacrima/lacrima.ini", error);
}

bool config_state_path(char *path, size_t size, struct error *error)
{
    return xdg_folder("XDG_STATE_HOME", "/.local/state", path, size, error) &&
           paths_append(path, size, "/lacrima/state.ini", error);
}

bool config_places_path(char *path, size_t size, struct error *error)
{
    return xdg_folder("XDG_STATE_HOME", "/.local/state", path, size, error) &&
           paths_append(path, size, "/lacrima/places", error);
}

bool config_heard_path(char *path, size_t size, struct error *error)
{
    return xdg_folder("XDG_STATE_HOME", "/.local/state", path, size, error) &&
           paths_append(path, size, "/lacrima/heard", error);
}

bool config_letters_path(char *path, size_t size, struct error *error)
{
    return xdg_folder("XDG_DATA_HOME", "/.local/share", path, size, error) &&
           paths_append(path, size, "/lacrima", error);
}

bool config_about_path(char *path, size_t size, struct error *error)
{
    return xdg_folder("XDG_STATE_HOME", "/.local/state", path, size, error) &&
           paths_append(path, size, "/lacrima/about-you.ini", error);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The text between the quotes that value begins with, its backslashes taken out. */
static bool read_quoted(const char *value, char *text, size_t size)
{
    size_t used = 0;
    if (*value++ != '"')
        return false;
    for (; *value != '"'; value++) {
        if (*value == '\\')
            value++;
        if (*value == '\0' || *value == '\n' || used + 1 >= size)
            return false;
        text[used++] = *value;
    }
    text[used] = '\0';
    return true;
}

/* Reads one line of user-dirs.dirs; true if it names the music folder. */
static bool read_user_dir(const char *line, const char *home, char *path, size_t size)
{
    static const char name[] = "XDG_MUSIC_DIR=";
    static const char home_word[] = "$HOME";
    char value[CONFIG_PATH_BYTES];
    line += strspn(line, " \t");
    if (strncmp(line, name, sizeof name - 1) != 0 ||
        !read_quoted(line + sizeof name - 1, value, sizeof value))
        return false;
    if (value[0] == '/')
        return text_copy(path, size, value);
    size_t skip = sizeof home_word - 1;
    return strncmp(value, home_word, skip) == 0 && (value[skip] == '/' || value[skip] == '\0') &&
           text_copy(path, size, home) && text_append(path, size, value + skip);
}

/* What user-dirs.dirs says; false if it says nothing. */
static bool user_music_folder(const char *home, char *path, size_t size)
{
    char file[CONFIG_PATH_BYTES];
    if (!xdg_folder("XDG_CONFIG_HOME", "/.config", file, sizeof file, NULL) ||
        !paths_append(file, sizeof file, "/user-dirs.dirs", NULL))
        return false;
    char *bytes = NULL;
    size_t bytes_size = 0;
    if (file_read(file, &bytes, &bytes_size, NULL) != FILE_READ)
        return false;
    bool found = false;
    for (const char *line = bytes; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        found = read_user_dir(line, home, path, size) || found;
    }
    free(bytes);
    return found;
}

bool config_music_folder(char *path, size_t size)
{
    char home[CONFIG_PATH_BYTES];
    if (!paths_home(home, sizeof home, NULL))
        return false;
    if (user_music_folder(home, path, size)) {
        size_t length = strlen(path);
        while (length > 1 && path[length - 1] == '/')
            path[--length] = '\0';
        /* The home folder itself is how that file says "none". */
        return !text_equal(path, home) && is_folder(path);
    }
    return text_copy(path, size, home) && text_append(path, size, "/Music") && is_folder(path);
}

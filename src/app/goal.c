#include "goal.h"

#include "library.h"

#include "lacrima/audio.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "lacrima/reading.h"

#include <errno.h>
#include <libintl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of music has folders of its own: by whom, and from which record. */
#define MUSIC_LEVELS 3

static enum goal cannot(struct error *error, const char *path)
{
    (void)error_set(error, gettext("%s: cannot be read: %s"), path, strerror(errno));
    return GOAL_NONE;
}

static bool is_text(const char *path, struct error *error)
{
    struct reading *reading = NULL;
    if (!reading_open(&reading, path, NULL, NULL, error))
        return false;
    reading_close(&reading);
    return true;
}

/* A record comes with pictures of its cover, so a folder with music in it is music. */
static enum goal goal_of_folder(const char *path, struct error *error)
{
    enum library_kind kind;
    if (access(path, R_OK | X_OK) != 0)
        return cannot(error, path);
    if (audio_finds_music(path, 0))
        return GOAL_MUSIC;
    if (library_kind_of(path, &kind))
        return GOAL_PICTURES;
    if (audio_finds_music(path, MUSIC_LEVELS))
        return GOAL_MUSIC;
    (void)error_set(error, gettext("%s: there is neither music nor a picture in it"), path);
    return GOAL_NONE;
}

enum goal goal_of(const char *path, struct error *error)
{
    struct stat status;
    enum library_kind kind;
    if (stat(path, &status) != 0)
        return cannot(error, path);
    if (S_ISDIR(status.st_mode))
        return goal_of_folder(path, error);
    if (S_ISREG(status.st_mode) && access(path, R_OK) != 0)
        return cannot(error, path);
    bool named = library_kind_of(path, &kind);
    if (S_ISREG(status.st_mode) && named && kind == LIBRARY_PHOTOS)
        return GOAL_PICTURES;
    if (S_ISREG(status.st_mode) && named && kind == LIBRARY_FILM)
        return GOAL_FILM;
    if (audio_finds_music(path, 0))
        return GOAL_MUSIC;
    if (is_text(path, error))
        return GOAL_TEXT;
    if (!named)
        (void)error_set(error, gettext("%s: is no music, text, picture or film that can be opened"),
                        path);
    return GOAL_NONE;
}

enum shelf_kind goal_shelf_kind(enum goal goal)
{
    switch (goal) {
    case GOAL_MUSIC:
        return SHELF_SONG;
    case GOAL_TEXT:
        return SHELF_TEXT;
    case GOAL_PICTURES:
        return SHELF_PHOTOGRAPHS;
    case GOAL_FILM:
        return SHELF_FILM;
    case GOAL_NONE:
        break;
    }
    check(false);
    return SHELF_SONG;
}

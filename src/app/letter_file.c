/* A letter as a plain text file: claimed as a new one, then replaced whole, so that at any moment
 * there is one whole text on the disk.  Each text goes there on a thread of its own, one at a time,
 * so that no frame waits for the disk. */
#include "letter_inner.h"
#include "whole_file.h"

#include "lacrima/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWN_MODE 0600

/* "~" and what begins nowhere lie in the home folder. */
static bool whole_path(char *path, size_t size, const char *text, size_t length)
{
    const char *home = getenv("HOME");
    if (length == 0 || memchr(text, '\0', length) != NULL)
        return false;
    path[0] = '\0';
    if (text[0] != '/') {
        size_t skip = length > 1 && text[0] == '~' && text[1] == '/' ? 2 : 0;
        text += skip;
        length -= skip;
        if (home == NULL || home[0] != '/' || snprintf(path, size, "%s/", home) >= (int)size)
            return false;
    }
    size_t at = strlen(path);
    if (length == 0 || at + length >= size)
        return false;
    memcpy(path + at, text, length);
    path[at + length] = '\0';
    return true;
}

enum letter_trouble letter_file_claim(struct letter *letter, const char *text, size_t length)
{
    struct letter_file *file = &letter->file;
    struct stat there;
    struct error error;
    char path[CONFIG_PATH_BYTES];
    if (!whole_path(path, sizeof path, text, length))
        return LETTER_TROUBLE_EMPTY;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, OWN_MODE);
    if (fd < 0 && errno == EEXIST)
        return LETTER_TROUBLE_THERE;
    if (fd < 0 || fchmod(fd, OWN_MODE) != 0 || fstat(fd, &there) != 0) {
        (void)error_set(&error, "%s: %s", path, strerror(errno));
        letter_say(letter, error.text);
        if (fd >= 0)
            (void)close(fd);
        return LETTER_TROUBLE_IMPOSSIBLE;
    }
    (void)close(fd);
    (void)text_copy(file->path, sizeof file->path, path);
    file->device = there.st_dev;
    file->node = there.st_ino;
    file->swept = false;
    return LETTER_TROUBLE_NONE;
}

/* Whether what lies there is the file that was claimed, or nothing at all. */
static bool is_own(const struct letter_file *file)
{
    struct stat there;
    if (lstat(file->path, &there) != 0)
        return errno == ENOENT;
    return there.st_dev == file->device && there.st_ino == file->node;
}

/* A text on its way.  The thread has this to itself until `done`. */
struct letter_filing {
    struct letter_file file; /* a copy of the letter's own */
    char *text;              /* owned, locked memory */
    size_t length;
    bool fine;
    struct error error;
    pthread_t thread;
    bool started;
    atomic_bool done;
    void (*wake)(void *user);
    void *wake_user;
};

static bool replace(struct letter_file *file, const char *text, size_t length, struct error *error)
{
    struct stat there;
    if (!is_own(file))
        return error_set(error,
                         gettext("%s: another program has put a file there; it stays as it is"),
                         file->path);
    if (!whole_file_put(file->path, text, length, &there, error))
        return false;
    if (!file->swept)
        whole_file_sweep(file->path);
    file->swept = true;
    file->device = there.st_dev;
    file->node = there.st_ino;
    return true;
}

static void *file_it(void *user)
{
    struct letter_filing *filing = user;
    void (*wake)(void *) = filing->wake;
    void *wake_user = filing->wake_user;
    filing->fine = replace(&filing->file, filing->text, filing->length, &filing->error);
    /* From here on it may be gone. */
    atomic_store(&filing->done, true);
    if (wake != NULL)
        wake(wake_user);
    return NULL;
}

bool letter_file_begin(struct letter *letter, const char *text, size_t length, struct error *error)
{
    struct letter_filing *filing = calloc(1, sizeof *filing);
    char *copy = sodium_malloc(length + 1);
    if (filing == NULL || copy == NULL) {
        free(filing);
        sodium_free(copy);
        return error_set(error, gettext("There is not enough memory for a letter now."));
    }
    memcpy(copy, text, length);
    filing->file = letter->file;
    filing->text = copy;
    filing->length = length;
    filing->wake = letter->params.wake;
    filing->wake_user = letter->params.wake_user;
    letter->filing = filing;
    filing->started = pthread_create(&filing->thread, NULL, file_it, filing) == 0;
    if (!filing->started)
        (void)file_it(filing);
    return true;
}

enum letter_filed letter_file_end(struct letter *letter, bool wait, struct error *error)
{
    struct letter_filing *filing = letter->filing;
    if (filing == NULL)
        return LETTER_FILED_NOTHING;
    if (!wait && !atomic_load(&filing->done))
        return LETTER_FILED_NOT_YET;
    if (filing->started)
        (void)pthread_join(filing->thread, NULL);
    bool fine = filing->fine;
    letter->filing = NULL;
    letter->file = filing->file;
    *error = filing->error;
    sodium_free(filing->text);
    free(filing);
    return fine ? LETTER_FILED : LETTER_FILED_NOT;
}

void letter_file_drop(struct letter_file *file)
{
    struct stat there;
    if (file->path[0] != '\0' && is_own(file) && lstat(file->path, &there) == 0 &&
        there.st_size == 0)
        (void)unlink(file->path);
    file->path[0] = '\0';
}

#include "finder.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_ENTRIES 512 /* between two looks at whether to stop */
#define SAID_MAX      8   /* folders that cannot be read are said; more of them than this are not */
#define SAID_BYTES    256

struct said {
    char *path; /* owned */
    char what[SAID_BYTES];
};

struct finder {
    pthread_t thread;
    pthread_mutex_t mutex;
    atomic_bool stop;
    void (*wake)(void *user);
    void *wake_user;
    struct playlist own; /* the thread's */
    size_t handed;       /* of its tracks, so many are no longer its own */
    /* Under the mutex: */
    char **found;
    size_t count, room, taken;
    struct said said[SAID_MAX];
    size_t said_count;
    bool done;
};

static void keep_said(void *user, const char *path, const char *what)
{
    struct finder *finder = user;
    (void)pthread_mutex_lock(&finder->mutex);
    char *copy = finder->said_count < SAID_MAX ? strdup(path) : NULL;
    if (copy != NULL) {
        struct said *said = &finder->said[finder->said_count++];
        said->path = copy;
        (void)snprintf(said->what, sizeof said->what, "%s", what);
    }
    (void)pthread_mutex_unlock(&finder->mutex);
}

/* Hands over what the last batch has found; without memory for it, that is left out. */
static void hand_over(struct finder *finder, bool done)
{
    struct playlist *own = &finder->own;
    (void)pthread_mutex_lock(&finder->mutex);
    bool waited = finder->taken == finder->count && own->count > finder->handed;
    for (; finder->handed < own->count; finder->handed++) {
        if (finder->count == finder->room) {
            size_t room = finder->room > 0 ? 2 * finder->room : BATCH_ENTRIES;
            char **more = realloc(finder->found, room * sizeof *more);
            if (more == NULL)
                break;
            finder->found = more;
            finder->room = room;
        }
        finder->found[finder->count++] = own->tracks[finder->handed].path;
        own->tracks[finder->handed].path = NULL;
    }
    finder->done = done;
    (void)pthread_mutex_unlock(&finder->mutex);
    if ((waited || done) && finder->wake != NULL)
        finder->wake(finder->wake_user);
}

static void *thread_main(void *user)
{
    struct finder *finder = user;
    bool done = false;
    while (!done && !atomic_load(&finder->stop)) {
        done = playlist_read(&finder->own, BATCH_ENTRIES);
        hand_over(finder, done);
    }
    return NULL;
}

static void destroy(struct finder *finder)
{
    playlist_clear(&finder->own);
    for (size_t i = finder->taken; i < finder->count; i++)
        free(finder->found[i]);
    for (size_t i = 0; i < finder->said_count; i++)
        free(finder->said[i].path);
    free(finder->found);
    (void)pthread_mutex_destroy(&finder->mutex);
    free(finder);
}

struct finder *finder_start(const struct playlist *list, const char *folder)
{
    struct finder *finder = calloc(1, sizeof *finder);
    if (finder == NULL)
        return NULL;
    finder->wake = list->wake;
    finder->wake_user = list->wake_user;
    finder->own = (struct playlist){.accepts = list->accepts, .say = keep_said, .say_user = finder};
    (void)pthread_mutex_init(&finder->mutex, NULL);
    if (playlist_add(&finder->own, folder, true) &&
        pthread_create(&finder->thread, NULL, thread_main, finder) == 0)
        return finder;
    destroy(finder);
    return NULL;
}

static void say(struct finder *finder, const struct playlist *list)
{
    for (size_t i = 0; i < finder->said_count; i++) {
        if (list->say != NULL)
            list->say(list->say_user, finder->said[i].path, finder->said[i].what);
        free(finder->said[i].path);
    }
    finder->said_count = 0;
}

bool finder_take(struct finder *finder, struct playlist *list, size_t most, size_t *taken)
{
    *taken = 0;
    (void)pthread_mutex_lock(&finder->mutex);
    say(finder, list);
    while (finder->taken < finder->count && *taken < most) {
        playlist_append(list, finder->found[finder->taken++], false);
        ++*taken;
    }
    bool all = finder->done && finder->taken == finder->count;
    (void)pthread_mutex_unlock(&finder->mutex);
    return all;
}

void finder_stop(struct finder **finder)
{
    if (*finder == NULL)
        return;
    atomic_store(&(*finder)->stop, true);
    (void)pthread_join((*finder)->thread, NULL);
    destroy(*finder);
    *finder = NULL;
}

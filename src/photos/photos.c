#include "lacrima/photos.h"

#include "folder.h"
#include "lacrima/base/text.h"
#include "picture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define TITLE_BYTES 160
#define PATH_BYTES  4096

/* One file on its way.  The thread takes the path when `asked`, and gives the rest when `done`. */
struct errand {
    bool asked, done, fine;
    char *path; /* owned by who works on it */
    int width, height;
    struct photos_picture picture;
    struct error error;
};

struct photos {
    struct photos_params params;
    struct folder folder; /* the thread's until it is listed */
    bool listed;          /* under the mutex, until it is seen to be so: */
    bool ready;           /* its names can be used */
    bool empty;           /* there are none, for this reason: */
    struct error why;
    char title[TITLE_BYTES];
    bool asks; /* something was asked for before it was ready: */
    int step;
    size_t index;          /* the picture that was asked for, */
    bool back;             /* coming from the one after it, */
    int width, height;     /* for a room of this size, px */
    bool waits;            /* an answer is due: */
    enum photos_news news; /* this one, or NONE: the errand's */
    struct photos_picture shown;
    bool has_thread;
    atomic_bool stop;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct errand errand;
};

static void work(struct errand *errand)
{
    errand->fine =
        picture_read(&errand->picture, errand->path, errand->width, errand->height, &errand->error);
}

/* A folder of any size is read without anybody waiting for it. */
static void list(struct photos *photos)
{
    struct error error;
    bool empty = !folder_read(&photos->folder, &photos->stop, &error);
    (void)pthread_mutex_lock(&photos->mutex);
    photos->empty = empty;
    if (empty)
        photos->why = error;
    photos->listed = true;
    (void)pthread_mutex_unlock(&photos->mutex);
}

static void wake(const struct photos *photos)
{
    if (photos->params.wake != NULL)
        photos->params.wake(photos->params.wake_user);
}

/* The errand is the thread's while it is neither asked nor done. */
static void *thread_main(void *user)
{
    struct photos *photos = user;
    if (!photos->ready) {
        list(photos);
        wake(photos);
    }
    (void)pthread_mutex_lock(&photos->mutex);
    while (!atomic_load(&photos->stop)) {
        if (!photos->errand.asked) {
            (void)pthread_cond_wait(&photos->changed, &photos->mutex);
            continue;
        }
        photos->errand.asked = false;
        struct errand errand = photos->errand;
        photos->errand.path = NULL;
        (void)pthread_mutex_unlock(&photos->mutex);
        work(&errand);
        free(errand.path);
        (void)pthread_mutex_lock(&photos->mutex);
        /* Something else has been asked for meanwhile, or nothing is wanted any more. */
        if (photos->errand.asked || atomic_load(&photos->stop)) {
            free(errand.picture.rgba);
            continue;
        }
        errand.path = NULL;
        errand.done = true;
        photos->errand = errand;
        wake(photos);
    }
    (void)pthread_mutex_unlock(&photos->mutex);
    return NULL;
}

static void take_title(struct photos *photos, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    size_t from = length;
    while (from > 0 && path[from - 1] != '/')
        from--;
    length -= from;
    char name[TITLE_BYTES];
    length = length < sizeof name ? length : sizeof name - 1;
    memcpy(name, path + from, length);
    name[length] = '\0';
    (void)text_copy(photos->title, sizeof photos->title, name);
}

/* Without a thread to be had, as offline. */
static void start_thread(struct photos *photos)
{
    if (photos->params.offline || photos->has_thread)
        return;
    photos->has_thread = pthread_create(&photos->thread, NULL, thread_main, photos) == 0;
}

bool photos_open(struct photos **photos, const char *path, const struct photos_params *params,
                 struct error *error)
{
    *photos = NULL;
    struct photos *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, "%s: out of memory", path);
    made->params = *params;
    bool is_folder = false;
    if (!folder_open(&made->folder, path, &is_folder, error)) {
        folder_finish(&made->folder);
        free(made);
        return false;
    }
    made->ready = !is_folder;
    take_title(made, path);
    (void)pthread_mutex_init(&made->mutex, NULL);
    (void)pthread_cond_init(&made->changed, NULL);
    start_thread(made);
    *photos = made;
    return true;
}

const char *photos_title(const struct photos *photos)
{
    return photos->title;
}

static void send(struct photos *photos)
{
    char *kept = malloc(PATH_BYTES);
    /* One that is too long is cut, cannot be read, and so is said and left out. */
    if (kept != NULL)
        (void)folder_path(&photos->folder, photos->index, kept, PATH_BYTES);
    photos->news = kept != NULL ? PHOTOS_NONE : PHOTOS_END;
    if (kept == NULL)
        return;
    (void)pthread_mutex_lock(&photos->mutex);
    free(photos->errand.path);
    free(photos->errand.picture.rgba);
    photos->errand = (struct errand){
        .asked = true, .path = kept, .width = photos->width, .height = photos->height};
    (void)pthread_cond_signal(&photos->changed);
    (void)pthread_mutex_unlock(&photos->mutex);
}

static void ask(struct photos *photos, bool there, enum photos_news none)
{
    photos->news = none;
    if (there)
        send(photos);
}

/* Whether the names are there; without a thread they are read now. */
static bool is_ready(struct photos *photos)
{
    if (photos->ready)
        return true;
    if (!photos->has_thread)
        list(photos);
    (void)pthread_mutex_lock(&photos->mutex);
    photos->ready = photos->listed;
    (void)pthread_mutex_unlock(&photos->mutex);
    if (photos->ready && photos->empty && photos->params.say != NULL)
        photos->params.say(photos->params.say_user, photos->why.text);
    return photos->ready;
}

static void step_on(struct photos *photos, int step)
{
    size_t count = photos->folder.count;
    photos->back = step < 0;
    bool there = step < 0 ? photos->index > 0 && count > 0
                          : count > 0 && (step == 0 || photos->index + 1 < count);
    if (there)
        photos->index = step == 0 ? 0 : step < 0 ? photos->index - 1 : photos->index + 1;
    ask(photos, there, step < 0 ? PHOTOS_BEGIN : PHOTOS_END);
}

void photos_ask(struct photos *photos, int step, int width_px, int height_px)
{
    photos->waits = true;
    photos->width = width_px;
    photos->height = height_px;
    photos->asks = !is_ready(photos);
    photos->step = step;
    if (!photos->asks)
        step_on(photos, step);
}

/* The one that cannot be read is left out; the next in the same direction is asked for. */
static void go_on(struct photos *photos)
{
    folder_remove(&photos->folder, photos->index);
    size_t count = photos->folder.count;
    bool there = photos->back ? photos->index > 0 : photos->index < count;
    if (photos->index > 0 && (photos->back || !there))
        photos->index--;
    ask(photos, there && count > 0, photos->back ? PHOTOS_BEGIN : PHOTOS_END);
}

/* Takes the errand if it is done; without a thread it is done now. */
static bool take(struct photos *photos, struct errand *errand)
{
    (void)pthread_mutex_lock(&photos->mutex);
    if (photos->errand.asked && !photos->has_thread) {
        photos->errand.asked = false;
        work(&photos->errand);
        photos->errand.done = true;
    }
    *errand = photos->errand;
    if (errand->done)
        photos->errand = (struct errand){0};
    (void)pthread_mutex_unlock(&photos->mutex);
    return errand->done;
}

enum photos_news photos_poll(struct photos *photos, struct photos_picture *picture)
{
    struct errand errand;
    free(photos->shown.rgba);
    photos->shown = (struct photos_picture){0};
    if (photos->asks && !is_ready(photos))
        return PHOTOS_NONE;
    if (photos->asks)
        step_on(photos, photos->step);
    photos->asks = false;
    while (photos->waits && photos->news == PHOTOS_NONE) {
        if (!take(photos, &errand))
            return PHOTOS_NONE;
        free(errand.path);
        if (errand.fine) {
            photos->waits = false;
            photos->shown = errand.picture;
            *picture = errand.picture;
            return PHOTOS_PICTURE;
        }
        if (photos->params.say != NULL)
            photos->params.say(photos->params.say_user, errand.error.text);
        go_on(photos);
    }
    if (!photos->waits)
        return PHOTOS_NONE;
    photos->waits = false;
    return photos->news;
}

bool photos_waits(const struct photos *photos)
{
    return photos->asks && !photos->ready;
}

void photos_close(struct photos **photos)
{
    if (photos == NULL || *photos == NULL)
        return;
    struct photos *p = *photos;
    (void)pthread_mutex_lock(&p->mutex);
    atomic_store(&p->stop, true);
    (void)pthread_cond_signal(&p->changed);
    (void)pthread_mutex_unlock(&p->mutex);
    if (p->has_thread)
        (void)pthread_join(p->thread, NULL);
    (void)pthread_mutex_destroy(&p->mutex);
    (void)pthread_cond_destroy(&p->changed);
    free(p->errand.path);
    free(p->errand.picture.rgba);
    free(p->shown.rgba);
    folder_finish(&p->folder);
    free(p);
    *photos = NULL;
}

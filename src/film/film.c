#include "lacrima/film.h"

#include "lacrima/base/text.h"
#include "player.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TITLE_BYTES 160
#define PATH_BYTES  4096
#define PIXEL_BYTES 4
/* What libmpv draws fastest into. */
#define ALIGNED_TO 64
/* One is drawn into, one waits to be shown, one is shown. */
#define PICTURES 3

struct picture {
    uint8_t *rgba;
    size_t size;
    int width, height;
};

struct film {
    struct film_params params;
    char *path;
    char title[TITLE_BYTES];
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* From here to the blank line: for both sides, with the mutex. */
    struct wants wants;
    bool kicked, leave, gone, again;
    bool ready; /* pictures[waiting] is newer than what is shown */
    bool ended, failed;
    struct error error;
    int64_t place_ms;
    unsigned shown, waiting, drawn;

    struct picture pictures[PICTURES]; /* drawn's is the thread's, the others are not */
    /* Offline. */
    struct player *player;
    time_ns played_since; /* TIME_NEVER: it stands */
    int64_t played_ms;    /* before that */
    bool end_said;
};

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t end = strlen(ending);
    return length > end && text_equal_nocase(name + length - end, ending);
}

bool film_is_film(const char *name)
{
    static const char *const endings[] = {".mp4", ".m4v", ".mkv",  ".webm", ".mov",
                                          ".avi", ".mpg", ".mpeg", ".ogv",  ".wmv",
                                          ".flv", ".mts", ".m2ts", ".vob",  ".3gp"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (ends_with(name, endings[i]))
            return true;
    }
    return false;
}

static void take_title(struct film *film, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    (void)text_copy(film->title, sizeof film->title, name);
    char *dot = strrchr(film->title, '.');
    if (dot != NULL && dot != film->title)
        *dot = '\0';
}

static bool draw(struct film *film, struct player *player, const struct wants *wants)
{
    struct picture *picture = &film->pictures[film->drawn];
    int width = 0;
    int height = 0;
    if (!player_size(player, wants, &width, &height))
        return false;
    size_t size = (size_t)width * (size_t)height * PIXEL_BYTES;
    size = (size + ALIGNED_TO - 1) / ALIGNED_TO * ALIGNED_TO;
    if (size > picture->size) {
        free(picture->rgba);
        picture->rgba = aligned_alloc(ALIGNED_TO, size);
        picture->size = picture->rgba != NULL ? size : 0;
    }
    if (picture->rgba == NULL)
        return false;
    picture->width = width;
    picture->height = height;
    return player_draw(player, picture->rgba, width, height);
}

/* What was drawn waits to be shown; what waited before is drawn over next. */
static void publish(struct film *film)
{
    unsigned old = film->waiting;
    film->waiting = film->drawn;
    film->drawn = old;
    film->ready = true;
}

static void tell(struct film *film)
{
    if (film->params.wake != NULL)
        film->params.wake(film->params.wake_user);
}

static void kick(void *user)
{
    struct film *film = user;
    (void)pthread_mutex_lock(&film->mutex);
    film->kicked = true;
    (void)pthread_cond_signal(&film->changed);
    (void)pthread_mutex_unlock(&film->mutex);
}

/* Waits until something has happened, or for so long.  The mutex is held. */
static void rest(struct film *film, time_ns length)
{
    if (length == TIME_NEVER) {
        while (!film->kicked && !film->leave)
            (void)pthread_cond_wait(&film->changed, &film->mutex);
    } else if (!film->kicked && !film->leave) {
        struct timespec until;
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        time_ns at = (time_ns)until.tv_nsec + length;
        until.tv_sec += (time_t)(at / NS_PER_S);
        until.tv_nsec = (long)(at % NS_PER_S);
        (void)pthread_cond_timedwait(&film->changed, &film->mutex, &until);
    }
    film->kicked = false;
}

static void trouble(struct film *film, const struct error *error)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->failed = true;
    film->error = *error;
    (void)pthread_mutex_unlock(&film->mutex);
    tell(film);
}

/* Looks at what has happened and draws.  True: somebody should hear of it. */
static bool look(struct film *film, struct player *player, const struct wants *wants, bool again,
                 struct error *error)
{
    struct seen seen = player_look(player, error);
    again = again && seen.stands;
    bool drew = (seen.picture || again) && draw(film, player, wants);
    (void)pthread_mutex_lock(&film->mutex);
    if (drew)
        publish(film);
    film->again = film->again || ((again || seen.picture) && !drew);
    film->ended = film->ended || seen.ended;
    film->place_ms = player_place_ms(player);
    if (seen.failed) {
        film->failed = true;
        film->error = *error;
    }
    (void)pthread_mutex_unlock(&film->mutex);
    return drew || seen.ended || seen.failed;
}

static void play(struct film *film, struct player *player)
{
    struct error error;
    (void)pthread_mutex_lock(&film->mutex);
    while (!film->leave && !film->failed) {
        struct wants wants = film->wants;
        bool again = film->again;
        film->again = false;
        film->wants.skip_s = 0;
        (void)pthread_mutex_unlock(&film->mutex);
        time_ns length = player_follow(player, &wants);
        if (look(film, player, &wants, again, &error))
            tell(film);
        (void)pthread_mutex_lock(&film->mutex);
        rest(film, length);
    }
    (void)pthread_mutex_unlock(&film->mutex);
}

static bool draw_offline(void *user)
{
    struct film *film = user;
    if (!draw(film, film->player, &film->wants))
        return false;
    publish(film);
    return true;
}

static struct player_params player_params(struct film *film)
{
    return (struct player_params){.path = film->path,
                                  .offline = film->params.offline,
                                  .mute = film->params.mute,
                                  .from_ms = film->params.from_ms,
                                  .to_ms = film->params.to_ms,
                                  .kick = kick,
                                  .draw = draw_offline,
                                  .user = film};
}

static void *thread_main(void *user)
{
    struct film *film = user;
    struct player *player = NULL;
    struct error error;
    struct player_params params = player_params(film);
    if (player_open(&player, &params, &error))
        play(film, player);
    else
        trouble(film, &error);
    player_close(player);
    (void)pthread_mutex_lock(&film->mutex);
    film->gone = true;
    (void)pthread_mutex_unlock(&film->mutex);
    tell(film);
    return NULL;
}

/* A clock that nobody sets decides how long a wait is. */
static void make_condition(pthread_cond_t *condition)
{
    pthread_condattr_t how;
    (void)pthread_condattr_init(&how);
    (void)pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
    (void)pthread_cond_init(condition, &how);
    (void)pthread_condattr_destroy(&how);
}

static bool can_be_read(const char *path, struct error *error)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return error_set(error, "%s: %s", path, strerror(errno));
    bool fine = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    (void)close(file);
    return fine || error_set(error, "%s: no film is in it", path);
}

/* A path that begins with a slash is no address of a network and no other name that libmpv has for
 * things, whatever the file is called.  NULL without memory, or where there is no folder to be in.
 */
static char *whole_path(const char *path)
{
    char folder[PATH_BYTES] = "";
    if (path[0] != '/' && getcwd(folder, sizeof folder) == NULL)
        return NULL;
    size_t size = strlen(folder) + strlen(path) + 2;
    char *whole = malloc(size);
    if (whole != NULL)
        (void)snprintf(whole, size, "%s%s%s", folder, path[0] != '/' ? "/" : "", path);
    return whole;
}

bool film_open(struct film **out, const char *path, const struct film_params *params,
               struct error *error)
{
    *out = NULL;
    if (!can_be_read(path, error))
        return false;
    struct film *film = calloc(1, sizeof *film);
    if (film == NULL)
        return error_set(error, "%s: out of memory", path);
    film->params = *params;
    film->path = whole_path(path);
    film->waiting = 1;
    film->drawn = 2;
    film->played_since = TIME_NEVER;
    film->place_ms = params->from_ms > 0 ? params->from_ms : 0;
    film->played_ms = film->place_ms;
    film->wants =
        (struct wants){.volume_percent = params->volume_percent, .subtitles = params->subtitles};
    take_title(film, path);
    (void)pthread_mutex_init(&film->mutex, NULL);
    make_condition(&film->changed);
    *out = film;
    if (film->path != NULL && !params->offline)
        film->has_thread = pthread_create(&film->thread, NULL, thread_main, film) == 0;
    if (film->path != NULL && (params->offline || film->has_thread))
        return true;
    film_close(out);
    return error_set(error, "%s: out of memory", path);
}

const char *film_title(const struct film *film)
{
    return film->title;
}

void film_room(struct film *film, int width_px, int height_px)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->wants.width = width_px;
    film->wants.height = height_px;
    (void)pthread_mutex_unlock(&film->mutex);
    film_again(film);
}

static void set_playing(struct film *film, bool on)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->wants.play = on;
    (void)pthread_mutex_unlock(&film->mutex);
    kick(film);
}

static int64_t played_ms(const struct film *film, time_ns now)
{
    if (film->played_since == TIME_NEVER)
        return film->played_ms;
    return film->played_ms + (now - film->played_since) / NS_PER_MS;
}

void film_play(struct film *film, time_ns at)
{
    if (film->played_since == TIME_NEVER)
        film->played_since = at;
    set_playing(film, true);
}

void film_hold(struct film *film, time_ns at)
{
    film->played_ms = played_ms(film, at);
    film->played_since = TIME_NEVER;
    set_playing(film, false);
}

void film_silence(struct film *film, bool on)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->wants.silent = on;
    (void)pthread_mutex_unlock(&film->mutex);
    kick(film);
}

void film_skip(struct film *film, int seconds)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->wants.skip_s += seconds;
    (void)pthread_mutex_unlock(&film->mutex);
    kick(film);
}

void film_volume(struct film *film, int percent)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->wants.volume_percent = percent;
    (void)pthread_mutex_unlock(&film->mutex);
    kick(film);
}

void film_subtitles(struct film *film, bool on)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->wants.subtitles = on;
    (void)pthread_mutex_unlock(&film->mutex);
    kick(film);
}

void film_again(struct film *film)
{
    (void)pthread_mutex_lock(&film->mutex);
    film->again = true;
    (void)pthread_mutex_unlock(&film->mutex);
    kick(film);
}

int64_t film_place_ms(struct film *film)
{
    (void)pthread_mutex_lock(&film->mutex);
    int64_t place = film->place_ms;
    (void)pthread_mutex_unlock(&film->mutex);
    return place;
}

/* Without a thread everything is done here, up to this time. */
static void catch_up(struct film *film, time_ns now)
{
    struct player_params params = player_params(film);
    bool again = film->again;
    film->again = false;
    if (film->failed || film->ended)
        return;
    bool fine = film->player != NULL || player_open(&film->player, &params, &film->error);
    if (fine) {
        (void)player_follow(film->player, &film->wants);
        fine = player_step_to(film->player, played_ms(film, now), &film->error);
        film->ended = player_ended(film->player);
        film->place_ms = player_place_ms(film->player);
    }
    if (fine && again && !film->ready)
        fine = player_draw_again(film->player, &film->error);
    film->failed = !fine;
}

static enum film_news news(struct film *film, struct film_picture *picture, struct error *error)
{
    if (film->failed) {
        *error = film->error;
        return film->end_said ? FILM_NONE : FILM_TROUBLE;
    }
    if (film->ready) {
        unsigned old = film->shown;
        film->shown = film->waiting;
        film->waiting = old;
        film->ready = false;
        const struct picture *now = &film->pictures[film->shown];
        *picture =
            (struct film_picture){.width = now->width, .height = now->height, .rgba = now->rgba};
        return FILM_PICTURE;
    }
    return film->ended && !film->end_said ? FILM_END : FILM_NONE;
}

enum film_news film_poll(struct film *film, time_ns now, struct film_picture *picture,
                         struct error *error)
{
    if (film->params.offline)
        catch_up(film, now);
    (void)pthread_mutex_lock(&film->mutex);
    enum film_news what = news(film, picture, error);
    (void)pthread_mutex_unlock(&film->mutex);
    film->end_said = film->end_said || what == FILM_END || what == FILM_TROUBLE;
    return what;
}

bool film_leave(struct film *film)
{
    (void)pthread_mutex_lock(&film->mutex);
    bool gone = film->gone || !film->has_thread;
    film->leave = true;
    (void)pthread_cond_signal(&film->changed);
    (void)pthread_mutex_unlock(&film->mutex);
    return gone;
}

void film_close(struct film **film)
{
    if (film == NULL || *film == NULL)
        return;
    struct film *f = *film;
    (void)film_leave(f);
    if (f->has_thread)
        (void)pthread_join(f->thread, NULL);
    player_close(f->player);
    (void)pthread_mutex_destroy(&f->mutex);
    (void)pthread_cond_destroy(&f->changed);
    for (size_t i = 0; i < PICTURES; i++)
        free(f->pictures[i].rgba);
    free(f->path);
    free(f);
    *film = NULL;
}

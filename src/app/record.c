/* A recording: the same program on a virtual clock, rendered off-screen.  Frame k shows time
 * k / fps; between frames everything happens at its own exact time, so the frame rate changes
 * nothing but how often one looks. */
#include "app.h"

#include "lacrima/base/text.h"

#include <SDL.h>
#include <SDL_image.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BYTES_PER_PIXEL 3
/* Without --seconds a recording ends by itself when nothing more can happen for this long. */
#define IDLE_NS SECONDS(10)

struct recorder {
    const char *where;
    bool raw;
    int width, height;
    uint8_t *rgb; /* owned */
    size_t size;
};

static bool fit(struct recorder *recorder, struct app *app, struct error *error)
{
    int width = app->render_width;
    int height = app->render_height;
    if (recorder->rgb != NULL && width == recorder->width && height == recorder->height)
        return true;
    size_t size = (size_t)width * (size_t)height * BYTES_PER_PIXEL;
    uint8_t *rgb = realloc(recorder->rgb, size);
    if (rgb == NULL)
        return error_set(error, "no memory for a frame of %dx%d", width, height);
    recorder->rgb = rgb;
    recorder->size = size;
    recorder->width = width;
    recorder->height = height;
    return true;
}

static bool write_png(const struct recorder *recorder, unsigned long number, struct error *error)
{
    char path[CONFIG_PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%06lu.png", recorder->where, number);
    if (length < 0 || (size_t)length >= sizeof path)
        return error_set(error, "%s: the path is too long", recorder->where);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(
        recorder->rgb, recorder->width, recorder->height, BYTES_PER_PIXEL * 8,
        recorder->width * BYTES_PER_PIXEL, SDL_PIXELFORMAT_RGB24);
    bool fine = surface != NULL && IMG_SavePNG(surface, path) == 0;
    SDL_FreeSurface(surface);
    return fine || error_set(error, "%s: %s", path, SDL_GetError());
}

static bool write_frame(const struct recorder *recorder, unsigned long number, struct error *error)
{
    if (!recorder->raw)
        return write_png(recorder, number, error);
    return fwrite(recorder->rgb, 1, recorder->size, stdout) == recorder->size ||
           error_set(error, "standard output: %s", strerror(errno));
}

/* Frame k's time, exact for every rate in thousandths. */
static time_ns frame_time(const struct options *options, unsigned long k)
{
    const int64_t milli = 1000;
    int64_t whole = (int64_t)k / options->fps_milli;
    int64_t rest = (int64_t)k % options->fps_milli;
    return whole * milli * NS_PER_S + rest * milli * NS_PER_S / options->fps_milli;
}

/* Whether the recording is over at recording time t; idle_since is kept between calls. */
static bool over(const struct app *app, time_ns t, time_ns *idle_since, bool *visited)
{
    if (app->quit || t >= app->options->seconds_ns)
        return true;
    if (app->options->seconds_ns != TIME_NEVER)
        return false;
    bool home = app->session.screen == SCREEN_HOME;
    *visited = *visited || !home;
    bool idle = !reader_plays(app->reader) && session_deadline(&app->session) == TIME_NEVER &&
                script_due(&app->script) == TIME_NEVER && audio_deadline(app->audio) == TIME_NEVER;
    if (!idle) {
        *idle_since = t;
        return false;
    }
    /* Back at home, the last fade is all that is left to see. */
    return t - *idle_since >= (home && *visited ? SECONDS(2) : IDLE_NS);
}

static bool record(struct app *app, struct recorder *recorder, struct error *error)
{
    time_ns suspended = 0;
    time_ns idle_since = 0;
    bool visited = false;
    for (unsigned long k = 0;; k++) {
        time_ns t = frame_time(app->options, k);
        suspended += app_play_script(app, t, t + suspended);
        time_ns now = t + suspended;
        if (over(app, t, &idle_since, &visited))
            return true;
        app_poll(app, now);
        app_run_until(app, now);
        if (app->quit)
            return true;
        time_ns until = 0;
        if (!fit(recorder, app, error))
            return false;
        /* As where one copies to a window what has changed: the rest stays as it was. */
        size_t changed = app_draw(app, now, false, &until) ? app->changed.count : 0;
        for (size_t i = 0; i < changed; i++)
            render_read_box(app->render, &app->changed.items[i], recorder->rgb, recorder->size);
        if (app->trouble[0] != '\0')
            return error_set(error, "%s", app->trouble);
        if (!write_frame(recorder, k, error))
            return false;
    }
}

static bool make_folder(const char *path, struct error *error)
{
    if (mkdir(path, 0777) == 0)
        return true;
    struct stat there;
    int why = errno;
    if (why == EEXIST && stat(path, &there) == 0 && S_ISDIR(there.st_mode))
        return true;
    return error_set(error, "--render %s: %s", path, strerror(why));
}

int record_run(struct app *app, const char *where, struct error *error)
{
    struct recorder recorder = {.where = where, .raw = text_equal(where, "-")};
    if (!recorder.raw && !make_folder(where, error))
        return 1;
    app_begin(app);
    bool fine = record(app, &recorder, error);
    if (fine && recorder.raw && fflush(stdout) != 0)
        fine = error_set(error, "standard output: %s", strerror(errno));
    free(recorder.rgb);
    return fine ? 0 : 1;
}

/* What there is to read, and the answers to what the session asks of it. */
#include "app.h"

#include "lacrima/base/text.h"
#include "paths.h"

static void say_warning(void *user, const char *line)
{
    app_say(user, LOG_WARN, line);
}

static void wake(void *user)
{
    struct app *app = user;
    platform_wake(app->platform);
}

bool app_create_reader(struct app *app, struct error *error)
{
    static char pieces[CONFIG_PATH_BYTES];
    const struct options *options = app->options;
    assets_path(pieces, sizeof pieces, "texts");
    const struct reader_params params = {
        .render = app->render,
        .text_scale = (float)app->session.settings.text_scale_percent / 100.0F,
        .text = options->read,
        .folder = options->photos,
        .film = options->watch,
        .texts = &app->config.texts,
        .photos = &app->config.photos,
        .films = &app->config.films,
        .settings = &app->session.settings,
        .mute = options->mute,
        .shelf = &app->kept_shelf.shelf,
        .left_out = app->kept_shelf.out,
        .pieces = pieces,
        .places_path = app->places_path[0] != '\0' ? app->places_path : NULL,
        .offline = options->render != NULL,
        .say = say_warning,
        .say_user = app,
        .wake = wake,
        .wake_user = app,
    };
    app->reader = reader_create(&params);
    return app->reader != NULL || error_set(error, "out of memory");
}

void app_take_read(struct app *app, time_ns now)
{
    struct event event;
    while (!app->quit && reader_poll(app->reader, now, &event)) {
        struct effects effects = {0};
        event.at = time_max(event.at, app->session.now);
        kept_chosen(app, &event);
        session_event(&app->session, &event, &effects);
        app_carry_out(app, &effects);
    }
}

bool app_add_reading(struct app *app, const struct library_item *item, bool first, time_ns now)
{
    bool added = reader_add(app->reader, item, first, now);
    app_take_read(app, now);
    return added;
}

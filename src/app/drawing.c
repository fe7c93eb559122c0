/* One frame: what is seen now, if it is not what is shown already. */
#include "app.h"

#include "lacrima/base/text.h"

bool app_draw(struct app *app, time_ns now, bool anyway, time_ns *until)
{
    bool waited = render_page_waits(app->render);
    const struct scene *last = &app->scenes[app->drawn_scene];
    struct scene *scene = &app->scenes[1 - app->drawn_scene];
    struct error error;
    *until = session_view(&app->session, time_max(now, app->session.now), scene);
    bool away = app->session.screen == SCREEN_HOME || app->session.screen == SCREEN_LANDING ||
                app->session.visit.technique != TECHNIQUE_READ;
    if (away && scene->pictures[0] <= 0.0F && scene->pictures[1] <= 0.0F)
        reader_rest(app->reader);
    app->page = app->page_is_letter
                    ? letter_page(app->letter, scene->page, time_max(now, app->session.now), until)
                    : reader_page(app->reader, scene->page, now, until);
    /* The field is there at once; fonts and shaders, for what stands on it, take as long again. */
    if (app->frames == 0 && app->options->render == NULL) {
        scene_bare(scene);
        app->page = NULL;
        *until = now;
    }
    uint64_t version = app->page != NULL ? app->page->version : 0;
    uint64_t film = scene->film ? reader_picture_version(app->reader) : app->drawn_film;
    if (app->drawn && !anyway && !waited && version == app->drawn_page_version &&
        film == app->drawn_film && scene_equal(scene, last))
        return false;
    if (app->drawn && !anyway && !waited && app_letter_stays(app, now, until))
        return false;
    /* A recording's one buffer keeps what was drawn into it. */
    int age = app->options->render != NULL ? 1 : platform_buffer_age(app->platform);
    if (anyway || !app->drawn)
        age = 0;
    if (!render_draw_over(app->render, scene, app->page, age, &app->changed, &error)) {
        if (!app_restore_drawing(app, scene, &error)) {
            (void)text_copy(app->trouble, sizeof app->trouble, error.text);
            app->quit = true;
            return false;
        }
        const struct box all = {.width = app->render_width, .height = app->render_height};
        app->changed = (struct boxes){.count = 1, .items = {all}};
    }
    app_settle_box(app);
    bool waits = render_page_waits(app->render);
    if (app->page_is_letter)
        letter_drawn(app->letter, now, waits);
    /* Once all of it is there, it is looked at what has become of the page meanwhile. */
    if (waited || waits)
        *until = now;
    app->drawn_page_version = version;
    app->drawn_film = film;
    app->drawn_scene = 1 - app->drawn_scene;
    app->drawn = true;
    app->frames++;
    return true;
}

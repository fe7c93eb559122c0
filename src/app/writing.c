/* The letter's keeper in the loop: text, pointing, and answers to what the session has asked. */
#include "app.h"

#include "paths.h"

#include "lacrima/base/text.h"

/* Lines that are to leave, of a letter whose words run together: a tenth of a millisecond each. */
#define PLANNED_LINES_A_FRAME 16

static void say_warning(void *user, const char *line)
{
    app_say(user, LOG_WARN, line);
}

static void wake(void *user)
{
    struct app *app = user;
    platform_wake(app->platform);
}

static void kept(void *user, time_ns now, time_ns until)
{
    struct app *app = user;
    events_kept(&app->log, now, until);
}

bool app_create_letter(struct app *app, struct error *error)
{
    bool recording = app->options->render != NULL;
    bool there = letters_path(app->letters_path, sizeof app->letters_path, app->options->data_dir);
    const struct letter_params params = {
        .render = app->render,
        .platform = app->platform,
        .session = &app->session,
        .text_scale = (float)app->session.settings.text_scale_percent / 100.0F,
        .folder = there && !recording ? app->letters_path : NULL,
        .recording = recording,
        .say = say_warning,
        .say_user = app,
        .wake = wake,
        .wake_user = app,
        .kept = kept,
        .kept_user = app,
    };
    app->letter = letter_create(&params);
    if (app->letter == NULL)
        return error_set(error, "out of memory");
    if (!recording)
        letter_budget(app->letter, PLANNED_LINES_A_FRAME);
    return true;
}

void app_take_letter(struct app *app, time_ns now)
{
    struct event event;
    while (!app->quit && letter_poll(app->letter, now, &event)) {
        struct effects effects = {0};
        event.at = time_max(event.at, app->session.now);
        session_event(&app->session, &event, &effects);
        app_carry_out(app, &effects);
    }
}

void app_plan_letter(struct app *app)
{
    letter_plan_end(app->letter);
    app_take_letter(app, app->session.now);
}

void app_settle_text(struct app *app)
{
    bool takes = session_takes_text(&app->session);
    if (takes == app->takes_text)
        return;
    app->takes_text = takes;
    if (app->options->render != NULL)
        return;
    if (takes)
        platform_text_begin(app->platform);
    else
        platform_text_end(app->platform);
}

void app_text(struct app *app, const char *utf8, time_ns at)
{
    app_run_until(app, at);
    if (!session_takes_text(&app->session))
        return;
    letter_text(app->letter, utf8, app->session.now);
    app_take_letter(app, app->session.now);
}

bool app_letter_stays(const struct app *app, time_ns now, time_ns *until)
{
    return app->page != NULL && app->page_is_letter &&
           app->page->version != app->drawn_page_version && letter_stays(app->letter, now, until);
}

/* Where the cursor is, an input method shows its choices. */
void app_settle_box(struct app *app)
{
    struct render_room room;
    struct box box;
    float scale = (float)app->session.settings.text_scale_percent / 100.0F;
    if (app->options->render != NULL || app->page == NULL || !app->page_is_letter ||
        !app->takes_text)
        return;
    render_page_room(app->render, scale, &room);
    if (render_page_cursor(app->render, &room, app->page, &box))
        platform_text_box(app->platform, box.x, box.y, box.width, box.height);
}

void app_compose(struct app *app, const char *utf8, uint32_t to, time_ns at)
{
    app_run_until(app, at);
    if (!session_takes_text(&app->session))
        return;
    letter_compose(app->letter, utf8, to);
}

void app_point(struct app *app, const struct platform_event *heard, time_ns at)
{
    bool shift = (heard->key.modifiers & KEY_SHIFT) != 0;
    if (heard->kind == PLATFORM_POINT_END)
        letter_release(app->letter);
    if (heard->kind == PLATFORM_POINT_END || !session_takes_text(&app->session))
        return;
    if (heard->kind == PLATFORM_SCROLL)
        letter_scroll(app->letter, heard->steps);
    else if (heard->kind == PLATFORM_POINT)
        letter_point(app->letter, heard->x_px, heard->y_px, heard->clicks, shift);
    else
        letter_drag(app->letter, heard->x_px, heard->y_px, at);
}

void app_close_letters(struct app *app, const char *screen)
{
    if (text_equal(screen, "landing") || text_equal(screen, "home"))
        letter_lock(app->letter);
}

void app_ask_letter(struct app *app, const struct effect *effect)
{
    app->page_is_letter = true;
    letter_ask(app->letter, effect->letter, effect->at);
}

void app_ask_reader(struct app *app, const struct effect *effect)
{
    app->page_is_letter = app->page_is_letter && effect->read != READ_OPEN;
    reader_ask(app->reader, effect->read, effect->at);
}

/* A visit: the loop that waits, wakes exactly at deadlines, and draws only what has changed. */
#include "app.h"
#include "drop.h"
#include "memory.h"
#include "rhythm.h"

#include "lacrima/base/text.h"

#include <sodium.h>
#include <stdio.h>

/* While frames follow one another, what getting ready left behind is looked at this often. */
#define REST_FRAMES 64
struct loop {
    struct app *app;
    bool hidden;
    bool exposed;
    bool asked_to_leave;
    time_ns suspended; /* what platform_suspended() said last */
    time_ns until;     /* when the picture may change */
    struct rhythm rhythm;
    struct drop drop;
};

/* The time.  Whatever was lost before it (suspend, a stopped process) is told to the session first,
 * as one event instead of a burst of what would have been: a session that has once been told a
 * time after a gap can no longer know that it was one.  So this is the loop's only clock. */
static time_ns look(struct loop *loop)
{
    time_ns now = 0;
    time_ns suspended = platform_suspended();
    time_ns before = 0;
    do {
        before = suspended;
        now = platform_now();
        suspended = platform_suspended();
    } while (suspended != before);
    if (suspended > loop->suspended) {
        struct event event = {.kind = EVENT_GAP, .at = now, .gap_ns = suspended - loop->suspended};
        loop->suspended = suspended;
        app_event(loop->app, &event);
        loop->until = 0;
    }
    return now;
}

static void feed(struct loop *loop, enum event_kind kind, const struct platform_event *heard)
{
    struct event event = {.kind = kind, .at = look(loop)};
    event.key = heard->key;
    event.on = heard->reduced;
    app_event(loop->app, &event);
}

static void resized(struct loop *loop)
{
    int width = 0;
    int height = 0;
    platform_drawable_size(loop->app->platform, &width, &height);
    app_resize(loop->app, width, height, look(loop));
    loop->exposed = true;
}

/* What was typed goes to the page and is nowhere else afterwards. */
static void hear_text(struct loop *loop, struct platform_event *heard)
{
    if (heard->kind == PLATFORM_TEXT)
        app_text(loop->app, heard->text, look(loop));
    else
        app_compose(loop->app, heard->text, heard->to, look(loop));
    sodium_memzero(heard->text, sizeof heard->text);
}

/* Only what is typed after this is heard; whatever was due before it has its line first. */
static void tell_keyboard(struct loop *loop, bool here)
{
    time_ns now = look(loop);
    app_run_until(loop->app, now);
    events_keyboard(&loop->app->log, now, here);
}

static void handle(struct loop *loop, struct platform_event *heard)
{
    switch (heard->kind) {
    case PLATFORM_KEY_DOWN:
        feed(loop, EVENT_KEY_DOWN, heard);
        break;
    case PLATFORM_KEY_UP:
        feed(loop, EVENT_KEY_UP, heard);
        break;
    case PLATFORM_RESIZED:
        resized(loop);
        break;
    case PLATFORM_SHOWN:
    case PLATFORM_EXPOSED:
        loop->hidden = loop->hidden && heard->kind != PLATFORM_SHOWN;
        loop->exposed = true;
        break;
    case PLATFORM_HIDDEN:
        loop->hidden = true;
        break;
    case PLATFORM_DROPPED:
        drop_take(loop->app, &loop->drop, heard->path, look(loop));
        break;
    case PLATFORM_DROP_END:
        drop_end(loop->app, &loop->drop, heard->missed, look(loop));
        break;
    case PLATFORM_MOTION:
        feed(loop, EVENT_MOTION, heard);
        break;
    case PLATFORM_QUIT:
        loop->asked_to_leave = true;
        feed(loop, EVENT_QUIT, heard);
        break;
    case PLATFORM_TEXT:
    case PLATFORM_COMPOSE:
        hear_text(loop, heard);
        break;
    case PLATFORM_POINT:
    case PLATFORM_POINT_MOVE:
    case PLATFORM_POINT_END:
    case PLATFORM_SCROLL:
        app_point(loop->app, heard, look(loop));
        break;
    case PLATFORM_FOCUS_IN:
    case PLATFORM_FOCUS_OUT:
        tell_keyboard(loop, heard->kind == PLATFORM_FOCUS_IN);
        break;
    case PLATFORM_NONE:
    case PLATFORM_WOKEN:
        break;
    }
}

static void hear(struct loop *loop, time_ns timeout)
{
    struct app *app = loop->app;
    struct platform_event heard;
    if (!platform_wait(app->platform, timeout, &heard))
        return;
    do {
        handle(loop, &heard);
    } while (!app->quit && platform_wait(app->platform, 0, &heard));
    /* Whatever happened may have changed the picture. */
    loop->until = 0;
}

static void advance(struct loop *loop)
{
    struct app *app = loop->app;
    time_ns now = look(loop);
    (void)app_play_script(app, now, now);
    app_poll(app, now);
    app_run_until(app, now);
    if (now >= app->options->seconds_ns)
        app->quit = true;
}

/* Shaders are compiled for what is seen first, and what compiling took is given back after. */
static void rest(struct app *app, bool still)
{
    if (render_rest(app->render, still))
        memory_give_back();
}

static time_ns frame_at(const struct loop *loop)
{
    return rhythm_next(&loop->rhythm, platform_shown(loop->app->platform));
}

static void draw(struct loop *loop)
{
    struct app *app = loop->app;
    time_ns now = look(loop);
    if (loop->hidden || (now < frame_at(loop) && !loop->exposed))
        return;
    bool all = loop->exposed;
    bool drew = app_draw(app, now, all, &loop->until);
    loop->exposed = false;
    if (app->quit)
        return;
    if (!drew) {
        rhythm_looked(&loop->rhythm, now);
        return;
    }
    if (all)
        platform_swap(app->platform);
    else
        platform_swap_boxes(app->platform, &app->changed);
    if (app->frames == 1) {
        char line[64];
        (void)snprintf(line, sizeof line, "first frame at %.1f ms",
                       time_seconds(platform_now()) * 1e3);
        app_say(app, LOG_DEBUG, line);
    }
    if (app->frames % REST_FRAMES == 0)
        rest(app, false);
    if (app->frames > 1)
        rhythm_drew(&loop->rhythm, now, platform_vsync(app->platform));
}

/* How long nothing can happen by itself. */
static time_ns patience(struct loop *loop)
{
    struct app *app = loop->app;
    time_ns now = look(loop);
    if (app->quit || app->notice_waits)
        return 0;
    app_foresee(app);
    time_ns wake = time_min(session_deadline(&app->session), audio_deadline(app->audio));
    wake = time_min(wake, letter_deadline(app->letter));
    wake = time_min(wake, app_waiting_deadline(app));
    wake = time_min(wake, voice_deadline(app, now));
    wake = time_min(wake, script_due(&app->script));
    wake = time_min(wake, app->options->seconds_ns);
    if (!loop->hidden)
        wake = time_min(wake, time_max(loop->until, frame_at(loop)));
    return wake == TIME_NEVER ? TIME_NEVER : time_max(0, wake - now);
}

int live_run(struct app *app, struct error *error)
{
    struct loop loop = {.app = app, .exposed = true, .suspended = platform_suspended()};
    app_begin(app);
    hear(&loop, 0); /* the window's own size, or all would be drawn twice */
    while (!app->quit) {
        advance(&loop);
        draw(&loop);
        time_ns timeout = patience(&loop);
        /* The state is kept when nothing moves, so that no frame waits for a disk. */
        if (timeout > NS_PER_S) {
            rest(app, true);
            app_keep_state(app);
            timeout = patience(&loop);
        }
        hear(&loop, timeout);
    }
    bool lost = platform_lost(app->platform);
    if (lost)
        farewell_keep(app);
    else if (loop.asked_to_leave)
        farewell(app, loop.hidden);
    app_keep_state(app);
    char line[64];
    (void)snprintf(line, sizeof line, "frames drawn %lu", app->frames);
    app_say(app, LOG_DEBUG, line);
    if (app->trouble[0] != '\0')
        (void)error_set(error, "%s", app->trouble);
    return lost || app->trouble[0] != '\0' ? 1 : 0;
}

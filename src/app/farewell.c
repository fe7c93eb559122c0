/* The end of a visit that a signal or the window manager asked for: what is kept is saved first,
 * then words and sounds fade away.  Asked again, it ends at once. */
#include "app.h"
#include "halves.h"

#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"

#include <libintl.h>

#define FAREWELL_NS       SECONDS(1)
#define FAREWELL_FRAME_NS (NS_PER_S / 60)

/* The field as it is, with nothing on it. */
static void empty(const struct scene *scene, struct scene *field)
{
    *field = *scene;
    field->page = 0.0F;
    for (size_t i = 0; i < SCENE_PICTURES; i++)
        field->pictures[i] = 0.0F;
    field->shape_count = 0;
    field->figure = (struct scene_figure){0};
    field->line_count = 0;
}

/* What the desktop does meanwhile. */
struct parting {
    bool hidden;
    bool exposed; /* what the window showed is lost */
};

/* The page, which is one text, leaves as evenly as what the scene shows. */
static bool draw(struct app *app, const struct scene *from, const struct scene *field, time_ns at,
                 double part, bool whole)
{
    static struct scene now;
    static struct page page;
    static struct halves halves;
    struct boxes changed;
    struct error error;
    /* What leaves has left half way through a mix; the other half would bring the new. */
    scene_mix(from, field, ease_cosine(part) / 2.0, &now);
    const struct page *shown = NULL;
    if (app->page != NULL) {
        page = *app->page;
        page.version = 0;
        halves_turn(&halves, at);
        (void)halves_fade(&halves, &page, page.alpha * (float)(1.0 - ease_cosine(part)));
        shown = &page;
    }
    int age = platform_buffer_age(app->platform);
    if (whole)
        age = 0;
    if (!render_draw_over(app->render, &now, shown, age, &changed, &error))
        return false;
    if (whole)
        platform_swap(app->platform);
    else
        platform_swap_boxes(app->platform, &changed);
    return true;
}

/* True if it is asked to end now. */
static bool asked_again(struct app *app, time_ns until, struct parting *parting)
{
    struct platform_event heard;
    bool again = false;
    while (!again && platform_wait(app->platform, time_max(0, until - platform_now()), &heard)) {
        again = heard.kind == PLATFORM_QUIT;
        bool shown = heard.kind == PLATFORM_SHOWN;
        parting->hidden = (parting->hidden || heard.kind == PLATFORM_HIDDEN) && !shown;
        parting->exposed = parting->exposed || shown || heard.kind == PLATFORM_EXPOSED ||
                           heard.kind == PLATFORM_RESIZED;
        text_wipe(heard.text, sizeof heard.text);
    }
    return again;
}

/* The letter first.  Whatever of it changes, or is written, calls nothing of the platform's
 * meanwhile, so it is whole here. */
void farewell_keep(struct app *app)
{
    if (app->letter == NULL)
        return; /* nothing has begun yet, or all is over */
    letter_keep(app->letter, platform_now());
    app_keep_state(app);
}

/* The platform calls it in the middle of whatever had called the platform, and nothing of that goes
 * on. */
static void keep_at_once(void *user)
{
    struct app *app = user;
    farewell_keep(app);
    if (app->letter == NULL)
        return;
    audio_destroy(&app->audio); /* which tells where the music was left */
    listened_write(app);
}

void farewell_lost(struct app *app, struct platform_params *params)
{
    params->lost_line = gettext("The connection to the desktop is lost; the visit ends here.");
    params->keep = keep_at_once;
    params->keep_user = app;
}

void farewell(struct app *app, bool hidden)
{
    static struct scene field;
    const struct scene *from = &app->scenes[app->drawn_scene];
    time_ns began = platform_now();
    app_keep_state(app);
    letter_keep(app->letter, began);
    voice_hush(app);
    audio_ambience(app->audio, AMBIENCE_NONE, began);
    audio_cues_stop(app->audio, began);
    audio_music_stop(app->audio, began);
    empty(from, &field);
    struct parting parting = {.hidden = hidden};
    bool seen = app->drawn;
    for (time_ns now = began; now < began + FAREWELL_NS; now = platform_now()) {
        struct audio_event over;
        while (audio_poll(app->audio, now, &over))
            continue;
        double part = (double)(now - began) / (double)FAREWELL_NS;
        if (seen && !parting.hidden) {
            seen = draw(app, from, &field, now, part, parting.exposed);
            parting.exposed = false;
        }
        if (asked_again(app, now + FAREWELL_FRAME_NS, &parting))
            return;
    }
}

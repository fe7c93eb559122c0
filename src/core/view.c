#include "view.h"

#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"
#include "mark.h"

#include <math.h>

#define PICTURE_FADE_NS SECONDS(2)
/* A ramped curve is steeper in its middle, by 1 / (1 - ramp): 0.08 a second become 0.094. */
#define PICTURE_LUMINANCE_PER_S 0.08
#define PICTURE_RAMP            0.15
#define BLINK_CLOSE_NS          MILLISECONDS(250)
#define BLINK_OPEN_NS           MILLISECONDS(450)

#define BREATH_IN_NS            SECONDS(4)
#define BREATH_OUT_NS           SECONDS(6)
#define BREATH_RAMP             0.18

void view_changes_at(struct view *view, time_ns at)
{
    view->next = time_min(view->next, time_max(at, view->now));
}

void view_row(struct scene_line *row, bool marked)
{
    row->marked = marked;
    row->ink = marked ? SCENE_INK_PLAIN : SCENE_INK_FAINT;
}

int32_t view_row_step(int32_t row, int step, int32_t count)
{
    return (row - step + count) % count;
}

static double part(time_ns passed, time_ns whole)
{
    return (double)passed / (double)whole;
}

double view_shown(struct view *view, time_ns from, time_ns until)
{
    time_ns now = view->now;
    if (from == TIME_NEVER || now >= until)
        return 0.0;
    if (now < from) {
        view_changes_at(view, from);
        return 0.0;
    }
    if (now < from + VIEW_FADE_NS) {
        view_changes_at(view, now);
        return ease_cosine(part(now - from, VIEW_FADE_NS));
    }
    if (until == TIME_NEVER)
        return 1.0;
    if (now >= until - VIEW_FADE_NS) {
        view_changes_at(view, now);
        return ease_cosine(part(until - now, VIEW_FADE_NS));
    }
    view_changes_at(view, until - VIEW_FADE_NS);
    return 1.0;
}

struct scene_line *view_line(struct view *view, enum scene_slot slot, enum scene_style style,
                             const char *text, double alpha)
{
    if (!view->words || alpha <= 0.0 || text == NULL)
        return NULL;
    struct scene_line *line = scene_add_line(view->scene, slot, style, text);
    line->alpha = (float)alpha;
    return line;
}

void view_words(struct view *view, const struct phase *phase, enum scene_slot words_slot,
                enum scene_slot caution_slot)
{
    for (size_t i = 0; i < PHASE_WORDS_MAX && phase->words[i] != NULL; i++)
        (void)view_line(view, words_slot, SCENE_STYLE_BODY, phase->words[i], 1.0);
    struct scene_line *caution =
        view_line(view, caution_slot, SCENE_STYLE_SMALL, phase->caution, 1.0);
    if (caution != NULL)
        caution->ink = SCENE_INK_FAINT;
}

void view_pacer(struct view *view, enum scene_shape_kind kind, double amount)
{
    if (settings_reduced_motion(view->settings))
        kind = SCENE_SHAPE_BAR;
    scene_add_shape(view->scene, kind, amount, 1.0);
}

double breath_slow(time_ns t)
{
    time_ns here = t % (BREATH_IN_NS + BREATH_OUT_NS);
    if (here < BREATH_IN_NS)
        return ease_ramped(part(here, BREATH_IN_NS), BREATH_RAMP);
    return 1.0 - ease_ramped(part(here - BREATH_IN_NS, BREATH_OUT_NS), BREATH_RAMP);
}

const char *breath_word(time_ns t)
{
    return t % (BREATH_IN_NS + BREATH_OUT_NS) < BREATH_IN_NS ? N_("In") : N_("Out");
}

bool is_breath_word(const char *text)
{
    return text_equal(text, breath_word(0)) || text_equal(text, breath_word(BREATH_IN_NS));
}

void view_breath_beside(struct view *view, time_ns t)
{
    bool still = settings_reduced_motion(view->settings);
    scene_add_shape_beside(view->scene, still ? SCENE_SHAPE_BAR : SCENE_SHAPE_DISC, breath_slow(t),
                           1.0);
    if (still)
        (void)view_line(view, SCENE_SLOT_BESIDE, SCENE_STYLE_BODY, breath_word(t), 1.0);
    view_changes_at(view, view->now);
}

time_ns view_picture_fade(const struct scene *colours, bool film)
{
    double own = film ? SCENE_FILM_LUMINANCE : SCENE_PICTURE_LUMINANCE;
    double most = fmax(own, colour_luminance(colours->field));
    return time_max(PICTURE_FADE_NS, (time_ns)(most / PICTURE_LUMINANCE_PER_S * (double)NS_PER_S));
}

double view_picture_part(time_ns t, time_ns fade_ns)
{
    return ease_ramped(part(t, fade_ns), PICTURE_RAMP);
}

void view_fixation(struct view *view, double alpha)
{
    switch (view->settings->fixation) {
    case FIXATION_NONE:
        break;
    case FIXATION_DOT:
        scene_add_shape(view->scene, SCENE_SHAPE_DOT, 1.0, alpha);
        break;
    case FIXATION_BULLSEYE:
        scene_add_shape(view->scene, SCENE_SHAPE_BULLSEYE, 1.0, alpha);
        break;
    }
}

double blink_closed(time_ns t, time_ns closed_for)
{
    if (t < 0)
        return 0.0;
    if (t < BLINK_CLOSE_NS)
        return ease_cosine(part(t, BLINK_CLOSE_NS));
    if (t < closed_for)
        return 1.0;
    return 1.0 - ease_cosine(part(t - closed_for, BLINK_OPEN_NS));
}

/* 7 shower: the field drains from top to bottom while the water runs, so that from the bathroom one
 * look tells how long.  Five minutes is the ceiling of a shower, ten of a sauna or a steam bath,
 * and nothing lengthens it (PHASE_BOUNDED). */
#include "techniques.h"
#include "view.h"

#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"

enum { SETTLE, WATER, DRY, CLOSE };
enum kind { SHOWER, SAUNA, STEAM, KINDS };

#define LAST_MINUTE_NS MINUTES(1)
/* The level sinks in so many steps, about one row of pixels each: in between nothing is drawn. */
#define DRAIN_STEPS 1080

struct water {
    uint8_t least, most; /* minutes */
    const char *choice, *words, *begins, *caution, *ends;
};

static const struct water waters[KINDS] = {
    [SHOWER] = {2, 5, N_("Up and Down: a shower of %s minutes"), N_("Warm, not hot."),
                N_("Space when the water is on."),
                N_("At the first bell a little cooler, if you like. Faint: sit down, water off. "
                   "Not right after a meal or alcohol."),
                N_("Water off. Dry yourself slowly, and put on something warm.")},
    [SAUNA] = {5, 10, N_("Up and Down: %s minutes of sauna"), N_("Sit low, where it is milder."),
               N_("Space when you go in."),
               N_("Not with alcohol, in pregnancy, or with an unsteady heart. Dizzy: out, slowly, "
                  "and sit."),
               N_("Out, slowly. Cool water, then sit a while and drink something.")},
    [STEAM] = {5, 10, N_("Up and Down: %s minutes of steam"), N_("Sit near the door."),
               N_("Space when you go in."),
               N_("Not with alcohol, in pregnancy, or with an unsteady heart. Dizzy: out, slowly, "
                  "and sit."),
               N_("Out, slowly. Cool water, then sit a while and drink something.")},
};

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .hint = N_("Space begins"),
                .length_ns = PHASE_WAITS,
                .flags = PHASE_IS_SETTLE},
    [WATER] = {.name = "water",
               .hint = N_("This runs on by itself. Right ends it"),
               .length_ns = PHASE_LENGTH_OWN,
               .previous = SETTLE,
               .flags = PHASE_AWAY | PHASE_BOUNDED},
    [DRY] = {.name = "dry",
             .hint = N_("Any key goes on"),
             .length_ns = PHASE_WAITS,
             .cue = CUE_BELLS_TWO,
             .previous = WATER,
             .flags = PHASE_AWAY | PHASE_ANY_KEY},
    [CLOSE] = {.name = "close",
               .words = {N_("Water is water. Tears in it, or none, are fine."),
                         N_("Stay warm for a while.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .cue = CUE_MARK,
               .previous = DRY},
};

static const struct transition transitions[] = {
    {SETTLE, CAUSE_SPACE, NULL, NULL, WATER},     {WATER, CAUSE_TIME, NULL, NULL, DRY},
    {DRY, CAUSE_SPACE, NULL, NULL, CLOSE},        {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    (void)settings;
    return MINUTES(visit->minutes);
}

/* A bell a minute before the end; the end itself begins `dry`, with two. */
static bool mark(const struct visit *visit, const struct settings *settings, uint8_t n,
                 struct mark *mark)
{
    *mark = (struct mark){.after = length_ns(visit, settings) - LAST_MINUTE_NS, .cue = CUE_BELL};
    return visit->phase == WATER && n == 0;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    (void)from;
    if (visit->phase == SETTLE && visit->minutes == 0)
        visit->minutes = (uint8_t)settings->shower_min;
}

/* Up and Down go through one list: the showers, then sauna, then steam. */
static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    if (visit->phase != SETTLE)
        return (struct choice){.name = NULL};
    uint8_t last = care_asks(settings, CARE_MILD_WATER) ? SHOWER : STEAM;
    int minutes = visit->minutes + step;
    if (minutes > waters[visit->kind].most && visit->kind < last) {
        visit->kind++;
        minutes = waters[visit->kind].least;
    } else if (minutes < waters[visit->kind].least && visit->kind > SHOWER) {
        visit->kind--;
        minutes = waters[visit->kind].most;
    }
    const struct water *water = &waters[visit->kind];
    visit->minutes = (uint8_t)(minutes < water->least  ? water->least
                               : minutes > water->most ? water->most
                                                       : minutes);
    static const char *const names[KINDS] = {"shower.minutes", "sauna.minutes", "steam.minutes"};
    if (visit->kind == SHOWER)
        settings->shower_min = visit->minutes;
    return (struct choice){.name = names[visit->kind], .value = visit->minutes};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)settings;
    text_from_milli(arg, arg_size, visit->minutes * INT64_C(1000));
    return waters[visit->kind].choice;
}

static enum ambience ambience(const struct visit *visit, const struct settings *settings)
{
    bool falls = visit->phase == WATER && visit->kind == SHOWER && settings->shower_water_sound;
    return falls ? AMBIENCE_WATER : AMBIENCE_NONE;
}

static void view_settle(const struct visit *visit, struct view *view)
{
    const struct water *water = &waters[visit->kind];
    bool mild = care_asks(view->settings, CARE_MILD_WATER);
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                    mild ? N_("Lukewarm, and sit down in it.") : water->words, 1.0);
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                    N_("The computer stays outside, where this can be seen, the door unlocked."),
                    1.0);
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                    N_("A bell for the last minute, two at the end."), 1.0);
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, water->begins, 1.0);
    struct scene_line *caution =
        view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, water->caution, 1.0);
    if (caution != NULL)
        caution->ink = SCENE_INK_FAINT;
}

static void view_water(const struct visit *visit, struct view *view)
{
    time_ns length = visit->due - visit->entered;
    time_ns step = (view->now - visit->entered) / (length / DRAIN_STEPS);
    double drained = (double)step / DRAIN_STEPS;
    scene_add_shape(view->scene, SCENE_SHAPE_DRAIN, drained < 1.0 ? drained : 1.0,
                    palette_flood(view->scene));
    if (step < DRAIN_STEPS)
        view_changes_at(view, visit->entered + (step + 1) * (length / DRAIN_STEPS));
}

static void view(const struct visit *visit, struct view *view)
{
    switch (visit->phase) {
    case SETTLE:
        view_settle(visit, view);
        break;
    case WATER:
        view_water(visit, view);
        break;
    case DRY:
        (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, waters[visit->kind].ends, 1.0);
        (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                        N_("This waits until you are here."), 1.0);
        break;
    default:
        view_words(view, &phases[visit->phase], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    }
}

const struct technique technique_shower = {
    .id = "shower",
    .title = N_("A shower"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .mark = mark,
    .enter = enter,
    .choose = choose,
    .choice = choice,
    .ambience = ambience,
    .view = view,
};

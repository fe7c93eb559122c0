/* 3 walk: one question to carry, a dim ember while the person is out, and bells.  Nothing hurries
 * anyone back: at the end it waits. */
#include "techniques.h"
#include "view.h"

#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"

enum { SETTLE, LEAD, AWAY, BACK, QUIET, CLOSE };

#define LEAD_NS        SECONDS(10)
#define QUIET_NS       MINUTES(10)
#define QUIET_WORDS_NS SECONDS(20)
/* How bright the ember is: enough to find the screen by, not to read by. */
#define EMBER 0.8

static const char *const questions[] = {
    N_("What have I been stepping around?"),
    N_("What did I never get to say?"),
    N_("Who do I miss?"),
    N_("What am I tired of holding up?"),
    N_("What is over, and not yet mourned?"),
    N_("When did I last feel at home?"),
    N_("What would I ask for, if asking were easy?"),
    N_("What was I like before this?"),
    N_("Who have I not forgiven?"),
    N_("What hurts more than I let on?"),
};

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [LEAD] = {.name = "lead",
              .words = {N_("In ten seconds it is dark here, and the walk begins."),
                        N_("Two bells half way, three at the end. There is no hurry back.")},
              .length_ns = LEAD_NS,
              .previous = SETTLE,
              .flags = PHASE_AWAY},
    [AWAY] = {.name = "away",
              .hint = N_("Space pauses, Right ends the walk"),
              .length_ns = PHASE_LENGTH_OWN,
              .previous = LEAD,
              .flags = PHASE_AWAY | PHASE_BARE},
    [BACK] = {.name = "back",
              .words = {N_("Shoes off, if you like, and something to drink."),
                        N_("This waits until you are here.")},
              .hint = N_("Any key goes on"),
              .length_ns = PHASE_WAITS,
              .cue = CUE_BELLS_THREE,
              .previous = AWAY,
              .flags = PHASE_AWAY | PHASE_ANY_KEY},
    [QUIET] = {.name = "quiet",
               .words = {N_("Ten quiet minutes, if you want them."), N_("Sit, and let it settle.")},
               .hint = N_("Space goes on"),
               .length_ns = QUIET_NS,
               .previous = BACK},
    [CLOSE] = {.name = "close",
               .words = {N_("Whatever you met on the way, or did not, is fine."),
                         N_("The question can stay where you left it.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .cue = CUE_BELL,
               .previous = QUIET},
};

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, NULL, NULL, LEAD},       {SETTLE, CAUSE_SPACE, NULL, NULL, LEAD},
    {LEAD, CAUSE_TIME, NULL, NULL, AWAY},         {AWAY, CAUSE_TIME, NULL, NULL, BACK},
    {BACK, CAUSE_SPACE, NULL, NULL, QUIET},       {QUIET, CAUSE_TIME, NULL, NULL, CLOSE},
    {QUIET, CAUSE_SPACE, NULL, NULL, CLOSE},      {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    return visit->phase == SETTLE ? settle_length(visit, settings) : MINUTES(settings->walk_min);
}

/* The bells of the way, counted from the first step: at every interval, and two half way; what
 * would sound with those two or with the end gives way to them. */
static bool mark(const struct visit *visit, const struct settings *settings, uint8_t n,
                 struct mark *mark)
{
    if (visit->phase != AWAY)
        return false;
    time_ns length = MINUTES(settings->walk_min);
    time_ns turn = length / 2;
    time_ns interval =
        settings->walk_bells_min > 0 ? MINUTES(settings->walk_bells_min) : TIME_NEVER;
    time_ns next = interval;
    bool turned = false;
    for (uint8_t i = 0;; i++) {
        bool turns = !turned && turn <= next;
        mark->after = turns ? turn : next;
        mark->cue = turns ? CUE_BELLS_TWO : CUE_BELL;
        if (i == n)
            return mark->after < length;
        turned = turned || turns;
        if (mark->after == next)
            next = time_add(next, interval);
    }
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    (void)settings;
    if (visit->phase != SETTLE)
        return (struct choice){.name = NULL};
    int count = COUNT_OF(questions);
    visit->kind = (uint8_t)((visit->kind + step + count) % count);
    return (struct choice){.name = "walk.question", .value = visit->kind + 1};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)visit;
    (void)settings;
    (void)arg;
    (void)arg_size;
    return N_("Up and Down: another question");
}

static void view_settle(const struct visit *visit, struct view *view)
{
    bool near = care_asks(view->settings, CARE_NEAR_HOME);
    (void)view_line(view, SCENE_SLOT_UPPER, SCENE_STYLE_BODY,
                    N_("One question to carry. It needs no answer."), 1.0);
    struct scene_line *line = view_line(
        view, SCENE_SLOT_UPPER, SCENE_STYLE_BODY,
        near ? N_("Take tissues, and %s minutes: short rounds near home, with a place to sit.")
             : N_("Take tissues, and %s minutes. Walk as slowly as you like."),
        1.0);
    if (line != NULL)
        text_from_milli(line->arg, sizeof line->arg, view->settings->walk_min * INT64_C(1000));
    (void)view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, questions[visit->kind], 1.0);
    line = view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL,
                     near ? N_("Sit when you want to. Short of breath, a tight chest or dizzy: "
                               "stay seated, and call someone.")
                          : N_("Where there are cars, look up. Turning back sooner is fine."),
                     1.0);
    if (line != NULL)
        line->ink = SCENE_INK_FAINT;
}

static void view_quiet(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &phases[QUIET];
    time_ns from = visit->entered;
    double alpha = view_shown(view, from - VIEW_FADE_NS, from + QUIET_WORDS_NS);
    for (size_t i = 0; i < PHASE_WORDS_MAX && phase->words[i] != NULL; i++)
        (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, phase->words[i], alpha);
    if (technique_get(TECHNIQUE_WRITE) != NULL)
        (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY,
                        N_("If there is something to write down: 9."), alpha);
    scene_add_shape(view->scene, SCENE_SHAPE_EMBER, EMBER, 1.0);
}

static void view(const struct visit *visit, struct view *view)
{
    switch (visit->phase) {
    case SETTLE:
        view_settle(visit, view);
        break;
    case AWAY:
        scene_add_shape(view->scene, SCENE_SHAPE_EMBER, EMBER, 1.0);
        break;
    case BACK:
        scene_add_shape(view->scene, SCENE_SHAPE_EMBER, EMBER, 1.0);
        view_words(view, &phases[BACK], SCENE_SLOT_LOWER, SCENE_SLOT_LOWER);
        break;
    case QUIET:
        view_quiet(visit, view);
        break;
    default:
        view_words(view, &phases[visit->phase], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    }
}

const struct technique technique_walk = {
    .id = "walk",
    .title = N_("A walk"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .mark = mark,
    .choose = choose,
    .choice = choice,
    .view = view,
};

/* 1 stare: the eyes stay open for a while, then rest.  Blinking is never noticed. */
#include "techniques.h"
#include "view.h"

#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"

enum { SETTLE, HOLD, REST, CLOSE };

/* The rest block (Korb's sequence and one slow-blink cycle; docs/evidence.md), from its start. */
#define REST_CLOSED_NS    SECONDS(10)
#define FULL_BLINK_1_NS   SECONDS(12)
#define FULL_BLINK_2_NS   SECONDS(16)
#define FULL_BLINK_FOR_NS SECONDS(2)
#define SLOW_BLINKS_NS    SECONDS(20)
#define SLOW_BLINK_NS     SECONDS(5) /* 12 a minute */
#define SLOW_CLOSED_NS    MILLISECONDS(900)
#define REST_NS           SECONDS(60)

#define SOFT_HOLD_NS      SECONDS(20)
#define THOUGHT_AFTER_NS  SECONDS(8)
#define THOUGHT_FOR_NS    SECONDS(6)
#define SETTLE_BLINKS     3
#define SETTLE_BLINK_NS   SECONDS(4)
#define SETTLE_CLOSED_NS  MILLISECONDS(1500)
#define CHOICE_STEP_S     5

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .words = {N_("Contact lenses out, and nothing blowing at your face."),
                          N_("Blink slowly and fully, three times, with the eyelid."),
                          N_("If you like, think of something that hurt.")},
                .caution = N_("Pain, or a blur that blinking does not clear: rest your eyes, and "
                              "leave this one."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [HOLD] = {.name = "hold",
              .hint = N_("Space: rest my eyes"),
              .length_ns = PHASE_LENGTH_OWN,
              .cue = CUE_MARK,
              .previous = SETTLE},
    [REST] = {.name = "rest",
              .words = {N_("Close your eyes. A soft sound says when to open them.")},
              .length_ns = REST_NS,
              .cue = CUE_HOLD,
              .previous = HOLD},
    [CLOSE] = {.name = "close",
               .words = {N_("Wet eyes or dry eyes, both are fine."),
                         N_("Look at something far away for a while.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .previous = REST},
};

static bool rounds_left(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)at;
    return visit->rounds < settings->stare_rounds;
}

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, NULL, NULL, HOLD},
    {SETTLE, CAUSE_SPACE, NULL, NULL, HOLD},
    {HOLD, CAUSE_TIME, NULL, NULL, REST},
    {HOLD, CAUSE_SPACE, NULL, NULL, REST},
    {REST, CAUSE_TIME, rounds_left, "rounds left", HOLD},
    {REST, CAUSE_TIME, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

/* Eyes that need care get soft eyes: free blinking, no target (facts: contact lenses hide the
 * sting that says stop; dry eyes hold a third of the time). */
static bool soft_eyes(const struct settings *settings)
{
    return care_asks(settings, CARE_SOFT_EYES);
}

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    if (visit->phase == SETTLE)
        return settle_length(visit, settings);
    if (soft_eyes(settings))
        return SOFT_HOLD_NS;
    int32_t ceiling = settings->stare_ceiling_s;
    return SECONDS(ceiling > settings->stare_s ? ceiling : settings->stare_s);
}

/* In `hold` the target; in `rest` the moments to open the eyes again, for closed ones. */
static bool mark(const struct visit *visit, const struct settings *settings, uint8_t n,
                 struct mark *mark)
{
    static const time_ns opens[] = {REST_CLOSED_NS, FULL_BLINK_1_NS + FULL_BLINK_FOR_NS,
                                    FULL_BLINK_2_NS + FULL_BLINK_FOR_NS};
    *mark = (struct mark){.cue = CUE_MARK};
    if (visit->phase == HOLD && !soft_eyes(settings) && n == 0) {
        mark->after = SECONDS(settings->stare_s);
        return mark->after < length_ns(visit, settings);
    }
    if (visit->phase == REST && n < COUNT_OF(opens)) {
        mark->after = opens[n];
        return true;
    }
    return false;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    (void)settings;
    if (visit->phase == SETTLE)
        visit->rounds = 0;
    if (visit->phase == REST && from == HOLD)
        visit->rounds++;
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    (void)visit;
    int32_t next = settings->stare_s + step * CHOICE_STEP_S;
    settings->stare_s = next < 10 ? 10 : next > 30 ? 30 : next;
    return (struct choice){.name = "stare.seconds", .value = settings->stare_s};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)visit;
    if (soft_eyes(settings))
        return N_("Soft eyes: blink whenever you want to.");
    text_from_milli(arg, arg_size, settings->stare_s * INT64_C(1000));
    return N_("Up and Down: %s seconds, or as long as you can");
}

static void view_eyelid(struct view *view, double closed)
{
    view_pacer(view, SCENE_SHAPE_EYELID, closed);
    view_changes_at(view, view->now);
}

/* What settle says where a bar blinks in the place of the eyelid. */
static const struct phase settle_bar = {
    .words = {N_("Contact lenses out, and nothing blowing at your face."),
              N_("Blink slowly and fully, three times, with the bar: full is closed."),
              N_("If you like, think of something that hurt.")},
    .caution = N_("Pain, or a blur that blinking does not clear: rest your eyes, and leave this "
                  "one."),
};

static void view_settle(const struct visit *visit, struct view *view)
{
    bool bar = settings_reduced_motion(view->settings);
    const struct phase *phase = bar ? &settle_bar : &phases[SETTLE];
    view_words(view, phase, SCENE_SLOT_UPPER, SCENE_SLOT_LOWER);
    time_ns t = view->now - visit->entered;
    double closed = t < SETTLE_BLINKS * SETTLE_BLINK_NS
                        ? blink_closed(t % SETTLE_BLINK_NS - SECONDS(1), SETTLE_CLOSED_NS)
                        : 0.0;
    view_eyelid(view, closed);
}

static void view_hold(const struct visit *visit, struct view *view)
{
    time_ns t0 = visit->entered;
    view_fixation(view, 1.0);
    if (soft_eyes(view->settings)) {
        (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY,
                        N_("Soft eyes. Blink whenever you want to."),
                        view_shown(view, t0, t0 + SECONDS(6)));
        return;
    }
    time_ns thought = t0 + THOUGHT_AFTER_NS;
    struct scene_line *line = view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY,
                                        N_("If you like, think of something that hurt."),
                                        view_shown(view, thought, thought + THOUGHT_FOR_NS));
    if (line != NULL) {
        line->ink = SCENE_INK_FAINT;
        return;
    }
    time_ns target = visit->marks > 0 ? t0 + SECONDS(view->settings->stare_s) : TIME_NEVER;
    (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, N_("Enough, or as long as you can."),
                    view_shown(view, target, TIME_NEVER));
}

static void view_rest(const struct visit *visit, struct view *view)
{
    time_ns t = view->now - visit->entered;
    const char *word = N_("Open.");
    double closed = 0.0;
    if (t < REST_CLOSED_NS) {
        view_words(view, &phases[REST], SCENE_SLOT_LOWER, SCENE_SLOT_LOWER);
        view_eyelid(view, blink_closed(t, REST_CLOSED_NS));
        return;
    }
    if (t < SLOW_BLINKS_NS) {
        bool second = t >= FULL_BLINK_2_NS;
        time_ns blink = t - (second ? FULL_BLINK_2_NS : FULL_BLINK_1_NS);
        closed = t < FULL_BLINK_1_NS ? blink_closed(t, REST_CLOSED_NS)
                                     : blink_closed(blink, FULL_BLINK_FOR_NS);
        if (t >= FULL_BLINK_1_NS && blink < FULL_BLINK_FOR_NS)
            word = N_("Close, all the way.");
    } else {
        closed = blink_closed((t - SLOW_BLINKS_NS) % SLOW_BLINK_NS - SECONDS(1), SLOW_CLOSED_NS);
        word = settings_reduced_motion(view->settings) ? N_("Blink slowly, with the bar.")
                                                       : N_("Blink slowly, with the eyelid.");
    }
    (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, word, 1.0);
    view_eyelid(view, closed);
}

static void view(const struct visit *visit, struct view *view)
{
    switch (visit->phase) {
    case SETTLE:
        view_settle(visit, view);
        break;
    case HOLD:
        view_hold(visit, view);
        break;
    case REST:
        view_rest(visit, view);
        break;
    case CLOSE:
        view_words(view, &phases[CLOSE], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    }
}

const struct technique technique_stare = {
    .id = "stare",
    .title = N_("Not blinking"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .mark = mark,
    .enter = enter,
    .choose = choose,
    .choice = choice,
    .view = view,
};

/* 2 breathe: a pacer, a word and a swell, changing together.  The tables hold the order; the
 * pattern holds the lengths.  Every boundary is the last one plus a whole number of
 * nanoseconds, so nothing drifts over any number of hours, and the end is always a whole
 * breath. */
#include "techniques.h"
#include "view.h"

#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"

enum { SETTLE, LEAD_IN, IN, TOP_UP, HOLD_IN, OUT, HOLD_OUT, OFFER, CLOSE };

#define LEAD_IN_NS     SECONDS(10)
#define OWN_LENGTH_MIN MILLISECONDS(500)
#define OWN_LENGTH_MAX SECONDS(20)
/* Ramps of the radius curve, as a part of the phase (facts, section 2). */
#define RADIUS_RAMP 0.18

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .words = {N_("Sit down, and let your shoulders drop."),
                          N_("Breathe with the shape, or with the sound alone.")},
                .caution = N_("Dizzy or tingling: let your breath go its own way."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [LEAD_IN] = {.name = "lead-in",
                 .words = {N_("Breathe as you already do.")},
                 .length_ns = LEAD_IN_NS,
                 .previous = SETTLE},
    [IN] = {.name = "in",
            .length_ns = PHASE_LENGTH_OWN,
            .cue = CUE_SWELL_IN,
            .previous = LEAD_IN,
            .flags = PHASE_CUT},
    [TOP_UP] = {.name = "top-up",
                .length_ns = PHASE_LENGTH_OWN,
                .cue = CUE_TOP_UP,
                .previous = IN,
                .flags = PHASE_CUT},
    [HOLD_IN] = {.name = "hold-in",
                 .length_ns = PHASE_LENGTH_OWN,
                 .cue = CUE_HOLD,
                 .previous = IN,
                 .flags = PHASE_CUT},
    [OUT] = {.name = "out",
             .length_ns = PHASE_LENGTH_OWN,
             .cue = CUE_SWELL_OUT,
             .previous = IN,
             .flags = PHASE_CUT},
    [HOLD_OUT] = {.name = "hold-out",
                  .length_ns = PHASE_LENGTH_OWN,
                  .cue = CUE_HOLD,
                  .previous = OUT,
                  .flags = PHASE_CUT},
    [OFFER] = {.name = "offer",
               .words = {N_("This pattern stays short."),
                         N_("Space goes on more gently: four in, six out.")},
               .hint = N_("Space goes on, Right ends here"),
               .length_ns = PHASE_WAITS,
               .previous = LEAD_IN},
    [CLOSE] = {.name = "close",
               .words = {N_("Let your breath go where it wants."),
                         N_("Whatever came, or did not, is fine.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .previous = LEAD_IN},
};

static bool led(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)settings;
    (void)at;
    return visit->breathe.pattern.led;
}

static bool more_parts(const struct visit *visit, const struct settings *settings, time_ns at)
{
    const struct breathe_state *b = &visit->breathe;
    return !led(visit, settings, at) && b->part + 1 < PATTERN_PARTS_MAX &&
           b->pattern.in_ns[b->part + 1] > 0;
}

static bool holds_in(const struct visit *visit, const struct settings *settings, time_ns at)
{
    return !led(visit, settings, at) && visit->breathe.pattern.hold_in_ns > 0;
}

static bool holds_out(const struct visit *visit, const struct settings *settings, time_ns at)
{
    return !led(visit, settings, at) && visit->breathe.pattern.hold_out_ns > 0;
}

static time_ns session_end(const struct visit *visit, const struct settings *settings)
{
    return visit->breathe.began_at + MINUTES(settings->breathe_min);
}

static bool pattern_over(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)settings;
    (void)at;
    uint8_t most = visit->breathe.pattern.cycles_max;
    return most > 0 && visit->breathe.cycles >= most;
}

static bool time_over(const struct visit *visit, const struct settings *settings, time_ns at)
{
    return at >= session_end(visit, settings);
}

static bool led_over(const struct visit *visit, const struct settings *settings, time_ns at)
{
    return led(visit, settings, at) && time_over(visit, settings, at);
}

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, NULL, NULL, LEAD_IN},
    {SETTLE, CAUSE_SPACE, NULL, NULL, LEAD_IN},
    {LEAD_IN, CAUSE_TIME, led, "yours", OUT},
    {LEAD_IN, CAUSE_TIME, NULL, NULL, IN},
    {IN, CAUSE_RELEASE, led, "yours", OUT},
    {IN, CAUSE_TIME, more_parts, "more parts", TOP_UP},
    {IN, CAUSE_TIME, holds_in, "pattern holds", HOLD_IN},
    {IN, CAUSE_TIME, NULL, NULL, OUT},
    {IN, CAUSE_CHOICE, led, "yours", IN},
    {TOP_UP, CAUSE_TIME, more_parts, "more parts", TOP_UP},
    {TOP_UP, CAUSE_TIME, NULL, NULL, OUT},
    {HOLD_IN, CAUSE_TIME, NULL, NULL, OUT},
    {OUT, CAUSE_SPACE, led_over, "yours, time is over", CLOSE},
    {OUT, CAUSE_SPACE, led, "yours", IN},
    {OUT, CAUSE_CHOICE, led, "yours", IN},
    {OUT, CAUSE_TIME, holds_out, "pattern holds", HOLD_OUT},
    {OUT, CAUSE_TIME, pattern_over, "pattern is over", OFFER},
    {OUT, CAUSE_TIME, time_over, "time is over", CLOSE},
    {OUT, CAUSE_TIME, NULL, NULL, IN},
    {HOLD_OUT, CAUSE_TIME, time_over, "time is over", CLOSE},
    {HOLD_OUT, CAUSE_TIME, NULL, NULL, IN},
    {OFFER, CAUSE_SPACE, NULL, NULL, LEAD_IN},
    {OFFER, CAUSE_RIGHT, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

/* Held breath is left out for those whom it may strain (docs/evidence.md). */
static bool without_holds(const struct settings *settings)
{
    return care_asks(settings, CARE_NO_HOLDS);
}

/* After the offer the gentle pattern stands in for the short one, until another is chosen. */
static const struct pattern *chosen_pattern(const struct visit *visit,
                                            const struct settings *settings)
{
    const struct breathe_state *b = &visit->breathe;
    bool gentle = b->gentle && b->gentle_for == settings->pattern;
    return pattern_get(settings, gentle ? 0 : settings->pattern);
}

static void take_pattern(struct visit *visit, const struct settings *settings)
{
    struct breathe_state *b = &visit->breathe;
    const struct pattern *chosen = chosen_pattern(visit, settings);
    if (!text_equal(chosen->name, b->pattern.name))
        b->cycles = 0;
    b->pattern = *chosen;
    if (without_holds(settings))
        pattern_leave_holds(&b->pattern);
}

/* How full the lungs are before part `part` of this pattern's in-breath, 0..1. */
static double fill_before(const struct pattern *pattern, uint8_t part)
{
    time_ns whole = 0;
    time_ns before = 0;
    for (uint8_t i = 0; i < PATTERN_PARTS_MAX; i++) {
        whole += pattern->in_ns[i];
        before += i < part ? pattern->in_ns[i] : 0;
    }
    return (double)before / (double)whole;
}

static double part_of(time_ns passed, time_ns whole)
{
    return ease_ramped((double)passed / (double)whole, RADIUS_RAMP);
}

/* `yours`: the field fills and empties at the pace of the person's own last breath. */
static double fill_led(const struct breathe_state *b, uint8_t phase, time_ns passed)
{
    if (phase == IN)
        return b->fill_at_entry + (1.0 - b->fill_at_entry) * part_of(passed, b->own_in_ns);
    return b->fill_at_entry * (1.0 - part_of(passed, b->own_out_ns));
}

/* `yours`: what the key has just ended is how long the person's own breath is. */
static void follow(struct visit *visit, uint8_t from)
{
    struct breathe_state *b = &visit->breathe;
    if (from != IN && from != OUT) {
        b->fill_at_entry = 0.0;
        return;
    }
    time_ns passed = visit->entered - visit->entered_before;
    time_ns length = time_max(OWN_LENGTH_MIN, time_min(OWN_LENGTH_MAX, passed));
    b->fill_at_entry = fill_led(b, from, passed);
    if (from == IN)
        b->own_in_ns = length;
    else if (b->released)
        b->own_out_ns = length;
    b->released = b->released || from == IN;
}

static void begin_breath(struct visit *visit, const struct settings *settings)
{
    struct breathe_state *b = &visit->breathe;
    take_pattern(visit, settings);
    b->part = 0;
    if (!b->begun) {
        b->begun = true;
        b->began_at = visit->entered;
    }
}

static void enter_lead_in(struct visit *visit, const struct settings *settings, uint8_t from)
{
    struct breathe_state *b = &visit->breathe;
    if (from == OFFER) {
        b->gentle = true;
        b->gentle_for = settings->pattern;
    }
    if (from == OFFER || from == CLOSE)
        b->begun = false;
    take_pattern(visit, settings);
    b->own_in_ns = b->pattern.in_ns[0];
    b->own_out_ns = b->pattern.out_ns;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    struct breathe_state *b = &visit->breathe;
    if (visit->phase == SETTLE)
        *b = (struct breathe_state){0};
    if (visit->phase == LEAD_IN)
        enter_lead_in(visit, settings, from);
    if (visit->phase == IN || (visit->phase == OUT && !b->begun))
        begin_breath(visit, settings);
    if (visit->phase == TOP_UP)
        b->part++;
    if (visit->phase == OUT && b->pattern.cycles_max > 0)
        b->cycles++;
    if (b->pattern.led && (visit->phase == IN || visit->phase == OUT))
        follow(visit, from);
}

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    const struct breathe_state *b = &visit->breathe;
    switch (visit->phase) {
    case SETTLE:
        return settle_length(visit, settings);
    case HOLD_IN:
        return b->pattern.hold_in_ns;
    case HOLD_OUT:
        return b->pattern.hold_out_ns;
    case OUT:
        /* The person's last breath out is whole too: it ends with the time, or after it. */
        return !b->pattern.led
                   ? b->pattern.out_ns
                   : time_max(session_end(visit, settings) - visit->entered, b->own_out_ns);
    default:
        return b->pattern.led ? TIME_NEVER : b->pattern.in_ns[b->part];
    }
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    (void)visit;
    int count = (int)pattern_count(settings);
    settings->pattern = (uint8_t)(((int)settings->pattern + step + count) % count);
    return (struct choice){.name = "breathe.pattern",
                           .word = pattern_get(settings, settings->pattern)->name};
}

static void append_seconds(char *arg, size_t size, time_ns length)
{
    char number[16];
    text_from_milli(number, sizeof number, length / NS_PER_MS);
    (void)text_append(arg, size, number);
}

/* "box, 4-4-4-4", "sigh, 2+1-0-6-0"; `yours` has no numbers. */
static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)visit;
    const struct pattern *p = pattern_get(settings, settings->pattern);
    (void)text_copy(arg, arg_size, p->name);
    if (p->led)
        return N_("Up and Down: %s. Hold Space to breathe in, let go to breathe out");
    bool named_by_numbers = p->name[0] >= '0' && p->name[0] <= '9';
    if (named_by_numbers)
        return N_("Up and Down: %s");
    (void)text_append(arg, arg_size, ", ");
    for (uint8_t i = 0; i < PATTERN_PARTS_MAX && p->in_ns[i] > 0; i++) {
        if (i > 0)
            (void)text_append(arg, arg_size, "+");
        append_seconds(arg, arg_size, p->in_ns[i]);
    }
    const time_ns rest[] = {p->hold_in_ns, p->out_ns, p->hold_out_ns};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        (void)text_append(arg, arg_size, "-");
        append_seconds(arg, arg_size, rest[i]);
    }
    return N_("Up and Down: %s");
}

static bool keeps_space(const struct visit *visit)
{
    return visit->breathe.pattern.led && (visit->phase == IN || visit->phase == OUT);
}

static double fill(const struct visit *visit, time_ns now)
{
    const struct breathe_state *b = &visit->breathe;
    const struct pattern *p = &b->pattern;
    time_ns passed = now - visit->entered;
    if (p->led)
        return fill_led(b, visit->phase, passed);
    if (visit->phase == HOLD_IN)
        return 1.0;
    if (visit->phase == HOLD_OUT)
        return 0.0;
    if (visit->phase == OUT)
        return 1.0 - part_of(passed, p->out_ns);
    uint8_t last = PATTERN_PARTS_MAX - 1;
    double from = fill_before(p, b->part);
    double to = b->part == last ? 1.0 : fill_before(p, (uint8_t)(b->part + 1));
    return from + (to - from) * part_of(passed, p->in_ns[b->part]);
}

static const char *word(const struct visit *visit)
{
    static const char *const thirds[PATTERN_PARTS_MAX] = {N_("In, the belly"), N_("the ribs"),
                                                          N_("the chest")};
    const struct pattern *p = &visit->breathe.pattern;
    if ((visit->phase == IN || visit->phase == TOP_UP) && p->in_ns[PATTERN_PARTS_MAX - 1] > 0)
        return thirds[visit->breathe.part];
    switch (visit->phase) {
    case IN:
        return N_("In");
    case TOP_UP:
        return N_("a little more");
    case OUT:
        return N_("Out");
    default:
        return N_("Hold");
    }
}

static void view_seconds(const struct visit *visit, struct view *view)
{
    time_ns left = visit->due - view->now;
    if (!view->settings->breathe_seconds_shown || visit->due == TIME_NEVER || left <= 0 ||
        visit->breathe.pattern.led)
        return;
    time_ns whole = (left + NS_PER_S - 1) / NS_PER_S;
    char number[16];
    text_from_milli(number, sizeof number, whole * 1000);
    struct scene_line *line = view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, number, 1.0);
    if (line != NULL) {
        line->literal = true;
        line->ink = SCENE_INK_FAINT;
    }
    view_changes_at(view, visit->due - (whole - 1) * NS_PER_S);
}

static void view_breath(const struct visit *visit, struct view *view)
{
    view_pacer(view, SCENE_SHAPE_DISC, fill(visit, view->now));
    (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, word(visit), 1.0);
    view_seconds(visit, view);
    if (visit->phase != HOLD_IN && visit->phase != HOLD_OUT)
        view_changes_at(view, view->now);
}

static void view(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &phases[visit->phase];
    switch (visit->phase) {
    case SETTLE:
    case OFFER:
    case CLOSE:
        view_words(view, phase, SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    case LEAD_IN:
        view_pacer(view, SCENE_SHAPE_DISC, 0.0);
        view_words(view, phase, SCENE_SLOT_LOWER, SCENE_SLOT_LOWER);
        break;
    default:
        view_breath(visit, view);
        break;
    }
}

const struct technique technique_breathe = {
    .id = "breathe",
    .title = N_("Breathing"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .enter = enter,
    .choose = choose,
    .choice = choice,
    .keeps_space = keeps_space,
    .view = view,
};

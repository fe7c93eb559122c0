/* 10 yawn: a line opens like a jaw and breathes; yawning is catching.  Through the mouth:
 * contagion was 48 % with mouth breathing and none through the nose (docs/evidence.md). */
#include "techniques.h"
#include "view.h"

#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"

enum { SETTLE, IN, WIDE, OUT, BETWEEN, EYES, CLOSE };

#define IN_NS     MILLISECONDS(2500)
#define WIDE_NS   SECONDS(1)
#define OUT_NS    MILLISECONDS(2500)
#define WAVE_NS   (IN_NS + WIDE_NS + OUT_NS)
#define EYES_NS   SECONDS(20)
#define HALF_OPEN 0.5
#define WAVES_MIN 3
#define WAVES_MAX 8

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .words = {N_("Open your mouth and breathe through it."),
                          N_("When the line opens, yawn with it. Pretending counts as yawning.")},
                .caution = N_("It does not work for everyone, and it can make you sleepy. With a "
                              "delicate jaw, half open is plenty."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [IN] = {.name = "in",
            .words = {N_("In, wide open")},
            .length_ns = IN_NS,
            .cue = CUE_YAWN_IN,
            .previous = SETTLE,
            .flags = PHASE_CUT},
    [WIDE] = {.name = "wide",
              .words = {N_("wide")},
              .length_ns = WIDE_NS,
              .previous = IN,
              .flags = PHASE_CUT},
    [OUT] = {.name = "out",
             .words = {N_("and out")},
             .length_ns = OUT_NS,
             .cue = CUE_YAWN_OUT,
             .previous = IN,
             .flags = PHASE_CUT},
    [BETWEEN] = {.name = "between", .length_ns = PHASE_LENGTH_OWN, .previous = IN},
    [EYES] = {.name = "eyes",
              .words = {N_("Close your eyes softly."), N_("Let whatever is there run.")},
              .length_ns = EYES_NS,
              .cue = CUE_MARK,
              .previous = BETWEEN},
    [CLOSE] = {.name = "close",
               .words = {N_("Let your jaw hang for a moment, and swallow."),
                         N_("A yawn, or none: both are fine.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .cue = CUE_MARK,
               .previous = EYES},
};

static bool waves_left(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)at;
    return visit->rounds < settings->yawn_waves;
}

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, NULL, NULL, IN},
    {SETTLE, CAUSE_SPACE, NULL, NULL, IN},
    {IN, CAUSE_TIME, NULL, NULL, WIDE},
    {WIDE, CAUSE_TIME, NULL, NULL, OUT},
    {OUT, CAUSE_TIME, waves_left, "waves left", BETWEEN},
    {OUT, CAUSE_TIME, NULL, NULL, EYES},
    {BETWEEN, CAUSE_TIME, NULL, NULL, IN},
    {EYES, CAUSE_TIME, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    if (visit->phase == SETTLE)
        return settle_length(visit, settings);
    return SECONDS(settings->yawn_interval_s) - WAVE_NS;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    (void)settings;
    if (visit->phase == SETTLE)
        visit->rounds = 0;
    if (visit->phase == OUT && from == WIDE && visit->rounds < UINT8_MAX)
        visit->rounds++;
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    (void)visit;
    int32_t next = settings->yawn_waves + step;
    settings->yawn_waves = next < WAVES_MIN ? WAVES_MIN : next > WAVES_MAX ? WAVES_MAX : next;
    return (struct choice){.name = "yawn.waves", .value = settings->yawn_waves};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)visit;
    text_from_milli(arg, arg_size, settings->yawn_waves * INT64_C(1000));
    return N_("Up and Down: %s waves");
}

static double opening(const struct visit *visit, time_ns now)
{
    time_ns t = now - visit->entered;
    switch (visit->phase) {
    case IN:
        return ease_cosine((double)t / (double)IN_NS);
    case WIDE:
        return 1.0;
    case OUT:
        return 1.0 - ease_cosine((double)t / (double)OUT_NS);
    default:
        return 0.0;
    }
}

/* A delicate jaw is not told to open wide. */
static const char *words_of(uint8_t phase, const char *words, const struct settings *settings)
{
    if (!care_asks(settings, CARE_HALF_OPEN))
        return words;
    return phase == IN ? N_("In, half open") : phase == WIDE ? N_("half open") : words;
}

static void view_jaw(const struct visit *visit, struct view *view)
{
    double widest = care_asks(view->settings, CARE_HALF_OPEN) ? HALF_OPEN : 1.0;
    view_pacer(view, SCENE_SHAPE_JAW, widest * opening(visit, view->now));
    if (visit->phase == IN || visit->phase == OUT)
        view_changes_at(view, view->now);
}

static void view(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &phases[visit->phase];
    switch (visit->phase) {
    case SETTLE:
    case CLOSE:
        view_words(view, phase, SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    case EYES:
        view_words(view, phase, SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    case BETWEEN:
        view_jaw(visit, view);
        break;
    default:
        view_jaw(visit, view);
        for (size_t i = 0; i < PHASE_WORDS_MAX && phase->words[i] != NULL; i++)
            (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE,
                            words_of(visit->phase, phase->words[i], view->settings), 1.0);
        break;
    }
}

const struct technique technique_yawn = {
    .id = "yawn",
    .title = N_("Yawning"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .enter = enter,
    .choose = choose,
    .choice = choice,
    .view = view,
};

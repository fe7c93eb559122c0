/* 5 move: slow shapes on the floor, the same on a chair for bodies that need care, or shadow
 * boxing.  Lengths and cautions: docs/evidence.md. */
#include "techniques.h"
#include "view.h"

#include "figure.h"
#include "lacrima/core/care.h"
#include "mark.h"
#include "move_box.h"

#include <stddef.h>

enum {
    SETTLE,
    NECK,
    CAT_COW,
    CHILD,
    LUNGE_LEFT,
    LUNGE_RIGHT,
    PIGEON_LEFT,
    PIGEON_RIGHT,
    BUTTERFLY,
    REST,
    CLOSE,
    SIT_NECK,
    SIT_CAT_COW,
    SIT_FOLD,
    FOUR_LEFT,
    FOUR_RIGHT,
    TWIST_LEFT,
    TWIST_RIGHT,
    SIT_REST,
    SIT_CLOSE,
    READY,
    ROUND,
    PAUSE,
    BOX_CLOSE
};

#define READY_NS SECONDS(20)
#define PAUSE_NS MINUTES(1)
/* How long the words of a pose stay; then the figure and the breath stand alone. */
#define WORDS_NS  SECONDS(30)
#define POSE_HINT N_("Right goes on, Space pauses")

/* Every pose is a row like this one. */
#define POSE(its_name, before, its_caution, ...)                                                   \
    {                                                                                              \
        .name = its_name, .words = {__VA_ARGS__}, .caution = its_caution, .hint = POSE_HINT,       \
        .length_ns = PHASE_LENGTH_OWN, .cue = CUE_MARK, .previous = before                         \
    }

#define CLOSING(before)                                                                            \
    {                                                                                              \
        .name = "close",                                                                           \
        .words = {N_("Stay as you are for a moment."),                                             \
                  N_("Something moved, or nothing did: both are fine.")},                          \
        .hint = N_("Space goes on"), .length_ns = CLOSE_NS, .cue = CUE_BELL, .previous = before    \
    }

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .words = {N_("A mat or a rug, and room to lie down."),
                          N_("Go into each shape as far as it is kind to you. A slow breath moves "
                             "beside it.")},
                .caution = N_("Pain in a joint: come out of it, slowly. Right goes on to the "
                              "next."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [NECK] = POSE("neck", SETTLE,
                  N_("Only to the sides, and no rolling. A sore neck: leave it upright."),
                  N_("Sit easily, hands on your knees."),
                  N_("Let one ear sink towards its shoulder, then the other.")),
    [CAT_COW] = POSE("cat-cow", NECK,
                     N_("Sore wrists: lean on your forearms. Sore knees: a folded blanket under "
                        "them."),
                     N_("On hands and knees."),
                     N_("Breathing out, round your back; breathing in, let it sink.")),
    [CHILD] = POSE("child", CAT_COW,
                   N_("Sore knees or ankles, high blood pressure: a cushion under your forehead, "
                      "or stay sitting."),
                   N_("Sit back towards your heels, and let your forehead come down."),
                   N_("Your arms lie in front of you, or beside you.")),
    [LUNGE_LEFT] =
        POSE("lunge-left", CHILD,
             N_("A folded blanket under the knee. If knee or hip hurts, come out of it."),
             N_("Left foot forward, right knee down. Hands on your thigh."),
             N_("Let the hips sink a little.")),
    [LUNGE_RIGHT] =
        POSE("lunge-right", LUNGE_LEFT,
             N_("A folded blanket under the knee. If knee or hip hurts, come out of "
                "it."),
             N_("Now the right foot forward, left knee down."), N_("Let the hips sink a little.")),
    [PIGEON_LEFT] = POSE("pigeon-left", LUNGE_RIGHT,
                         N_("If knee, hip or lower back pulls sharply, leave the foot on the "
                            "floor."),
                         N_("On your back, left ankle over the right knee. Hold behind the "
                            "thigh."),
                         N_("Some people feel a great deal here, others only a stretch.")),
    [PIGEON_RIGHT] = POSE("pigeon-right", PIGEON_LEFT,
                          N_("If knee, hip or lower back pulls sharply, leave the foot on the "
                             "floor."),
                          N_("Now the right ankle over the left knee.")),
    [BUTTERFLY] = POSE("butterfly", PIGEON_RIGHT, N_("If the knees pull, put cushions under them."),
                       N_("Sit up, soles together, and let the knees fall to the sides."),
                       N_("Hold your feet. Your back may be long or round.")),
    [REST] = POSE("rest", BUTTERFLY,
                  N_("A cushion under the knees eases the back. Late in pregnancy, lie on your "
                     "side."),
                  N_("Lie down, arms a little away from you."), N_("Nothing to hold now.")),
    [CLOSE] = CLOSING(REST),
    [SIT_NECK] = POSE("sit-neck", SETTLE,
                      N_("Only to the sides, and no rolling. A sore neck: leave it upright."),
                      N_("Sit upright, both feet on the floor."),
                      N_("Let one ear sink towards its shoulder, then the other.")),
    [SIT_CAT_COW] =
        POSE("sit-cat-cow", SIT_NECK, N_("Small is plenty."), N_("Hands on your knees."),
             N_("Breathing out, round your back; breathing in, open your chest.")),
    [SIT_FOLD] = POSE("sit-fold", SIT_CAT_COW,
                      N_("Your head stays higher than your heart. Dizzy: come up slowly."),
                      N_("Lean forward, forearms on your thighs."), N_("Let your back be heavy.")),
    [FOUR_LEFT] = POSE("four-left", SIT_FOLD,
                       N_("If knee or hip hurts, cross your ankles on the floor instead."),
                       N_("Left ankle on the right knee, or on the shin."),
                       N_("Some people feel a great deal here, others only a stretch.")),
    [FOUR_RIGHT] = POSE("four-right", FOUR_LEFT,
                        N_("If knee or hip hurts, cross your ankles on the floor instead."),
                        N_("Now the right ankle on the left knee, or on the shin.")),
    [TWIST_LEFT] = POSE("twist-left", FOUR_RIGHT,
                        N_("Pregnant, or a sore back: turn your shoulders only a little."),
                        N_("Right hand on the left knee, the other on the chair behind you."),
                        N_("Turn a little to the left, from low in your back up.")),
    [TWIST_RIGHT] =
        POSE("twist-right", TWIST_LEFT,
             N_("Pregnant, or a sore back: turn your shoulders only a little."),
             N_("Now the left hand on the right knee."), N_("Turn a little to the right.")),
    [SIT_REST] = POSE("sit-rest", TWIST_RIGHT, NULL, N_("Lean back, hands in your lap."),
                      N_("Nothing to hold now.")),
    [SIT_CLOSE] = CLOSING(SIT_REST),
    [READY] = {.name = "ready",
               .words = {N_("Feet apart, knees soft, hands loose by your chin."),
                         N_("A soft sound, and the words say left or right. Slow and light is "
                            "plenty.")},
               .caution = N_("A sore wrist, hand or shoulder: keep your hands by your chin, and "
                             "only step."),
               .hint = N_("Space begins"),
               .length_ns = READY_NS,
               .cue = CUE_MARK,
               .previous = SETTLE},
    [ROUND] = {.name = "round", .length_ns = PHASE_LENGTH_OWN, .cue = CUE_BELL, .previous = READY},
    [PAUSE] = {.name = "pause",
               .words = {N_("Hands open and loose. Let your arms hang."),
                         N_("Walk about a little, until the breath is quiet.")},
               .hint = POSE_HINT,
               .length_ns = PAUSE_NS,
               .cue = CUE_BELL,
               .previous = ROUND},
    [BOX_CLOSE] = CLOSING(PAUSE),
};

/* What settle says to those who sit, and to those who box. */
static const struct phase settle_seated = {
    .words = {N_("A steady chair without wheels, both feet on the floor."),
              N_("Go into each shape as far as it is kind to you. A slow breath moves beside it.")},
    .caution = N_("Pain in a joint: come out of it, slowly. Right goes on to the next."),
};
static const struct phase settle_boxing = {
    .words = {N_("Shadow boxing: nobody is hit. Room around you, one and a half metres each way."),
              N_("A bell begins and ends a round, a knock comes ten seconds before its end.")},
    .caution = N_("With heart trouble, a pregnancy or dizziness, take a slow walk instead. "
                  "Short of breath: stop, and let it become quiet."),
};

/* The figure of a phase, and which setting says how many minutes it stays. */
struct pose {
    enum figure_id figure;
    bool mirrored;
    size_t minutes;
};

#define MINUTES_OF(field) offsetof(struct settings, move_##field##_min)

static const struct pose poses[] = {
    [NECK] = {FIGURE_NECK, false, MINUTES_OF(neck)},
    [CAT_COW] = {FIGURE_CAT_COW, false, MINUTES_OF(cat_cow)},
    [CHILD] = {FIGURE_CHILD, false, MINUTES_OF(child)},
    [LUNGE_LEFT] = {FIGURE_LUNGE, true, MINUTES_OF(lunge)},
    [LUNGE_RIGHT] = {FIGURE_LUNGE, false, MINUTES_OF(lunge)},
    [PIGEON_LEFT] = {FIGURE_PIGEON, true, MINUTES_OF(pigeon)},
    [PIGEON_RIGHT] = {FIGURE_PIGEON, false, MINUTES_OF(pigeon)},
    [BUTTERFLY] = {FIGURE_BUTTERFLY, false, MINUTES_OF(butterfly)},
    [REST] = {FIGURE_REST, false, MINUTES_OF(rest)},
    [SIT_NECK] = {FIGURE_CHAIR_NECK, false, MINUTES_OF(neck)},
    [SIT_CAT_COW] = {FIGURE_CHAIR_CAT_COW, false, MINUTES_OF(cat_cow)},
    [SIT_FOLD] = {FIGURE_CHAIR_FOLD, false, MINUTES_OF(child)},
    [FOUR_LEFT] = {FIGURE_CHAIR_FOUR, true, MINUTES_OF(pigeon)},
    [FOUR_RIGHT] = {FIGURE_CHAIR_FOUR, false, MINUTES_OF(pigeon)},
    [TWIST_LEFT] = {FIGURE_CHAIR_TWIST, false, MINUTES_OF(lunge)},
    [TWIST_RIGHT] = {FIGURE_CHAIR_TWIST, true, MINUTES_OF(lunge)},
    [SIT_REST] = {FIGURE_CHAIR_REST, false, MINUTES_OF(rest)},
};

static bool seated_now(const struct settings *settings)
{
    return care_asks(settings, CARE_SEATED);
}

static bool boxing_now(const struct settings *settings)
{
    return settings->moving != MOVING_STRETCH && !care_asks(settings, CARE_NO_BOXING);
}

static bool boxing(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)visit;
    (void)at;
    return boxing_now(settings);
}

static bool seated(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)visit;
    (void)at;
    return seated_now(settings);
}

static bool rounds_left(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)at;
    return visit->rounds < settings->move_rounds;
}

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, boxing, "boxing", READY},
    {SETTLE, CAUSE_TIME, seated, "seated", SIT_NECK},
    {SETTLE, CAUSE_TIME, NULL, NULL, NECK},
    {SETTLE, CAUSE_SPACE, boxing, "boxing", READY},
    {SETTLE, CAUSE_SPACE, seated, "seated", SIT_NECK},
    {SETTLE, CAUSE_SPACE, NULL, NULL, NECK},
    {NECK, CAUSE_TIME, NULL, NULL, CAT_COW},
    {CAT_COW, CAUSE_TIME, NULL, NULL, CHILD},
    {CHILD, CAUSE_TIME, NULL, NULL, LUNGE_LEFT},
    {LUNGE_LEFT, CAUSE_TIME, NULL, NULL, LUNGE_RIGHT},
    {LUNGE_RIGHT, CAUSE_TIME, NULL, NULL, PIGEON_LEFT},
    {PIGEON_LEFT, CAUSE_TIME, NULL, NULL, PIGEON_RIGHT},
    {PIGEON_RIGHT, CAUSE_TIME, NULL, NULL, BUTTERFLY},
    {BUTTERFLY, CAUSE_TIME, NULL, NULL, REST},
    {REST, CAUSE_TIME, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
    {SIT_NECK, CAUSE_TIME, NULL, NULL, SIT_CAT_COW},
    {SIT_CAT_COW, CAUSE_TIME, NULL, NULL, SIT_FOLD},
    {SIT_FOLD, CAUSE_TIME, NULL, NULL, FOUR_LEFT},
    {FOUR_LEFT, CAUSE_TIME, NULL, NULL, FOUR_RIGHT},
    {FOUR_RIGHT, CAUSE_TIME, NULL, NULL, TWIST_LEFT},
    {TWIST_LEFT, CAUSE_TIME, NULL, NULL, TWIST_RIGHT},
    {TWIST_RIGHT, CAUSE_TIME, NULL, NULL, SIT_REST},
    {SIT_REST, CAUSE_TIME, NULL, NULL, SIT_CLOSE},
    {SIT_CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {SIT_CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
    {READY, CAUSE_TIME, NULL, NULL, ROUND},
    {READY, CAUSE_SPACE, NULL, NULL, ROUND},
    {ROUND, CAUSE_TIME, NULL, NULL, PAUSE},
    {PAUSE, CAUSE_TIME, rounds_left, "rounds left", ROUND},
    {PAUSE, CAUSE_TIME, NULL, NULL, BOX_CLOSE},
    {BOX_CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {BOX_CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    if (visit->phase == SETTLE)
        return settle_length(visit, settings);
    if (visit->phase == ROUND)
        return MINUTES(settings->moving == MOVING_BOX_3 ? 3 : 2);
    const char *minutes = (const char *)settings + poses[visit->phase].minutes;
    return MINUTES(*(const int32_t *)minutes);
}

/* In a round: a soft sound with each call, and the knock before its end. */
static bool mark(const struct visit *visit, const struct settings *settings, uint8_t n,
                 struct mark *mark)
{
    (void)settings;
    if (visit->phase != ROUND)
        return false;
    return box_mark(visit->due - visit->entered, visit->rounds, n, mark);
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    (void)settings;
    if (visit->phase == SETTLE)
        visit->rounds = 0;
    if (visit->phase == PAUSE && from == ROUND && visit->rounds < UINT8_MAX)
        visit->rounds++;
}

static struct choice choose(struct visit *visit, struct settings *settings, int step)
{
    static const char *const words[MOVING_KINDS] = {
        [MOVING_STRETCH] = "stretch", [MOVING_BOX_2] = "box-2-1", [MOVING_BOX_3] = "box-3-1"};
    /* Of what has begun nothing would change, only of the next time. */
    if (visit->phase != SETTLE || care_asks(settings, CARE_NO_BOXING))
        return (struct choice){.name = NULL};
    int next = ((int)settings->moving + step + MOVING_KINDS) % MOVING_KINDS;
    settings->moving = (enum moving)next;
    return (struct choice){.name = "move.kind", .word = words[next]};
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    static const char *const lines[MOVING_KINDS] = {
        [MOVING_STRETCH] = N_("Up and Down: slow stretches"),
        [MOVING_BOX_2] = N_("Up and Down: shadow boxing, two minutes and one of rest"),
        [MOVING_BOX_3] = N_("Up and Down: shadow boxing, three minutes and one of rest")};
    (void)visit;
    (void)arg;
    (void)arg_size;
    /* What is chosen for whoever needs care is said by the words, and below them. */
    return care_asks(settings, CARE_NO_BOXING) ? NULL : lines[settings->moving];
}

static void view_settle(struct view *view)
{
    const struct phase *said = boxing_now(view->settings)   ? &settle_boxing
                               : seated_now(view->settings) ? &settle_seated
                                                            : &phases[SETTLE];
    view_words(view, said, SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
}

/* The words above the figure and the caution below it, until they leave. */
static void view_pose_words(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &phases[visit->phase];
    time_ns from = visit->entered - VIEW_FADE_NS;
    double alpha = view_shown(view, from, visit->entered + WORDS_NS);
    for (size_t i = 0; i < PHASE_WORDS_MAX && phase->words[i] != NULL; i++)
        (void)view_line(view, SCENE_SLOT_UPPER, SCENE_STYLE_BODY, phase->words[i], alpha);
    struct scene_line *caution =
        view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, phase->caution, alpha);
    if (caution != NULL)
        caution->ink = SCENE_INK_FAINT;
}

static void view_pose(const struct visit *visit, struct view *view, enum figure_id figure,
                      bool mirrored)
{
    time_ns t = view->now - visit->entered;
    double t_s = settings_reduced_motion(view->settings) ? figure_still_s(&figures[figure])
                                                         : time_seconds(t);
    figure_show(figure, mirrored, t_s, 1.0, view->scene);
    view_breath_beside(view, t);
    view_pose_words(visit, view);
}

static void view(const struct visit *visit, struct view *view)
{
    switch (visit->phase) {
    case SETTLE:
        view_settle(view);
        break;
    case CLOSE:
    case SIT_CLOSE:
    case BOX_CLOSE:
        view_words(view, &phases[visit->phase], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        break;
    case READY:
        figure_show(FIGURE_BOX_LEAD, true, 0.0, 1.0, view->scene);
        view_pose_words(visit, view);
        break;
    case ROUND:
        box_view(visit, view);
        break;
    case PAUSE:
        view_pose(visit, view, FIGURE_BOX_REST, false);
        break;
    default:
        view_pose(visit, view, poses[visit->phase].figure, poses[visit->phase].mirrored);
        break;
    }
}

const struct technique technique_move = {
    .id = "move",
    .title = N_("Moving"),
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

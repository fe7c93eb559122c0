#include "move_box.h"

#include "figure.h"
#include "mark.h"
#include "view.h"

#include <string.h>

#define FIRST_CALL_NS SECONDS(5)
/* A call closer to the knock than this is left out. */
#define CALL_ROOM_NS SECONDS(7)
/* The figure begins so long after the word, and takes so long for each blow; see
 * assets/figures/box-lead.figure. */
#define BLOW_AFTER_NS MILLISECONDS(600)
#define BLOW_NS       MILLISECONDS(1600)

struct combination {
    const char *words, *blows;
};

static const struct combination combinations[] = {
    {N_("left"), "L"},
    {N_("left, right"), "LR"},
    {N_("left, left, right"), "LLR"},
    {N_("a step back, and breathe"), ""},
    {N_("right, left"), "RL"},
    {N_("left, right, left"), "LRL"},
    {N_("shake both hands loose"), ""},
    {N_("left, left"), "LL"},
    {N_("right, left, right"), "RLR"},
};

#define COMBINATIONS (sizeof combinations / sizeof combinations[0])
/* Steps through the table that have no divisor in common with its length reach all of it. */
#define CALL_STEP  5
#define ROUND_STEP 2

/* From each call to the next, over and over. */
static const time_ns gaps[] = {SECONDS(7), SECONDS(6), SECONDS(8), SECONDS(7), SECONDS(9)};

#define GAPS (sizeof gaps / sizeof gaps[0])

bool box_call(time_ns length, uint8_t round, uint8_t n, struct box_call *call)
{
    time_ns at = FIRST_CALL_NS;
    for (size_t i = 0; i < n; i++)
        at += gaps[i % GAPS];
    if (at > length - BOX_CLACK_BEFORE_NS - CALL_ROOM_NS)
        return false;
    const struct combination *called =
        &combinations[((size_t)n * CALL_STEP + (size_t)round * ROUND_STEP) % COMBINATIONS];
    *call = (struct box_call){.at = at, .words = called->words, .blows = called->blows};
    return true;
}

bool box_mark(time_ns length, uint8_t round, uint8_t n, struct mark *mark)
{
    struct box_call call;
    if (box_call(length, round, n, &call)) {
        *mark = (struct mark){.after = call.at, .cue = CUE_MARK};
        return true;
    }
    if (n > 0 && !box_call(length, round, (uint8_t)(n - 1), &call))
        return false;
    *mark = (struct mark){.after = length - BOX_CLACK_BEFORE_NS, .cue = CUE_CLACK};
    return true;
}

/* The figure t into a call: one blow after another, then the guard again. */
static void view_blows(const struct visit *visit, struct view *view, const struct box_call *call)
{
    time_ns t = view->now - visit->entered - call->at - BLOW_AFTER_NS;
    bool moves = !settings_reduced_motion(view->settings);
    time_ns whole = moves ? BLOW_NS * (time_ns)strlen(call->blows) : 0;
    if (t < 0 || t >= whole) {
        figure_show(FIGURE_BOX_LEAD, true, 0.0, 1.0, view->scene);
        if (t < 0)
            view_changes_at(view, view->now - t);
        return;
    }
    bool left = call->blows[t / BLOW_NS] == 'L';
    figure_show(left ? FIGURE_BOX_LEAD : FIGURE_BOX_REAR, true, time_seconds(t % BLOW_NS), 1.0,
                view->scene);
    view_changes_at(view, view->now);
}

static void view_free_end(const struct visit *visit, struct view *view, time_ns clack)
{
    figure_show(FIGURE_BOX_LEAD, true, 0.0, 1.0, view->scene);
    (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, N_("As you like, until the bell."),
                    view_shown(view, visit->entered + clack, TIME_NEVER));
}

void box_view(const struct visit *visit, struct view *view)
{
    time_ns length = visit->due - visit->entered;
    time_ns t = view->now - visit->entered;
    time_ns clack = length - BOX_CLACK_BEFORE_NS;
    if (t >= clack) {
        view_free_end(visit, view, clack);
        return;
    }
    struct box_call call = {.at = 0, .blows = ""};
    struct box_call next = call;
    time_ns until = clack;
    for (uint8_t n = 0; box_call(length, visit->rounds, n, &next); n++) {
        if (next.at > t) {
            until = next.at;
            break;
        }
        call = next;
    }
    view_changes_at(view, visit->entered + until);
    view_blows(visit, view, &call);
    (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, call.words,
                    view_shown(view, visit->entered + call.at, visit->entered + until));
}

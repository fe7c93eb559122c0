/* 4 music: the person's own first.  A slow, dim glow follows how loud it is. */
#include "techniques.h"
#include "view.h"

#include "mark.h"

enum { SETTLE, LISTEN, CLOSE };

#define TITLE_FOR_NS     SECONDS(8)
#define THOUGHT_AFTER_NS SECONDS(12)
#define THOUGHT_FOR_NS   SECONDS(9)
/* The person's own word, or the thought, comes when the title has left. */
#define WORD_AFTER_NS SECONDS(1)
/* With reduced motion the glow only stands there. */
#define GLOW_STILL 0.4

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .words = {N_("Sit or lie where you can hear well."),
                          N_("Nothing to do now but listen.")},
                .caution = N_("Some songs only hurt. N goes to another."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [LISTEN] = {.name = "listen",
                .length_ns = PHASE_WAITS,
                .previous = SETTLE,
                .flags = PHASE_MUSIC},
    [CLOSE] = {.name = "close",
               .words = {N_("Stay with the quiet for a moment.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .previous = LISTEN,
               .flags = PHASE_QUIET},
};

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, NULL, NULL, LISTEN},       {SETTLE, CAUSE_SPACE, NULL, NULL, LISTEN},
    {LISTEN, CAUSE_MUSIC_ENDED, NULL, NULL, CLOSE}, {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)visit;
    (void)settings;
    (void)arg;
    (void)arg_size;
    return N_("Up and Down: another piece");
}

static void view_listen(const struct visit *visit, struct view *view)
{
    bool still = settings_reduced_motion(view->settings);
    scene_add_shape(view->scene, SCENE_SHAPE_GLOW, still ? GLOW_STILL : visit->level, 1.0);
    if (!still)
        view_changes_at(view, view->now);
    time_ns titled = visit->titled_at;
    time_ns title_end = titled == TIME_NEVER ? TIME_NEVER : titled + TITLE_FOR_NS;
    /* What stood here leaves before it comes. */
    if (titled != TIME_NEVER && view->now < titled) {
        view_changes_at(view, titled);
        return;
    }
    struct scene_line *title = view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, visit->title,
                                         view_shown(view, titled, title_end));
    if (title != NULL) {
        title->literal = true;
        return;
    }
    bool own = visit->word[0] != '\0' && titled != TIME_NEVER;
    time_ns thought = own ? title_end + WORD_AFTER_NS : visit->entered + THOUGHT_AFTER_NS;
    time_ns thought_end = thought + THOUGHT_FOR_NS;
    /* It comes by itself and whole, or not at all. */
    if (title_end != TIME_NEVER && thought < title_end + WORD_AFTER_NS)
        thought = title_end + WORD_AFTER_NS;
    if (thought_end < thought + 2 * VIEW_FADE_NS)
        return;
    struct scene_line *line =
        view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY,
                  own ? visit->word : N_("Think about a time this song belongs to."),
                  view_shown(view, thought, thought_end));
    if (line != NULL) {
        line->ink = SCENE_INK_FAINT;
        line->literal = own;
    }
}

static void view(const struct visit *visit, struct view *view)
{
    if (visit->phase == LISTEN)
        view_listen(visit, view);
    else
        view_words(view, &phases[visit->phase], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
}

const struct technique technique_music = {
    .id = "music",
    .title = N_("Music"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = settle_length,
    .chooses_track = true,
    .choice = choice,
    .view = view,
};

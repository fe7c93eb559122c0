/* What is seen: the technique's own view, or what lies over it, and the fade between. */
#include "session_inner.h"

#include "cards.h"
#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"
#include "sequencer.h"
#include "view.h"

#include <string.h>

/* All text and shapes wander within two pixels, a pixel every half minute, so that nothing
 * burns in. */
#define DRIFT_EVERY_NS SECONDS(30)

static void drift(time_ns now, struct view *view)
{
    static const int16_t path[][2] = {{0, 0}, {1, 0}, {1, 1}, {2, 1},
                                      {2, 2}, {1, 2}, {0, 2}, {0, 1}};
    time_ns step = now / DRIFT_EVERY_NS;
    size_t place = (size_t)(step % (time_ns)(sizeof path / sizeof path[0]));
    view->scene->drift_x_px = path[place][0];
    view->scene->drift_y_px = path[place][1];
    view_changes_at(view, (step + 1) * DRIFT_EVERY_NS);
}

time_ns session_colours(const struct session *session, time_ns now, struct scene *scene)
{
    const struct settings *settings = &session->settings;
    scene_init(scene);
    palette_apply(settings, settings->palette, settings->look_dim, scene);
    if (session->colours_since == TIME_NEVER)
        return TIME_NEVER;
    /* They may stand still for a while (session_fade.c). */
    time_ns next;
    time_ns gone = session_colours_gone(session, now, &next);
    if (gone >= session->colours_ns)
        return TIME_NEVER;
    struct scene mixed;
    struct scene before = session->colours_from;
    before.line_count = 0;
    before.shape_count = 0;
    before.figure = (struct scene_figure){0};
    double mix = (double)gone / (double)session->colours_ns;
    scene_mix(&before, scene, mix, &mixed);
    *scene = mixed;
    return next;
}

static void take_colours(struct scene *scene, const struct scene *colours)
{
    scene->field = colours->field;
    scene->ink = colours->ink;
    scene->ink_faint = colours->ink_faint;
    scene->ink_over = colours->ink_over;
    scene->accent = colours->accent;
    scene->line = colours->line;
}

static void view_home(const struct session *session, struct view *view)
{
    for (enum technique_id id = TECHNIQUE_STARE; id < TECHNIQUE_COUNT; id++) {
        const struct technique *technique = technique_get(id);
        if (technique == NULL)
            continue;
        struct scene_line *row =
            scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, technique->title);
        row->key[0] = technique_key(id);
        view_row(row, id == session->chosen);
    }
    struct scene_line *quiet = scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_BODY,
                                              N_("Nothing has to happen here."));
    quiet->ink = SCENE_INK_FAINT;
}

/* "1 2 4 0": the digits of the ways that are built. */
static void view_digits(struct view *view)
{
    struct scene_line *row = scene_add_line(view->scene, SCENE_SLOT_TABLE, SCENE_STYLE_SMALL,
                                            N_("the ways, from anywhere"));
    for (enum technique_id id = TECHNIQUE_STARE; id < TECHNIQUE_COUNT; id++) {
        const char digit[] = {technique_key(id), '\0'};
        if (technique_get(id) == NULL)
            continue;
        if (row->key[0] != '\0')
            (void)text_append(row->key, sizeof row->key, " ");
        (void)text_append(row->key, sizeof row->key, digit);
    }
}

static void view_keys(struct view *view)
{
    view_digits(view);
    size_t count = 0;
    const struct keymap_row *rows = keymap_rows(&count);
    for (size_t i = 0; i < count; i++) {
        struct scene_line *row =
            scene_add_line(view->scene, SCENE_SLOT_TABLE, SCENE_STYLE_SMALL, rows[i].words);
        (void)text_copy(row->key, sizeof row->key, rows[i].key);
    }
}

static void view_paused(const struct session *session, struct view *view)
{
    bool away = (session->held & HELD_GAP) != 0;
    (void)scene_add_line(view->scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY,
                         away ? N_("Some time has passed. Nothing was missed.") : N_("Paused."));
    struct scene_line *hint = scene_add_line(view->scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL,
                                             N_("Space goes on, Esc leaves softly"));
    hint->ink = SCENE_INK_FAINT;
}

static void view_let_go(const struct session *session, time_ns now, struct view *view)
{
    if (!session->let_go_asked)
        return;
    time_ns until = session->let_go_asked_at + OFFER_NS;
    struct view own = *view;
    own.now = now;
    double alpha = view_shown(&own, session->let_go_asked_at - VIEW_FADE_NS, until);
    view->next = time_min(view->next, own.next);
    if (alpha <= 0.0)
        return;
    static const struct keymap_row two[] = {{"Space", N_("stay")}, {"Esc", N_("come back slowly")}};
    for (size_t i = 0; i < sizeof two / sizeof two[0]; i++) {
        struct scene_line *row =
            scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, two[i].words);
        (void)text_copy(row->key, sizeof row->key, two[i].key);
        row->alpha = (float)alpha;
    }
}

/* The choice line, below settle's words or where a state says so. */
static void view_choice(const struct visit *visit, struct view *view)
{
    const struct technique *technique = sequencer_technique(visit);
    const struct phase *phase = &technique->phases[visit->phase];
    if ((phase->flags & (PHASE_IS_SETTLE | PHASE_CHOOSES)) == 0 || technique->choice == NULL)
        return;
    char arg[SCENE_ARG_BYTES] = "";
    const char *text = technique->choice(visit, view->settings, arg, sizeof arg);
    struct scene_line *line = view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_BODY, text, 1.0);
    if (line != NULL)
        (void)text_copy(line->arg, sizeof line->arg, arg);
}

/* What "about you" changed in this way, and how to change that. */
static void view_care(const struct visit *visit, struct view *view)
{
    const struct technique *technique = sequencer_technique(visit);
    if ((technique->phases[visit->phase].flags & PHASE_IS_SETTLE) == 0)
        return;
    for (enum care_change change = CARE_SOFT_EYES; change < CARE_CHANGES; change++) {
        if (care_technique(change) != visit->technique || !care_asks(view->settings, change))
            continue;
        struct scene_line *line =
            view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, care_words(change), 1.0);
        if (line != NULL)
            line->ink = SCENE_INK_FAINT;
    }
}

static void view_technique(const struct session *session, time_ns now, struct view *view)
{
    const struct visit *visit = &session->visit;
    struct view own = *view;
    own.now = session_technique_time(session, now);
    own.next = TIME_NEVER;
    own.words = view->words || (session_flags(session) & PHASE_ASKS) != 0;
    view_choice(visit, &own);
    view_care(visit, &own);
    sequencer_technique(visit)->view(visit, &own);
    view->next = time_min(view->next, time_add(own.next, session->offset));
}

/* What lies over a bounded state leaves its picture where it is, to be seen from elsewhere. */
static void view_beneath(const struct session *session, time_ns now, struct view *view)
{
    if (!session_clock_runs(session) || (session_flags(session) & PHASE_BOUNDED) == 0)
        return;
    struct view own = *view;
    own.words = false;
    view_technique(session, now, &own);
    view->next = own.next;
}

const char *session_hint_words(const struct session *session)
{
    if (session->screen == SCREEN_HOME)
        return N_("Space begins, H shows the keys, Esc leaves");
    const struct technique *technique = sequencer_technique(&session->visit);
    const struct phase *phase = &technique->phases[session->visit.phase];
    if (phase->hint != NULL)
        return phase->hint;
    if (technique->keeps_space != NULL && technique->keeps_space(&session->visit))
        return N_("Hold Space: in. Let go: out");
    return session->screen == SCREEN_LANDING ? N_("Esc skips this") : N_("Space pauses");
}

/* The line at the foot: what a key has just changed, else the hint, which leaves by itself
 * (where something waits for a key it stays). */
static void view_foot(const struct session *session, struct view *view)
{
    if (session_view_said(session, view))
        return;
    bool waits = session->screen == SCREEN_HOME || session->visit.due == TIME_NEVER;
    const struct technique *technique = sequencer_technique(&session->visit);
    if (session->screen == SCREEN_TECHNIQUE) {
        const struct phase *phase = &technique->phases[session->visit.phase];
        waits = (phase->flags & PHASE_IS_SETTLE) != 0 ||
                (waits && phase->hint != NULL && (phase->flags & PHASE_HINT_LEAVES) == 0);
    }
    if (session->hint_since == TIME_NEVER)
        return;
    time_ns until = waits ? TIME_NEVER : session->hint_since + HINT_NS;
    double alpha = session_foot_shown(session, view, session->hint_since - VIEW_FADE_NS, until);
    bool wanted = session->settings.look_words || session->screen == SCREEN_HOME ||
                  (session_flags(session) & PHASE_ASKS) != 0;
    if (alpha <= 0.0 || !wanted)
        return;
    struct scene_line *hint = scene_add_line(view->scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL,
                                             session_hint_words(session));
    hint->ink = SCENE_INK_FAINT;
    hint->alpha = (float)alpha;
}

static void view_notice(const struct session *session, struct view *view)
{
    time_ns at = session->notice_at;
    if (at == TIME_NEVER)
        return;
    double alpha = view_shown(view, at, at + NOTICE_NS);
    if (alpha <= 0.0)
        return;
    struct scene_line *line =
        scene_add_line(view->scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, session->notice);
    line->literal = true;
    line->alpha = (float)alpha;
}

static void view_screen(const struct session *session, time_ns now, struct view *view)
{
    if (session->screen == SCREEN_CURTAIN)
        return;
    if (session->screen == SCREEN_LET_GO && session->held == 0) {
        view_let_go(session, now, view);
        return;
    }
    drift(now, view);
    view_notice(session, view);
    if (session->held != 0)
        view_beneath(session, now, view);
    if (session->held & HELD_KEYS) {
        view_keys(view);
        return;
    }
    if (session->held & HELD_CARDS) {
        cards_view(session, view);
        return;
    }
    if (session->held != 0) {
        view_paused(session, view);
        return;
    }
    if (session->screen == SCREEN_HOME)
        view_home(session, view);
    else
        view_technique(session, now, view);
    view_foot(session, view);
}

/* How long photographs fade: slowly enough for never-flash; behind the curtain they go at once. */
static time_ns pictures_ns(const struct session *session, const struct scene *scene)
{
    bool film = session->fade_from.film || scene->film;
    return session->fade_ns == FADE_CURTAIN_NS ? FADE_CURTAIN_NS : view_picture_fade(scene, film);
}

bool session_pictures_fade(const struct session *session, time_ns now)
{
    struct scene colours;
    (void)session_colours(session, now, &colours);
    return session->pictures_fade && session->fade_since != TIME_NEVER &&
           now < session->fade_since + pictures_ns(session, &colours);
}

/* Photographs leave and come at their own pace.  True while they do. */
static bool fade_pictures(const struct session *session, time_ns now, const struct scene *to,
                          struct scene *scene)
{
    const struct scene *from = &session->fade_from;
    memcpy(scene->pictures, to->pictures, sizeof scene->pictures);
    scene->film = to->film;
    if (!session_pictures_fade(session, now))
        return false;
    bool moves = false;
    double mix = view_picture_part(now - session->fade_since, pictures_ns(session, to));
    for (size_t i = 0; i < SCENE_PICTURES; i++) {
        double old = (double)from->pictures[i];
        double new = (double)to->pictures[i];
        moves = moves || old != new;
        scene->pictures[i] = (float)(old + (new - old) * mix);
    }
    scene->film = to->film || (moves && from->film);
    return moves;
}

static time_ns view_all(const struct session *session, time_ns now, bool words, struct scene *scene)
{
    struct view view = {.settings = &session->settings,
                        .scene = scene,
                        .now = now,
                        .next = session_colours(session, now, scene),
                        .words = words};
    scene->text_scale = (float)session->settings.text_scale_percent / 100.0F;
    view_screen(session, now, &view);
    return view.next;
}

time_ns session_view_whole(const struct session *session, time_ns now, struct scene *scene)
{
    return view_all(session, now, session->settings.look_words, scene);
}

time_ns session_view_words(const struct session *session, time_ns now, struct scene *scene)
{
    return view_all(session, now, true, scene);
}

time_ns session_view(const struct session *session, time_ns now, struct scene *scene)
{
    time_ns next = session_view_whole(session, now, scene);
    double mix = session_fade_part(session, now);
    struct scene to = *scene;
    if (mix >= 1.0)
        return fade_pictures(session, now, &to, scene) ? now : next;
    struct scene from = session->fade_from;
    take_colours(&from, &to);
    if (session->words_fade) {
        from.shape_count = to.shape_count;
        memcpy(from.shapes, to.shapes, sizeof from.shapes);
        from.figure = to.figure;
    }
    scene_mix(&from, &to, mix, scene);
    (void)fade_pictures(session, now, &to, scene);
    return now;
}

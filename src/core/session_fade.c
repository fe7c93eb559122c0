/* What leaves and what comes.  Whatever keys come down, and however fast, no part of the field
 * turns from lighter to darker and back twice within a second:
 *
 * - In the first half of a fade everything that moves leaves, in the second everything comes
 *   (scene.c).  A fade that begins in the midst of another begins with what is seen, so what leaves
 *   goes on leaving.  It may turn round at any moment when a key comes, but is dark for a second
 *   before it comes again.
 * - A word that changes in one frame does so when its time has come.  Keys may make it do so once a
 *   second, while the field is of one colour; the others fade.
 * - What answers a key at the foot changes in its place while the sentence is the same, and fades
 *   when it is another.
 * - A field on its way between dark and pale goes on only where nothing else turns: it stands still
 *   while words leave and come, and from a second before a state's time has come, when words may
 *   change in one frame, to a second after.  So it may come before what words do or after it, but
 *   never between two such within a second: dark ones that leave make it lighter. */
#include "session_inner.h"

#include "lacrima/base/text.h"
#include "view.h"

/* So long that the field goes on only when those that left are out of the second that counts. */
#define COLOURS_REST_NS SECONDS(1)
/* So far it goes between two rests, however short a state is: by less than counts as a change. */
#define COLOURS_STEP_NS MILLISECONDS(300)

double session_fade_part(const struct session *session, time_ns at)
{
    if (session->fade_since == TIME_NEVER)
        return 1.0;
    time_ns passed = at - session->fade_since + (session->fade_comes ? session->fade_ns / 2 : 0);
    return passed >= session->fade_ns ? 1.0 : (double)passed / (double)session->fade_ns;
}

bool session_fades(const struct session *session, time_ns at)
{
    return session_fade_part(session, at) < 1.0;
}

static bool is_blank(const struct scene *picture)
{
    return picture->line_count == 0 && picture->shape_count == 0 && picture->figure.kind == 0 &&
           picture->page <= 0.0F && picture->pictures[0] <= 0.0F && picture->pictures[1] <= 0.0F;
}

/* From when on the field stands still because the state's time is near. */
static time_ns colours_stop(const struct session *session)
{
    if (!session_clock_runs(session) || session->visit.due == TIME_NEVER)
        return TIME_NEVER;
    return time_max(session->visit.due + session->offset - COLOURS_REST_NS, session->colours_step);
}

time_ns session_colours_gone(const struct session *session, time_ns now, time_ns *next)
{
    time_ns since = session->colours_since;
    time_ns stop = session->colours_slow ? colours_stop(session) : TIME_NEVER;
    *next = now < stop ? time_max(now, since) : TIME_NEVER;
    return time_max(0, time_min(now, stop) - since);
}

bool session_colours_go(const struct session *session, time_ns at)
{
    time_ns next;
    return session->colours_since != TIME_NEVER && session->colours_slow &&
           session_colours_gone(session, at, &next) < session->colours_ns;
}

/* The field goes on from where it is, not before `until`. */
static void hold_colours(struct session *session, time_ns at, time_ns until)
{
    time_ns next;
    struct scene now;
    time_ns gone = session_colours_gone(session, at, &next);
    (void)session_colours(session, at, &now);
    session->colours_from = now;
    session->colours_ns -= gone;
    session->colours_since = until;
}

void session_keep_colours(struct session *session, time_ns at)
{
    if (session_colours_go(session, at) && at > colours_stop(session))
        hold_colours(session, at, at);
}

static void rest_colours(struct session *session, time_ns at, time_ns until)
{
    if (!session_colours_go(session, at))
        return;
    hold_colours(session, at, until);
    session->colours_step = until + COLOURS_STEP_NS;
}

void session_rest_colours(struct session *session, time_ns at, time_ns least)
{
    time_ns until = at + least;
    if (session_fades(session, at)) {
        time_ns whole = session->fade_comes ? session->fade_ns / 2 : session->fade_ns;
        until = time_max(until, session->fade_since + whole);
    }
    if (until > at)
        rest_colours(session, at, until);
}

/* Where nothing stands, and nothing has just left, there is nothing to wait for. */
static void begin(struct session *session, const struct scene *picture, time_ns at, time_ns length)
{
    time_ns before = session->fade_since;
    bool dark = before == TIME_NEVER || at >= before + session->fade_ns + DARK_NS;
    session->fade_comes = dark && is_blank(picture);
    session->fade_from = *picture;
    session->fade_since = at;
    session->fade_ns = length;
    session->words_fade = false;
    session_rest_colours(session, at, session->fade_comes ? 0 : COLOURS_REST_NS);
}

void session_fade(struct session *session, time_ns at, time_ns length)
{
    struct scene picture;
    (void)session_view(session, at, &picture);
    begin(session, &picture, at, length);
    session->pictures_fade = true;
}

void session_fade_from_blank(struct session *session, time_ns at)
{
    struct scene blank;
    scene_init(&blank);
    begin(session, &blank, at, FADE_NS);
}

void session_fade_again(struct session *session, const struct scene *picture, time_ns at)
{
    /* One that began at this moment began with this picture, and may be a slower one. */
    if (session->fade_since == at)
        return;
    session->pictures_fade = session_pictures_fade(session, at);
    begin(session, picture, at, FADE_NS);
}

void session_fade_words(struct session *session, time_ns at)
{
    if (session->fade_since == at)
        return;
    bool alone = session->words_fade || !session_fades(session, at);
    struct scene picture;
    (void)session_view(session, at, &picture);
    session_fade_again(session, &picture, at);
    session->words_fade = alone;
}

/* What has edges would leap with every step of a window's edge that is dragged.  It is gone at once
 * and comes slowly, where it now belongs; a glow, water and photographs stay. */
void session_fade_resized(struct session *session, time_ns at)
{
    bool comes = session->fade_comes && session_fade_part(session, at) < 0.75;
    if (comes)
        return; /* nothing is seen of it yet */
    struct scene picture;
    (void)session_view(session, at, &picture);
    size_t kept = 0;
    for (size_t i = 0; i < picture.shape_count; i++) {
        enum scene_shape_kind kind = picture.shapes[i].kind;
        if (kind == SCENE_SHAPE_DRAIN || kind == SCENE_SHAPE_GLOW || kind == SCENE_SHAPE_EMBER)
            picture.shapes[kept++] = picture.shapes[i];
    }
    picture.shape_count = kept;
    picture.line_count = 0;
    picture.figure = (struct scene_figure){0};
    picture.page = 0.0F;
    picture.entry = false;
    session->pictures_fade = session_pictures_fade(session, at);
    begin(session, &picture, at, FADE_NS);
    session->fade_comes = false;
}

/* Words that are on their way go on, as the new word; one that stands is the new one at once. Where
 * words change faster than colours rest, colours go on between two rests. */
static void cut(struct session *session, const struct scene *before, bool fades, time_ns at)
{
    if (session->colours_since != TIME_NEVER && at >= session->colours_since)
        rest_colours(session, at, at + COLOURS_REST_NS);
    if (!fades) {
        session->fade_since = TIME_NEVER;
        return;
    }
    struct scene now;
    (void)session_view_whole(session, at, &now);
    scene_cut(&session->fade_from, before, &now);
}

void session_fade_state(struct session *session, const struct session_seen *seen, uint16_t left,
                        bool timed, bool again, time_ns at)
{
    bool cuts = (session_flags(session) & PHASE_CUT) != 0;
    bool fades = session_fades(session, at);
    bool quiet = at >= session->cut_at + CUT_KEYS_NS && !session_colours_go(session, at) &&
                 (!fades || (left & PHASE_CUT) != 0);
    if (cuts)
        session->cut_at = at;
    session->pictures_fade = !again || session_pictures_fade(session, at);
    if (cuts && (timed || quiet)) {
        cut(session, &seen->whole, fades, at);
        return;
    }
    begin(session, &seen->picture, at, FADE_NS);
}

/* Whether anything stands where titles do. */
static bool words_stand(const struct session *session, time_ns at)
{
    struct scene picture;
    if (session_fades(session, at))
        return false;
    (void)session_view_whole(session, at, &picture);
    for (size_t i = 0; i < picture.line_count; i++) {
        if (picture.lines[i].slot == SCENE_SLOT_LOWER)
            return true;
    }
    return false;
}

void session_fade_title(struct session *session, const struct event *started)
{
    time_ns at = started->at;
    struct visit *visit = &session->visit;
    bool shown = session->screen == SCREEN_TECHNIQUE && session_runs(session) &&
                 (session_flags(session) & PHASE_MUSIC) != 0;
    bool fades = shown && (visit->titled_at != TIME_NEVER || words_stand(session, at));
    if (fades)
        session_fade_words(session, at);
    (void)text_copy(visit->title, sizeof visit->title, started->text);
    (void)text_copy(visit->word, sizeof visit->word, started->about);
    visit->titled_at = session_technique_time(session, at) + (fades ? FADE_NS / 2 : 0);
}

/* Whether nothing stands at the foot, and nothing has for long enough. */
static bool foot_is_dark(const struct session *session, time_ns at)
{
    struct scene picture;
    time_ns hint = session->hint_since;
    time_ns said = session->said_at;
    if (session_fades(session, at) || (hint != TIME_NEVER && at < hint + HINT_NS + DARK_NS) ||
        (said != TIME_NEVER && at < said + SAID_NS + DARK_NS))
        return false;
    (void)session_view(session, at, &picture);
    for (size_t i = 0; i < picture.line_count; i++) {
        if (picture.lines[i].slot == SCENE_SLOT_FOOT && picture.lines[i].alpha > 0.0F)
            return false;
    }
    return true;
}

void session_say(struct session *session, const char *text, const char *arg, time_ns at)
{
    time_ns before = session->said_at;
    bool stands = before != TIME_NEVER && at < before + SAID_NS - VIEW_FADE_NS &&
                  text_equal(session->said, text);
    if (!stands && foot_is_dark(session, at)) {
        session->said_rises_at = at;
    } else if (!stands) {
        session_fade_words(session, at);
        session->said_rises_at = TIME_NEVER;
    }
    (void)text_copy(session->said, sizeof session->said, text);
    (void)text_copy(session->said_arg, sizeof session->said_arg, arg);
    session->said_at = at;
}

bool session_view_said(const struct session *session, struct view *view)
{
    time_ns said = session->said_at;
    time_ns rises = session->said_rises_at;
    if (said == TIME_NEVER || view->now >= said + SAID_NS)
        return false;
    struct scene_line *line =
        scene_add_line(view->scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, session->said);
    (void)text_copy(line->arg, sizeof line->arg, session->said_arg);
    time_ns from = rises == TIME_NEVER ? said - VIEW_FADE_NS : rises;
    line->alpha = (float)view_shown(view, from, said + SAID_NS);
    return true;
}

double session_foot_shown(const struct session *session, struct view *view, time_ns from,
                          time_ns until)
{
    if (session->said_at != TIME_NEVER)
        from = time_max(from, session->said_at + SAID_NS + DARK_NS);
    if (until != TIME_NEVER && until < from + 2 * VIEW_FADE_NS)
        return 0.0;
    return view_shown(view, from, until);
}

void session_hint(struct session *session, time_ns at)
{
    time_ns since = session->hint_since;
    if (since == TIME_NEVER || at >= since + HINT_NS - VIEW_FADE_NS)
        session_fade_words(session, at);
    session->hint_since = at;
}

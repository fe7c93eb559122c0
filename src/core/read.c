/* 6 read: a text in calm pages, photographs that come and go slowly, or a film.  What stands on
 * them is the app's to know; the machine hears how many words a page has, and when there is no
 * more. */
#include "techniques.h"
#include "view.h"

#include "lacrima/base/text.h"
#include "mark.h"
#include "sequencer.h"

#include <string.h>

enum { SETTLE, PAGE, PHOTO, FILM, CLOSE };

/* Reading slowly, and at one's ease (docs/evidence.md); a page of a few words stays a while too. */
#define SLOW_WORDS_PER_MIN   110
#define MEDIUM_WORDS_PER_MIN 170
#define PAGE_LEAST_NS        SECONDS(8)
/* A photograph stands still for a while, however slowly it came. */
#define STILL_LEAST_NS SECONDS(3)

static const struct phase phases[] = {
    [SETTLE] = {.name = "settle",
                .caution = N_("N goes to another at any time, and Esc leaves it."),
                .hint = N_("Space begins"),
                .length_ns = PHASE_LENGTH_OWN,
                .flags = PHASE_IS_SETTLE},
    [PAGE] = {.name = "page",
              .hint = N_("Space turns the page, Left turns back"),
              .length_ns = PHASE_LENGTH_OWN,
              .previous = PAGE,
              .flags = PHASE_HINT_LEAVES},
    [PHOTO] = {.name = "photo",
               .hint = N_("Right and Left turn, Space pauses"),
               .length_ns = PHASE_LENGTH_OWN,
               .previous = PHOTO,
               .flags = PHASE_HINT_LEAVES},
    [FILM] = {.name = "film",
              .hint = N_("Right and Left go on and back, Space pauses"),
              .length_ns = PHASE_WAITS,
              .previous = FILM,
              .flags = PHASE_HINT_LEAVES | PHASE_QUIET | PHASE_FILM},
    [CLOSE] = {.name = "close",
               .words = {N_("Let it stand for a moment."),
                         N_("Whatever it has left, or nothing, is fine.")},
               .hint = N_("Space goes on"),
               .length_ns = CLOSE_NS,
               .previous = SETTLE},
};

static bool photographs(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)settings;
    (void)at;
    return visit->read.kind == READ_KIND_PHOTOS;
}

static bool a_film(const struct visit *visit, const struct settings *settings, time_ns at)
{
    (void)settings;
    (void)at;
    return visit->read.kind == READ_KIND_FILM;
}

static const struct transition transitions[] = {
    {SETTLE, CAUSE_TIME, photographs, "photographs", PHOTO},
    {SETTLE, CAUSE_TIME, a_film, "film", FILM},
    {SETTLE, CAUSE_TIME, NULL, NULL, PAGE},
    {SETTLE, CAUSE_SPACE, photographs, "photographs", PHOTO},
    {SETTLE, CAUSE_SPACE, a_film, "film", FILM},
    {SETTLE, CAUSE_SPACE, NULL, NULL, PAGE},
    {PAGE, CAUSE_TIME, NULL, NULL, PAGE},
    {PAGE, CAUSE_SPACE, NULL, NULL, PAGE},
    {SETTLE, CAUSE_NEXT, NULL, NULL, SETTLE},
    {SETTLE, CAUSE_PREVIOUS, NULL, NULL, SETTLE},
    {PAGE, CAUSE_NEXT, NULL, NULL, SETTLE},
    {PAGE, CAUSE_PREVIOUS, NULL, NULL, SETTLE},
    {PHOTO, CAUSE_NEXT, NULL, NULL, SETTLE},
    {PHOTO, CAUSE_PREVIOUS, NULL, NULL, SETTLE},
    {FILM, CAUSE_NEXT, NULL, NULL, SETTLE},
    {FILM, CAUSE_PREVIOUS, NULL, NULL, SETTLE},
    {FILM, CAUSE_READ_END, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_NEXT, NULL, NULL, SETTLE},
    {CLOSE, CAUSE_PREVIOUS, NULL, NULL, SETTLE},
    {PAGE, CAUSE_READ_BEGIN, NULL, NULL, SETTLE},
    {PAGE, CAUSE_READ_END, NULL, NULL, CLOSE},
    {PHOTO, CAUSE_TIME, NULL, NULL, PHOTO},
    {PHOTO, CAUSE_READ_BEGIN, NULL, NULL, SETTLE},
    {PHOTO, CAUSE_READ_END, NULL, NULL, CLOSE},
    {CLOSE, CAUSE_TIME, NULL, NULL, PHASE_DONE},
    {CLOSE, CAUSE_SPACE, NULL, NULL, PHASE_DONE},
};

/* How long a page stays by itself. */
static time_ns page_ns(const struct read_state *read, const struct settings *settings)
{
    int32_t words_per_min = 0;
    switch (settings->read_pace) {
    case PACE_OFF:
        return TIME_NEVER;
    case PACE_SLOW:
        words_per_min = SLOW_WORDS_PER_MIN;
        break;
    case PACE_MEDIUM:
        words_per_min = MEDIUM_WORDS_PER_MIN;
        break;
    }
    if (read->words == 0)
        return TIME_NEVER;
    return time_max(PAGE_LEAST_NS, MINUTES((time_ns)read->words) / words_per_min);
}

/* While the next photograph is awaited nothing is due: it may take its time to be read. */
static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    if (visit->phase == SETTLE)
        return settle_length(visit, settings);
    return visit->phase == PAGE ? page_ns(&visit->read, settings) : TIME_NEVER;
}

static void enter(struct visit *visit, const struct settings *settings, uint8_t from)
{
    (void)settings;
    visit->read.words = 0;
    visit->read.turning = from == visit->phase;
    if (!visit->read.turning)
        visit->read.shown_at = TIME_NEVER;
}

static enum read_ask asked(const struct visit *visit, enum cause cause)
{
    if (cause == CAUSE_NEXT)
        return READ_NEXT;
    if (cause == CAUSE_PREVIOUS)
        return READ_PREVIOUS;
    if (visit->phase == SETTLE)
        return READ_TELL;
    if (!visit->read.turning)
        return READ_OPEN;
    return cause == CAUSE_LEFT || visit->read.step < 0 ? READ_BACK : READ_FORWARD;
}

static void ask(const struct visit *visit, enum cause cause, time_ns at, struct effects *effects)
{
    if (visit->phase != CLOSE)
        effects_add(effects, EFFECT_READ, at)->read = asked(visit, cause);
}

static void hear_chosen(struct read_state *read, const struct event *event)
{
    read->kind = (enum read_kind)event->value;
    read->shelf = event->shelf;
    read->chosen = event->text[0] != '\0';
    (void)text_copy(read->title, sizeof read->title, event->text);
    (void)text_copy(read->about, sizeof read->about, event->about);
}

/* A picture is there: it comes. */
static void hear_picture(struct read_state *read, const struct settings *settings, int32_t picture,
                         time_ns at)
{
    struct scene colours;
    scene_init(&colours);
    palette_apply(settings, settings->palette, settings->look_dim, &colours);
    read->after = read->shown_at != TIME_NEVER;
    read->picture = (uint8_t)picture;
    read->shown_at = at;
    read->fade_ns = view_picture_fade(&colours, read->kind == READ_KIND_FILM);
    read->step = 0;
}

/* The photograph before it leaves, and then it stands. */
static void hear_photo(struct visit *visit, const struct settings *settings, int32_t picture,
                       time_ns at)
{
    struct read_state *read = &visit->read;
    hear_picture(read, settings, picture, at);
    visit->due = at + time_max(SECONDS(settings->read_slide_s), read->fade_ns + STILL_LEAST_NS);
}

static enum cause hear(struct visit *visit, const struct settings *settings,
                       const struct event *event, time_ns at)
{
    bool page = visit->phase == PAGE;
    bool photo = visit->phase == PHOTO;
    bool film = visit->phase == FILM;
    bool is_picture = event->value >= 0 && event->value < SCENE_PICTURES;
    switch (event->read) {
    case READ_CHOSEN:
        hear_chosen(&visit->read, event);
        break;
    case READ_PAGE:
        visit->read.words = event->value;
        if (page)
            visit->due = time_add(visit->entered, page_ns(&visit->read, settings));
        break;
    case READ_PHOTO:
        if (photo && is_picture)
            hear_photo(visit, settings, event->value, at);
        break;
    case READ_FILM:
        if (film && is_picture && visit->read.shown_at == TIME_NEVER)
            hear_picture(&visit->read, settings, event->value, at);
        break;
    case READ_BEGIN:
        return page || photo ? CAUSE_READ_BEGIN : CAUSE_COUNT;
    case READ_END:
        return page || photo || film ? CAUSE_READ_END : CAUSE_COUNT;
    }
    return CAUSE_COUNT;
}

static bool is_coming(const struct read_state *read, time_ns at)
{
    return read->shown_at != TIME_NEVER && at < read->shown_at + read->fade_ns;
}

/* Nothing lies before settle, so Left is free there. */
static void change_pace(struct visit *visit, struct settings *settings, time_ns at,
                        struct effects *effects)
{
    static const char *const words[PACES] = {
        [PACE_OFF] = "off", [PACE_SLOW] = "slow", [PACE_MEDIUM] = "medium"};
    settings->read_pace = (enum pace)((settings->read_pace + 1) % PACES);
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = "pace";
    effect->state = words[settings->read_pace];
    sequencer_extend_settle(visit, settings, at);
}

/* A photograph that is still coming first comes: two at a time are all that can be seen. */
static bool answer(struct visit *visit, struct settings *settings, enum action action, time_ns at,
                   struct effects *effects)
{
    if (visit->phase == SETTLE && action == ACTION_PREVIOUS_STATE && visit->read.chosen &&
        visit->read.kind == READ_KIND_TEXT) {
        change_pace(visit, settings, at, effects);
        return true;
    }
    bool back = action == ACTION_PREVIOUS_STATE || action == ACTION_UP;
    bool forward = action == ACTION_NEXT_STATE || action == ACTION_DOWN;
    struct read_state *read = &visit->read;
    if (visit->phase == FILM && (back || forward)) {
        effects_add(effects, EFFECT_READ, at)->read = back ? READ_BACK : READ_FORWARD;
        return true;
    }
    if (visit->phase != PHOTO || !(back || forward))
        return false;
    if (visit->due == TIME_NEVER)
        return true;
    if (!is_coming(read, at))
        return false;
    read->step = back ? -1 : 1;
    visit->due = read->shown_at + read->fade_ns;
    return true;
}

static const char *choice(const struct visit *visit, const struct settings *settings, char *arg,
                          size_t arg_size)
{
    (void)settings;
    if (!visit->read.chosen)
        return NULL;
    (void)text_copy(arg, arg_size, visit->read.title);
    return N_("Up and Down: %s");
}

static void view_pace(struct view *view)
{
    static const char *const says[PACES] = {
        [PACE_OFF] = N_("Left: pages wait to be turned"),
        [PACE_SLOW] = N_("Left: pages turn by themselves, slowly"),
        [PACE_MEDIUM] = N_("Left: pages turn by themselves, at an easy pace")};
    struct scene_line *line =
        view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL, says[view->settings->read_pace], 1.0);
    if (line != NULL)
        line->ink = SCENE_INK_FAINT;
}

/* Of everything else Lacrima can say that it never flashes. */
static void view_own_light(struct view *view)
{
    struct scene_line *line =
        view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL,
                  N_("A film’s light is its own. It is dimmed here, but it may flash."), 1.0);
    if (line != NULL)
        line->ink = SCENE_INK_FAINT;
}

/* What it is about comes before it, so that nobody is led where they would not go. */
static void view_settle(const struct visit *visit, struct view *view)
{
    const struct read_state *read = &visit->read;
    static const char *const kinds[] = {
        [READ_KIND_TEXT] = N_("A text of your own."),
        [READ_KIND_PHOTOS] = N_("Photographs of your own, slowly, one after another."),
        [READ_KIND_FILM] = N_("A film of your own.")};
    const char *about = read->chosen ? kinds[read->kind] : N_("There is nothing here to read.");
    bool said = read->chosen && read->about[0] != '\0';
    struct scene_line *line =
        view_line(view, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, said ? read->about : about, 1.0);
    if (line != NULL)
        line->literal = said;
    if (read->chosen && read->kind == READ_KIND_TEXT)
        view_pace(view);
    if (read->chosen && read->kind == READ_KIND_FILM)
        view_own_light(view);
    view_words(view, &phases[SETTLE], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
}

static void view_picture(const struct visit *visit, struct view *view)
{
    const struct read_state *read = &visit->read;
    if (read->shown_at == TIME_NEVER)
        return;
    view->scene->film = read->kind == READ_KIND_FILM;
    double come = view_picture_part(view->now - read->shown_at, read->fade_ns);
    view->scene->pictures[read->picture] = (float)come;
    if (read->after)
        view->scene->pictures[1 - read->picture] = (float)(1.0 - come);
    if (is_coming(read, view->now))
        view_changes_at(view, view->now);
}

static void view(const struct visit *visit, struct view *view)
{
    if (visit->phase == SETTLE)
        view_settle(visit, view);
    else if (visit->phase == PAGE)
        view->scene->page = 1.0F;
    else if (visit->phase == PHOTO || visit->phase == FILM)
        view_picture(visit, view);
    else
        view_words(view, &phases[CLOSE], SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
}

const struct technique technique_read = {
    .id = "read",
    .title = N_("Reading, or pictures"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .enter = enter,
    .choice = choice,
    .answer = answer,
    .ask = ask,
    .hear = hear,
    .chooses_text = true,
    .view = view,
};

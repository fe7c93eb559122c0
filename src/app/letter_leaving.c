/* All of a letter's lines, as they leave.
 *
 * A letter may be far longer than can be seen leaving (core/letter.h says how much that is).  Then
 * pages of it are seen that lie equally far apart, the first and the last ones among them, so that
 * neither the time nor the work grows with the letter. */
#include "letter_inner.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>

/* A page in the middle of the letter begins where a paragraph does, or a word, within so much. */
#define BEGIN_BYTES ((size_t)512)
/* Where the last page may begin is looked for in so many pages' bytes before the letter's end. */
#define LAST_PAGES 2
/* No letter has more. */
#define ALL_LINES SIZE_MAX

_Static_assert((LETTER_LEAVES_NS_MAX / SECONDS(5) + 1) * PAGE_LINES_MAX <= LETTER_PLACES_MAX,
               "as many places as letter_places_max() can name");

static size_t text_length(const struct letter *letter)
{
    size_t length = 0;
    (void)editor_text(letter->text, &length);
    return length;
}

static struct letter_place *add_place(struct letter_plan *plan)
{
    check(plan->pace.places < LETTER_PLACES_MAX);
    struct letter_place *place = &plan->places[plan->pace.places++];
    *place = (struct letter_place){0};
    return place;
}

/* Adds the lines from plan->at on, as many as fit below `places_max` in all, but no more than
 * *lines, from which they are taken.  Returns whether there are no more of them: the text has
 * ended, or all the places are full. */
static bool add_lines(struct letter *letter, size_t places_max, size_t *lines)
{
    struct letter_plan *plan = &letter->plan;
    size_t length = text_length(letter);
    size_t at = plan->at;
    size_t left = *lines;
    for (; at <= length && plan->pace.places < places_max && left > 0; left--) {
        size_t end = letter_row_end(letter, at);
        *add_place(plan) = (struct letter_place){.from = (uint32_t)at,
                                                 .length = (uint32_t)(end - at),
                                                 .direction = letter_direction(letter, at)};
        at = letter_after(letter, end);
    }
    plan->at = at;
    *lines = left;
    return at > length || plan->pace.places >= places_max;
}

/* The nearest good beginning of a page after `at`. */
static size_t begin_near(const struct letter *letter, size_t at)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    if (at >= length)
        return length;
    size_t room = length - at < BEGIN_BYTES ? length - at : BEGIN_BYTES;
    const char *found = memchr(text + at, '\n', room);
    if (found == NULL)
        found = memchr(text + at, ' ', room);
    return found != NULL ? (size_t)(found - text) + 1 : text_next_cluster(text, length, at);
}

/* The letter's last lines, a page of them. */
static bool add_last_page(struct letter *letter, size_t *lines)
{
    struct letter_plan *plan = &letter->plan;
    size_t rows = plan->pace.rows;
    size_t first = plan->first;
    size_t half = (rows + 1) / 2;
    while (add_lines(letter, first + rows, lines)) {
        if (plan->at > text_length(letter))
            return true;
        /* The page is full, and there is more: only what comes last stays. */
        memmove(&plan->places[first], &plan->places[first + half],
                (rows - half) * sizeof plan->places[0]);
        plan->pace.places = first + rows - half;
    }
    return false;
}

/* A page is full: where the next one begins. */
static void begin_page(struct letter *letter)
{
    struct letter_plan *plan = &letter->plan;
    size_t length = text_length(letter);
    size_t left = length - plan->from;
    if (plan->page == 0)
        plan->page_bytes = plan->at - plan->from;
    size_t apart = plan->pages > 1 && left > plan->page_bytes
                       ? (left - plan->page_bytes) / (plan->pages - 1)
                       : 0;
    size_t last =
        length > LAST_PAGES * plan->page_bytes ? length - LAST_PAGES * plan->page_bytes : 0;
    plan->page++;
    plan->first = plan->pace.places;
    size_t to = plan->page + 1 < plan->pages ? plan->from + plan->page * apart : last;
    if (to > plan->at)
        plan->at = begin_near(letter, to);
}

/* What is too long to be seen whole: so many pages of it, here and there. */
static bool add_pages(struct letter *letter, size_t *lines)
{
    struct letter_plan *plan = &letter->plan;
    size_t length = text_length(letter);
    while (plan->page == 0 || plan->page + 1 < plan->pages) {
        if (!add_lines(letter, (plan->page + 1) * plan->pace.rows, lines))
            return false;
        if (plan->pages == 1 || plan->at > length)
            return true;
        begin_page(letter);
    }
    return add_last_page(letter, lines);
}

static void drop_empty_end(struct letter_plan *plan)
{
    while (plan->pace.places > plan->pace.above && plan->places[plan->pace.places - 1].length == 0)
        plan->pace.places--;
}

/* Begins to plan what is from `from` on, to leave between `began` and `ends`. */
static void begin(struct letter *letter, size_t from, time_ns began, time_ns ends)
{
    struct letter_plan *plan = &letter->plan;
    render_page_room(letter->params.render, letter->params.text_scale, &letter->room);
    size_t rows = (size_t)letter->room.lines;
    /* On its first page they stand where they were written. */
    size_t above = from == 0 && letter->aside == 0 && letter_has_opening(letter) ? LETTER_ABOVE : 0;
    plan->began = began;
    plan->within = ends - began;
    plan->stale = false;
    plan->from = plan->at = from;
    plan->page = plan->first = 0;
    plan->step = LETTER_PLANS_WHOLE;
    plan->pages = letter_places_max(rows, plan->within) / rows;
    plan->pace = (struct letter_pace){.rows = rows, .above = above};
    while (plan->pace.places < above)
        (void)add_place(plan);
}

/* Lays out so many lines more; returns whether all is planned. */
static bool go_on(struct letter *letter, size_t lines)
{
    struct letter_plan *plan = &letter->plan;
    size_t above = plan->pace.above;
    size_t places_max = letter_places_max(plan->pace.rows, plan->within);
    if (plan->step == LETTER_PLANS_WHOLE && add_lines(letter, places_max, &lines)) {
        bool whole = plan->at > text_length(letter);
        plan->step = whole ? LETTER_PLANNED : LETTER_PLANS_PAGES;
        plan->pace.places = whole ? plan->pace.places : above;
        plan->at = whole ? plan->at : plan->from;
    }
    if (plan->step == LETTER_PLANS_PAGES && add_pages(letter, &lines))
        plan->step = LETTER_PLANNED;
    if (plan->step != LETTER_PLANNED)
        return false;
    drop_empty_end(plan);
    plan->pace = letter_pace(plan->pace.places, plan->pace.rows, above, plan->within);
    return true;
}

static void plan_from(struct letter *letter, size_t from, time_ns began, time_ns ends)
{
    begin(letter, from, began, ends);
    (void)go_on(letter, ALL_LINES);
}

static void plan_on(struct letter *letter, size_t lines)
{
    if (letter->text == NULL || letter->plan.step == LETTER_PLANNED)
        return;
    if (letter->plan.stale)
        begin(letter, 0, 0, LETTER_LEAVES_NS_MAX);
    if (go_on(letter, lines))
        letter_news(letter, LETTER_NEWS_LEAVES,
                    (int32_t)(letter_pace_ns(&letter->plan.pace) / NS_PER_MS));
}

void letter_plan(struct letter *letter)
{
    if (letter->text == NULL)
        return;
    begin(letter, 0, 0, LETTER_LEAVES_NS_MAX);
    if (letter->lines_a_frame == 0)
        letter_plan_end(letter);
}

bool letter_plan_on(struct letter *letter)
{
    plan_on(letter, letter->lines_a_frame);
    return letter->plan.step != LETTER_PLANNED;
}

void letter_plan_end(struct letter *letter)
{
    plan_on(letter, ALL_LINES);
}

/* The field has another size: what has begun to leave is gone, and the rest is laid anew, to leave
 * in the time that is left. */
static void plan_anew(struct letter *letter, time_ns since)
{
    struct letter_plan *plan = &letter->plan;
    time_ns ends = plan->began + letter_pace_ns(&plan->pace);
    size_t next = plan->pace.above;
    while (next < plan->pace.places && since > plan->began + letter_pace_leaves(&plan->pace, next))
        next++;
    plan_from(letter, next < plan->pace.places ? plan->places[next].from : text_length(letter) + 1,
              time_max(since, plan->began), ends);
}

/* Nearly every line of a page changes all the time while it leaves, so its halves take turns.  When
 * time has gone back, both are as they were. */
static void take_turns(struct letter *letter, time_ns since)
{
    time_ns *seen = letter->plan.seen;
    for (size_t half = 0; half < PAGE_HALVES; half++) {
        if (since < seen[half] || letter->halves.turns[half])
            seen[half] = since;
    }
}

void letter_lay_leaving(struct letter *letter, time_ns since, struct page *page)
{
    struct letter_plan *plan = &letter->plan;
    const struct session *session = letter->params.session;
    bool still = settings_reduced_motion(&session->settings);
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    letter_plan_end(letter);
    if (plan->stale)
        plan_anew(letter, since);
    plan->since = since;
    take_turns(letter, since);
    letter->lines.count = 0;
    *page = (struct page){.alpha = 1.0F, .line_count = plan->pace.rows};
    for (size_t row = 0; row < plan->pace.rows; row++) {
        struct page_line *line = &page->lines[row];
        time_ns at = plan->seen[row < plan->pace.rows / 2 ? 0 : 1] - plan->began;
        size_t i = letter_pace_place(&plan->pace, row, at);
        *line = (struct page_line){.text = ""};
        if (i >= plan->pace.places)
            continue;
        const struct letter_place *place = &plan->places[i];
        struct letter_leaving leaving =
            letter_leaving(session->visit.letter.way, &plan->pace, i, at, still);
        *line = (struct page_line){.text = text + place->from,
                                   .length = place->length,
                                   .direction = place->direction,
                                   .alpha = leaving.alpha,
                                   .rise_em = leaving.rise_em,
                                   .shift_em = leaving.shift_em,
                                   .warmth = leaving.warmth};
    }
}

void letter_plan_changed(struct letter *letter, const struct editor_change *change)
{
    /* Half a plan is of a text that is not there any more; another one comes before it leaves. */
    if (letter->plan.step != LETTER_PLANNED) {
        letter->plan.step = LETTER_PLANNED;
        letter->plan.pace.places = 0;
    }
    for (size_t i = 0; i < letter->plan.pace.places; i++) {
        struct letter_place *place = &letter->plan.places[i];
        size_t from = place->from;
        size_t to = from + place->length;
        letter_change_place(&from, change);
        letter_change_place(&to, change);
        place->from = (uint32_t)from;
        place->length = (uint32_t)(to - from);
    }
}

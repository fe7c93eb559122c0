/* How often a page that is written may turn round.  A letter is typed, and what is typed is seen at
 * once; but a page that is selected, undone, pasted over or turned changes from edge to edge, and a
 * hand can do and undo that ten times a second.  So a page that changes by much and goes another
 * way than it last did stays as it was seen until half a second has passed: then nothing on it
 * turns round more than once a second.  A letter that comes and goes, or a cursor, may be that
 * quick five times a second: too few to flash.  The text itself is never late, only its picture. */
#include "letter_inner.h"

#include <string.h>

/* Two turns are further apart than a second, at sixty frames a second too. */
#define CALM_NS MILLISECONDS(510)
/* WCAG lets pass six opposing changes in a second. */
#define CALM_LITTLE_NS MILLISECONDS(170)
/* Bytes; as much as a key types.  A word that comes and goes by turns is much. */
#define LITTLE 4
/* Of large letters one is as much as a word. */
#define LARGE_TEXT 1.5F

bool letter_is_page(const struct letter *letter)
{
    return letter->text != NULL && letter->front == LETTER_SHOWS_TEXT &&
           letter_shows(letter) == LETTER_SHOWS_TEXT;
}

static bool holds(struct editor_range outer, struct editor_range inner)
{
    return inner.from == inner.to || (outer.from <= inner.from && outer.to >= inner.to);
}

static size_t size_of(struct editor_range range)
{
    return range.to - range.from;
}

/* What is in one of the two and not in the other. */
static size_t apart(struct editor_range a, struct editor_range b)
{
    size_t from = a.from > b.from ? a.from : b.from;
    size_t to = a.to < b.to ? a.to : b.to;
    size_t common = to > from ? to - from : 0;
    return size_of(a) + size_of(b) - 2 * common;
}

/* Which way the page has gone since it was drawn: what is written or selected comes everywhere (1)
 * or goes (-1), or else it does both (0).  much: so that it is seen as more than a line that moves.
 */
static int way_of(const struct letter *letter, bool *much)
{
    const struct letter_calm *calm = &letter->calm;
    struct editor_range chosen = editor_selection(letter->text);
    size_t cursor = editor_cursor(letter->text);
    size_t selected = apart(chosen, calm->chosen);
    size_t written = calm->inserted + calm->removed;
    size_t little = letter->params.text_scale > LARGE_TEXT ? 0 : LITTLE;
    *much = letter->top != calm->top || written > little || selected > little ||
            (little == 0 && cursor != calm->cursor);
    if (letter->top != calm->top || (written > 0 && selected > 0))
        return 0;
    if (written > 0)
        return *much || (calm->inserted > 0 && calm->removed > 0) ? 0 : calm->inserted > 0 ? 1 : -1;
    if (selected > 0)
        return holds(chosen, calm->chosen) ? 1 : holds(calm->chosen, chosen) ? -1 : 0;
    return cursor > calm->cursor ? 1 : cursor < calm->cursor ? -1 : 0;
}

void letter_calm_changed(struct letter *letter, const struct editor_change *change)
{
    letter->calm.removed += change->removed;
    letter->calm.inserted += change->inserted;
}

static bool fades(const struct letter *letter)
{
    const struct letter_calm *calm = &letter->calm;
    const struct page *page = &letter->page;
    return calm->alpha != page->alpha ||
           memcmp(calm->half_alpha, page->half_alpha, sizeof calm->half_alpha) != 0;
}

bool letter_stays(const struct letter *letter, time_ns now, time_ns *until)
{
    const struct letter_calm *calm = &letter->calm;
    bool much = false;
    /* A page that comes or leaves is drawn in every frame, whatever is on it. */
    if (!calm->drawn || !letter_is_page(letter) || fades(letter))
        return false;
    int way = way_of(letter, &much);
    const struct letter_turned *last = much ? &calm->much : &calm->any;
    time_ns end = last->at + (much ? CALM_NS : CALM_LITTLE_NS);
    if (now >= end || (way != 0 && way == last->way))
        return false;
    *until = time_min(*until, end);
    return true;
}

void letter_drawn(struct letter *letter, time_ns now, bool waits)
{
    struct letter_calm *calm = &letter->calm;
    if (letter->held.version != 0) {
        if (!waits)
            letter_hold_end(letter);
        return;
    }
    if (!letter_is_page(letter)) {
        calm->drawn = false;
        return;
    }
    if (calm->drawn && letter->version != calm->version) {
        bool much = false;
        calm->any = (struct letter_turned){.at = now, .way = way_of(letter, &much)};
        if (much)
            calm->much = calm->any;
    }
    calm->drawn = true;
    calm->version = letter->version;
    calm->inserted = calm->removed = 0;
    calm->top = letter->top;
    calm->cursor = editor_cursor(letter->text);
    calm->chosen = editor_selection(letter->text);
    calm->alpha = letter->page.alpha;
    memcpy(calm->half_alpha, letter->page.half_alpha, sizeof calm->half_alpha);
    if (waits)
        letter_hold(letter);
}

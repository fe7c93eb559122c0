/* The letter on its page, which begins at a row (letter_rows.c) and holds what follows. */
#include "letter_inner.h"

#include "lacrima/base/text.h"
#include "lacrima/base/time.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

/* The letter is saved so long after its first change: with the disk's own time, within a second. */
#define SAVE_NS MILLISECONDS(500)
/* What is composed is seldom longer than a few words. */
#define COMPOSED_LINES_MAX 8

enum letter_shown letter_shows(const struct letter *letter)
{
    return letter_shown(&letter->params.session->visit);
}

void letter_change_place(size_t *place, const struct editor_change *change)
{
    if (*place <= change->from)
        return;
    if (*place >= change->from + change->removed)
        *place = *place - change->removed + change->inserted;
    else
        *place = change->from;
}

void letter_changed(struct letter *letter, time_ns at)
{
    struct editor_change change = editor_take_change(letter->text);
    if (change.removed == 0 && change.inserted == 0)
        return;
    size_t length = 0;
    (void)editor_text(letter->text, &length);
    letter_calm_changed(letter, &change);
    letter_rows_changed(letter, &change);
    letter_plan_changed(letter, &change);
    letter_change_place(&letter->aside, &change);
    bool above = change.from <= letter->top;
    letter_change_place(&letter->top, &change);
    if (above || editor_paragraph(letter->text, letter->top).from <= change.from)
        letter->top = letter_line_of(letter, letter->top);
    if (!letter->dirty) {
        letter->dirty = true;
        letter->due = at + SAVE_NS;
    }
    if ((length > 0) != letter->written) {
        letter->written = length > 0;
        letter_news(letter, LETTER_NEWS_WRITTEN, letter->written);
    }
}

static void add_line(struct page *page, const char *text, size_t length,
                     enum page_direction direction)
{
    page->lines[page->line_count++] = (struct page_line){
        .text = text, .length = (uint32_t)length, .direction = direction, .alpha = 1.0F};
}

static void add_opening(const struct letter *letter, struct page *page)
{
    const char *words = gettext(letter_opening(&letter->params.session->visit.letter));
    add_line(page, words, strlen(words), PAGE_DIRECTION_AUTO);
    page->lines[0].faint = true;
    page->lines[0].whole = true;
    add_line(page, "", 0, PAGE_DIRECTION_AUTO);
}

/* The line from `start` to the end of its paragraph, or as much as there is room for, with what is
 * composed in the gap's place.  Says where in the text it ends. */
static struct render_paragraph compose(struct letter *letter, size_t start, struct editor_range gap,
                                       size_t *end)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    char *scratch = letter->locked->scratch;
    size_t before = gap.from - start;
    size_t after = letter_paragraph(letter, gap.to).to - gap.to;
    size_t room = LETTER_SCRATCH_BYTES - letter->composed;
    before = before < room ? before : room;
    after = after < room - before ? after : room - before;
    memcpy(scratch, text + start, before);
    memcpy(scratch + before, letter->locked->composed, letter->composed);
    memcpy(scratch + before + letter->composed, text + gap.to, after);
    *end = gap.to + after;
    return (struct render_paragraph){.text = scratch,
                                     .length = before + letter->composed + after,
                                     .direction = letter_direction(letter, start)};
}

/* The part of a line in [from, to), which both are places in the text that its lines are of. */
static void mark(struct page_span *spans, size_t *count, size_t line, size_t line_from,
                 size_t line_to, struct editor_range range)
{
    size_t from = range.from > line_from ? range.from : line_from;
    size_t to = range.to < line_to ? range.to : line_to;
    if (from >= to)
        return;
    spans[(*count)++] = (struct page_span){.line = (uint16_t)line,
                                           .from = (uint32_t)(from - line_from),
                                           .to = (uint32_t)(to - line_from)};
}

static bool is_full(const struct letter *letter, const struct page *page)
{
    return page->line_count >= (size_t)letter->room.lines;
}

/* Notes which part of the text the page's next line is of. */
static void note_line(struct letter *letter, const struct page *page, size_t from, size_t to)
{
    letter->lines.from[page->line_count] = from;
    letter->lines.to[page->line_count] = to;
}

/* Lays the line from `start`, with what is composed in it, and those that follow it in its
 * paragraph; returns false when the page is full. */
static bool lay_gap(struct letter *letter, struct page *page, size_t start, size_t *next_at)
{
    struct editor_range gap = editor_selection(letter->text);
    size_t to = 0;
    struct render_paragraph part = compose(letter, start, gap, &to);
    struct editor_range composed = {gap.from - start, gap.from - start + letter->composed};
    size_t shown = composed.from + letter->composed_to;
    size_t at = 0;
    do {
        if (is_full(letter, page))
            return false;
        size_t begin = 0;
        size_t end = 0;
        size_t line = page->line_count;
        (void)render_page_break(letter->params.render, &letter->room, &part, at, &begin, 1, &end);
        note_line(letter, page, start + at, start + end);
        add_line(page, part.text + at, end - at, part.direction);
        mark(page->composed, &page->composed_count, line, at, end, composed);
        if (shown >= at && shown <= end) {
            page->cursor = true;
            page->cursor_line = (uint16_t)line;
            page->cursor_byte = (uint32_t)(shown - at);
        }
        at = end;
    } while (at < part.length);
    *next_at = letter_after(letter, to);
    return true;
}

/* Lays a paragraph from `start` on; returns false when the page is full. */
static bool lay_paragraph(struct letter *letter, struct page *page, size_t start, size_t *next_at)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    /* What is composed stands in place of what is selected, which is there until it is written. */
    struct editor_range gap = editor_selection(letter->text);
    bool composed =
        letter->composed > 0 && gap.from >= start && gap.from <= letter_paragraph(letter, start).to;
    size_t composed_line = composed ? letter_line_of(letter, gap.from) : 0;
    composed_line = composed_line > start ? composed_line : start;
    size_t at = start;
    size_t end = start;
    do {
        if (composed && at == composed_line)
            return lay_gap(letter, page, at, next_at);
        if (is_full(letter, page))
            return false;
        end = letter_line_end(letter, at);
        note_line(letter, page, at, end);
        add_line(page, text + at, end - at, letter_direction(letter, at));
        at = end;
    } while (letter_goes_on(letter, end));
    *next_at = letter_after(letter, end);
    return true;
}

bool letter_has_opening(const struct letter *letter)
{
    return letter->room.lines > 2 * LETTER_ABOVE;
}

static void lay_lines(struct letter *letter, struct page *page)
{
    size_t length = 0;
    (void)editor_text(letter->text, &length);
    *page = (struct page){.alpha = 1.0F};
    if (letter->top == letter->aside && letter_has_opening(letter))
        add_opening(letter, page);
    letter->lines.above = page->line_count;
    size_t at = letter->top;
    while (at <= length && lay_paragraph(letter, page, at, &at))
        ;
    letter->lines.count = page->line_count;
}

/* Whether a cursor there is seen in this line: where a line goes on in the next one its end and
 * the beginning of the next are one place, and the cursor is on the side it belongs to. */
static bool is_in_line(const struct letter *letter, size_t line, size_t cursor, bool behind)
{
    size_t from = letter->lines.from[line];
    size_t to = letter->lines.to[line];
    if (cursor < from || cursor > to)
        return false;
    if (cursor == to && letter_goes_on(letter, to))
        return behind;
    return cursor > from || !behind;
}

static bool is_on_page(const struct letter *letter, size_t cursor, bool behind)
{
    const struct letter_lines *lines = &letter->lines;
    if (lines->count <= lines->above || cursor < lines->from[lines->above])
        return false;
    size_t last = lines->count - 1;
    if (cursor == lines->from[lines->above] && behind)
        return false;
    return cursor < lines->to[last] || is_in_line(letter, last, cursor, behind);
}

static void follow_cursor(struct letter *letter, struct page *page, size_t cursor, bool behind)
{
    if (!letter->follow || is_on_page(letter, cursor, behind))
        return;
    size_t line = letter_line_of(letter, behind ? cursor - 1 : cursor);
    size_t top = line;
    if (top > letter->top) {
        for (int i = 1; i < letter->room.lines; i++)
            top = letter_line_step(letter, top, -1);
    }
    letter->top = top;
    lay_lines(letter, page);
    /* Of a page with the opening above it not all rows are the letter's. */
    for (int i = 0; i < LETTER_ABOVE && top < line && !is_on_page(letter, cursor, behind); i++) {
        letter->top = top = letter_line_step(letter, top, +1);
        lay_lines(letter, page);
    }
}

/* The page once more, with what is composed in it; it moves up until its end can be seen. */
static void lay_composed(struct letter *letter, struct page *page)
{
    size_t line = letter_line_of(letter, editor_selection(letter->text).from);
    lay_lines(letter, page);
    for (int i = 0; i < COMPOSED_LINES_MAX && !page->cursor && letter->top < line; i++) {
        letter->top = letter_line_step(letter, letter->top, +1);
        lay_lines(letter, page);
    }
}

static void put_cursor(const struct letter *letter, struct page *page)
{
    const struct letter_lines *lines = &letter->lines;
    size_t cursor = editor_cursor(letter->text);
    bool behind = editor_is_behind(letter->text);
    for (size_t i = lines->above; i < lines->count; i++) {
        if (!is_in_line(letter, i, cursor, behind))
            continue;
        page->cursor = true;
        page->cursor_line = (uint16_t)i;
        page->cursor_byte = (uint32_t)(cursor - lines->from[i]);
    }
}

void letter_lay_out(struct letter *letter, struct page *page)
{
    size_t composed = letter->composed;
    struct editor_range chosen = editor_selection(letter->text);
    render_page_room(letter->params.render, letter->params.text_scale, &letter->room);
    letter->composed = 0;
    lay_lines(letter, page);
    if (composed > 0)
        follow_cursor(letter, page, chosen.from, false);
    else
        follow_cursor(letter, page, editor_cursor(letter->text), editor_is_behind(letter->text));
    letter->composed = composed;
    if (composed > 0) {
        lay_composed(letter, page);
        return;
    }
    put_cursor(letter, page);
    for (size_t i = letter->lines.above; i < letter->lines.count; i++)
        mark(page->selected, &page->selected_count, i, letter->lines.from[i], letter->lines.to[i],
             chosen);
}

int letter_cursor_x(struct letter *letter)
{
    struct box box;
    letter_settle(letter);
    bool there = render_page_cursor(letter->params.render, &letter->room, &letter->page, &box);
    return there ? box.x : letter->room.box.x;
}

size_t letter_line_at_cursor(struct letter *letter)
{
    size_t cursor = editor_cursor(letter->text);
    return letter_line_of(letter, editor_is_behind(letter->text) ? cursor - 1 : cursor);
}

/* Beyond the end of a line that goes on is still on it: before the blank that hangs there, so that
 * what is typed stands at the word's end, and else on the end's own side. */
static struct letter_spot at_line_end(const struct letter *letter, size_t from, size_t end)
{
    size_t length = 0;
    uint32_t last = 0;
    const char *text = editor_text(letter->text, &length);
    if (!letter_goes_on(letter, end) || end <= from)
        return (struct letter_spot){.at = end};
    size_t before = from + text_previous_cluster(text + from, end - from, end - from);
    (void)text_decode_within(text + before, end - before, &last);
    bool blank = text_is_blank(last);
    return (struct letter_spot){.at = blank ? before : end, .behind = !blank};
}

struct letter_spot letter_end_of(struct letter *letter, size_t start)
{
    return at_line_end(letter, start, letter_line_end(letter, start));
}

struct letter_spot letter_at_x(struct letter *letter, size_t start, int x_px)
{
    static struct page page;
    uint16_t line = 0;
    uint32_t byte = 0;
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    size_t end = letter_line_end(letter, start);
    page = (struct page){.alpha = 1.0F};
    add_line(&page, text + start, end - start,
             editor_right_to_left(letter->text, start) ? PAGE_DIRECTION_RIGHT
                                                       : PAGE_DIRECTION_LEFT);
    bool there = render_page_point(letter->params.render, &letter->room, &page, x_px,
                                   letter->room.box.y, &line, &byte);
    size_t at = start + (there ? byte : 0);
    page = (struct page){0};
    return at >= end ? at_line_end(letter, start, end) : (struct letter_spot){.at = at};
}

bool letter_place_at(struct letter *letter, int x_px, int y_px, bool extend,
                     struct letter_spot *spot)
{
    uint16_t line = 0;
    uint32_t byte = 0;
    const struct letter_lines *lines = &letter->lines;
    if (lines->count <= lines->above || !render_page_point(letter->params.render, &letter->room,
                                                           &letter->page, x_px, y_px, &line, &byte))
        return false;
    if (line < lines->above) {
        *spot = (struct letter_spot){.at = lines->from[lines->above]};
        return true;
    }
    size_t from = lines->from[line];
    size_t end = lines->to[line];
    *spot = (struct letter_spot){.at = from + byte};
    if (spot->at < end)
        return true;
    /* A selection takes all of the line. */
    *spot = at_line_end(letter, from, end);
    if (extend)
        *spot =
            (struct letter_spot){.at = end, .behind = letter_goes_on(letter, end) && end > from};
    return true;
}

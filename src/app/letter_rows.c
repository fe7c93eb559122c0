/* Where the letter's rows begin: the lines into which its paragraphs are broken.
 *
 * Where a row ends depends on its beginning and what follows, so a paragraph is broken from its
 * beginning on.  A very long one is not, for a place far within it is looked for in one frame:
 * there a row is let begin near the place, at an *anchor*.  Below it rows follow as ever; above it
 * they are laid out upwards, each as full as it can be, as somebody goes there, and near the
 * paragraph's beginning they meet those that come from there, over several rows that are a little
 * narrower.  So no row ends early in between.  What was found is known until it is changed or
 * another part of the letter is looked at, and what is on the page stays known, so that it stays
 * where it is. */
#include "letter_inner.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>

/* So far from what is known rows are laid out up to a place: about sixty. */
#define REACH_BYTES ((size_t)4096)
/* Anchors lie so far apart. */
#define ANCHOR_BYTES ((size_t)1024)
/* No row is longer: blanks may hang at its end without number. */
#define ROW_BYTES_MAX ((size_t)4096)
/* Rows that are about so many below the paragraph's beginning are led to those from there, */
#define JOIN_ROWS     ((size_t)32)
#define JOIN_ROWS_MAX ((size_t)256)
/* each narrower by this part, or as little as it takes. */
#define JOIN_NARROWER_MIN 0.04F
#define JOIN_NARROWER_MAX 0.5F
/* Where there is no room for more, so many of those are forgotten that lie farthest away. */
#define ROWS_FORGOTTEN ((size_t)128)

_Static_assert(JOIN_ROWS_MAX + ROWS_FORGOTTEN < LETTER_ROWS_KNOWN, "the rows of a join have room");

/* The paragraph around `at`; asked for often between two changes, and long to look for. */
static const struct letter_near *look_around(struct letter *letter, size_t at)
{
    size_t length = 0;
    struct letter_near *near = &letter->near;
    uint64_t version = editor_version(letter->text);
    (void)editor_text(letter->text, &length);
    at = at < length ? at : length;
    if (near->known && near->version == version && near->from <= at && at <= near->to)
        return near;
    struct editor_range range = editor_paragraph(letter->text, at);
    *near = (struct letter_near){.known = true,
                                 .version = version,
                                 .from = range.from,
                                 .to = range.to,
                                 .right = editor_right_to_left(letter->text, at)};
    return near;
}

struct editor_range letter_paragraph(struct letter *letter, size_t at)
{
    const struct letter_near *near = look_around(letter, at);
    return (struct editor_range){.from = near->from, .to = near->to};
}

enum page_direction letter_direction(struct letter *letter, size_t at)
{
    return look_around(letter, at)->right ? PAGE_DIRECTION_RIGHT : PAGE_DIRECTION_LEFT;
}

size_t letter_after(const struct letter *letter, size_t end)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    return end >= length || text[end] == '\n' ? end + 1 : end;
}

bool letter_goes_on(const struct letter *letter, size_t end)
{
    return letter_after(letter, end) == end;
}

/* The end of a row that begins there, whatever is known. */
static size_t break_row(struct letter *letter, size_t start)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    const struct letter_near *near = look_around(letter, start);
    size_t begin = 0;
    size_t next = 0;
    size_t left = near->to - start;
    struct render_paragraph rest = {
        .text = text + start,
        .length = left > ROW_BYTES_MAX ? text_cluster(text + start, left, ROW_BYTES_MAX) : left,
        .direction = letter_direction(letter, start)};
    (void)render_page_break(letter->params.render, &letter->room, &rest, 0, &begin, 1, &next);
    return start + next;
}

/* The beginning of a row that ends there, in the paragraph that was looked at last: as full as it
 * can be in a column narrower by this part. */
static size_t break_row_before(struct letter *letter, size_t end, float narrower)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    const struct letter_near *near = &letter->near;
    struct render_room room = letter->room;
    room.box.width -= (int)((float)room.box.width * narrower);
    struct render_paragraph paragraph = {.text = text + near->from,
                                         .length = near->to - near->from,
                                         .direction = near->right ? PAGE_DIRECTION_RIGHT
                                                                  : PAGE_DIRECTION_LEFT};
    return near->from +
           render_page_break_before(letter->params.render, &room, &paragraph, end - near->from);
}

static size_t last_of(const struct letter_rows *rows)
{
    return rows->starts[rows->count - 1];
}

static void append(struct letter_rows *rows, size_t start)
{
    if (rows->count == LETTER_ROWS_KNOWN) {
        rows->count -= ROWS_FORGOTTEN;
        memmove(rows->starts, rows->starts + ROWS_FORGOTTEN, rows->count * sizeof rows->starts[0]);
    }
    rows->starts[rows->count++] = (uint32_t)start;
}

static void prepend(struct letter_rows *rows, const size_t *starts, size_t count)
{
    check(count <= JOIN_ROWS_MAX);
    if (rows->count + count > LETTER_ROWS_KNOWN)
        rows->count = LETTER_ROWS_KNOWN - count;
    memmove(rows->starts + count, rows->starts, rows->count * sizeof rows->starts[0]);
    for (size_t i = 0; i < count; i++)
        rows->starts[i] = (uint32_t)starts[i];
    rows->count += count;
}

/* The row before the last one that begins at `at` or earlier; the first one if none does. */
static size_t row_of(const struct letter_rows *rows, size_t at)
{
    size_t low = 0;
    size_t high = rows->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (rows->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool begins_row(const struct letter_rows *rows, size_t start)
{
    return rows->count > 0 && rows->starts[row_of(rows, start)] == start;
}

/* The rows from the paragraph's beginning end short of what is known below: those above it are made
 * a little narrower, until one of them begins where it did. */
static void spread(struct letter *letter, size_t *begins, size_t count, size_t below)
{
    float narrower = 1.0F / (float)count;
    narrower = narrower > JOIN_NARROWER_MIN ? narrower : JOIN_NARROWER_MIN;
    narrower = narrower < JOIN_NARROWER_MAX ? narrower : JOIN_NARROWER_MAX;
    for (size_t i = count - 1; i > 0; i--) {
        size_t begin = break_row_before(letter, below, narrower);
        if (begins[i] <= begin || begin <= begins[i - 1])
            break;
        begins[i] = below = begin;
    }
}

/* All rows from the paragraph's beginning to those that are known; false if they are too many. */
static bool join(struct letter *letter, struct letter_rows *rows)
{
    size_t begins[JOIN_ROWS_MAX];
    size_t count = 0;
    size_t below = rows->starts[0];
    size_t at = letter->near.from;
    while (at < below && count < JOIN_ROWS_MAX) {
        begins[count++] = at;
        at = break_row(letter, at);
    }
    if (at < below)
        return false;
    if (at > below)
        spread(letter, begins, count, below);
    prepend(rows, begins, count);
    return true;
}

/* Rows above those that are known, down to the one that holds `at`. */
static void go_up(struct letter *letter, struct letter_rows *rows, size_t at)
{
    size_t from = letter->near.from;
    while (rows->starts[0] > at && rows->starts[0] > from) {
        size_t begin = break_row_before(letter, rows->starts[0], 0.0F);
        size_t row = rows->starts[0] - begin;
        if ((rows->starts[0] - from) / row <= JOIN_ROWS && join(letter, rows))
            return;
        prepend(rows, &begin, 1);
    }
}

/* Rows below those that are known, until the end of the one that holds `at` is, or is the
 * paragraph's. */
static void go_down(struct letter *letter, struct letter_rows *rows, size_t at)
{
    while (last_of(rows) <= at) {
        size_t next = break_row(letter, last_of(rows));
        if (next >= letter->near.to)
            return;
        append(rows, next);
    }
}

/* Where rows are let begin around a place of which nothing is known: at the paragraph's beginning,
 * or where a row may begin. */
static size_t anchor_near(struct letter *letter, size_t at)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    const struct letter_near *near = look_around(letter, at);
    size_t in = at - near->from;
    if (in <= REACH_BYTES)
        return near->from;
    const char *paragraph = text + near->from;
    size_t before = near->from + text_cluster(paragraph, near->to - near->from,
                                              (in / ANCHOR_BYTES - 1) * ANCHOR_BYTES);
    size_t anchor = break_row(letter, before);
    return anchor <= at && anchor < near->to ? anchor : before;
}

static struct letter_rows *to_front(struct letter *letter, size_t i)
{
    struct letter_rows *rows = letter->rows;
    struct letter_rows found = rows[i];
    memmove(&rows[1], &rows[0], i * sizeof rows[0]);
    rows[0] = found;
    return rows;
}

/* In place of what was not asked for longest, but never of what the page is in. */
static struct letter_rows *begin_at(struct letter *letter, size_t start)
{
    size_t i = LETTER_ROWS_APART - 1;
    if (begins_row(&letter->rows[i], letter->top))
        i--;
    struct letter_rows *rows = to_front(letter, i);
    rows->count = 1;
    rows->starts[0] = (uint32_t)start;
    return rows;
}

/* What is known around the place.  Somebody who comes to a paragraph's beginning from afar finds it
 * as it is when nothing below is known. */
static struct letter_rows *rows_around(struct letter *letter, size_t at)
{
    const struct letter_near *near = look_around(letter, at);
    bool anew =
        at - near->from <= REACH_BYTES && at + REACH_BYTES < letter->top && letter->top <= near->to;
    for (size_t i = 0; i < LETTER_ROWS_APART && !anew; i++) {
        const struct letter_rows *rows = &letter->rows[i];
        if (rows->count > 0 && rows->starts[0] >= near->from && last_of(rows) <= near->to &&
            rows->starts[0] <= at + REACH_BYTES && at <= last_of(rows) + REACH_BYTES)
            return to_front(letter, i);
    }
    return begin_at(letter, anchor_near(letter, at));
}

size_t letter_line_of(struct letter *letter, size_t at)
{
    size_t length = 0;
    (void)editor_text(letter->text, &length);
    at = at < length ? at : length;
    struct letter_rows *rows = rows_around(letter, at);
    go_up(letter, rows, at);
    go_down(letter, rows, at);
    return rows->starts[row_of(rows, at)];
}

/* The rows that one begins at `start` of, or NULL. */
static struct letter_rows *rows_with(struct letter *letter, size_t start)
{
    for (size_t i = 0; i < LETTER_ROWS_APART; i++) {
        if (begins_row(&letter->rows[i], start))
            return &letter->rows[i];
    }
    return NULL;
}

size_t letter_row_end(struct letter *letter, size_t start)
{
    const struct letter_rows *rows = rows_with(letter, start);
    size_t next = rows != NULL ? row_of(rows, start) + 1 : 0;
    return next > 0 && next < rows->count ? rows->starts[next] : break_row(letter, start);
}

size_t letter_line_end(struct letter *letter, size_t start)
{
    struct editor_range paragraph = letter_paragraph(letter, start);
    struct letter_rows *rows = rows_with(letter, start);
    /* A short one is soon laid out again, from its beginning. */
    if (rows == NULL && paragraph.to - paragraph.from > REACH_BYTES)
        rows = begin_at(letter, start);
    if (rows != NULL)
        go_down(letter, rows, start);
    return letter_row_end(letter, start);
}

size_t letter_line_step(struct letter *letter, size_t start, int step)
{
    size_t length = 0;
    (void)editor_text(letter->text, &length);
    if (step < 0)
        return start == 0 ? 0 : letter_line_of(letter, start - 1);
    size_t next = letter_after(letter, letter_line_end(letter, start));
    return next <= length ? next : start;
}

void letter_rows_forget(struct letter *letter)
{
    for (size_t i = 0; i < LETTER_ROWS_APART; i++)
        letter->rows[i].count = 0;
}

/* Whether a row begins where it did depends on its first word; so the row in which the change was
 * is not known any more if no blank is before it there, and those above are. */
static void change_rows(const struct letter *letter, struct letter_rows *rows, size_t from)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    if (rows->count == 0)
        return;
    rows->count = rows->starts[0] <= from ? row_of(rows, from) + 1 : 0;
    if (rows->count == 0)
        return;
    size_t last = last_of(rows);
    bool begins = last == 0 || text[last - 1] == '\n';
    if (!begins && memchr(text + last, ' ', from - last) == NULL)
        rows->count--;
}

void letter_rows_changed(struct letter *letter, const struct editor_change *change)
{
    for (size_t i = 0; i < LETTER_ROWS_APART; i++)
        change_rows(letter, &letter->rows[i], change->from);
}

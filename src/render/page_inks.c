#include "page_inks.h"

#include <math.h>
#include <string.h>

/* In the time in which a line is drawn for the first time, so many bytes are measured, and so many
 * rows are drawn anew whose lines are known. */
#define MEASURED_BYTES_A_LINE 1024
#define CHANGED_ROWS_A_LINE   2
/* So few of those wait for the new lines between them: the line that two pages have in common. */
#define COMMON_ROWS_MAX 2

/* The rows for which a frame draws new lines: they touch one another, for a frame clears and draws
 * all that lies between the things that change in it. */
struct block {
    size_t left;     /* new lines that may still be drawn */
    size_t from, to; /* equal: none yet */
};

/* The row's ink, where it stands and how it looks. */
static void place_ink(struct page_taker *taker, size_t i, const struct text_line *text)
{
    const struct page_line *line = &taker->page->lines[i];
    const struct page_row *row = &taker->rows[i];
    struct page_ink *ink = &taker->view->lines[i];
    float em = (float)row->size;
    int x = page_row_x(&taker->room, row, text->advance) + (int)lroundf(line->shift_em * em);
    int y = row->base - (int)lroundf(line->rise_em * em);
    ink->line = text;
    ink->box = inner_ink_box(taker->render, text, x + taker->scene->drift_x_px,
                             y + taker->scene->drift_y_px);
    ink->colour = light_between(line->faint ? taker->scene->ink_faint : taker->scene->ink,
                                taker->scene->accent, fminf(fmaxf(line->warmth, 0.0F), 1.0F));
}

static float page_alpha(const struct page *page, size_t line)
{
    return page->by_halves ? page->half_alpha[line < page->line_count / 2 ? 0 : 1] : page->alpha;
}

/* Returns whether the row is as it is to be; a line that was never drawn is drawn if it may be. */
static bool take_ink(struct page_taker *taker, size_t i, bool may_draw)
{
    struct render *render = taker->render;
    const struct page_line *line = &taker->page->lines[i];
    const struct page_row *row = &taker->rows[i];
    struct page_ink *ink = &taker->view->lines[i];
    *ink = (struct page_ink){.alpha = line->alpha * page_alpha(taker->page, i)};
    if (ink->alpha <= 0.0F)
        return true;
    if (!may_draw &&
        !text_cache_knows(render->texts, line->text, line->length, row->size, row->style))
        return false;
    const struct text_line *text =
        inner_line(render, line->text, line->length, row->size, row->style);
    if (text != NULL)
        place_ink(taker, i, text);
    return true;
}

/* What the row showed in the last frame; nothing, if there was none. */
static void keep_ink(struct page_taker *taker, size_t i)
{
    const struct page_view *before = taker->render->page_before;
    struct page_ink *ink = &taker->view->lines[i];
    *ink = (struct page_ink){0};
    if (before->shown && i < before->line_count)
        *ink = before->lines[i];
    if (ink->line != NULL && ink->line->texture == 0)
        ink->line = NULL;
    ink->covered = false;
    ink->waits = true;
    taker->view->waits = true;
}

static bool looks_the_same(const struct page_ink *a, const struct page_ink *b)
{
    return a->line == b->line && a->alpha == b->alpha && a->box.x == b->box.x &&
           a->box.y == b->box.y && memcmp(&a->colour, &b->colour, sizeof a->colour) == 0;
}

/* Whether the row changes in this frame though no new line is drawn for it. */
static bool changes(const struct page_taker *taker, size_t i)
{
    const struct page_view *before = taker->render->page_before;
    const struct page_ink nothing = {0};
    const struct page_ink *ink = &taker->view->lines[i];
    const struct page_ink *was =
        before->shown && i < before->line_count ? &before->lines[i] : &nothing;
    bool seen = ink->line != NULL || was->line != NULL;
    return !ink->waits && seen && !looks_the_same(ink, was);
}

static size_t changed_rows(const struct page_taker *taker)
{
    size_t count = 0;
    for (size_t i = 0; i < taker->page->line_count; i++)
        count += changes(taker, i) ? 1 : 0;
    return count;
}

static size_t new_lines(const struct page_taker *taker)
{
    size_t count = 0;
    for (size_t i = 0; i < taker->page->line_count; i++)
        count += taker->view->lines[i].waits && !taker->known[i] ? 1 : 0;
    return count;
}

static void put_off_common_rows(struct page_taker *taker, size_t cursor)
{
    if (new_lines(taker) == 0 || changed_rows(taker) > COMMON_ROWS_MAX)
        return;
    for (size_t i = 0; i < taker->page->line_count; i++) {
        taker->known[i] = i != cursor && changes(taker, i);
        taker->view->lines[i].waits = taker->view->lines[i].waits || taker->known[i];
    }
}

/* How many new lines this frame may draw: fewer if much else is done for it, but one. */
static size_t lines_left(const struct page_taker *taker)
{
    struct render *render = taker->render;
    uint64_t measured = render->texts->shaped_bytes - render->measured_before;
    uint64_t lines = measured / MEASURED_BYTES_A_LINE + changed_rows(taker) / CHANGED_ROWS_A_LINE;
    render->measured_before = render->texts->shaped_bytes;
    return lines < render->page_budget ? render->page_budget - (size_t)lines : 1;
}

static void draw_row(struct page_taker *taker, size_t row, struct block *block)
{
    bool first = block->from == block->to;
    bool waits = taker->view->lines[row].waits;
    bool is_new = waits && !taker->known[row];
    if (first ? !is_new : row + 1 < block->from || row > block->to)
        return;
    if (is_new && block->left == 0)
        return;
    block->left -= is_new ? 1 : 0;
    if (waits)
        (void)take_ink(taker, row, true);
    block->from = first || row < block->from ? row : block->from;
    block->to = first || row >= block->to ? row + 1 : block->to;
}

/* The rows around the cursor first; then those below them, and at last those above. */
static void draw_nearest(struct page_taker *taker)
{
    size_t count = taker->page->line_count;
    size_t near = taker->render->page_budget / 2;
    size_t cursor = taker->page->cursor ? taker->page->cursor_line : 0;
    cursor = cursor < count ? cursor : 0;
    put_off_common_rows(taker, cursor);
    struct block block = {.left = lines_left(taker)};
    size_t from = cursor > near ? cursor - near : 0;
    size_t to = count - cursor > near ? cursor + near : count;
    for (size_t i = cursor; i < to; i++)
        draw_row(taker, i, &block);
    for (size_t i = cursor; i > from; i--)
        draw_row(taker, i - 1, &block);
    for (size_t i = to; i < count; i++)
        draw_row(taker, i, &block);
    for (size_t i = from; i > 0; i--)
        draw_row(taker, i - 1, &block);
    for (size_t i = 0; i < count && new_lines(taker) == 0; i++) {
        if (taker->view->lines[i].waits)
            (void)take_ink(taker, i, true);
    }
}

void page_inks_take(struct page_taker *taker)
{
    struct render *render = taker->render;
    struct page_view *view = taker->view;
    size_t count = taker->page->line_count;
    bool all = render->page_budget == 0;
    for (size_t i = 0; i < count; i++)
        view->lines[i].waits = !take_ink(taker, i, all);
    if (!all)
        draw_nearest(taker);
    for (size_t i = 0; i < count; i++) {
        if (view->lines[i].waits)
            keep_ink(taker, i);
        if (view->lines[i].line != NULL)
            render->boxes[render->box_count++] = view->lines[i].box;
    }
}

static void keep_boxes(const struct page_view *view, const struct page_boxes *from,
                       struct page_boxes *to)
{
    for (size_t i = 0; i < from->count && to->count < PAGE_BOXES_MAX; i++) {
        const struct page_box *box = &from->items[i];
        if (box->line < view->line_count && view->lines[box->line].waits)
            to->items[to->count++] = *box;
    }
}

/* Where the cursor was, until that row has come; of two such rows the one that waits longer. */
static void keep_cursor(const struct page_view *before, struct page_view *view)
{
    const struct page_cursor *kept[] = {&before->left, &before->cursor};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0] && !view->left.there; i++) {
        if (kept[i]->there && kept[i]->line < view->line_count && view->lines[kept[i]->line].waits)
            view->left = *kept[i];
    }
}

void page_inks_keep_boxes(struct page_taker *taker)
{
    const struct page_view *before = taker->render->page_before;
    struct page_view *view = taker->view;
    view->left.there = false;
    if (!view->waits || !before->shown)
        return;
    keep_cursor(before, view);
    keep_boxes(view, &before->grounds, &view->grounds);
    keep_boxes(view, &before->underlines, &view->underlines);
}

void page_inks_hold(struct render *render)
{
    const struct page_view *view = render->page;
    if (render->page_budget == 0 || !view->shown)
        return;
    for (size_t i = 0; i < view->line_count; i++)
        text_cache_hold(render->texts, view->lines[i].line);
}

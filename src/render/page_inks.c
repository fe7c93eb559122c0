#include "page_inks.h"

#include <math.h>
/* So many bytes are measured in the time in which a line is drawn for the first time. */
#define MEASURED_BYTES_A_LINE 2048

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
    float warm = fminf(fmaxf(line->warmth, 0.0F), 1.0F) * (float)RAMP_WARM_STEPS;
    float step = fminf(floorf(warm), (float)RAMP_WARM_STEPS - 1.0F);
    ink->row[0] = step > 0.0F   ? (float)RAMP_WARM + step - 1.0F
                  : line->faint ? (float)RAMP_INK_FAINT
                                : (float)RAMP_INK;
    ink->row[1] = (float)RAMP_WARM + step;
    ink->row[2] = warm - step;
}

/* Returns whether the row is as it is to be; a line that was never drawn is drawn if it may be. */
static bool take_ink(struct page_taker *taker, size_t i, bool may_draw)
{
    struct render *render = taker->render;
    const struct page_line *line = &taker->page->lines[i];
    const struct page_row *row = &taker->rows[i];
    struct page_ink *ink = &taker->view->lines[i];
    *ink = (struct page_ink){.alpha = line->alpha * taker->page->alpha};
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

/* How many new lines this frame may draw: fewer if much was measured for it, but one. */
static size_t lines_left(struct render *render)
{
    uint64_t measured = render->texts->shaped_bytes - render->measured_before;
    uint64_t lines = measured / MEASURED_BYTES_A_LINE;
    render->measured_before = render->texts->shaped_bytes;
    return lines < render->page_budget ? render->page_budget - (size_t)lines : 1;
}

static void draw_row(struct page_taker *taker, size_t row, size_t *left)
{
    if (*left == 0 || !taker->view->lines[row].waits)
        return;
    (void)take_ink(taker, row, true);
    --*left;
}

/* The rows around the cursor first; then, so that what is drawn in one frame lies together, those
 * below them, and at last those above. */
static void draw_nearest(struct page_taker *taker)
{
    size_t count = taker->page->line_count;
    size_t left = lines_left(taker->render);
    size_t near = taker->render->page_budget / 2;
    size_t cursor = taker->page->cursor ? taker->page->cursor_line : 0;
    cursor = cursor < count ? cursor : 0;
    size_t from = cursor > near ? cursor - near : 0;
    size_t to = count - cursor > near ? cursor + near : count;
    for (size_t i = cursor; i < to; i++)
        draw_row(taker, i, &left);
    for (size_t i = cursor; i > from; i--)
        draw_row(taker, i - 1, &left);
    for (size_t i = to; i < count; i++)
        draw_row(taker, i, &left);
    for (size_t i = from; i > 0; i--)
        draw_row(taker, i - 1, &left);
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

void page_inks_keep_boxes(struct page_taker *taker)
{
    const struct page_view *before = taker->render->page_before;
    struct page_view *view = taker->view;
    if (!view->waits || !before->shown)
        return;
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

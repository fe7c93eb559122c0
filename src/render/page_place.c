/* Page place: from a cursor to pixels and back. */
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "page_rows.h"

#include <stdlib.h>

#define CURSOR_HEIGHT_EMS 1.3F
#define CURSOR_WIDTH_EMS  0.07F
#define CURSOR_WIDTH_MIN  2

bool render_page_cursor(struct render *render, const struct render_room *room,
                        const struct page *page, struct box *box)
{
    if (page->cursor_line >= page->line_count)
        return false;
    struct page_row rows[PAGE_LINES_MAX];
    page_rows(render, room, page, rows);
    const struct page_line *line = &page->lines[page->cursor_line];
    const struct page_row *row = &rows[page->cursor_line];
    struct runs *runs =
        scribe_shape(render->scribe, line->text, line->length, row->size, row->style);
    int x = page_row_x(room, row, runs->width) + runs_cursor(runs, page->cursor_byte);
    runs_wipe(runs);
    /* Blanks at a line's end may go beyond the column; the cursor waits at its edge. */
    int right = room->box.x + room->box.width;
    x = x < room->box.x ? room->box.x : x > right ? right : x;
    int width = (int)(CURSOR_WIDTH_EMS * (float)row->size);
    width = width < CURSOR_WIDTH_MIN ? CURSOR_WIDTH_MIN : width;
    int height = (int)(CURSOR_HEIGHT_EMS * (float)row->size);
    *box = (struct box){.x = x - width / 2,
                        .y = row->top + (row->height - height) / 2,
                        .width = width,
                        .height = height};
    return true;
}

static size_t row_at(const struct page *page, const struct page_row *rows, int y)
{
    size_t i = 0;
    while (i + 1 < page->line_count && y >= rows[i].top + rows[i].height)
        i++;
    return i;
}

bool render_page_point(struct render *render, const struct render_room *room,
                       const struct page *page, int x_px, int y_px, uint16_t *line, uint32_t *byte)
{
    if (page->line_count == 0)
        return false;
    struct page_row rows[PAGE_LINES_MAX];
    page_rows(render, room, page, rows);
    size_t i = row_at(page, rows, y_px);
    const struct page_line *l = &page->lines[i];
    struct runs *runs =
        scribe_shape(render->scribe, l->text, l->length, rows[i].size, rows[i].style);
    int x = x_px - page_row_x(room, &rows[i], runs->width);
    int nearest = abs(runs_cursor(runs, 0) - x);
    *line = (uint16_t)i;
    *byte = 0;
    for (size_t at = 0; at < l->length;) {
        at = text_next_cluster(l->text, l->length, at);
        int distance = abs(runs_cursor(runs, at) - x);
        if (distance < nearest) {
            nearest = distance;
            *byte = (uint32_t)at;
        }
    }
    runs_wipe(runs);
    return true;
}

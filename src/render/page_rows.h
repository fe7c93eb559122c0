/* Page rows: where the lines of a page stand in its room, for drawing and for pointing alike. */
#ifndef LACRIMA_RENDER_PAGE_ROWS_H
#define LACRIMA_RENDER_PAGE_ROWS_H

#include "inner.h"

/* px, y down. */
struct page_row {
    int size; /* em */
    int top, height;
    int base;
    struct runs_style style;
    bool right; /* the line ends at the column's right edge */
    int inset;  /* so far inside that edge, or the left one */
};

void page_rows(struct render *render, const struct render_room *room, const struct page *page,
               struct page_row rows[PAGE_LINES_MAX]);

/* Where a line of this width begins. */
int page_row_x(const struct render_room *room, const struct page_row *row, int width);

struct runs_style page_style(enum page_direction direction);

#endif

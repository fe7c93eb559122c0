/* Page view: what a page shows in a frame, thing by thing, where it stands and as which marks
 * (frame.h).  It knows ink, boxes and colours, and no words. */
#ifndef LACRIMA_RENDER_PAGE_VIEW_H
#define LACRIMA_RENDER_PAGE_VIEW_H

#include "inner.h"

/* Selections or underlines, in runs of one direction; what is beyond is not drawn. */
#define PAGE_BOXES_MAX (4 * PAGE_LINES_MAX)

/* A box that belongs to a line, and is drawn when the line is. */
struct page_box {
    size_t line;
    struct box box;
};

struct page_boxes {
    size_t count;
    struct page_box items[PAGE_BOXES_MAX];
};

struct page_ink {
    const struct text_line *line; /* NULL: there is nothing to see */
    struct box box;
    float alpha;
    struct colour colour;
    bool waits;   /* its line is drawn in a later frame; until then this is what stood here */
    bool covered; /* by its selection's ground: drawn on that alone */
    size_t mark;
};

struct page_cursor {
    bool there;
    size_t line;
    struct box box;
    size_t mark;
};

struct page_view {
    bool shown;
    bool waits; /* some of its rows do */
    size_t line_count;
    struct page_ink lines[PAGE_LINES_MAX];
    struct page_boxes grounds, underlines;
    struct page_cursor cursor;
    struct page_cursor left; /* the one of a row that waits */
    struct colour selected_ink;
    int selected[3], drawn_ink[3]; /* codes: a selection's ground; underlines and the cursor */
};

/* Takes the page (NULL: there is none) into the frame, which has begun and holds the scene's marks
 * already.  New lines become textures. */
void page_view_take(struct render *render, const struct scene *scene, const struct page *page);

#endif

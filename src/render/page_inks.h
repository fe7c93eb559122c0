/* Page inks: which ink the rows of a page show in a frame.  A line that was never drawn takes long
 * (its glyphs are hinted), and a page is full of them when much of a letter is gone over at once.
 * So a frame draws so many of them at most, from the cursor outwards; a row whose line has to wait
 * shows what it did, and is drawn in one of the frames that follow. */
#ifndef LACRIMA_RENDER_PAGE_INKS_H
#define LACRIMA_RENDER_PAGE_INKS_H

#include "page_rows.h"
#include "page_view.h"

struct page_taker {
    struct render *render;
    const struct scene *scene;
    const struct page *page;
    struct page_view *view;
    struct render_room room;
    struct page_row rows[PAGE_LINES_MAX];
    bool known[PAGE_LINES_MAX]; /* the row waits, though its line was drawn before */
};

/* What the page shows is not given back in the frame that begins, in which it may be shown still.
 */
void page_inks_hold(struct render *render);

/* Fills the view's lines. */
void page_inks_take(struct page_taker *taker);

/* The selections and underlines of rows that wait are what they were too. */
void page_inks_keep_boxes(struct page_taker *taker);

#endif

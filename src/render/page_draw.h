/* Page draw: what of a page (page_view.h) the frame's repair wants drawn, over the scene. */
#ifndef LACRIMA_RENDER_PAGE_DRAW_H
#define LACRIMA_RENDER_PAGE_DRAW_H

#include "inner.h"

/* Asks beforehand for the looks of the lines that are drawn (looks.h). */
void page_ask_looks(struct render *render);

bool page_draw(struct render *render, const struct scene *scene, struct error *error);

#endif

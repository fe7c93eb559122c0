/* Page draw: what of a page (page_view.h) the frame's repair wants drawn, over the scene. */
#ifndef LACRIMA_RENDER_PAGE_DRAW_H
#define LACRIMA_RENDER_PAGE_DRAW_H

#include "inner.h"

bool page_draw(struct render *render, const struct scene *scene, struct error *error);

#endif

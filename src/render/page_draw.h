/* Page draw: a page's selection, lines, composition and cursor, over the scene. */
#ifndef LACRIMA_RENDER_PAGE_DRAW_H
#define LACRIMA_RENDER_PAGE_DRAW_H

#include "inner.h"

bool page_draw(struct render *render, const struct scene *scene, const struct page *page,
               struct error *error);

#endif

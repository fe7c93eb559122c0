/* Draw: a scene and a page, taken into a frame and then drawn, all of it or what has changed. */
#ifndef LACRIMA_RENDER_DRAW_H
#define LACRIMA_RENDER_DRAW_H

#include "inner.h"

/* Works out what stands where, and notes it as the newest frame. */
void draw_take(struct render *render, const struct scene *scene, const struct page *page);

/* Draws what the frame's repair says of it. */
bool draw_repair(struct render *render, const struct scene *scene, struct error *error);

#endif

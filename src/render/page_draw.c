#include "page_draw.h"

#include "page_view.h"

#include <epoxy/gl.h>

#include <string.h>

/* Clearing inside a scissor draws a rectangle of one colour, and no shader runs. */
static void fill(struct render *render, struct box box, const int codes[3])
{
    if (!inner_cut(render, &box))
        return;
    glClearColor((float)codes[0] / 255.0F, (float)codes[1] / 255.0F, (float)codes[2] / 255.0F,
                 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

static void fill_boxes(struct render *render, const struct page_boxes *boxes, const int codes[3])
{
    for (size_t i = 0; i < boxes->count; i++) {
        const struct page_box *item = &boxes->items[i];
        if (frame_draws(render->frame, render->page->lines[item->line].mark))
            fill(render, item->box, codes);
    }
    inner_uncut(render);
}

static void fill_cursor(struct render *render, const struct page_cursor *cursor)
{
    if (cursor->there && frame_draws(render->frame, cursor->mark))
        fill(render, cursor->box, render->page->drawn_ink);
}

static bool draws_line(const struct render *render, const struct page_ink *ink, bool blends)
{
    return ink->line != NULL && (!ink->covered || blends) && frame_draws(render->frame, ink->mark);
}

/* blends: what was there before counts too. */
static bool draw_lines(struct render *render, bool blends, struct error *error)
{
    const struct page_view *view = render->page;
    for (size_t i = 0; i < view->line_count; i++) {
        const struct page_ink *ink = &view->lines[i];
        struct look look = inner_look(render, ink->colour, ink->alpha);
        if (draws_line(render, ink, blends) &&
            !inner_draw_ink(render, ink->line, ink->box, &look, error))
            return false;
    }
    return true;
}

static struct look selected_look(const struct page_view *view, float alpha)
{
    return (struct look){.colour = view->selected_ink,
                         .ground = {view->selected[0], view->selected[1], view->selected[2]},
                         .alpha = alpha};
}

/* The lines' ink once more, inside the selection's boxes and over its ground. */
static bool draw_selected_ink(struct render *render, struct error *error)
{
    const struct page_boxes *boxes = &render->page->grounds;
    for (size_t i = 0; i < boxes->count; i++) {
        const struct page_ink *ink = &render->page->lines[boxes->items[i].line];
        if (ink->line == NULL || !frame_draws(render->frame, ink->mark))
            continue;
        struct look look = selected_look(render->page, ink->alpha);
        if (inner_cut(render, &boxes->items[i].box) &&
            !inner_draw_ink(render, ink->line, ink->box, &look, error))
            return false;
    }
    inner_uncut(render);
    return true;
}

void page_ask_looks(struct render *render)
{
    const struct page_view *view = render->page;
    for (size_t i = 0; view->shown && i < view->line_count; i++) {
        const struct page_ink *ink = &view->lines[i];
        struct look look = inner_look(render, ink->colour, ink->alpha);
        if (draws_line(render, ink, true))
            (void)looks_row(render->looks, render->light, &look);
    }
    for (size_t i = 0; view->shown && i < view->grounds.count; i++) {
        const struct page_ink *ink = &view->lines[view->grounds.items[i].line];
        struct look look = selected_look(view, ink->alpha);
        if (draws_line(render, ink, true))
            (void)looks_row(render->looks, render->light, &look);
    }
}

bool page_draw(struct render *render, const struct scene *scene, struct error *error)
{
    const struct page_view *view = render->page;
    if (!view->shown)
        return true;
    fill_boxes(render, &view->grounds, view->selected);
    if (!draw_lines(render, pictures_visible(render, scene), error) ||
        !draw_selected_ink(render, error))
        return false;
    fill_boxes(render, &view->underlines, view->drawn_ink);
    fill_cursor(render, &view->cursor);
    fill_cursor(render, &view->left);
    inner_uncut(render);
    return true;
}

#include "page_draw.h"

#include "page_view.h"

#include <epoxy/gl.h>

#include <string.h>

/* Clearing inside a scissor draws a rectangle of one colour, and no shader runs. */
static void fill(struct render *render, struct render_box box, const int codes[3])
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

/* blends: what was there before counts too. */
static bool draw_lines(struct render *render, bool blends, struct error *error)
{
    const struct page_view *view = render->page;
    for (size_t i = 0; i < view->line_count; i++) {
        const struct page_ink *ink = &view->lines[i];
        if (ink->line == NULL || (ink->covered && !blends) ||
            !frame_draws(render->frame, ink->mark))
            continue;
        memcpy(render->uniforms.glyph_row, ink->row, sizeof ink->row);
        if (!inner_draw_ink(render, ink->line, ink->box, ink->alpha, error))
            return false;
    }
    return true;
}

/* The lines' ink once more, inside the selection's boxes and over its ground. */
static bool draw_selected_ink(struct render *render, struct error *error)
{
    const struct page_boxes *boxes = &render->page->grounds;
    render->uniforms.glyph_row[0] = (float)RAMP_SELECTED;
    render->uniforms.glyph_row[2] = 0.0F;
    for (size_t i = 0; i < boxes->count; i++) {
        const struct page_ink *ink = &render->page->lines[boxes->items[i].line];
        if (ink->line == NULL || !frame_draws(render->frame, ink->mark))
            continue;
        if (inner_cut(render, &boxes->items[i].box) &&
            !inner_draw_ink(render, ink->line, ink->box, ink->alpha, error))
            return false;
    }
    inner_uncut(render);
    return true;
}

static void set_ramps(struct render *render, const struct scene *scene)
{
    inner_set_ramp(render, RAMP_INK, render->field, scene->ink);
    inner_set_ramp(render, RAMP_INK_FAINT, render->field, scene->ink_faint);
    if (render->page->grounds.count > 0)
        inner_set_ramp(render, RAMP_SELECTED, render->page->selected, render->page->selected_ink);
    for (int i = 0; i < RAMP_WARM_STEPS; i++)
        inner_set_ramp(
            render, (enum ramp)(RAMP_WARM + i), render->field,
            light_between(scene->ink, scene->accent, (float)(i + 1) / (float)RAMP_WARM_STEPS));
}

bool page_draw(struct render *render, const struct scene *scene, struct error *error)
{
    const struct page_view *view = render->page;
    if (!view->shown)
        return true;
    fill_boxes(render, &view->grounds, view->selected);
    set_ramps(render, scene);
    if (!draw_lines(render, pictures_visible(render, scene), error) ||
        !draw_selected_ink(render, error))
        return false;
    fill_boxes(render, &view->underlines, view->drawn_ink);
    fill_cursor(render, &view->cursor);
    fill_cursor(render, &view->left);
    inner_uncut(render);
    return true;
}

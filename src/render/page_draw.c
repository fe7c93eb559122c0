#include "page_draw.h"

#include "lacrima/base/check.h"
#include "page_rows.h"

#include <epoxy/gl.h>

#include <math.h>

/* How much of the line colour a selection has at most, and what its text keeps. */
#define SELECTED_PART_MAX      0.5F
#define SELECTED_CONTRAST      7.2
#define SELECTED_LUMINANCE_MAX 0.095
#define FIELD_PALE             0.2
#define BISECTIONS             10
/* A selected empty line shows so much of itself. */
#define EMPTY_EMS          0.35F

#define UNDERLINE_DROP_EMS 0.16F
#define UNDERLINE_EMS      0.05F

struct painter {
    struct render *render;
    const struct scene *scene;
    const struct page *page;
    struct render_room room;
    struct page_row rows[PAGE_LINES_MAX];
    struct colour selected; /* the ground of a selection, the page's alpha in it */
};

static struct colour between(struct colour a, struct colour b, float part)
{
    return (struct colour){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part,
                           a.b + (b.b - a.b) * part};
}

/* Clearing inside a scissor draws a rectangle of one colour, and no shader runs. */
static void fill(struct render *render, struct render_box box, struct colour colour)
{
    int codes[3];
    light_codes(colour, codes);
    glEnable(GL_SCISSOR_TEST);
    glScissor(box.x, render->height - box.y - box.height, box.width, box.height);
    glClearColor((float)codes[0] / 255.0F, (float)codes[1] / 255.0F, (float)codes[2] / 255.0F,
                 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
}

/* As much of the line colour as leaves the text on it readable, and a dark field dark. */
static struct colour selected_ground(const struct scene *scene)
{
    bool dark = colour_luminance(scene->field) < FIELD_PALE;
    float low = 0.0F;
    float high = SELECTED_PART_MAX;
    for (int i = 0; i < BISECTIONS; i++) {
        float part = (low + high) / 2.0F;
        struct colour ground = between(scene->field, scene->line, part);
        bool fine = colour_contrast(scene->ink, ground) >= SELECTED_CONTRAST &&
                    (!dark || colour_luminance(ground) <= SELECTED_LUMINANCE_MAX);
        low = fine ? part : low;
        high = fine ? high : part;
    }
    return between(scene->field, scene->line, low);
}

/* What stands over the field in the colour, where the page is as visible as it is. */
static struct colour faded(const struct painter *painter, struct colour colour, float alpha)
{
    return between(painter->scene->field, colour, fminf(alpha * painter->page->alpha, 1.0F));
}

/* Calls draw with each box that the part of a line takes, in runs of one direction. */
static void each_box(struct painter *painter, const struct page_span *span,
                     void (*draw)(struct painter *, const struct page_span *, struct render_box))
{
    const struct page_line *line = &painter->page->lines[span->line];
    const struct page_row *row = &painter->rows[span->line];
    struct runs *runs =
        scribe_shape(painter->render->scribe, line->text, line->length, row->size, row->style);
    int x = page_row_x(&painter->room, row, runs->width);
    struct render_box box = {.y = row->top, .height = row->height};
    for (size_t i = 0; i < runs->run_count; i++) {
        const struct run *run = &runs->runs[i];
        if (span->to <= run->at || span->from >= run->end)
            continue;
        int from = runs_part(runs, run, span->from);
        int to = runs_part(runs, run, span->to);
        box.x = x + run->x + (run->level % 2 == 1 ? run->width - to : from);
        box.width = to - from;
        draw(painter, span, box);
    }
    bool empty = line->length == 0;
    runs_wipe(runs);
    if (!empty)
        return;
    box.width = (int)(EMPTY_EMS * (float)row->size);
    box.x = row->right ? x - box.width : x;
    draw(painter, span, box);
}

/* The box as it is drawn: moved with the scene and kept inside the safe area's width. */
static struct render_box inside(const struct painter *painter, struct render_box box)
{
    const struct render *render = painter->render;
    int safe = (int)ceil(render->width * LAYOUT_SAFE);
    int left = box.x + painter->scene->drift_x_px;
    int right = left + box.width;
    left = left < safe ? safe : left;
    right = right > render->width - safe ? render->width - safe : right;
    box.x = left;
    box.width = right > left ? right - left : 0;
    box.y += painter->scene->drift_y_px;
    return box;
}

static void draw_ground(struct painter *painter, const struct page_span *span,
                        struct render_box box)
{
    (void)span;
    fill(painter->render, inside(painter, box), painter->selected);
}

static const struct text_line *ink_of(struct painter *painter, size_t i, struct render_box *box)
{
    const struct page_line *line = &painter->page->lines[i];
    const struct page_row *row = &painter->rows[i];
    const struct text_line *ink =
        inner_line(painter->render, line->text, line->length, row->size, row->style);
    if (ink == NULL)
        return NULL;
    float em = (float)row->size;
    int x = page_row_x(&painter->room, row, ink->advance) + (int)lroundf(line->shift_em * em);
    int y = row->base - (int)lroundf(line->rise_em * em);
    *box = inner_ink_box(painter->render, ink, x + painter->scene->drift_x_px,
                         y + painter->scene->drift_y_px);
    return ink;
}

/* The line's ink once more, inside the box and over the selection's ground. */
static void draw_selected_ink(struct painter *painter, const struct page_span *span,
                              struct render_box box)
{
    struct render *render = painter->render;
    struct render_box ink_box;
    const struct text_line *ink = ink_of(painter, span->line, &ink_box);
    if (ink == NULL)
        return;
    struct render_box cut = inside(painter, box);
    render->uniforms.glyph_row[0] = (float)RAMP_SELECTED;
    render->uniforms.glyph_row[2] = 0.0F;
    glEnable(GL_SCISSOR_TEST);
    glScissor(cut.x, render->height - cut.y - cut.height, cut.width, cut.height);
    inner_draw_ink(render, ink, ink_box,
                   painter->page->lines[span->line].alpha * painter->page->alpha);
    glDisable(GL_SCISSOR_TEST);
}

static void draw_underline(struct painter *painter, const struct page_span *span,
                           struct render_box box)
{
    const struct page_row *row = &painter->rows[span->line];
    float em = (float)row->size;
    box.y = row->base + (int)roundf(UNDERLINE_DROP_EMS * em);
    box.height = (int)fmaxf(1.0F, roundf(UNDERLINE_EMS * em));
    fill(painter->render, inside(painter, box), faded(painter, painter->scene->ink, 1.0F));
}

static void draw_line(struct painter *painter, size_t i)
{
    struct render *render = painter->render;
    const struct page_line *line = &painter->page->lines[i];
    float alpha = line->alpha * painter->page->alpha;
    struct render_box box;
    const struct text_line *ink = alpha > 0.0F ? ink_of(painter, i, &box) : NULL;
    if (ink == NULL)
        return;
    float *row = render->uniforms.glyph_row;
    float warm = fminf(fmaxf(line->warmth, 0.0F), 1.0F) * (float)RAMP_WARM_STEPS;
    float step = fminf(floorf(warm), (float)RAMP_WARM_STEPS - 1.0F);
    row[0] = step > 0.0F   ? (float)RAMP_WARM + step - 1.0F
             : line->faint ? (float)RAMP_INK_FAINT
                           : (float)RAMP_INK;
    row[1] = (float)RAMP_WARM + step;
    row[2] = warm - step;
    render->boxes[render->box_count++] = box;
    inner_draw_ink(render, ink, box, alpha);
}

static void set_ramps(const struct painter *painter)
{
    struct render *render = painter->render;
    const struct scene *scene = painter->scene;
    inner_set_ramp(render, RAMP_INK, render->field, scene->ink);
    inner_set_ramp(render, RAMP_INK_FAINT, render->field, scene->ink_faint);
    if (painter->page->selected_count > 0) {
        int ground[3];
        light_codes(painter->selected, ground);
        inner_set_ramp(render, RAMP_SELECTED, ground, scene->ink);
    }
    for (int i = 0; i < RAMP_WARM_STEPS; i++)
        inner_set_ramp(render, (enum ramp)(RAMP_WARM + i), render->field,
                       between(scene->ink, scene->accent, (float)(i + 1) / (float)RAMP_WARM_STEPS));
}

static void each_span(struct painter *painter, const struct page_span *spans, size_t count,
                      void (*draw)(struct painter *, const struct page_span *, struct render_box))
{
    for (size_t i = 0; i < count; i++) {
        if (spans[i].line < painter->page->line_count)
            each_box(painter, &spans[i], draw);
    }
}

bool page_draw(struct render *render, const struct scene *scene, const struct page *page,
               struct error *error)
{
    check(page->line_count <= PAGE_LINES_MAX && page->selected_count <= PAGE_LINES_MAX &&
          page->composed_count <= PAGE_LINES_MAX);
    if (!(page->alpha > 0.0F))
        return true;
    struct painter painter = {.render = render, .scene = scene, .page = page};
    render_page_room(render, scene->text_scale, &painter.room);
    page_rows(render, &painter.room, page, painter.rows);
    painter.selected = faded(&painter, selected_ground(scene), 1.0F);
    each_span(&painter, page->selected, page->selected_count, draw_ground);
    set_ramps(&painter);
    if (!programs_use(&render->programs, PROGRAM_TEXT, error))
        return false;
    for (size_t i = 0; i < page->line_count; i++)
        draw_line(&painter, i);
    each_span(&painter, page->selected, page->selected_count, draw_selected_ink);
    each_span(&painter, page->composed, page->composed_count, draw_underline);
    struct render_box cursor;
    if (page->cursor && render_page_cursor(render, &painter.room, page, &cursor))
        fill(render, inside(&painter, cursor), faded(&painter, scene->ink, 1.0F));
    return true;
}

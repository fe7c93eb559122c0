#include "page_view.h"

#include "lacrima/base/check.h"
#include "page_inks.h"

#include <math.h>
#include <string.h>

/* How much of the line colour a selection has at most, and what its text keeps. */
#define SELECTED_PART_MAX 0.5F
#define SELECTED_CONTRAST 7.1
/* A page that is selected from edge to edge stays below 0.10 with the words on it, which take so
 * much of a window at most. */
#define SELECTED_LUMINANCE_MAX 0.0975
#define SELECTED_INK_PART      0.165
#define FIELD_PALE             0.2
#define BISECTIONS             10
/* A selected empty line shows so much of itself. */
#define EMPTY_EMS          0.35F

#define UNDERLINE_DROP_EMS 0.16F
#define UNDERLINE_EMS      0.05F

/* The words over the ground: in a dark field no brighter than it leaves them. */
static struct colour selected_ink(const struct scene *scene, struct colour ground)
{
    double now = colour_luminance(scene->ink);
    double most = (SELECTED_LUMINANCE_MAX - (1.0 - SELECTED_INK_PART) * colour_luminance(ground)) /
                  SELECTED_INK_PART;
    if (colour_luminance(scene->field) >= FIELD_PALE || now <= most)
        return scene->ink;
    return light_between((struct colour){0}, scene->ink, (float)(fmax(most, 0.0) / now));
}

/* As much of the line colour as leaves the text on it readable, and a dark field dark. */
static struct colour selected_ground(const struct scene *scene)
{
    float low = 0.0F;
    float high = SELECTED_PART_MAX;
    for (int i = 0; i < BISECTIONS; i++) {
        float part = (low + high) / 2.0F;
        struct colour ground = light_between(scene->field, scene->line, part);
        bool fine = colour_contrast(selected_ink(scene, ground), ground) >= SELECTED_CONTRAST;
        low = fine ? part : low;
        high = fine ? high : part;
    }
    return light_between(scene->field, scene->line, low);
}

/* What stands over the field in the colour, where the page is as visible as it is. */
static void faded(const struct page_taker *taker, struct colour colour, int codes[3])
{
    light_codes(light_between(taker->scene->field, colour, fminf(taker->page->alpha, 1.0F)), codes);
}

/* The box as it is drawn: moved with the scene and kept inside the safe area's width. */
static struct box inside(const struct page_taker *taker, struct box box)
{
    int width = taker->render->width;
    int safe = (int)ceil(width * LAYOUT_SAFE);
    int left = box.x + taker->scene->drift_x_px;
    int right = left + box.width;
    left = left < safe ? safe : left;
    right = right > width - safe ? width - safe : right;
    box.x = left;
    box.width = right > left ? right - left : 0;
    box.y += taker->scene->drift_y_px;
    return box;
}

/* Boxes of one line that touch each other, as those of one direction do, are one. */
static void add_box(struct page_boxes *boxes, size_t line, struct box box)
{
    struct page_box *last = boxes->count > 0 ? &boxes->items[boxes->count - 1] : NULL;
    if (box.width <= 0)
        return;
    if (last != NULL && last->line == line && last->box.y == box.y &&
        box.x <= last->box.x + last->box.width && last->box.x <= box.x + box.width) {
        int right = (int)fmax(last->box.x + last->box.width, box.x + box.width);
        last->box.x = last->box.x < box.x ? last->box.x : box.x;
        last->box.width = right - last->box.x;
    } else if (boxes->count < PAGE_BOXES_MAX) {
        boxes->items[boxes->count++] = (struct page_box){.line = line, .box = box};
    }
}

/* The boxes that a part of a line takes, in runs of one direction. */
static void take_part(struct page_taker *taker, const struct page_span *span, struct box box,
                      struct page_boxes *boxes)
{
    const struct page_line *line = &taker->page->lines[span->line];
    const struct page_row *row = &taker->rows[span->line];
    struct runs *runs =
        scribe_shape(taker->render->scribe, line->text, line->length, row->size, row->style);
    int x = page_row_x(&taker->room, row, runs->width);
    for (size_t i = 0; i < runs->run_count; i++) {
        const struct run *run = &runs->runs[i];
        if (span->to <= run->at || span->from >= run->end)
            continue;
        int from = runs_part(runs, run, span->from);
        int to = runs_part(runs, run, span->to);
        box.x = x + run->x + (run->level % 2 == 1 ? run->width - to : from);
        box.width = to - from;
        add_box(boxes, span->line, inside(taker, box));
    }
    runs_wipe(runs);
}

/* All of a line is one box, as wide as the line's ink says, and is not shaped for it. */
static void take_span(struct page_taker *taker, const struct page_span *span, struct box box,
                      struct page_boxes *boxes)
{
    const struct page_line *line = &taker->page->lines[span->line];
    const struct page_row *row = &taker->rows[span->line];
    const struct text_line *ink = taker->view->lines[span->line].line;
    if (line->length == 0) {
        box.width = (int)(EMPTY_EMS * (float)row->size);
        box.x = page_row_x(&taker->room, row, 0);
        box.x = row->right ? box.x - box.width : box.x;
    } else if (ink != NULL && span->from == 0 && span->to >= line->length) {
        box.width = ink->advance;
        box.x = page_row_x(&taker->room, row, ink->advance);
    } else {
        take_part(taker, span, box, boxes);
        return;
    }
    add_box(boxes, span->line, inside(taker, box));
}

static bool lies_in(const struct box *inner, const struct box *outer)
{
    return inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->width <= outer->x + outer->width &&
           inner->y + inner->height <= outer->y + outer->height;
}

static void find_covered(struct page_view *view)
{
    for (size_t i = 0; i < view->grounds.count; i++) {
        struct page_ink *ink = &view->lines[view->grounds.items[i].line];
        ink->covered = ink->covered || lies_in(&ink->box, &view->grounds.items[i].box);
    }
}

static void take_selected(struct page_taker *taker)
{
    const struct page *page = taker->page;
    for (size_t i = 0; i < page->selected_count; i++) {
        const struct page_span *span = &page->selected[i];
        if (span->line >= page->line_count || taker->view->lines[span->line].waits)
            continue;
        const struct page_row *row = &taker->rows[span->line];
        struct box box = {.y = row->top, .height = row->height};
        take_span(taker, span, box, &taker->view->grounds);
    }
    find_covered(taker->view);
}

static void take_composed(struct page_taker *taker)
{
    const struct page *page = taker->page;
    for (size_t i = 0; i < page->composed_count; i++) {
        const struct page_span *span = &page->composed[i];
        if (span->line >= page->line_count || taker->view->lines[span->line].waits)
            continue;
        const struct page_row *row = &taker->rows[span->line];
        float em = (float)row->size;
        struct box box = {.y = row->base + (int)roundf(UNDERLINE_DROP_EMS * em),
                          .height = (int)fmaxf(1.0F, roundf(UNDERLINE_EMS * em))};
        take_span(taker, span, box, &taker->view->underlines);
    }
}

/* What belongs to the line among the boxes: added to its mark. */
static void note_boxes(struct mark *mark, const struct page_boxes *boxes, size_t line,
                       const int codes[3])
{
    for (size_t i = 0; i < boxes->count; i++) {
        const struct box *box = &boxes->items[i].box;
        if (boxes->items[i].line != line)
            continue;
        frame_include(mark, box);
        mark->value =
            frame_hash(frame_hash(mark->value, box, sizeof *box), codes, 3 * sizeof *codes);
        /* Another selection leaves some of this one to be cleared. */
        mark->place = 0;
    }
}

static void note_line(struct page_taker *taker, size_t i)
{
    const struct page_view *view = taker->view;
    struct page_ink *ink = &taker->view->lines[i];
    struct mark mark = {0};
    if (ink->line != NULL) {
        frame_include(&mark, &ink->box);
        mark.place = frame_hash(frame_hash(0, &ink->line->name, sizeof ink->line->name), &ink->box,
                                sizeof ink->box);
        mark.value = frame_hash(frame_hash(mark.place, &ink->alpha, sizeof ink->alpha),
                                &ink->colour, sizeof ink->colour);
    }
    note_boxes(&mark, &view->grounds, i, view->selected);
    note_boxes(&mark, &view->underlines, i, view->drawn_ink);
    ink->mark = mark.value != 0 ? frame_add(taker->render->frame, &mark) : FRAME_MARKS_MAX;
}

static void note_cursor(const struct page_taker *taker, struct page_cursor *cursor)
{
    const struct page_view *view = taker->view;
    struct mark mark = {0};
    if (!cursor->there)
        return;
    frame_include(&mark, &cursor->box);
    mark.place =
        frame_hash(frame_hash(0, "cursor", sizeof "cursor"), &cursor->box, sizeof cursor->box);
    mark.value = frame_hash(mark.place, view->drawn_ink, sizeof view->drawn_ink);
    cursor->mark = frame_add(taker->render->frame, &mark);
}

static void take_cursor(const struct page_taker *taker, struct page_cursor *cursor)
{
    struct box box;
    *cursor = (struct page_cursor){.line = taker->page->cursor_line};
    if (!taker->page->cursor || !render_page_cursor(taker->render, &taker->room, taker->page, &box))
        return;
    cursor->box = inside(taker, box);
    cursor->there = cursor->box.width > 0;
}

void page_view_take(struct render *render, const struct scene *scene, const struct page *page)
{
    struct page_view *view = render->page;
    if (render->page_budget > 0)
        *render->page_before = *view;
    view->shown = page != NULL && page->alpha > 0.0F;
    view->waits = false;
    if (!view->shown)
        return;
    check(page->line_count <= PAGE_LINES_MAX && page->selected_count <= PAGE_LINES_MAX &&
          page->composed_count <= PAGE_LINES_MAX);
    struct page_taker taker = {.render = render, .scene = scene, .page = page, .view = view};
    render_page_room(render, scene->text_scale, &taker.room);
    page_rows(render, &taker.room, page, taker.rows);
    faded(&taker, scene->ink, view->drawn_ink);
    if (page->selected_count > 0) {
        struct colour ground = selected_ground(scene);
        faded(&taker, ground, view->selected);
        view->selected_ink = selected_ink(scene, ground);
    }
    view->line_count = page->line_count;
    view->grounds.count = 0;
    view->underlines.count = 0;
    page_inks_take(&taker);
    take_selected(&taker);
    take_composed(&taker);
    page_inks_keep_boxes(&taker);
    take_cursor(&taker, &view->cursor);
    for (size_t i = 0; i < page->line_count; i++)
        note_line(&taker, i);
    note_cursor(&taker, &view->cursor);
    note_cursor(&taker, &view->left);
}

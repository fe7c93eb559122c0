#include "page_rows.h"

#include "lacrima/base/text.h"

#include <math.h>

#define BODY_PART    (1.0F / 32.0F) /* of S */
#define LINE_HEIGHT  1.45F
#define COLUMN_EMS   32.0F
#define HEADING      1.5F
#define SIZE_PX_MIN  5.0F
#define SHRINK_STEP  0.96F
#define LINES_WANTED 3
#define WHOLE_STEP   0.9F
#define WIDTH_SAFETY 1.01F /* widths at another size are not quite in proportion */
/* The base line below the middle of the line's height: half of what capitals rise above it. */
#define BASE_DROP 0.32F

static void room_at(const struct render *render, float body, struct render_room *room)
{
    float w = (float)render->width;
    float h = (float)render->height;
    float safe_x = ceilf(w * (float)LAYOUT_SAFE);
    float safe_y = ceilf(h * (float)LAYOUT_SAFE);
    float edge = ceilf(fminf(LAYOUT_EDGE_EMS * body, LAYOUT_EDGE_PART * h));
    float width = fmaxf(1.0F, floorf(fminf(w - 2.0F * safe_x, COLUMN_EMS * body)));
    float height = fmaxf(1.0F, h - 2.0F * (safe_y + edge));
    *room = (struct render_room){.body_px = (int)body,
                                 .heading_px = (int)roundf(body * HEADING),
                                 .line_px = (int)ceilf(body * LINE_HEIGHT)};
    room->box = (struct box){.x = (int)((w - width) / 2.0F),
                             .y = (int)(safe_y + edge),
                             .width = (int)width,
                             .height = (int)height};
    room->lines = room->box.height / room->line_px;
    room->lines = room->lines < 1 ? 1 : room->lines;
    room->lines = room->lines > PAGE_LINES_MAX ? PAGE_LINES_MAX : room->lines;
}

void render_page_room(const struct render *render, float text_scale, struct render_room *room)
{
    float s = fminf((float)render->width, (float)render->height);
    float scale = text_scale > 0.0F ? text_scale : 1.0F;
    float body = fmaxf(SIZE_PX_MIN, roundf(s * BODY_PART * scale));
    room_at(render, body, room);
    while (room->lines < LINES_WANTED && body > SIZE_PX_MIN) {
        body = fmaxf(SIZE_PX_MIN, floorf(body * SHRINK_STEP));
        room_at(render, body, room);
    }
}

enum page_direction render_page_direction(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t codepoint = 0;
        at += text_decode_within(text + at, length - at, &codepoint);
        switch (script_strong(codepoint)) {
        case SCRIPT_BASE_AUTO:
            break;
        case SCRIPT_BASE_LEFT:
            return PAGE_DIRECTION_LEFT;
        case SCRIPT_BASE_RIGHT:
            return PAGE_DIRECTION_RIGHT;
        }
    }
    return PAGE_DIRECTION_AUTO;
}

struct runs_style page_style(enum page_direction direction)
{
    enum script_base base = direction == PAGE_DIRECTION_LEFT    ? SCRIPT_BASE_LEFT
                            : direction == PAGE_DIRECTION_RIGHT ? SCRIPT_BASE_RIGHT
                                                                : SCRIPT_BASE_AUTO;
    return (struct runs_style){.base = base, .is_private = true};
}

static int width_of(struct render *render, const struct page_line *line, const struct page_row *row)
{
    struct runs *runs =
        scribe_shape(render->scribe, line->text, line->length, row->size, row->style);
    int width = runs->width;
    runs_wipe(runs);
    return width;
}

/* In steps, so that a line that is being typed is seldom another size. */
static void fit_whole_lines(struct render *render, const struct render_room *room,
                            const struct page *page, struct page_row *rows)
{
    for (size_t i = 0; i < page->line_count && i < PAGE_LINES_MAX; i++) {
        const struct page_line *line = &page->lines[i];
        if (!line->whole)
            continue;
        float size = (float)rows[i].size;
        float width = (float)width_of(render, line, &rows[i]) * WIDTH_SAFETY;
        float part = 1.0F;
        while (width * part > (float)room->box.width && size * part * WHOLE_STEP >= SIZE_PX_MIN)
            part *= WHOLE_STEP;
        if (part == 1.0F)
            continue;
        for (size_t k = 0; k < page->line_count && k < PAGE_LINES_MAX; k++) {
            int smaller = (int)(size * part);
            if (page->lines[k].whole && rows[k].size > smaller)
                rows[k].size = smaller;
        }
    }
}

/* How far inside the column's edges a block begins that stands in the middle of the width.  What
 * is moved out of its line, as a mark is, does not make it wider. */
static int inset_of(struct render *render, const struct render_room *room, const struct page *page,
                    const struct page_row *rows)
{
    int widest = 0;
    for (size_t i = 0; i < page->line_count && i < PAGE_LINES_MAX; i++) {
        const struct page_line *line = &page->lines[i];
        int width =
            width_of(render, line, &rows[i]) + (int)lroundf(line->shift_em * (float)rows[i].size);
        widest = width > widest ? width : widest;
    }
    return widest < room->box.width ? (room->box.width - widest) / 2 : 0;
}

void page_rows(struct render *render, const struct render_room *room, const struct page *page,
               struct page_row rows[PAGE_LINES_MAX])
{
    int y = 0;
    for (size_t i = 0; i < page->line_count && i < PAGE_LINES_MAX; i++) {
        const struct page_line *line = &page->lines[i];
        enum page_direction direction = line->direction;
        if (direction == PAGE_DIRECTION_AUTO)
            direction = render_page_direction(line->text, line->length);
        rows[i] = (struct page_row){.size = line->heading ? room->heading_px : room->body_px,
                                    .top = y,
                                    .height = line->heading ? 2 * room->line_px : room->line_px,
                                    .style = page_style(direction),
                                    .right = direction == PAGE_DIRECTION_RIGHT};
        y += rows[i].height;
    }
    fit_whole_lines(render, room, page, rows);
    int inset = page->in_middle ? inset_of(render, room, page, rows) : 0;
    int top = room->box.y;
    if (page->centred && y < room->box.height)
        top += (room->box.height - y) / 2;
    for (size_t i = 0; i < page->line_count && i < PAGE_LINES_MAX; i++) {
        rows[i].top += top;
        rows[i].inset = inset;
        rows[i].base = rows[i].top +
                       (int)roundf((float)rows[i].height / 2.0F + BASE_DROP * (float)rows[i].size);
    }
}

int page_row_x(const struct render_room *room, const struct page_row *row, int width)
{
    return row->right ? room->box.x + room->box.width - row->inset - width
                      : room->box.x + row->inset;
}

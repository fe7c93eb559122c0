#include "block.h"

#include <math.h>
#include <string.h>

#define LINE_HEIGHT   1.45F
#define PARAGRAPH_GAP 0.35F
#define LARGE_FACTOR  1.5F
#define SMALL_FACTOR  0.8F
#define SIZE_PX_MIN   5.0F

/* The base line below the middle of the line's height: half of what capitals rise above it. */
#define BASE_DROP 0.32F

/* Columns of a list or table, in units of the body size. */
#define KEY_GAP         1.0F
#define COLUMN_GAP      2.6F
#define MARK_GAP        0.55F
#define MARK_EMS        0.6F
#define COLUMNS_MAX     2
#define ONE_COLUMN_ROWS 12

/* Walks over a block, placing its pieces or only taking its measure. */
struct walk {
    const struct block *block;
    float scale;
    bool placing;
    float centre, top;
    struct block_size size;
};

static float size_in(float body_px, enum scene_style style, float scale)
{
    float factor = 1.0F;
    switch (style) {
    case SCENE_STYLE_BODY:
        break;
    case SCENE_STYLE_LARGE:
        factor = LARGE_FACTOR;
        break;
    case SCENE_STYLE_SMALL:
        factor = SMALL_FACTOR;
        break;
    }
    return fmaxf(SIZE_PX_MIN, roundf(body_px * factor * scale));
}

float block_line_height(float body_px, enum scene_style style, float scale)
{
    return LINE_HEIGHT * size_in(body_px, style, scale);
}

static float size_of(const struct walk *walk, size_t i)
{
    const struct block *block = walk->block;
    enum scene_style style = block->layout->lines[block->lines[i]].style;
    return size_in(block->body_px, block->slot == SCENE_SLOT_TABLE ? SCENE_STYLE_SMALL : style,
                   walk->scale);
}

static void add_piece(const struct walk *walk, size_t i, struct layout_piece piece)
{
    struct layout *layout = walk->block->layout;
    if (!walk->placing || piece.length == 0 || layout->piece_count == LAYOUT_PIECES_MAX)
        return;
    piece.line = walk->block->lines[i];
    layout->pieces[layout->piece_count++] = piece;
}

/* The part of the row's text from unit `first` to `end`, as a piece. */
static struct layout_piece piece_of(const struct layout *layout, const struct layout_row *row,
                                    size_t first, size_t end)
{
    const struct wrap_unit *units = &layout->units[row->unit_first];
    return (struct layout_piece){
        .at = row->text_at + units[first].at,
        .direction = row->base,
        .length = (uint16_t)(units[end - 1].at + units[end - 1].length - units[first].at)};
}

static float base_of(const struct walk *walk, float y, float px)
{
    return roundf(walk->top + y + px * (LINE_HEIGHT / 2.0F + BASE_DROP));
}

/* Sentences, each centred by itself. */
static void walk_sentences(struct walk *walk)
{
    struct layout *layout = walk->block->layout;
    float y = 0.0F;
    for (size_t i = 0; i < walk->block->count; i++) {
        const struct layout_row *row = &layout->rows[walk->block->lines[i]];
        const struct wrap_unit *units = &layout->units[row->unit_first];
        float px = size_of(walk, i);
        float ems_max = fminf(walk->block->ems_max, walk->block->width_max / px);
        size_t ends[LAYOUT_BREAKS_MAX];
        size_t lines =
            wrap_lines_balanced(units, row->unit_count, ems_max, ends, LAYOUT_BREAKS_MAX);
        y += i > 0 ? PARAGRAPH_GAP * px : 0.0F;
        for (size_t n = 0; n < lines; n++) {
            size_t first = n > 0 ? ends[n - 1] : 0;
            if (wrap_width(units, first, ends[n]) > ems_max)
                walk->size.fits = false;
            struct layout_piece piece = piece_of(layout, row, first, ends[n]);
            piece.align = LAYOUT_CENTRE;
            piece.size_px = (int)px;
            piece.x = walk->centre;
            piece.base = base_of(walk, y, px);
            add_piece(walk, i, piece);
            y += LINE_HEIGHT * px;
        }
        y += lines == 0 ? LINE_HEIGHT * px : 0.0F;
    }
    walk->size.height = y;
}

/* One column of a list: its rows and how wide its parts are. */
struct column {
    size_t first, end;
    float keys, gap, texts;
};

static size_t wrap_row(const struct walk *walk, size_t i, float px, float texts_max, size_t *ends)
{
    const struct layout *layout = walk->block->layout;
    const struct layout_row *row = &layout->rows[walk->block->lines[i]];
    return wrap_lines_balanced(&layout->units[row->unit_first], row->unit_count,
                               fminf(BLOCK_EMS_MAX, texts_max / px), ends, LAYOUT_BREAKS_MAX);
}

/* How wide the column's keys and texts are if the texts may take up to texts_max. */
static void measure_column(struct walk *walk, struct column *column, float width_max)
{
    const struct layout *layout = walk->block->layout;
    column->keys = 0.0F;
    column->texts = 0.0F;
    for (size_t i = column->first; i < column->end; i++) {
        const struct layout_row *row = &layout->rows[walk->block->lines[i]];
        column->keys = fmaxf(column->keys, row->key_ems * size_of(walk, i));
    }
    column->gap = column->keys > 0.0F ? KEY_GAP * walk->block->body_px * walk->scale : 0.0F;
    float texts_max = width_max - column->keys - column->gap;
    for (size_t i = column->first; i < column->end; i++) {
        const struct layout_row *row = &layout->rows[walk->block->lines[i]];
        float px = size_of(walk, i);
        size_t ends[LAYOUT_BREAKS_MAX];
        size_t lines = wrap_row(walk, i, px, texts_max, ends);
        for (size_t n = 0; n < lines; n++) {
            float width =
                px * wrap_width(&layout->units[row->unit_first], n > 0 ? ends[n - 1] : 0, ends[n]);
            column->texts = fmaxf(column->texts, width);
        }
    }
    if (column->texts > texts_max)
        walk->size.fits = false;
}

static void place_row_marks(const struct walk *walk, size_t i, const struct column *column,
                            float left, struct layout_piece piece)
{
    const struct layout *layout = walk->block->layout;
    const struct layout_row *row = &layout->rows[walk->block->lines[i]];
    piece.align = LAYOUT_RIGHT;
    /* A telephone number runs from left to right, whoever's it is. */
    piece.direction = SCRIPT_BASE_LEFT;
    piece.at = row->key_at;
    piece.length = (uint16_t)strlen(layout->texts + row->key_at);
    piece.x = left + column->keys;
    add_piece(walk, i, piece);
    if (!layout->lines[walk->block->lines[i]].marked)
        return;
    piece.at = 0;
    piece.length = sizeof BLOCK_MARK - 1;
    piece.x = left - MARK_GAP * (float)piece.size_px;
    add_piece(walk, i, piece);
}

static void walk_column(struct walk *walk, const struct column *column, float left)
{
    const struct layout *layout = walk->block->layout;
    float y = 0.0F;
    for (size_t i = column->first; i < column->end; i++) {
        const struct layout_row *row = &layout->rows[walk->block->lines[i]];
        float px = size_of(walk, i);
        size_t ends[LAYOUT_BREAKS_MAX];
        /* The same breaks as when the column was measured, and a hair more room. */
        size_t lines = wrap_row(walk, i, px, column->texts + 0.01F * px, ends);
        y += i > column->first ? PARAGRAPH_GAP * px : 0.0F;
        struct layout_piece piece = {.size_px = (int)px, .base = base_of(walk, y, px)};
        place_row_marks(walk, i, column, left, piece);
        for (size_t n = 0; n < lines; n++) {
            struct layout_piece part = piece_of(layout, row, n > 0 ? ends[n - 1] : 0, ends[n]);
            part.align = LAYOUT_LEFT;
            part.size_px = (int)px;
            part.x = left + column->keys + column->gap;
            part.base = base_of(walk, y, px);
            add_piece(walk, i, part);
            y += LINE_HEIGHT * px;
        }
        y += lines == 0 ? LINE_HEIGHT * px : 0.0F;
    }
    walk->size.height = fmaxf(walk->size.height, y);
}

/* Rows of key and text, in one column or two, centred as a whole. */
static void walk_rows(struct walk *walk)
{
    const struct block *block = walk->block;
    float body = block->body_px * walk->scale;
    bool two = block->slot == SCENE_SLOT_TABLE && block->wide && block->count > ONE_COLUMN_ROWS;
    size_t columns = two ? COLUMNS_MAX : 1;
    size_t rows = (block->count + columns - 1) / columns;
    float gaps = COLUMN_GAP * body * (float)(columns - 1);
    float margin = 2.0F * (MARK_GAP + MARK_EMS) * body;
    float width_max = (block->width_max - gaps - margin) / (float)columns;
    struct column list[COLUMNS_MAX];
    float width = gaps;
    for (size_t c = 0; c < columns; c++) {
        list[c].first = c * rows;
        list[c].end = c + 1 < columns ? (c + 1) * rows : block->count;
        measure_column(walk, &list[c], width_max);
        width += list[c].keys + list[c].gap + list[c].texts;
    }
    float left = walk->centre - width / 2.0F;
    for (size_t c = 0; c < columns; c++) {
        walk_column(walk, &list[c], left);
        left += list[c].keys + list[c].gap + list[c].texts + COLUMN_GAP * body;
    }
}

static struct block_size walk_block(const struct block *block, float scale, bool placing,
                                    float centre, float top)
{
    struct walk walk = {.block = block,
                        .scale = scale,
                        .placing = placing,
                        .centre = centre,
                        .top = top,
                        .size = {.height = 0.0F, .fits = true}};
    if (block->slot == SCENE_SLOT_LIST || block->slot == SCENE_SLOT_TABLE)
        walk_rows(&walk);
    else
        walk_sentences(&walk);
    return walk.size;
}

struct block_size block_measure(const struct block *block, float scale)
{
    return walk_block(block, scale, false, 0.0F, 0.0F);
}

void block_place(const struct block *block, float scale, float centre, float top)
{
    if (block->shown)
        (void)walk_block(block, scale, true, centre, top);
}

#include "layout.h"

#include "block.h"
#include "lacrima/base/text.h"
#include "shapes.h"

#include <math.h>
#include <string.h>

#define LAYERS         2
#define SLOTS          (SCENE_SLOT_BESIDE + 1)
#define BODY_PART      (1.0F / 32.0F) /* of S */
#define BAND_PART      (1.0F / 6.0F)
#define BAND_GAP_PART  0.03F
#define FIGURE_REACH   0.21F /* of S; no figure is taller */
#define ENTRY_EMS      0.75F /* a line that is asked for, up and down from its middle, */
#define ENTRY_DROP     0.02F /* which is so much of H below that of shapes */
#define EDGE_BODY_MAX  0.05F /* of S: the body size of words at an edge is no more */
#define BLOCK_GAP      1.3F  /* between blocks, of the body size */
#define BESIDE_DROP    0.5F  /* the word below the small shape, of the body size */
#define SHRINK_STEP    0.96F
#define SHRINK_MIN     0.04F
#define WIDEN_STEP     1.25F
#define EDGE_EMS_MAX   90.0F
#define WIDTH_SAFETY   0.99F /* widths are measured at another size than they are drawn */
#define ROW_TEXT_BYTES 1024

/* The field's measures, and the blocks of one layer. */
struct spread {
    float width, height;
    float safe_x, safe_top, safe_bottom;
    float centre_x, centre_y;
    float body_px;
    float band;        /* UPPER and LOWER stand so far from the centre */
    float shape_reach; /* px; 0: there is no shape */
    float edge_px;     /* the body size at the edges */
    struct block blocks[SLOTS];
};

static float shape_reach(const struct scene *scene, int width, int height)
{
    float reach = 0.0F;
    if (scene->entry)
        reach = ENTRY_EMS * BODY_PART * scene->text_scale +
                ENTRY_DROP * (float)height / fminf((float)width, (float)height);
    for (size_t i = 0; i < scene->shape_count; i++) {
        if (scene->shapes[i].alpha > 0.0F)
            reach = fmaxf(reach, (float)shape_reach_of(&scene->shapes[i]));
    }
    return scene->figure.alpha > 0.0F ? fmaxf(reach, FIGURE_REACH) : reach;
}

static bool line_unchanged(const struct scene_line *a, const struct scene_line *b)
{
    return a->slot == b->slot && a->style == b->style && a->literal == b->literal &&
           a->marked == b->marked && a->layer == b->layer && text_equal(a->key, b->key) &&
           text_equal(a->text, b->text) && text_equal(a->arg, b->arg);
}

static bool unchanged(const struct layout *layout, const struct scene *scene, int width, int height)
{
    if (!layout->valid || layout->width != width || layout->height != height ||
        layout->line_count != scene->line_count || layout->text_scale != scene->text_scale ||
        layout->shape_reach != shape_reach(scene, width, height))
        return false;
    for (size_t i = 0; i < scene->line_count; i++) {
        if (layout->visible[i] != (scene->lines[i].alpha > 0.0F) ||
            !line_unchanged(&layout->lines[i], &scene->lines[i]))
            return false;
    }
    return true;
}

/* Keeps a text, terminated; returns where.  Without room it is kept as an empty one. */
static uint32_t keep_text(struct layout *layout, const char *text)
{
    size_t bytes = strlen(text) + 1;
    if (layout->text_used + bytes > LAYOUT_TEXT_BYTES)
        return (uint32_t)(layout->text_used - 1);
    memcpy(layout->texts + layout->text_used, text, bytes);
    uint32_t at = (uint32_t)layout->text_used;
    layout->text_used += bytes;
    return at;
}

/* The direction of the first letter that has one. */
static enum script_base direction_of(const char *text)
{
    enum script_base base = SCRIPT_BASE_AUTO;
    while (*text != '\0' && base == SCRIPT_BASE_AUTO) {
        uint32_t codepoint;
        text += text_decode(text, &codepoint);
        base = script_strong(codepoint);
    }
    return base;
}

/* A sentence that begins with somebody's name keeps its own direction, not the name's. */
static enum script_base direction_of_sentence(const char *words)
{
    char around[ROW_TEXT_BYTES];
    (void)text_fill(around, sizeof around, words, "");
    return direction_of(around);
}

/* The line as it is read: translated, and the first "%s" replaced.  Returns its direction. */
static enum script_base read_line(const struct scene_line *line, const struct layout_help *help,
                                  char text[ROW_TEXT_BYTES])
{
    const char *words = line->text;
    if (!line->literal && help->translate != NULL && words[0] != '\0')
        words = help->translate(words);
    if (line->arg[0] == '\0' && line->literal) {
        (void)text_copy(text, ROW_TEXT_BYTES, words);
        return direction_of(words);
    }
    (void)text_fill(text, ROW_TEXT_BYTES, words, line->arg);
    return direction_of_sentence(words);
}

static void prepare_rows(struct layout *layout, const struct scene *scene,
                         const struct layout_help *help)
{
    layout->text_used = 0;
    layout->unit_count = 0;
    (void)keep_text(layout, BLOCK_MARK);
    for (size_t i = 0; i < scene->line_count; i++) {
        struct layout_row *row = &layout->rows[i];
        char text[ROW_TEXT_BYTES];
        row->base = read_line(&scene->lines[i], help, text);
        row->text_at = keep_text(layout, text);
        row->key_at = keep_text(layout, scene->lines[i].key);
        row->key_ems = scene->lines[i].key[0] == '\0'
                           ? 0.0F
                           : help->measure(help->measure_user, scene->lines[i].key,
                                           strlen(scene->lines[i].key));
        row->unit_first = (uint32_t)layout->unit_count;
        row->unit_count = (uint16_t)wrap_units(
            layout->texts + row->text_at, &layout->units[layout->unit_count],
            LAYOUT_UNITS_MAX - layout->unit_count, help->measure, help->measure_user);
        layout->unit_count += row->unit_count;
    }
}

/* A figure fills its reach, a head first; a shape's rim is soft or seldom as far out. */
static float shape_gap(const struct layout *layout)
{
    return layout->shape_reach >= FIGURE_REACH ? BAND_GAP_PART : BAND_GAP_PART / 2.0F;
}

static void spread_init(struct spread *spread, const struct layout *layout)
{
    int x = 0;
    int y = 0;
    shape_centre(layout->width, layout->height, &x, &y);
    float w = (float)layout->width;
    float h = (float)layout->height;
    float s = fminf(w, h);
    float scale = layout->text_scale > 0.0F ? layout->text_scale : 1.0F;
    *spread = (struct spread){
        .width = w,
        .height = h,
        .safe_x = ceilf(w * (float)LAYOUT_SAFE),
        .safe_top = ceilf(h * (float)LAYOUT_SAFE),
        .safe_bottom = floorf(h * (1.0F - (float)LAYOUT_SAFE)),
        .centre_x = (float)x,
        .centre_y = (float)y,
        .body_px = s * BODY_PART * scale,
        .band = s * fmaxf(BAND_PART + BAND_GAP_PART, layout->shape_reach + shape_gap(layout)),
        .shape_reach = s * layout->shape_reach,
        .edge_px = s * fminf(BODY_PART * scale, EDGE_BODY_MAX)};
}

static bool is_edge(int slot)
{
    return slot == SCENE_SLOT_TOP || slot == SCENE_SLOT_FOOT;
}

static bool is_middle(int slot)
{
    return slot == SCENE_SLOT_CENTRE || slot == SCENE_SLOT_LIST || slot == SCENE_SLOT_TABLE;
}

/* Where the middle of what stands in the slot is. */
static float middle_of(const struct spread *spread, int slot)
{
    float s = fminf(spread->width, spread->height);
    return spread->centre_x + (slot == SCENE_SLOT_BESIDE ? (float)BESIDE_X * s : 0.0F);
}

/* The slot's lines in this layer.  While two scenes are mixed, a slot that has none takes those
 * seen in the other layer, only to keep their room: so a line that stays in one layer stands
 * where it will stand when the new lines of the other layer are all there is. */
static void collect(struct spread *spread, struct layout *layout, enum scene_slot slot,
                    uint8_t layer)
{
    struct block *block = &spread->blocks[slot];
    *block = (struct block){.layout = layout,
                            .slot = slot,
                            .shown = true,
                            .wide = spread->width >= 1.2F * spread->height,
                            .ems_max = BLOCK_EMS_MAX,
                            .body_px = is_edge(slot) ? spread->edge_px : spread->body_px,
                            .width_max = (spread->width - 2.0F * spread->safe_x) * WIDTH_SAFETY};
    if (slot == SCENE_SLOT_BESIDE)
        block->width_max -= 2.0F * (middle_of(spread, slot) - spread->centre_x);
    for (size_t i = 0; i < layout->line_count; i++) {
        if (layout->lines[i].slot == slot && layout->lines[i].layer == layer)
            block->lines[block->count++] = (uint8_t)i;
    }
    if (block->count > 0)
        return;
    block->shown = false;
    for (size_t i = 0; i < layout->line_count; i++) {
        if (layout->lines[i].slot == slot && layout->visible[i])
            block->lines[block->count++] = (uint8_t)i;
    }
}

/* How large the words at an edge are.  Nothing but they and the field decides it, so that a line
 * keeps its size for as long as it is seen, whatever comes and leaves beside it. */
static float edge_scale(struct spread *spread, enum scene_slot slot)
{
    struct block *block = &spread->blocks[slot];
    float most =
        fminf(LAYOUT_EDGE_EMS * roundf(spread->body_px), LAYOUT_EDGE_PART * spread->height);
    while (block->ems_max < EDGE_EMS_MAX && block_measure(block, 1.0F).height > most)
        block->ems_max *= WIDEN_STEP;
    float scale = 1.0F;
    for (;;) {
        struct block_size size = block_measure(block, scale);
        if ((size.fits && size.height <= most) || scale <= SHRINK_MIN)
            return scale;
        scale *= SHRINK_STEP;
    }
}

/* Where the blocks would stand at one scale of all but the edges. */
struct plan {
    float scale, gap;
    float edges[SLOTS]; /* their scales */
    float top, bottom;  /* of the room between TOP and FOOT */
    float middle;       /* height of what is around the centre, gaps included */
    float heights[SLOTS], tops[SLOTS];
};

/* A hint leaves after a while and comes with a key: words beside a shape stand where they have room
 * with it, so that they do not leap when it does. */
static float hint_room(const struct spread *spread, const struct plan *plan)
{
    float hint = plan->heights[SCENE_SLOT_FOOT];
    bool beside = plan->middle <= 0.0F && spread->shape_reach > 0.0F;
    if (!beside)
        return hint;
    return fmaxf(hint, block_line_height(spread->edge_px, SCENE_STYLE_SMALL, 1.0F));
}

static float scale_of(const struct plan *plan, int slot)
{
    return is_edge(slot) ? plan->edges[slot] : plan->scale;
}

/* Measures everything at the plan's scales; false if a word does not fit the width. */
static bool measure_plan(const struct spread *spread, struct plan *plan)
{
    plan->gap = BLOCK_GAP * spread->body_px * plan->scale;
    plan->middle = -plan->gap;
    bool fits = true;
    for (int slot = 0; slot < SLOTS; slot++) {
        const struct block *block = &spread->blocks[slot];
        if (block->count == 0)
            continue;
        struct block_size size = block_measure(block, scale_of(plan, slot));
        fits = fits && (size.fits || is_edge(slot));
        plan->heights[slot] = size.height;
        if (is_middle(slot))
            plan->middle += size.height + plan->gap;
    }
    plan->middle = fmaxf(plan->middle, 0.0F);
    float gap = plan->gap / 2.0F;
    float notice = plan->heights[SCENE_SLOT_TOP];
    float hint = plan->heights[SCENE_SLOT_FOOT];
    plan->tops[SCENE_SLOT_TOP] = spread->safe_top;
    plan->tops[SCENE_SLOT_FOOT] = spread->safe_bottom - hint;
    plan->tops[SCENE_SLOT_BESIDE] = spread->centre_y + BESIDE_DROP * spread->body_px * plan->scale;
    plan->top = spread->safe_top + (notice > 0.0F ? notice + gap : 0.0F);
    float room = hint_room(spread, plan);
    plan->bottom = spread->safe_bottom - (room > 0.0F ? room + gap : 0.0F);
    return fits && plan->tops[SCENE_SLOT_BESIDE] + plan->heights[SCENE_SLOT_BESIDE] <= plan->bottom;
}

static void stand_middle(const struct spread *spread, struct plan *plan, float top)
{
    for (int slot = 0; slot < SLOTS; slot++) {
        if (!is_middle(slot) || spread->blocks[slot].count == 0)
            continue;
        plan->tops[slot] = top;
        top += plan->heights[slot] + plan->gap;
    }
}

/* UPPER ends and LOWER begins so far from the centre, or beside what is in the middle. */
static bool stand_apart(const struct spread *spread, struct plan *plan, float above, float below)
{
    float middle_top = spread->centre_y - plan->middle / 2.0F;
    float middle_bottom = middle_top + plan->middle;
    float upper_top = spread->centre_y - above - plan->heights[SCENE_SLOT_UPPER];
    float lower_bottom = spread->centre_y + below + plan->heights[SCENE_SLOT_LOWER];
    bool has_upper = plan->heights[SCENE_SLOT_UPPER] > 0.0F;
    bool has_lower = plan->heights[SCENE_SLOT_LOWER] > 0.0F;
    if (middle_top < plan->top || middle_bottom > plan->bottom ||
        (has_upper && upper_top < plan->top) || (has_lower && lower_bottom > plan->bottom))
        return false;
    plan->tops[SCENE_SLOT_UPPER] = upper_top;
    plan->tops[SCENE_SLOT_LOWER] = spread->centre_y + below;
    stand_middle(spread, plan, middle_top);
    return true;
}

/* Everything close together, as near to where it belongs as the room lets it; if even that is too
 * much, from the top down. */
static bool stand_close(const struct spread *spread, struct plan *plan)
{
    float gap = plan->gap;
    float upper = plan->heights[SCENE_SLOT_UPPER];
    float lower = plan->heights[SCENE_SLOT_LOWER];
    float before = upper > 0.0F ? upper + gap : 0.0F;
    float after = lower > 0.0F ? lower + gap : 0.0F;
    float total = before + plan->middle + after - (plan->middle > 0.0F ? 0.0F : gap);
    float wanted = spread->centre_y - plan->middle / 2.0F - before;
    float y = fmaxf(plan->top, fminf(wanted, plan->bottom - total));
    plan->tops[SCENE_SLOT_UPPER] = y;
    stand_middle(spread, plan, y + before);
    plan->tops[SCENE_SLOT_LOWER] = y + before + plan->middle + (plan->middle > 0.0F ? gap : 0.0F);
    return total <= plan->bottom - plan->top;
}

static bool stand(const struct spread *spread, struct plan *plan)
{
    if (!measure_plan(spread, plan))
        return false;
    if (plan->middle <= 0.0F && spread->shape_reach > 0.0F) {
        float near = spread->shape_reach + plan->gap / 2.0F;
        return stand_apart(spread, plan, spread->band, spread->band) ||
               (near < spread->band && stand_apart(spread, plan, near, near));
    }
    float beside = plan->middle > 0.0F ? plan->middle / 2.0F + plan->gap : 0.0F;
    bool rows =
        spread->blocks[SCENE_SLOT_LIST].count > 0 || spread->blocks[SCENE_SLOT_TABLE].count > 0;
    float apart = rows ? beside : fmaxf(spread->band, beside);
    return stand_apart(spread, plan, apart, apart) || stand_close(spread, plan);
}

static void lay_out_layer(struct layout *layout, uint8_t layer)
{
    struct spread spread;
    spread_init(&spread, layout);
    for (int slot = 0; slot < SLOTS; slot++)
        collect(&spread, layout, (enum scene_slot)slot, layer);
    struct plan first = {.scale = 1.0F};
    first.edges[SCENE_SLOT_TOP] = edge_scale(&spread, SCENE_SLOT_TOP);
    first.edges[SCENE_SLOT_FOOT] = edge_scale(&spread, SCENE_SLOT_FOOT);
    struct plan plan = first;
    bool stands = stand(&spread, &plan);
    while (!stands && plan.scale > SHRINK_MIN) {
        first.scale = plan.scale * SHRINK_STEP;
        plan = first;
        stands = stand(&spread, &plan);
    }
    if (!stands)
        (void)stand_close(&spread, &plan);
    for (int slot = 0; slot < SLOTS; slot++) {
        if (spread.blocks[slot].count > 0)
            block_place(&spread.blocks[slot], scale_of(&plan, slot), middle_of(&spread, slot),
                        plan.tops[slot]);
    }
}

void layout_update(struct layout *layout, const struct scene *scene, int width, int height,
                   const struct layout_help *help)
{
    if (unchanged(layout, scene, width, height))
        return;
    layout->valid = true;
    layout->width = width;
    layout->height = height;
    layout->shape_reach = shape_reach(scene, width, height);
    layout->text_scale = scene->text_scale;
    layout->line_count = scene->line_count;
    memcpy(layout->lines, scene->lines, scene->line_count * sizeof scene->lines[0]);
    for (size_t i = 0; i < scene->line_count; i++)
        layout->visible[i] = scene->lines[i].alpha > 0.0F;
    prepare_rows(layout, scene, help);
    layout->piece_count = 0;
    for (uint8_t layer = 0; layer < LAYERS; layer++)
        lay_out_layer(layout, layer);
}

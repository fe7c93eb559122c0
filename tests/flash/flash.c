#include "flash.h"

#include "pixels.h"
#include "window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct flash {
    int width, height;
    double fps;
    uint32_t frame;
    uint32_t second; /* in frames */
    struct pixels pixels;
    struct window light, masks;
    int tile_side, tiles_across, tiles_down;
    uint32_t *tile_changed; /* the frame in which each tile's mean changed last */
    float *tiles;           /* means of the last second's frames, a row of `second` for each tile */
    float *fields;          /* the same for the whole field, and one frame more */
    double field;
    int tile_reversals;
    struct flash_report report;
};

static void note(const struct flash *flash, struct flash_at *most, double value, int x, int y)
{
    if (value <= most->value)
        return;
    *most = (struct flash_at){
        .value = value, .seconds = (flash->frame - 1) / flash->fps, .x = x, .y = y};
}

static void note_pixel(const struct flash *flash, struct flash_at *most, int count, size_t pixel)
{
    size_t across = (size_t)flash->width;
    note(flash, most, count, (int)(pixel % across), (int)(pixel / across));
}

/* How many changes of the last second go the other way than the one before them. */
static int reversals_in(const struct flash *flash, const float *means)
{
    uint32_t known = flash->frame < flash->second ? flash->frame : flash->second;
    uint32_t first = (flash->frame - known) % flash->second;
    struct zigzag z = {.low = means[first], .high = means[first]};
    int turns = 0;
    for (uint32_t i = first; i < known; i++)
        turns += zigzag_turns(&z, means[i], FLASH_HOUSE_REVERSAL, 2.0F) > 0.0F ? 1 : 0;
    for (uint32_t i = 0; i < first; i++)
        turns += zigzag_turns(&z, means[i], FLASH_HOUSE_REVERSAL, 2.0F) > 0.0F ? 1 : 0;
    return turns > 0 ? turns - 1 : 0;
}

/* Whether it lies so close together that nothing in it can turn. */
static bool is_calm(const struct flash *flash, const float *means)
{
    uint32_t known = flash->frame < flash->second ? flash->frame : flash->second;
    return window_range(means, known) < FLASH_HOUSE_REVERSAL;
}

static bool touches(const struct pixels_box *box, int x, int y, int side)
{
    return box->x0 < x + side && box->x1 > x && box->y0 < y + side && box->y1 > y;
}

static void take_tile(struct flash *flash, const struct pixels_box *box, size_t tile, int x, int y)
{
    int side = flash->tile_side;
    uint32_t last = (flash->frame + flash->second - 2) % flash->second;
    uint32_t now = (flash->frame - 1) % flash->second;
    float *means = flash->tiles + tile * flash->second;
    means[now] = means[last];
    if (touches(box, x, y, side))
        means[now] = (float)(window_sum(&flash->light, x, y, side, side) / ((double)side * side));
    if (flash->frame > 1 && means[now] != means[last])
        flash->tile_changed[tile] = flash->frame;
    if (flash->tile_changed[tile] + flash->second <= flash->frame || is_calm(flash, means))
        return; /* nothing has changed in it for a second, or not by enough */
    int reversals = reversals_in(flash, means);
    note(flash, &flash->report.reversals, reversals, x, y);
    if (reversals > flash->tile_reversals)
        flash->tile_reversals = reversals;
}

static void take_tiles(struct flash *flash, const struct pixels_box *box)
{
    size_t tile = 0;
    flash->tile_reversals = 0;
    for (int ty = 0; ty < flash->tiles_down; ty++) {
        for (int tx = 0; tx < flash->tiles_across; tx++)
            take_tile(flash, box, tile++, tx * flash->tile_side, ty * flash->tile_side);
    }
}

static void take_field(struct flash *flash)
{
    double all = window_sum(&flash->light, 0, 0, flash->width, flash->height);
    flash->field = all / ((double)flash->width * flash->height);
    flash->fields[(flash->frame - 1) % (flash->second + 1)] = (float)flash->field;
    uint32_t known = flash->frame <= flash->second ? flash->frame : flash->second + 1;
    note(flash, &flash->report.field_change, window_range(flash->fields, known), 0, 0);
}

/* The two windows of the largest sum over all places that meet the box, as shares of their areas.
 */
static double take_windows(const struct flash *flash, const struct window *sums,
                           const struct pixels_box *box, struct flash_at *most)
{
    int longer = flash->width > flash->height ? flash->width : flash->height;
    const int sides[2][2] = {{flash->width / 3, flash->height / 3}, {longer / 5, longer / 5}};
    double largest = 0.0;
    for (int i = 0; i < 2; i++) {
        int w = sides[i][0] < flash->width ? sides[i][0] : flash->width;
        int h = sides[i][1] < flash->height ? sides[i][1] : flash->height;
        int x = 0;
        int y = 0;
        double share = window_largest(sums, box, w, h, &x, &y) / ((double)w * h);
        if (most != NULL)
            note(flash, most, share, x, y);
        largest = fmax(largest, share);
    }
    return largest;
}

static struct pixels_box whole(const struct flash *flash)
{
    return (struct pixels_box){0, 0, flash->width, flash->height, true};
}

static void take_mask(struct flash *flash, const uint8_t *mask, struct flash_at *most)
{
    const struct pixels_box box = whole(flash);
    if (memchr(mask, 1, (size_t)flash->width * (size_t)flash->height) == NULL)
        return;
    window_sums_of_mask(&flash->masks, mask);
    (void)take_windows(flash, &flash->masks, &box, most);
}

void flash_frame(struct flash *flash, const uint8_t *rgb)
{
    struct pixels_box box;
    struct pixels_most most;
    flash->frame++;
    flash->report.frames = flash->frame;
    flash->report.seconds = flash->frame / flash->fps;
    pixels_take(&flash->pixels, rgb, &box, &most);
    note_pixel(flash, &flash->report.general, most.general, most.general_at);
    note_pixel(flash, &flash->report.red, most.red, most.red_at);
    if (box.y1 > 0)
        window_sums(&flash->light, flash->pixels.luminance, &box);
    /* Only where something has become brighter can a window be brighter than all before. */
    if (box.y1 > 0 && box.brighter)
        (void)take_windows(flash, &flash->light, &box, &flash->report.brightest);
    take_tiles(flash, &box);
    take_field(flash);
    if (flash->pixels.masked == 0)
        return;
    take_mask(flash, flash->pixels.general_mask, &flash->report.general_area);
    take_mask(flash, flash->pixels.red_mask, &flash->report.red_area);
}

double flash_field(const struct flash *flash)
{
    return flash->field;
}

double flash_window(const struct flash *flash)
{
    const struct pixels_box box = whole(flash);
    return take_windows(flash, &flash->light, &box, NULL);
}

int flash_reversals(const struct flash *flash)
{
    return flash->tile_reversals;
}

struct flash_report flash_report(const struct flash *flash)
{
    return flash->report;
}

unsigned flash_faults(const struct flash_report *report, bool dark)
{
    unsigned faults = 0;
    if (report->general_area.value > FLASH_AREA_MAX)
        faults |= FLASH_GENERAL_231;
    if (report->general.value > FLASH_TRANSITIONS_MAX)
        faults |= FLASH_GENERAL_232;
    if (report->red_area.value > FLASH_AREA_MAX)
        faults |= FLASH_RED_231;
    if (report->red.value > FLASH_TRANSITIONS_MAX)
        faults |= FLASH_RED_232;
    if (report->reversals.value > FLASH_HOUSE_REVERSALS_MAX)
        faults |= FLASH_REVERSALS;
    if (report->field_change.value > FLASH_HOUSE_FIELD_CHANGE)
        faults |= FLASH_FIELD;
    if (dark && report->brightest.value >= FLASH_HOUSE_WINDOW)
        faults |= FLASH_BRIGHT;
    return faults;
}

bool flash_create(struct flash **flash, int width, int height, double fps)
{
    if (width < FLASH_SIDE_MIN || height < FLASH_SIDE_MIN || width > FLASH_SIDE_MAX ||
        height > FLASH_SIDE_MAX || !(fps >= 1.0 && fps <= 1000.0))
        return false;
    struct flash *f = calloc(1, sizeof *f);
    if (f == NULL)
        return false;
    f->width = width;
    f->height = height;
    f->fps = fps;
    f->second = (uint32_t)ceil(fps);
    f->tile_side = width / FLASH_TILES_ACROSS;
    f->tiles_across = width / f->tile_side;
    f->tiles_down = height / f->tile_side;
    bool made = pixels_create(&f->pixels, width, height, f->second);
    made = window_create(&f->light, width, height) && made;
    made = window_create(&f->masks, width, height) && made;
    size_t tile_count = (size_t)f->tiles_across * (size_t)f->tiles_down;
    f->tile_changed = calloc(tile_count, sizeof *f->tile_changed);
    f->tiles = calloc(tile_count * f->second, sizeof *f->tiles);
    f->fields = calloc((size_t)f->second + 1, sizeof *f->fields);
    *flash = f;
    if (!made || f->tile_changed == NULL || f->tiles == NULL || f->fields == NULL) {
        flash_destroy(flash);
        return false;
    }
    return true;
}

void flash_destroy(struct flash **flash)
{
    if (*flash == NULL)
        return;
    pixels_destroy(&(*flash)->pixels);
    window_destroy(&(*flash)->light);
    window_destroy(&(*flash)->masks);
    free((*flash)->tile_changed);
    free((*flash)->tiles);
    free((*flash)->fields);
    free(*flash);
    *flash = NULL;
}

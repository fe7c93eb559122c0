#include "flash.h"

#include "window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* When the last few changes were, as frame numbers from 1; 0: none. */
#define RING 8
struct ring {
    uint32_t frame[RING];
    uint8_t next;
};

/* A value that goes up and down: which way it last went by enough, and how far at most. */
struct zigzag {
    float low, high;
    int8_t way; /* 1 up, -1 down, 0 not known yet */
};

struct pixel {
    struct zigzag luminance;
    struct ring general;
    float u, v; /* the colour that the last red change led to, or the reddest since */
    bool red;
    struct ring reds;
};

struct flash {
    int width, height;
    double fps;
    uint32_t frame;
    uint32_t second; /* in frames */
    float linear[256];
    uint8_t *before;  /* the frame before this one: rows that are as they were are not looked at */
    float *luminance; /* of the present frame */
    struct pixel *pixels;
    uint8_t *general_mask, *red_mask;
    double *sums; /* an integral image, (width + 1) x (height + 1) */
    bool sums_are_masks;
    int tile_side, tiles_across, tiles_down;
    uint32_t *tile_changed; /* the frame in which each tile's mean changed last */
    float *tiles;           /* means of the last second's frames, a row of `second` for each tile */
    float *fields;          /* the same for the whole field, and one frame more */
    double field, window;
    int tile_reversals;
    struct flash_report report;
};

static float linear_of(int code)
{
    double c = code / 255.0;
    return (float)(c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
}

static void note(const struct flash *flash, struct flash_at *most, double value, int x, int y)
{
    if (value <= most->value)
        return;
    *most = (struct flash_at){
        .value = value, .seconds = (flash->frame - 1) / flash->fps, .x = x, .y = y};
}

static void ring_add(struct ring *ring, uint32_t frame)
{
    ring->frame[ring->next] = frame;
    ring->next = (uint8_t)((ring->next + 1) % RING);
}

/* How many within the second that ends now. */
static int ring_recent(const struct ring *ring, uint32_t now, uint32_t second)
{
    int recent = 0;
    for (int i = 0; i < RING; i++) {
        if (ring->frame[i] != 0 && ring->frame[i] + second > now)
            recent++;
    }
    return recent;
}

/* True if with this value a change of at least `change` has come about that goes the other way
 * than the last such. */
static bool zigzag_turns(struct zigzag *z, float value, float change, float darker_max)
{
    z->high = fmaxf(z->high, value);
    z->low = fminf(z->low, value);
    bool rose = z->way != 1 && value - z->low >= change && z->low < darker_max;
    bool fell = z->way != -1 && z->high - value >= change && value < darker_max;
    if (rose || fell)
        z->way = rose ? 1 : -1;
    /* On its way up only the height counts from which it will fall; and so downward. */
    if (z->way == 1 && (rose || value >= z->high))
        z->low = z->high = value;
    else if (z->way == -1 && (fell || value <= z->low))
        z->low = z->high = value;
    return rose || fell;
}

/* CIE 1976 u'v' of linear light; what is nearly black has no colour and counts as white. */
static void chromaticity(float r, float g, float b, float *u, float *v)
{
    float x = 0.4124F * r + 0.3576F * g + 0.1805F * b;
    float y = 0.2126F * r + 0.7152F * g + 0.0722F * b;
    float z = 0.0193F * r + 0.1192F * g + 0.9505F * b;
    float sum = x + 15.0F * y + 3.0F * z;
    if (r + g + b < 0.003F) {
        *u = 0.1978F;
        *v = 0.4683F;
        return;
    }
    *u = 4.0F * x / sum;
    *v = 9.0F * y / sum;
}

/* A change to or from a saturated red by more than the bound in u'v'. */
static bool red_turns(struct pixel *p, float r, float g, float b)
{
    float u = 0;
    float v = 0;
    float sum = r + g + b;
    bool red = sum >= 0.003F && r / sum >= FLASH_RED_SHARE;
    if (!red && !p->red)
        return false; /* neither of the two is */
    chromaticity(r, g, b, &u, &v);
    if (red == p->red) {
        if (u > p->u) { /* the reddest is the turning point */
            p->u = u;
            p->v = v;
        }
        return false;
    }
    float distance = hypotf(u - p->u, v - p->v);
    if (distance <= FLASH_RED_DISTANCE)
        return false;
    p->u = u;
    p->v = v;
    p->red = red;
    return true;
}

static void start_pixel(struct pixel *p, float luminance, float r, float g, float b)
{
    float sum = r + g + b;
    p->luminance = (struct zigzag){.low = luminance, .high = luminance};
    p->red = sum >= 0.003F && r / sum >= FLASH_RED_SHARE;
    chromaticity(r, g, b, &p->u, &p->v);
}

static void take_pixel(struct flash *flash, size_t i, const uint8_t *rgb)
{
    struct pixel *p = &flash->pixels[i];
    float r = flash->linear[rgb[0]];
    float g = flash->linear[rgb[1]];
    float b = flash->linear[rgb[2]];
    float luminance = 0.2126F * r + 0.7152F * g + 0.0722F * b;
    flash->luminance[i] = luminance;
    if (flash->frame == 1) {
        start_pixel(p, luminance, r, g, b);
        return;
    }
    if (zigzag_turns(&p->luminance, luminance, FLASH_GENERAL_CHANGE, FLASH_GENERAL_DARKER))
        ring_add(&p->general, flash->frame);
    if (!p->red && r / (r + g + b + 1e-6F) < FLASH_RED_SHARE) {
        /* Not red before and not now: this is where a change to red would begin. */
        chromaticity(r, g, b, &p->u, &p->v);
    } else if (red_turns(p, r, g, b)) {
        ring_add(&p->reds, flash->frame);
    }
    int x = (int)(i % (size_t)flash->width);
    int y = (int)(i / (size_t)flash->width);
    int general = ring_recent(&p->general, flash->frame, flash->second);
    int red = ring_recent(&p->reds, flash->frame, flash->second);
    note(flash, &flash->report.general, general, x, y);
    note(flash, &flash->report.red, red, x, y);
    flash->general_mask[i] = general > FLASH_TRANSITIONS_MAX;
    flash->red_mask[i] = red > FLASH_TRANSITIONS_MAX;
}

/* How many changes of the last second go the other way than the one before them. */
static int reversals_in(const struct flash *flash, const float *means)
{
    uint32_t known = flash->frame < flash->second ? flash->frame : flash->second;
    uint32_t first = flash->frame - known; /* as a number from 0 */
    float start = means[first % flash->second];
    struct zigzag z = {.low = start, .high = start};
    int turns = 0;
    for (uint32_t i = 1; i < known; i++)
        turns += zigzag_turns(&z, means[(first + i) % flash->second], FLASH_HOUSE_REVERSAL, 2.0F);
    return turns > 0 ? turns - 1 : 0;
}

static void take_tiles(struct flash *flash)
{
    int side = flash->tile_side;
    double share = 1.0 / ((double)side * side);
    flash->tile_reversals = 0;
    uint32_t last = (flash->frame + flash->second - 2) % flash->second;
    uint32_t now = (flash->frame - 1) % flash->second;
    for (int ty = 0; ty < flash->tiles_down; ty++) {
        for (int tx = 0; tx < flash->tiles_across; tx++) {
            size_t tile = (size_t)ty * (size_t)flash->tiles_across + (size_t)tx;
            float *means = flash->tiles + tile * flash->second;
            int x = tx * side;
            int y = ty * side;
            means[now] = (float)(share * window_sum(flash->sums, flash->width, x, y, side, side));
            if (flash->frame > 1 && means[now] != means[last])
                flash->tile_changed[tile] = flash->frame;
            if (flash->tile_changed[tile] + flash->second <= flash->frame)
                continue; /* nothing has changed in it for a second */
            int reversals = reversals_in(flash, means);
            note(flash, &flash->report.reversals, reversals, x, y);
            if (reversals > flash->tile_reversals)
                flash->tile_reversals = reversals;
        }
    }
}

static void take_field(struct flash *flash)
{
    double all = window_sum(flash->sums, flash->width, 0, 0, flash->width, flash->height);
    flash->field = all / ((double)flash->width * flash->height);
    flash->fields[(flash->frame - 1) % (flash->second + 1)] = (float)flash->field;
    uint32_t known = flash->frame <= flash->second ? flash->frame : flash->second + 1;
    float low = 2.0F;
    float high = -1.0F;
    for (uint32_t i = 0; i < known; i++) {
        low = fminf(low, flash->fields[i]);
        high = fmaxf(high, flash->fields[i]);
    }
    note(flash, &flash->report.field_change, high - low, 0, 0);
}

/* The two windows of the largest sum over all places, as shares of their areas. */
static double take_windows(struct flash *flash, struct flash_at *most)
{
    int longer = flash->width > flash->height ? flash->width : flash->height;
    const int sides[2][2] = {{flash->width / 3, flash->height / 3}, {longer / 5, longer / 5}};
    double largest = 0.0;
    for (int i = 0; i < 2; i++) {
        int w = sides[i][0] < flash->width ? sides[i][0] : flash->width;
        int h = sides[i][1] < flash->height ? sides[i][1] : flash->height;
        int x = 0;
        int y = 0;
        double share = window_largest(flash->sums, flash->width, flash->height, w, h, &x, &y) /
                       ((double)w * h);
        note(flash, most, share, x, y);
        largest = fmax(largest, share);
    }
    return largest;
}

static void take_mask(struct flash *flash, const uint8_t *mask, struct flash_at *most)
{
    if (memchr(mask, 1, (size_t)flash->width * (size_t)flash->height) == NULL)
        return;
    window_sums_of_mask(flash->sums, mask, flash->width, flash->height);
    flash->sums_are_masks = true;
    (void)take_windows(flash, most);
}

/* A pixel that is as it was turns nothing, and what it has turned only grows older. */
static bool pixel_rests(const struct flash *flash, size_t i, const uint8_t *rgb)
{
    return flash->frame > 1 && memcmp(flash->before + 3 * i, rgb + 3 * i, 3) == 0 &&
           flash->general_mask[i] == 0 && flash->red_mask[i] == 0;
}

/* Every pixel that is not as it was, and those that have changed too often.  Returns the first row
 * of such; the height if there is none. */
static int take_rows(struct flash *flash, const uint8_t *rgb)
{
    size_t across = (size_t)flash->width;
    int first = flash->height;
    for (int y = flash->height - 1; y >= 0; y--) {
        size_t at = (size_t)y * across;
        bool same =
            flash->frame > 1 && memcmp(flash->before + 3 * at, rgb + 3 * at, 3 * across) == 0;
        if (same && memchr(flash->general_mask + at, 1, across) == NULL &&
            memchr(flash->red_mask + at, 1, across) == NULL)
            continue;
        for (size_t i = at; i < at + across; i++) {
            if (!pixel_rests(flash, i, rgb))
                take_pixel(flash, i, rgb + 3 * i);
        }
        memcpy(flash->before + 3 * at, rgb + 3 * at, 3 * across);
        first = y;
    }
    return first;
}

void flash_frame(struct flash *flash, const uint8_t *rgb)
{
    flash->frame++;
    flash->report.frames = flash->frame;
    flash->report.seconds = flash->frame / flash->fps;
    int changed = take_rows(flash, rgb);
    if (changed < flash->height || flash->sums_are_masks) {
        window_sums(flash->sums, flash->luminance, flash->width, flash->height,
                    flash->sums_are_masks ? 0 : changed);
        flash->sums_are_masks = false;
        flash->window = take_windows(flash, &flash->report.brightest);
    }
    take_tiles(flash);
    take_field(flash);
    take_mask(flash, flash->general_mask, &flash->report.general_area);
    take_mask(flash, flash->red_mask, &flash->report.red_area);
}

double flash_field(const struct flash *flash)
{
    return flash->field;
}

double flash_window(const struct flash *flash)
{
    return flash->window;
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
    size_t count = (size_t)width * (size_t)height;
    f->width = width;
    f->height = height;
    f->fps = fps;
    f->second = (uint32_t)ceil(fps);
    f->tile_side = width / FLASH_TILES_ACROSS;
    f->tiles_across = width / f->tile_side;
    f->tiles_down = height / f->tile_side;
    for (int i = 0; i < 256; i++)
        f->linear[i] = linear_of(i);
    f->before = calloc(count, 3);
    f->luminance = calloc(count, sizeof *f->luminance);
    f->pixels = calloc(count, sizeof *f->pixels);
    f->general_mask = calloc(count, 1);
    f->red_mask = calloc(count, 1);
    f->sums = calloc(((size_t)width + 1) * ((size_t)height + 1), sizeof *f->sums);
    f->tile_changed =
        calloc((size_t)f->tiles_across * (size_t)f->tiles_down, sizeof *f->tile_changed);
    f->tiles =
        calloc((size_t)f->tiles_across * (size_t)f->tiles_down * f->second, sizeof *f->tiles);
    f->fields = calloc((size_t)f->second + 1, sizeof *f->fields);
    *flash = f;
    if (f->before == NULL || f->tile_changed == NULL || f->luminance == NULL || f->pixels == NULL ||
        f->general_mask == NULL || f->red_mask == NULL || f->sums == NULL || f->tiles == NULL ||
        f->fields == NULL) {
        flash_destroy(flash);
        return false;
    }
    return true;
}

void flash_destroy(struct flash **flash)
{
    if (*flash == NULL)
        return;
    free((*flash)->before);
    free((*flash)->tile_changed);
    free((*flash)->luminance);
    free((*flash)->pixels);
    free((*flash)->general_mask);
    free((*flash)->red_mask);
    free((*flash)->sums);
    free((*flash)->tiles);
    free((*flash)->fields);
    free(*flash);
    *flash = NULL;
}

#include "pixels.h"

#include "flash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this sum of linear light there is no colour. */
#define NEARLY_BLACK 0.003F

enum redness {
    REDNESS_NONE,   /* it was not red in the frame before */
    REDNESS_ASKS,   /* it is, and not far enough from where it came from */
    REDNESS_TURNED, /* the last change led to red */
};

static float linear_of(int code)
{
    double c = code / 255.0;
    return (float)(c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
}

static void ring_add(struct ring *ring, uint32_t frame)
{
    ring->frame[ring->next] = frame;
    ring->next = (uint8_t)((ring->next + 1) % PIXELS_RING);
}

/* How many within the second that ends now. */
static int ring_recent(const struct ring *ring, uint32_t now, uint32_t second)
{
    int recent = 0;
    for (int i = 0; i < PIXELS_RING; i++) {
        if (ring->frame[i] != 0 && ring->frame[i] + second > now)
            recent++;
    }
    return recent;
}

/* CIE 1976 u'v' of linear light; what is nearly black has no colour and counts as white. */
static void chromaticity(float r, float g, float b, float uv[2])
{
    float x = 0.4124F * r + 0.3576F * g + 0.1805F * b;
    float y = 0.2126F * r + 0.7152F * g + 0.0722F * b;
    float z = 0.0193F * r + 0.1192F * g + 0.9505F * b;
    float sum = x + 15.0F * y + 3.0F * z;
    if (r + g + b < NEARLY_BLACK) {
        uv[0] = 0.1978F;
        uv[1] = 0.4683F;
        return;
    }
    uv[0] = 4.0F * x / sum;
    uv[1] = 9.0F * y / sum;
}

static void colour_uv(const struct pixels *pixels, const uint8_t *rgb, float uv[2])
{
    chromaticity(pixels->linear[rgb[0]], pixels->linear[rgb[1]], pixels->linear[rgb[2]], uv);
}

static bool is_red(const struct pixels *pixels, const uint8_t *rgb)
{
    float r = pixels->linear[rgb[0]];
    float sum = r + pixels->linear[rgb[1]] + pixels->linear[rgb[2]];
    return sum >= NEARLY_BLACK && r / sum >= FLASH_RED_SHARE;
}

/* A change to or from a saturated red by more than the bound in u'v'. */
static bool red_turns(struct pixels *pixels, size_t i, const uint8_t *rgb)
{
    float *from = pixels->red_uv + 2 * i;
    float to[2];
    bool red = is_red(pixels, rgb);
    enum redness was = (enum redness)pixels->redness[i];
    if (!red && was != REDNESS_TURNED) {
        pixels->redness[i] = REDNESS_NONE;
        return false; /* neither of the two is */
    }
    if (was == REDNESS_NONE)
        colour_uv(pixels, pixels->before + 3 * i, from);
    colour_uv(pixels, rgb, to);
    bool turned = red != (was == REDNESS_TURNED) &&
                  hypotf(to[0] - from[0], to[1] - from[1]) > FLASH_RED_DISTANCE;
    /* Of one red after another the reddest is the turning point. */
    if (turned || (red && was == REDNESS_TURNED && to[0] > from[0])) {
        from[0] = to[0];
        from[1] = to[1];
    }
    if (turned)
        pixels->redness[i] = red ? REDNESS_TURNED : REDNESS_NONE;
    else if (was == REDNESS_NONE)
        pixels->redness[i] = REDNESS_ASKS;
    return turned;
}

static void start(struct pixels *pixels, const uint8_t *rgb)
{
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *p = rgb + 3 * i;
        float value = 0.2126F * pixels->linear[p[0]] + 0.7152F * pixels->linear[p[1]] +
                      0.0722F * pixels->linear[p[2]];
        pixels->luminance[i] = pixels->low[i] = pixels->high[i] = value;
        colour_uv(pixels, p, pixels->red_uv + 2 * i);
        pixels->redness[i] = is_red(pixels, p) ? REDNESS_TURNED : REDNESS_NONE;
    }
    memcpy(pixels->before, rgb, 3 * count);
}

/* Its luminance, and whether any is brighter. */
static bool light(struct pixels *pixels, size_t from, size_t until, const uint8_t *rgb)
{
    int brighter = 0;
    for (size_t i = from; i < until; i++) {
        const uint8_t *p = rgb + 3 * i;
        float value = 0.2126F * pixels->linear[p[0]] + 0.7152F * pixels->linear[p[1]] +
                      0.0722F * pixels->linear[p[2]];
        brighter |= value > pixels->luminance[i] ? 1 : 0;
        pixels->luminance[i] = value;
    }
    return brighter != 0;
}

/* zigzag_turns() of all of them; true if any does. */
static bool turn(float *restrict low, float *restrict high, float *restrict way,
                 const float *restrict values, float *restrict turned, size_t count)
{
    float any = 0.0F;
    for (size_t i = 0; i < count; i++) {
        struct zigzag z = {.low = low[i], .high = high[i], .way = way[i]};
        float turns = zigzag_turns(&z, values[i], FLASH_GENERAL_CHANGE, FLASH_GENERAL_DARKER);
        low[i] = z.low;
        high[i] = z.high;
        way[i] = z.way;
        turned[i] = turns;
        any = turns > any ? turns : any;
    }
    return any > 0.0F;
}

static void mask(struct pixels *pixels, uint8_t *of, int count)
{
    uint8_t masked = count > FLASH_TRANSITIONS_MAX ? 1 : 0;
    pixels->masked += masked;
    pixels->masked -= *of;
    *of = masked;
}

/* How often this one has turned by now. */
static void count(struct pixels *pixels, size_t i, struct pixels_most *most)
{
    int general = ring_recent(&pixels->general[i], pixels->frame, pixels->second);
    int red = ring_recent(&pixels->reds[i], pixels->frame, pixels->second);
    mask(pixels, &pixels->general_mask[i], general);
    mask(pixels, &pixels->red_mask[i], red);
    if (general > most->general) {
        most->general = general;
        most->general_at = i;
    }
    if (red > most->red) {
        most->red = red;
        most->red_at = i;
    }
}

/* Whether any of them is red or was. */
static bool reddens(const struct pixels *pixels, size_t from, size_t until, const uint8_t *rgb)
{
    for (size_t i = from; i < until; i++) {
        const uint8_t *p = rgb + 3 * i;
        /* So far apart are the codes of a saturated red at least. */
        bool might = 2 * p[0] > 3 * p[1] && 2 * p[0] > 3 * p[2];
        if (pixels->redness[i] != REDNESS_NONE || (might && is_red(pixels, p)))
            return true;
    }
    return false;
}

static void take_span(struct pixels *pixels, size_t from, size_t until, const uint8_t *rgb,
                      struct pixels_box *box, struct pixels_most *most)
{
    if (light(pixels, from, until, rgb))
        box->brighter = true;
    bool turned = turn(pixels->low + from, pixels->high + from, pixels->way + from,
                       pixels->luminance + from, pixels->turned, until - from);
    bool red = reddens(pixels, from, until, rgb);
    for (size_t i = from; (turned || red) && i < until; i++) {
        bool general_turned = pixels->turned[i - from] > 0.0F;
        bool red_turned = red && memcmp(pixels->before + 3 * i, rgb + 3 * i, 3) != 0 &&
                          red_turns(pixels, i, rgb + 3 * i);
        if (general_turned)
            ring_add(&pixels->general[i], pixels->frame);
        if (red_turned)
            ring_add(&pixels->reds[i], pixels->frame);
        if (general_turned || red_turned)
            count(pixels, i, most);
    }
    memcpy(pixels->before + 3 * from, rgb + 3 * from, 3 * (until - from));
}

/* The first and one beyond the last pixel of a row that is not as it was. */
static bool find_span(const uint8_t *before, const uint8_t *now, size_t across, size_t *from,
                      size_t *until)
{
    if (memcmp(before, now, 3 * across) == 0)
        return false;
    *from = 0;
    *until = across;
    while (memcmp(before + 3 * *from, now + 3 * *from, 3) == 0)
        ++*from;
    while (memcmp(before + 3 * (*until - 1), now + 3 * (*until - 1), 3) == 0)
        --*until;
    return true;
}

/* What has turned too often grows older. */
static void age(struct pixels *pixels, struct pixels_most *most)
{
    size_t pixel_count = (size_t)pixels->width * (size_t)pixels->height;
    for (size_t i = 0; pixels->masked > 0 && i < pixel_count; i++) {
        if (pixels->general_mask[i] != 0 || pixels->red_mask[i] != 0)
            count(pixels, i, most);
    }
}

void pixels_take(struct pixels *pixels, const uint8_t *rgb, struct pixels_box *box,
                 struct pixels_most *most)
{
    size_t across = (size_t)pixels->width;
    size_t down = (size_t)pixels->height;
    *most = (struct pixels_most){0};
    *box = (struct pixels_box){.x0 = pixels->width, .y0 = pixels->height};
    pixels->frame++;
    if (pixels->frame == 1) {
        start(pixels, rgb);
        *box = (struct pixels_box){0, 0, pixels->width, pixels->height, true};
        return;
    }
    age(pixels, most);
    if (memcmp(pixels->before, rgb, 3 * across * down) == 0)
        return;
    for (size_t y = 0; y < down; y++) {
        size_t from;
        size_t until;
        size_t row = y * across;
        if (!find_span(pixels->before + 3 * row, rgb + 3 * row, across, &from, &until))
            continue;
        take_span(pixels, row + from, row + until, rgb, box, most);
        box->x0 = (int)from < box->x0 ? (int)from : box->x0;
        box->x1 = (int)until > box->x1 ? (int)until : box->x1;
        box->y0 = (int)y < box->y0 ? (int)y : box->y0;
        box->y1 = (int)y + 1;
    }
}

bool pixels_create(struct pixels *pixels, int width, int height, uint32_t second)
{
    size_t pixel_count = (size_t)width * (size_t)height;
    *pixels = (struct pixels){.width = width, .height = height, .second = second};
    for (int i = 0; i < 256; i++)
        pixels->linear[i] = linear_of(i);
    pixels->before = calloc(pixel_count, 3);
    pixels->luminance = calloc(pixel_count, sizeof *pixels->luminance);
    pixels->low = calloc(pixel_count, sizeof *pixels->low);
    pixels->high = calloc(pixel_count, sizeof *pixels->high);
    pixels->way = calloc(pixel_count, sizeof *pixels->way);
    pixels->general = calloc(pixel_count, sizeof *pixels->general);
    pixels->reds = calloc(pixel_count, sizeof *pixels->reds);
    pixels->redness = calloc(pixel_count, 1);
    pixels->red_uv = calloc(pixel_count, 2 * sizeof *pixels->red_uv);
    pixels->general_mask = calloc(pixel_count, 1);
    pixels->red_mask = calloc(pixel_count, 1);
    pixels->turned = calloc((size_t)width, sizeof *pixels->turned);
    return pixels->before != NULL && pixels->luminance != NULL && pixels->low != NULL &&
           pixels->high != NULL && pixels->way != NULL && pixels->general != NULL &&
           pixels->reds != NULL && pixels->redness != NULL && pixels->red_uv != NULL &&
           pixels->general_mask != NULL && pixels->red_mask != NULL && pixels->turned != NULL;
}

void pixels_destroy(struct pixels *pixels)
{
    free(pixels->before);
    free(pixels->luminance);
    free(pixels->low);
    free(pixels->high);
    free(pixels->way);
    free(pixels->general);
    free(pixels->reds);
    free(pixels->redness);
    free(pixels->red_uv);
    free(pixels->general_mask);
    free(pixels->red_mask);
    free(pixels->turned);
}

#include "plain.h"

#include <math.h>
#include <stdlib.h>

#define PIXELS_MAX (PLAIN_SIDE_MAX * PLAIN_SIDE_MAX)

struct pixel {
    double light[PLAIN_FRAMES_MAX];
    double low, high;
    int way;
    double u, v;
    bool red;
    int general[PLAIN_FRAMES_MAX], reds[PLAIN_FRAMES_MAX]; /* 1: it turned with this frame */
    int general_over, red_over;                            /* 1: too often by now */
};

struct plain {
    int width, height, fps, frames;
    struct pixel pixels[PIXELS_MAX];
    struct flash_report report;
};

static double linear(int code)
{
    double c = code / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static void most(struct flash_at *at, double value)
{
    at->value = value > at->value ? value : at->value;
}

/* Turns of at least so much among the values. */
static int turns(const double *values, int count, double change)
{
    double low = values[0];
    double high = values[0];
    int way = 0;
    int found = 0;
    for (int i = 1; i < count; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
        bool rose = way != 1 && values[i] - low >= change;
        bool fell = way != -1 && high - values[i] >= change;
        if (!rose && !fell)
            continue;
        way = rose ? 1 : -1;
        found++;
        low = high = values[i];
        while (i + 1 < count && (rose ? values[i + 1] >= high : values[i + 1] <= low))
            low = high = values[++i];
    }
    return found;
}

static bool general_turns(struct pixel *p, double value)
{
    p->high = fmax(p->high, value);
    p->low = fmin(p->low, value);
    bool rose = p->way != 1 && value - p->low >= (double)FLASH_GENERAL_CHANGE &&
                p->low < (double)FLASH_GENERAL_DARKER;
    bool fell = p->way != -1 && p->high - value >= (double)FLASH_GENERAL_CHANGE &&
                value < (double)FLASH_GENERAL_DARKER;
    if (rose || fell)
        p->way = rose ? 1 : -1;
    if ((p->way == 1 && value >= p->high) || (p->way == -1 && value <= p->low) || rose || fell)
        p->low = p->high = value;
    return rose || fell;
}

static bool red_turns(struct pixel *p, const double c[3], bool first)
{
    double sum = c[0] + c[1] + c[2];
    double x = 0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2];
    double y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    double z = 0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2];
    bool black = sum < 0.003;
    double u = black ? 0.1978 : 4.0 * x / (x + 15.0 * y + 3.0 * z);
    double v = black ? 0.4683 : 9.0 * y / (x + 15.0 * y + 3.0 * z);
    bool red = !black && c[0] / sum >= (double)FLASH_RED_SHARE;
    bool turned = !first && red != p->red && hypot(u - p->u, v - p->v) > (double)FLASH_RED_DISTANCE;
    bool reddest = red && p->red && u > p->u;
    if (first || turned)
        p->red = red;
    if (first || turned || reddest || (!red && !p->red)) {
        p->u = u;
        p->v = v;
    }
    return turned;
}

static int within_a_second(const struct plain *plain, const int *turned)
{
    int found = 0;
    for (int i = plain->frames - 1; i >= 0 && i > plain->frames - 1 - plain->fps; i--)
        found += turned[i];
    return found;
}

static double mean(const struct plain *plain, int frame, int x0, int y0, int w, int h)
{
    double sum = 0.0;
    for (int y = y0; y < y0 + h; y++) {
        for (int x = x0; x < x0 + w; x++)
            sum += plain->pixels[y * plain->width + x].light[frame];
    }
    return sum / ((double)w * h);
}

static void take_windows(struct plain *plain, int w, int h)
{
    for (int y = 0; y + h <= plain->height; y++) {
        for (int x = 0; x + w <= plain->width; x++) {
            int general = 0;
            int red = 0;
            for (int i = 0; i < w * h; i++) {
                const struct pixel *p = &plain->pixels[(y + i / w) * plain->width + x + i % w];
                general += p->general_over;
                red += p->red_over;
            }
            most(&plain->report.general_area, general / ((double)w * h));
            most(&plain->report.red_area, red / ((double)w * h));
            most(&plain->report.brightest, mean(plain, plain->frames - 1, x, y, w, h));
        }
    }
}

static void take_tiles(struct plain *plain)
{
    int side = plain->width / FLASH_TILES_ACROSS;
    int known = plain->frames < plain->fps ? plain->frames : plain->fps;
    for (int y = 0; y + side <= plain->height; y += side) {
        for (int x = 0; x + side <= plain->width; x += side) {
            double means[PLAIN_FRAMES_MAX];
            for (int i = 0; i < known; i++)
                means[i] = mean(plain, plain->frames - known + i, x, y, side, side);
            most(&plain->report.reversals, turns(means, known, (double)FLASH_HOUSE_REVERSAL) - 1);
        }
    }
}

static void take_field(struct plain *plain)
{
    double low = 2.0;
    double high = -1.0;
    int known = plain->frames <= plain->fps ? plain->frames : plain->fps + 1;
    for (int i = plain->frames - known; i < plain->frames; i++) {
        double all = mean(plain, i, 0, 0, plain->width, plain->height);
        low = fmin(low, all);
        high = fmax(high, all);
    }
    most(&plain->report.field_change, high - low);
}

void plain_frame(struct plain *plain, const uint8_t *rgb)
{
    bool first = plain->frames == 0;
    int now = plain->frames++;
    int longer = plain->width > plain->height ? plain->width : plain->height;
    for (int i = 0; i < plain->width * plain->height; i++, rgb += 3) {
        struct pixel *p = &plain->pixels[i];
        const double c[3] = {linear(rgb[0]), linear(rgb[1]), linear(rgb[2])};
        double light = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
        p->light[now] = light;
        if (first)
            p->low = p->high = light;
        p->general[now] = general_turns(p, light) ? 1 : 0;
        p->reds[now] = red_turns(p, c, first) ? 1 : 0;
        int general = within_a_second(plain, p->general);
        int reds = within_a_second(plain, p->reds);
        p->general_over = general > FLASH_TRANSITIONS_MAX ? 1 : 0;
        p->red_over = reds > FLASH_TRANSITIONS_MAX ? 1 : 0;
        most(&plain->report.general, general);
        most(&plain->report.red, reds);
    }
    take_tiles(plain);
    take_field(plain);
    take_windows(plain, plain->width / 3, plain->height / 3);
    take_windows(plain, longer / 5, longer / 5);
}

struct flash_report plain_report(const struct plain *plain)
{
    return plain->report;
}

struct plain *plain_create(int width, int height, int fps)
{
    struct plain *plain = calloc(1, sizeof *plain);
    if (plain == NULL)
        return NULL;
    plain->width = width;
    plain->height = height;
    plain->fps = fps;
    return plain;
}

void plain_destroy(struct plain *plain)
{
    free(plain);
}

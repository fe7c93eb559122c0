/* Flash: whether a sequence of frames flashes, by the rules for people whom flashing harms.
 *
 * WCAG 2.2: no more than three general flashes and no more than three red flashes within any
 * second.  A general flash is a pair of opposing changes of relative luminance of at least 0.10
 * where the darker image is below 0.80; a red flash is a pair of opposing changes to and from a
 * saturated red (R/(R+G+B) >= 0.8, linear) by more than 0.2 in CIE 1976 u'v'.  2.3.1 lets pass
 * what is smaller than a quarter of any 10 degree window; 2.3.2 lets nothing pass.
 * The house's own limits are much narrower: see struct flash_report.
 *
 * Frames may be smaller than the screen (640x360 is plenty): windows are fractions of the field.
 * Feed every frame that a person would see; the first is the first moment.  Single-threaded. */
#ifndef LACRIMA_TESTS_FLASH_H
#define LACRIMA_TESTS_FLASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FLASH_SIDE_MIN 32
#define FLASH_SIDE_MAX 4096

/* WCAG's bounds. */
#define FLASH_GENERAL_CHANGE  0.10F /* relative luminance */
#define FLASH_GENERAL_DARKER  0.80F
#define FLASH_RED_SHARE       0.80F
#define FLASH_RED_DISTANCE    0.20F /* in u'v' */
#define FLASH_TRANSITIONS_MAX 6     /* within a second: three flashes */
#define FLASH_AREA_MAX        0.25F /* of a window */

/* The house's.  A tile is so large that a thin line which moves within it is movement and no
 * flash, and far smaller than what WCAG looks at: four degrees of that monitor, a hundredth of the
 * field's area.  What is smaller still falls under 2.3.2 above. */
#define FLASH_TILES_ACROSS        12
#define FLASH_HOUSE_REVERSAL      0.02F /* relative luminance of a tile's mean */
#define FLASH_HOUSE_REVERSALS_MAX 1     /* within a second */
#define FLASH_HOUSE_FIELD_CHANGE  0.10F /* of the whole field's mean, within a second */
#define FLASH_HOUSE_WINDOW        0.10F /* mean of the brightest window, dark palettes */

struct flash; /* owned by who created it */

struct flash_at {
    double value;
    double seconds; /* when it was reached first */
    int x, y;       /* where: a pixel, or the corner of a tile or window */
};

struct flash_report {
    size_t frames;
    double seconds;
    struct flash_at general;      /* most opposing changes of one pixel within a second */
    struct flash_at red;          /* the same, red */
    struct flash_at general_area; /* largest share of a window with more than is allowed */
    struct flash_at red_area;
    struct flash_at reversals;    /* most reversals of one tile within a second */
    struct flash_at field_change; /* largest change of the whole field's mean within a second */
    struct flash_at brightest;    /* mean of the brightest window */
};

/* Tiles are square, a twelfth of the width.  Windows are a third of width and height (341x256 at
 * 1024x768) and a fifth of the longer side, square (10 degrees of a 24 inch monitor at 60 cm). */
bool flash_create(struct flash **flash, int width, int height, double fps);

/* One frame: width x height RGB24, sRGB, the top row first. */
void flash_frame(struct flash *flash, const uint8_t *rgb);

/* The present frame's field mean and brightest window, for a plot. */
double flash_field(const struct flash *flash);
double flash_window(const struct flash *flash);
/* The most reversals that any tile has had within the second that ends now. */
int flash_reversals(const struct flash *flash);

struct flash_report flash_report(const struct flash *flash);

/* Faults as a set of bits; 0: nothing flashes.  dark: the palette is one of the dark ones. */
enum flash_fault {
    FLASH_GENERAL_231 = 1,
    FLASH_GENERAL_232 = 2,
    FLASH_RED_231 = 4,
    FLASH_RED_232 = 8,
    FLASH_REVERSALS = 16,
    FLASH_FIELD = 32,
    FLASH_BRIGHT = 64
};
unsigned flash_faults(const struct flash_report *report, bool dark);

/* Accepts NULL; nulls the handle. */
void flash_destroy(struct flash **flash);

#endif

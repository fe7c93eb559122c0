/* Pair: a renderer that draws over what its buffers hold, beside the stage's, which draws all; and
 * chance that is the same in every run. */
#ifndef LACRIMA_TESTS_PAIR_H
#define LACRIMA_TESTS_PAIR_H

#include "stage.h"

#include "../support/cm.h"
#include "inner.h"

#define BUFFERS 4 /* one more than a picture may be old */

struct pair {
    struct stage stage;
    struct render *over;
    unsigned buffers[BUFFERS], colours[BUFFERS];
    long drawn_at[BUFFERS]; /* in frames; 0: holds nothing that is known */
    long frame;
    unsigned own_buffer;
    uint8_t *rgb, *before;
    long kinds[3];
};

void pair_open(struct pair *pair, bool gles, int width, int height);
void pair_close(struct pair *pair);

/* Draws with both, the one over a buffer of some age; fails the test at the first pixel that
 * differs, or that changed outside of what is said to have changed. */
void pair_draw(struct pair *pair, const struct scene *scene, const struct page *page);

/* What nobody drew: seen wherever a pixel that must be drawn is not. */
void pair_spoil(unsigned buffer);

/* Every pixel, but for those of some boxes (NULL: none). */
void pair_compare(const struct pair *pair, const uint8_t *a, const uint8_t *b,
                  const struct boxes *but, const char *what);

void chance_begin(uint64_t seed);
unsigned below(unsigned bound);
float part(void);

#endif

/* Pager: one stretch of a text, cut into pages. */
#ifndef LACRIMA_READING_PAGER_H
#define LACRIMA_READING_PAGER_H

#include "lacrima/reading.h"
#include "markup.h"
#include "segments.h"

/* A place between two segments; paragraph == the count: behind the last. */
struct pager_place {
    uint32_t paragraph;
    uint32_t offset; /* in its text */
};

struct pager {
    const struct markup *markup;
    struct segments *segments;
    const struct reading_limits *limits;
    uint32_t set; /* the paragraph that segments hold, + 1; 0: none */
};

/* Fills a page from `place` on (which is not behind the last paragraph) and returns where the
 * next begins.  page->from and ->to are bytes of the stretch. */
struct pager_place pager_fill(struct pager *pager, struct pager_place place,
                              struct reading_page *page);

#endif

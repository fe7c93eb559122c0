/* Pages: what is read, set into lines, as one page leaves and the next comes. */
#ifndef LACRIMA_APP_PAGES_H
#define LACRIMA_APP_PAGES_H

#include "lacrima/base/time.h"
#include "lacrima/core/page.h"
#include "lacrima/reading.h"
#include "lacrima/render.h"
#include "turn.h"

#include <stdbool.h>
#include <stdint.h>

/* One page as text and as lines. */
struct side {
    struct reading_page text;
    struct page page;
};

struct pages {
    struct render *render;
    float text_scale;
    struct side sides[2];
    unsigned front;   /* the side that stands or comes */
    bool stands;      /* it holds a page */
    struct turn turn; /* the other side leaves first */
    float visible;    /* as it was seen last */
    uint64_t version;
    struct page shown;
};

void pages_begin(struct pages *pages, struct render *render, float text_scale);

/* How much of this text a page of the field's size holds. */
void pages_limit(struct pages *pages, struct reading *reading);

/* What the next page is read into: the side that is not seen, or not seen any more. */
struct reading_page *pages_next(struct pages *pages, time_ns at);

/* The page that was read into there comes, and the one that can be seen leaves first. */
void pages_turn(struct pages *pages, time_ns at);

/* See reader_page. */
const struct page *pages_seen(struct pages *pages, float visible, time_ns now, time_ns *until);

/* The field has another size: the page is set anew, from where it began. */
void pages_resize(struct pages *pages, struct reading *reading);

#endif

/* Pages: texts of many scripts as an editor or a reader would put them on the field. */
#ifndef LACRIMA_TESTS_PAGES_H
#define LACRIMA_TESTS_PAGES_H

#include "stage.h"

#include <stddef.h>

struct page_sample {
    const char *name, *text; /* paragraphs, each ended by a line break; "# " makes a heading */
};

extern const struct page_sample page_samples[];
extern const size_t page_sample_count;

/* Breaks the text for the stage's size and the scene's text scale and fills the page from its
 * beginning, as many lines as fit.  The page points into the text. */
void pages_fill(struct stage *stage, const struct scene *scene, const char *text,
                struct page *page);

/* A selection over the middle lines, a composition in the last one, a cursor at its end. */
void pages_mark(struct page *page);

#endif

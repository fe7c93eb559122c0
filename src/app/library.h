/* Library: what there is to read, in order: the person's own texts, their photographs, their films,
 * and the pieces that come with Lacrima. */
#ifndef LACRIMA_APP_LIBRARY_H
#define LACRIMA_APP_LIBRARY_H

#include "lacrima/base/error.h"
#include "lacrima/shelf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIBRARY_ITEMS_MAX 256

enum library_kind { LIBRARY_TEXT, LIBRARY_PHOTOS, LIBRARY_FILM, LIBRARY_PIECE };

struct library_item {
    enum library_kind kind;
    char *path;       /* owned */
    int32_t tag;      /* the shelf's entry it is; 0: none */
    const char *word; /* the person's own for it, which outlives it; NULL: none */
};

struct library {
    size_t count;
    struct library_item items[LIBRARY_ITEMS_MAX];
};

/* Adds a path behind those of its kind; where it went is *index.  False if there is no room. */
bool library_add(struct library *library, enum library_kind kind, const char *path, size_t *index);

/* Where the one of this kind and path is now; *added: it was not there.  False if there is no room.
 */
bool library_join(struct library *library, const struct library_item *item, size_t *index,
                  bool *added);

/* Adds every text of a folder, in name order; false, with the reason, if it cannot be read. */
bool library_add_pieces(struct library *library, const char *folder, struct error *error);

/* Adds the shelf's entries of this kind. */
void library_add_shelf(struct library *library, enum library_kind as, const struct shelf *shelf,
                       enum shelf_kind kind);

/* Goes on from the chosen one, forward or back, to one that is not left out (by its tag, from 1);
 * false if there is none. */
bool library_skip_out(const struct library *library, size_t *chosen, const bool *left_out,
                      bool back);

/* Takes out what turned out not to be readable. */
void library_remove(struct library *library, size_t index);

/* Whether by its name a file is a text, a film or a picture, or a folder has pictures in it; and so
 * of which kind. */
bool library_kind_of(const char *path, enum library_kind *kind);

void library_finish(struct library *library);

#endif

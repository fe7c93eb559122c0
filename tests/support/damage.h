/* Damage: files made from a good one, as disks, cards and half-finished copies make them: cut off,
 * with bits turned over, with holes, under other endings, empty, or of other content altogether.
 * The same each time. */
#ifndef LACRIMA_TESTS_DAMAGE_H
#define LACRIMA_TESTS_DAMAGE_H

#include <stddef.h>
#include <stdint.h>

#define DAMAGE_FILES_MAX 600

struct damage {
    char folder[64];
    char *paths[DAMAGE_FILES_MAX];
    size_t count;
};

struct damage_bytes {
    unsigned char *data; /* owned by who asked for it */
    size_t size;
};

/* How many of each; half of them fall into the head, where the damage is worst. */
struct damage_plan {
    size_t cuts, flips, holes;
};

/* Makes the folder; removes it and all that is in it. */
void damage_begin(struct damage *damage, const char *what);
void damage_remove(struct damage *damage);

/* The path of one more file of this name, which the caller makes. */
const char *damage_path(struct damage *damage, const char *name);
void damage_write(struct damage *damage, const char *name, const void *data, size_t size);
struct damage_bytes damage_read(const char *path);

/* Everything that can be made from these bytes, a file called NAME-KIND-NUMBER.ENDING each. */
void damage_make(struct damage *damage, const char *name, const char *ending,
                 struct damage_bytes good, const struct damage_plan *plan);

/* The same bytes under endings of other kinds. */
void damage_rename(struct damage *damage, const char *name, const char *ending,
                   struct damage_bytes good, const char *const *endings, size_t count);

/* Which file it is that a line "PATH: what" speaks of, having checked that it is one line; fails
 * the test if it speaks of none. */
size_t damage_said(const struct damage *damage, const char *line);

#endif

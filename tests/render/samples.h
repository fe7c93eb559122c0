/* Samples: scenes as full as the program's fullest. */
#ifndef LACRIMA_TESTS_SAMPLES_H
#define LACRIMA_TESTS_SAMPLES_H

#include "lacrima/core/scene.h"

#include <stddef.h>

struct sample {
    const char *name;
    void (*build)(struct scene *scene); /* adds to a scene that has its colours */
};

extern const struct sample samples[];
extern const size_t sample_count;

#endif

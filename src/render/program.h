/* Program: the shaders, compiled when first needed, and the upload of their uniforms. */
#ifndef LACRIMA_RENDER_PROGRAM_H
#define LACRIMA_RENDER_PROGRAM_H

#include "lacrima/base/error.h"
#include "shapes.h"
#include "uniforms.h"

#include <stdbool.h>

enum uniform {
#define X(type, name, length) UNIFORM_##name,
    UNIFORM_LIST(X)
#undef X
        UNIFORM_COUNT
};

struct program {
    unsigned int id; /* 0: not compiled yet */
    int locations[UNIFORM_COUNT];
};

/* One program for text, one for a figure's strokes, one for photographs, one for several shapes in
 * one pass, one for each shape drawn alone. */
enum program_kind {
    PROGRAM_TEXT,
    PROGRAM_STROKES,
    PROGRAM_PICTURES,
    PROGRAM_SHAPES,
    PROGRAM_SHAPE, /* + the kind of a shape_form */
    PROGRAM_COUNT = PROGRAM_SHAPE + SHAPE_KINDS
};

struct programs {
    bool gles;
    bool compiler_used; /* since it was last told that it may rest */
    struct program items[PROGRAM_COUNT];
};

/* Makes the program current, compiling it at its first use. */
bool programs_use(struct programs *programs, int kind, struct error *error);

/* Gives back what the compiler keeps for more to come (several MB in Mesa, which the next compiling
 * makes anew); true if there was something. */
bool programs_rest(struct programs *programs);

/* Uploads every uniform the current program has. */
void programs_upload(const struct programs *programs, int kind,
                     const struct uniform_values *values);

void programs_finish(struct programs *programs);

#endif

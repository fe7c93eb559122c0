/* The text of every file in shaders/, compiled into the program by shaders/embed.cmake. */
#ifndef LACRIMA_RENDER_SHADER_SOURCES_H
#define LACRIMA_RENDER_SHADER_SOURCES_H

#include <stddef.h>

struct shader_source {
    const char *file; /* "shape.frag.glsl" */
    const char *const *lines;
    int line_count;
};

extern const struct shader_source shader_sources[];
extern const size_t shader_source_count;

#endif

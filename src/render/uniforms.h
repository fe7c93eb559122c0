/* Every uniform of every shader, once.  The upload code (program.c) and the test that compares
 * this list with the GLSL (tests/render) both expand it.
 *
 * X(type, name, length): the GLSL type, the name without its u_, and how many it is an array of. */
#ifndef LACRIMA_RENDER_UNIFORMS_H
#define LACRIMA_RENDER_UNIFORMS_H

/* The most shapes drawn in one pass: twice those of a scene, for a disc is two. */
#define UNIFORM_SHAPES_MAX 12
/* The most strokes of a figure. */
#define UNIFORM_STROKES_MAX 64
/* Photographs: the one that leaves, and the one that comes. */
#define UNIFORM_PICTURES 2

/* size: the field, px.  box: left, top, width, height, px, y down.
 * polygon: inner radius, outer radius, sides around `centre`; 0 sides: the box is drawn.
 * centre: the polygon's, px, y up as in gl_FragCoord.  field: in 8-bit codes.
 * shape_centre: each form's, px, y up.
 * shape_kind: kind, alpha, 0, half the width of a stroke.  shape_form: see shapes.h.
 * stroke_ends: px, y up.  stroke_form: half its width at either end, px, and how
 * much of the colour it shows, below 0 for one that clears.
 * glyph_at: left and top of the text's texture, px, y up.  glyph_look: its row of the looks.
 * picture_map: from gl_FragCoord to each one's texture, factors and offsets.  picture_edge: how far
 * in its edge is soft, of its width and height.  picture_part: how visible each is.  picture_most:
 * the luminance that none goes beyond.
 */
#define UNIFORM_LIST(X)                                                                            \
    X(vec2, size, 1)                                                                               \
    X(vec4, box, 1)                                                                                \
    X(vec3, polygon, 1)                                                                            \
    X(vec2, centre, 1)                                                                             \
    X(vec3, field, 1)                                                                              \
    X(int, shape_count, 1)                                                                         \
    X(vec4, shape_kind, UNIFORM_SHAPES_MAX)                                                        \
    X(vec4, shape_form, UNIFORM_SHAPES_MAX)                                                        \
    X(vec2, shape_centre, UNIFORM_SHAPES_MAX)                                                      \
    X(vec4, stroke_ends, UNIFORM_STROKES_MAX)                                                      \
    X(vec3, stroke_form, UNIFORM_STROKES_MAX)                                                      \
    X(vec2, glyph_at, 1)                                                                           \
    X(int, glyph_look, 1)                                                                          \
    X(vec4, picture_map, UNIFORM_PICTURES)                                                         \
    X(vec2, picture_edge, UNIFORM_PICTURES)                                                        \
    X(vec2, picture_part, 1)                                                                       \
    X(float, picture_most, 1)                                                                      \
    X(sampler2D, picture_a, 1)                                                                     \
    X(sampler2D, picture_b, 1)                                                                     \
    X(sampler2D, ramps, 1)                                                                         \
    X(sampler2D, noise_tile, 1)                                                                    \
    X(sampler2D, glyphs, 1)                                                                        \
    X(sampler2D, looks, 1)

/* What each type is in C: so many floats, or one int (a sampler is its texture unit). */
struct uniform_values {
#define UNIFORM_FIELD_vec2(name, length)      float name[2 * (length)];
#define UNIFORM_FIELD_vec3(name, length)      float name[3 * (length)];
#define UNIFORM_FIELD_vec4(name, length)      float name[4 * (length)];
#define UNIFORM_FIELD_float(name, length)     float name[length];
#define UNIFORM_FIELD_int(name, length)       int name[length];
#define UNIFORM_FIELD_sampler2D(name, length) int name[length];
#define X(type, name, length)                 UNIFORM_FIELD_##type(name, length)
    UNIFORM_LIST(X)
#undef X
};

#endif

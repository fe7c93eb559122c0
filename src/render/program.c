#include "program.h"

#include "inner.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "light.h"
#include "shader_sources.h"
#include "shapes.h"

#include <epoxy/gl.h>

#include <stdio.h>
#include <string.h>

#define SOURCE_LINES_MAX 320
#define HEADER_BYTES     1000
#define LOG_BYTES        400

/* The first OpenGL whose compiler can be released without an extension. */
#define RELEASE_VERSION 41

/* A number as it stands in the source: printf would write it with the locale's comma. */
#define NUMBER_TEXT(x) #x
#define NUMBER(x)      NUMBER_TEXT(x)

/* The text of one shader: the header that differs, then whole files. */
struct source {
    const char *lines[SOURCE_LINES_MAX];
    int count;
};

void inner_forget_errors(void)
{
    for (int i = 0; i < 16 && glGetError() != GL_NO_ERROR; i++) {
    }
}

bool inner_is_well(const char *doing, struct error *error)
{
    GLenum code = glGetError();
    if (code == GL_NO_ERROR)
        return true;
    return error_set(error, "OpenGL reports error 0x%04x while %s", (unsigned)code, doing);
}

static void source_add_file(struct source *source, const char *file)
{
    for (size_t i = 0; i < shader_source_count; i++) {
        const struct shader_source *found = &shader_sources[i];
        if (!text_equal(found->file, file))
            continue;
        check(source->count + found->line_count <= SOURCE_LINES_MAX);
        memcpy(&source->lines[source->count], found->lines,
               (size_t)found->line_count * sizeof found->lines[0]);
        source->count += found->line_count;
        return;
    }
    check(!"the shader file is compiled in");
}

/* What GL 3.3 and GLES 3.0 disagree about, and the numbers that C and GLSL share. */
static void write_header(char *header, bool gles, int kind)
{
    char alone[32] = "";
    if (kind > PROGRAM_SHAPE)
        (void)snprintf(alone, sizeof alone, "#define KIND %d\n", kind - PROGRAM_SHAPE);
    int length =
        snprintf(header, HEADER_BYTES,
                 "%s#define KIND_DISC %d\n#define KIND_RING %d\n#define KIND_BAR %d\n"
                 "#define KIND_EYELID %d\n#define KIND_JAW %d\n#define KIND_GLOW %d\n"
                 "#define KIND_DOT %d\n#define KIND_BULLSEYE %d\n#define KIND_EMBER %d\n"
                 "#define KIND_DRAIN %d\n#define RAMP_ROWS %d\n#define RAMP_ACCENT %d\n"
                 "#define RAMP_LINE %d\n#define RAMP_FIGURE %d\n#define RAMP_DRAIN %d\n"
                 "#define RAMP_STEPS %d\n"
                 "#define STROKES_MAX %d\n#define SHAPES_MAX %d\n#define DISC_RIM %s\n"
                 "#define DISC_FALLOFF %s\n#define IRIS_RISE %s\n#define IRIS_DEPTH %s\n%s",
                 gles ? "#version 300 es\nprecision highp float;\nprecision highp int;\n"
                        "precision highp sampler2D;\n"
                      : "#version 330 core\n",
                 SCENE_SHAPE_DISC, SHAPE_RING, SCENE_SHAPE_BAR, SCENE_SHAPE_EYELID, SCENE_SHAPE_JAW,
                 SCENE_SHAPE_GLOW, SCENE_SHAPE_DOT, SCENE_SHAPE_BULLSEYE, SCENE_SHAPE_EMBER,
                 SCENE_SHAPE_DRAIN, RAMP_ROWS, RAMP_ACCENT, RAMP_LINE, RAMP_FIGURE, RAMP_DRAIN,
                 RAMP_STEPS, UNIFORM_STROKES_MAX, UNIFORM_SHAPES_MAX, NUMBER(DISC_RIM),
                 NUMBER(DISC_FALLOFF), NUMBER(IRIS_RISE), NUMBER(IRIS_DEPTH), alone);
    check(length > 0 && length < HEADER_BYTES);
}

static GLuint compile(GLenum type, const struct source *source, struct error *error)
{
    GLuint shader = glCreateShader(type);
    glShaderSource(shader, source->count, source->lines, NULL);
    glCompileShader(shader);
    GLint compiled = GL_FALSE;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
    if (compiled)
        return shader;
    char log[LOG_BYTES] = "";
    glGetShaderInfoLog(shader, sizeof log, NULL, log);
    glDeleteShader(shader);
    (void)error_set(error, "OpenGL does not compile a shader: %s", log);
    return 0;
}

static bool link_program(struct program *program, GLuint vertex, GLuint fragment,
                         struct error *error)
{
    GLuint id = glCreateProgram();
    glAttachShader(id, vertex);
    glAttachShader(id, fragment);
    glLinkProgram(id);
    /* Or the program would keep their texts and what was made of them. */
    glDetachShader(id, vertex);
    glDetachShader(id, fragment);
    GLint linked = GL_FALSE;
    glGetProgramiv(id, GL_LINK_STATUS, &linked);
    if (!linked) {
        char log[LOG_BYTES] = "";
        glGetProgramInfoLog(id, sizeof log, NULL, log);
        glDeleteProgram(id);
        return error_set(error, "OpenGL does not link a shader program: %s", log);
    }
    program->id = id;
#define X(type, name, length)                                                                      \
    program->locations[UNIFORM_##name] = glGetUniformLocation(id, "u_" #name);
    UNIFORM_LIST(X)
#undef X
    return true;
}

static bool build(struct programs *programs, int kind, struct error *error)
{
    char header[HEADER_BYTES];
    write_header(header, programs->gles, kind);
    bool strokes = kind == PROGRAM_STROKES;
    programs->compiler_used = true;
    struct source vertex = {.lines = {header}, .count = 1};
    source_add_file(&vertex, strokes ? "stroke.vert.glsl" : "place.vert.glsl");
    struct source fragment = {.lines = {header}, .count = 1};
    source_add_file(&fragment, "light.glsl");
    source_add_file(&fragment, kind == PROGRAM_TEXT       ? "text.frag.glsl"
                               : strokes                  ? "stroke.frag.glsl"
                               : kind == PROGRAM_PICTURES ? "picture.frag.glsl"
                                                          : "shape.frag.glsl");
    GLuint vertex_shader = compile(GL_VERTEX_SHADER, &vertex, error);
    if (vertex_shader == 0)
        return false;
    GLuint fragment_shader = compile(GL_FRAGMENT_SHADER, &fragment, error);
    bool built = fragment_shader != 0 &&
                 link_program(&programs->items[kind], vertex_shader, fragment_shader, error);
    glDeleteShader(vertex_shader);
    glDeleteShader(fragment_shader);
    return built;
}

bool programs_use(struct programs *programs, int kind, struct error *error)
{
    check(kind >= 0 && kind < PROGRAM_COUNT);
    if (programs->items[kind].id == 0 && !build(programs, kind, error))
        return false;
    glUseProgram(programs->items[kind].id);
    return true;
}

bool programs_rest(struct programs *programs)
{
    if (!programs->compiler_used)
        return false;
    programs->compiler_used = false;
    bool can = programs->gles || epoxy_gl_version() >= RELEASE_VERSION ||
               epoxy_has_gl_extension("GL_ARB_ES2_compatibility");
    if (can)
        glReleaseShaderCompiler();
    return can;
}

static void upload_vec2(int location, int length, const float *value)
{
    glUniform2fv(location, length, value);
}

static void upload_vec3(int location, int length, const float *value)
{
    glUniform3fv(location, length, value);
}

static void upload_vec4(int location, int length, const float *value)
{
    glUniform4fv(location, length, value);
}

static void upload_float(int location, int length, const float *value)
{
    glUniform1fv(location, length, value);
}

static void upload_int(int location, int length, const int *value)
{
    glUniform1iv(location, length, value);
}

static void upload_sampler2D(int location, int length, const int *value)
{
    glUniform1iv(location, length, value);
}

void programs_upload(const struct programs *programs, int kind, const struct uniform_values *values)
{
    const int *locations = programs->items[kind].locations;
#define X(type, name, length)                                                                      \
    if (locations[UNIFORM_##name] >= 0)                                                            \
        upload_##type(locations[UNIFORM_##name], length, values->name);
    UNIFORM_LIST(X)
#undef X
}

void programs_finish(struct programs *programs)
{
    for (int i = 0; i < PROGRAM_COUNT; i++) {
        glDeleteProgram(programs->items[i].id);
        programs->items[i] = (struct program){0};
    }
}

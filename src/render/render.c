#include "lacrima/render.h"

#include "inner.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "page_draw.h"
#include "strokes.h"

#include <epoxy/gl.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_MAX_PX    16384
#define PIXEL_BYTES    4
#define RGB_BYTES      3
#define STROKE_CORNERS 6

_Static_assert(UNIFORM_SHAPES_MAX >= SHAPE_FORMS_MAX, "a pass holds every shape of a scene");

static float measure(void *user, const char *text, size_t length)
{
    return text_cache_width(user, text, length);
}

static bool create_framebuffer(struct render *render, struct error *error)
{
    glGenRenderbuffers(1, &render->colours);
    glBindRenderbuffer(GL_RENDERBUFFER, render->colours);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, render->width, render->height);
    glGenFramebuffers(1, &render->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                              render->colours);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
        return error_set(error, "OpenGL cannot draw off-screen at %dx%d", render->width,
                         render->height);
    return inner_is_well("making an off-screen picture", error);
}

static void describe(struct render *render, bool gles)
{
    const char *version = (const char *)glGetString(GL_VERSION);
    const char *renderer = (const char *)glGetString(GL_RENDERER);
    (void)snprintf(render->description, sizeof render->description, "%s%s, %s",
                   gles ? "" : "OpenGL ", version != NULL ? version : "?",
                   renderer != NULL ? renderer : "?");
}

static bool create_parts(struct render *render, const struct render_params *params,
                         struct error *error)
{
    render->layout = calloc(1, sizeof *render->layout);
    render->texts = calloc(1, sizeof *render->texts);
    render->light = calloc(1, sizeof *render->light);
    render->scribe = scribe_create(params->font_family, params->say, params->say_user);
    if (render->layout == NULL || render->texts == NULL || render->light == NULL ||
        render->scribe == NULL)
        return error_set(error, "out of memory");
    inner_forget_errors();
    text_cache_init(render->texts, render->scribe);
    render->help = (struct layout_help){params->translate, measure, render->texts};
    render->programs.gles = params->gles;
    glGenVertexArrays(1, &render->vertices);
    light_init(render->light);
    render->uniforms.ramps[0] = UNIT_RAMPS;
    render->uniforms.noise_tile[0] = UNIT_NOISE;
    render->uniforms.glyphs[0] = UNIT_GLYPHS;
    render->uniforms.picture_a[0] = UNIT_PICTURE;
    render->uniforms.picture_b[0] = UNIT_PICTURE + 1;
    describe(render, params->gles);
    if (!inner_is_well("getting ready", error))
        return false;
    return !render->offscreen || create_framebuffer(render, error);
}

bool render_create(struct render **render, const struct render_params *params, struct error *error)
{
    check(render != NULL && params != NULL);
    check(params->width_px >= 1 && params->width_px <= SIZE_MAX_PX);
    check(params->height_px >= 1 && params->height_px <= SIZE_MAX_PX);
    *render = NULL;
    struct render *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, "out of memory");
    made->width = params->width_px;
    made->height = params->height_px;
    made->offscreen = params->offscreen;
    made->say = params->say;
    made->say_user = params->say_user;
    if (!create_parts(made, params, error)) {
        render_destroy(&made);
        return false;
    }
    *render = made;
    return true;
}

bool render_resize(struct render *render, int width_px, int height_px, struct error *error)
{
    check(width_px >= 1 && width_px <= SIZE_MAX_PX && height_px >= 1 && height_px <= SIZE_MAX_PX);
    if (render->width == width_px && render->height == height_px)
        return true;
    render->width = width_px;
    render->height = height_px;
    if (!render->offscreen)
        return true;
    inner_forget_errors();
    glBindRenderbuffer(GL_RENDERBUFFER, render->colours);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_px, height_px);
    return inner_is_well("changing the size", error);
}

static void clear_to(const int codes[3])
{
    glClearColor((float)codes[0] / 255.0F, (float)codes[1] / 255.0F, (float)codes[2] / 255.0F,
                 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

/* The field is flat, so clearing is drawing it. */
static void draw_field(struct render *render, const struct scene *scene)
{
    light_codes(scene->field, render->field);
    for (int i = 0; i < 3; i++)
        render->uniforms.field[i] = (float)render->field[i];
    clear_to(render->field);
}

void inner_set_ramp(struct render *render, enum ramp ramp, const int ground[3],
                    struct colour colour)
{
    glActiveTexture(GL_TEXTURE0 + UNIT_RAMPS);
    light_set_ramp(render->light, ramp, ground, colour);
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
}

/* Draws with the current program; a polygon's corners come in pairs, inner and outer. */
static void draw_place(struct render *render, int kind, const struct shape_place *place)
{
    memcpy(render->uniforms.box, place->box, sizeof place->box);
    memcpy(render->uniforms.polygon, place->polygon, sizeof place->polygon);
    programs_upload(&render->programs, kind, &render->uniforms);
    GLsizei corners = place->polygon[2] > 0.0F ? 2 * ((GLsizei)place->polygon[2] + 1) : 4;
    glDrawArrays(GL_TRIANGLE_STRIP, 0, corners);
}

void inner_draw_box(struct render *render, int kind, struct render_box box)
{
    struct shape_place place = {
        .box = {(float)box.x, (float)box.y, (float)box.width, (float)box.height}};
    draw_place(render, kind, &place);
}

static void set_form_uniforms(struct render *render, size_t at, const struct shape_form *form)
{
    float *kind = &render->uniforms.shape_kind[4 * at];
    kind[0] = (float)form->kind;
    kind[1] = form->alpha;
    kind[3] = form->stroke;
    memcpy(&render->uniforms.shape_form[4 * at], form->form, sizeof form->form);
    float *centre = &render->uniforms.shape_centre[2 * at];
    centre[0] = form->centre[0];
    centre[1] = (float)render->height - form->centre[1];
    memcpy(render->uniforms.centre, centre, sizeof render->uniforms.centre);
}

/* Forms that share no pixel are drawn one by one, each by a program of its own inside a place as
 * tight as it is; else all are mixed in one pass over the box around them. */
static bool draw_forms(struct render *render, const struct shape_forms *forms, struct error *error)
{
    for (size_t i = 0; i < forms->count; i++) {
        int kind = forms->apart ? PROGRAM_SHAPE + forms->items[i].kind : PROGRAM_SHAPES;
        set_form_uniforms(render, forms->apart ? 0 : i, &forms->items[i]);
        if (!forms->apart && i + 1 < forms->count)
            continue;
        struct shape_place place = forms->apart ? forms->items[i].place : shape_forms_box(forms);
        render->uniforms.shape_count[0] = (int)forms->count;
        if (!programs_use(&render->programs, kind, error))
            return false;
        draw_place(render, kind, &place);
    }
    return true;
}

/* What is flat is cleared, and only the soft surface is worked out pixel by pixel. */
static bool draw_drain(struct render *render, const struct shape_drain *drain, struct error *error)
{
    if (drain->level < render->height) {
        glEnable(GL_SCISSOR_TEST);
        glScissor(0, 0, render->width, render->height - drain->level);
        clear_to(drain->codes);
        glDisable(GL_SCISSOR_TEST);
    }
    if (!drain->has_surface)
        return true;
    inner_set_ramp(render, RAMP_DRAIN, render->field,
                   colour_from_codes(drain->codes[0], drain->codes[1], drain->codes[2]));
    const struct shape_forms forms = {.count = 1, .items = {drain->form}, .apart = true};
    return draw_forms(render, &forms, error);
}

static bool draw_shapes(struct render *render, const struct scene *scene, struct error *error)
{
    struct shape_drain drain;
    shape_drain_init(&drain, scene, render->width, render->height, render->field);
    render->drained = drain.visible;
    render->uniforms.glyph_over[0] = drain.visible ? 1.0F : 0.0F;
    if (drain.visible)
        return draw_drain(render, &drain, error);
    struct shape_forms forms;
    shape_forms_init(&forms, scene, render->width, render->height);
    if (forms.count == 0)
        return true;
    inner_set_ramp(render, RAMP_ACCENT, render->field, scene->accent);
    inner_set_ramp(render, RAMP_LINE, render->field, scene->line);
    return draw_forms(render, &forms, error);
}

/* Strokes meet at every joint.  Of what two of them would write, the one further from the field
 * stays: each colour that rises from the field to the line takes the greater code, each that falls
 * the lesser. */
static void draw_strokes(const struct render *render, const int line[3], GLint first, GLsizei count)
{
    for (int falls = 0; falls < 2; falls++) {
        GLboolean takes[3];
        for (int i = 0; i < 3; i++)
            takes[i] = (line[i] < render->field[i]) == (falls == 1) ? GL_TRUE : GL_FALSE;
        if (!takes[0] && !takes[1] && !takes[2])
            continue;
        glColorMask(takes[0], takes[1], takes[2], GL_FALSE);
        glBlendEquation(falls == 1 ? GL_MIN : GL_MAX);
        glDrawArrays(GL_TRIANGLES, STROKE_CORNERS * first, STROKE_CORNERS * count);
    }
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

static void clear_strokes(GLint first, GLsizei count)
{
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
    glDrawArrays(GL_TRIANGLES, STROKE_CORNERS * first, STROKE_CORNERS * count);
}

/* In the order of the scene, as many at once as are of one sort. */
static bool draw_figure(struct render *render, const struct scene *scene, struct error *error)
{
    size_t count = strokes_place(scene, render->width, render->height, &render->uniforms);
    if (count == 0)
        return true;
    struct colour colour = strokes_colour(scene);
    inner_set_ramp(render, RAMP_LINE, render->field, colour);
    if (!programs_use(&render->programs, PROGRAM_STROKES, error))
        return false;
    programs_upload(&render->programs, PROGRAM_STROKES, &render->uniforms);
    int line[3];
    light_codes(colour, line);
    glEnable(GL_BLEND);
    const struct scene_stroke *strokes = scene->figure.strokes;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && strokes[end].clears == strokes[first].clears; end++)
            continue;
        if (strokes[first].clears)
            clear_strokes((GLint)first, (GLsizei)(end - first));
        else
            draw_strokes(render, line, (GLint)first, (GLsizei)(end - first));
    }
    glDisable(GL_BLEND);
    return true;
}

static int clamp_int(int x, int low, int high)
{
    return x > high ? (high > low ? high : low) : x < low ? low : x;
}

struct render_box inner_ink_box(const struct render *render, const struct text_line *line, int x,
                                int y)
{
    int safe_x = (int)ceil(render->width * LAYOUT_SAFE);
    int safe_y = (int)ceil(render->height * LAYOUT_SAFE);
    return (struct render_box){
        .x = clamp_int(x + line->left, safe_x, render->width - safe_x - line->width),
        .y = clamp_int(y + line->top, safe_y, render->height - safe_y - line->height),
        .width = line->width,
        .height = line->height};
}

void inner_draw_ink(struct render *render, const struct text_line *line, struct render_box box,
                    float alpha)
{
    /* The texture's rows run down, gl_FragCoord's up. */
    float *map = render->uniforms.glyph_map;
    map[0] = 1.0F / (float)box.width;
    map[1] = -1.0F / (float)box.height;
    map[2] = -(float)box.x * map[0];
    map[3] = ((float)render->height - (float)box.y) / (float)box.height;
    render->uniforms.glyph_alpha[0] = fminf(alpha, 1.0F);
    glBindTexture(GL_TEXTURE_2D, line->texture);
    inner_draw_box(render, PROGRAM_TEXT, box);
}

/* Where the ink lies; drift and tall letters may not take it out of the safe area. */
static struct render_box box_of(const struct render *render, const struct scene *scene,
                                const struct layout_piece *piece, const struct text_line *line)
{
    float pen = piece->x;
    switch (piece->align) {
    case LAYOUT_LEFT:
        break;
    case LAYOUT_CENTRE:
        pen -= (float)line->advance / 2.0F;
        break;
    case LAYOUT_RIGHT:
        pen -= (float)line->advance;
        break;
    }
    return inner_ink_box(render, line, (int)lroundf(pen) + scene->drift_x_px,
                         (int)lroundf(piece->base) + scene->drift_y_px);
}

static void draw_piece(struct render *render, const struct scene *scene,
                       const struct layout_piece *piece, const struct text_line *line)
{
    const struct scene_line *said = &scene->lines[piece->line];
    struct render_box box = box_of(render, scene, piece, line);
    render->boxes[render->box_count++] = box;
    float *row = render->uniforms.glyph_row;
    bool faint = said->ink == SCENE_INK_FAINT && !render->drained;
    row[0] = faint ? (float)RAMP_INK_FAINT : (float)RAMP_INK;
    row[2] = 0.0F;
    inner_draw_ink(render, line, box, said->alpha);
}

static bool has_visible_line(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        if (scene->lines[i].alpha > 0.0F)
            return true;
    }
    return false;
}

const struct text_line *inner_line(struct render *render, const char *text, size_t length,
                                   int size_px, struct runs_style style)
{
    const struct text_line *line = text_cache_line(render->texts, text, length, size_px, style);
    if (line == NULL && !render->said_full && render->say != NULL) {
        render->say(render->say_user, "There is no room for more text; some is left out.");
        render->said_full = true;
    }
    return line != NULL && line->texture != 0 ? line : NULL;
}

/* The window's own alpha stays whole. */
static void lay_over(void)
{
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
}

static bool draw_texts(struct render *render, const struct scene *scene, struct error *error)
{
    if (!has_visible_line(scene))
        return true;
    inner_set_ramp(render, RAMP_INK, render->field, render->drained ? scene->ink_over : scene->ink);
    inner_set_ramp(render, RAMP_INK_FAINT, render->field, scene->ink_faint);
    if (render->drained)
        lay_over();
    layout_update(render->layout, scene, render->width, render->height, &render->help);
    if (!programs_use(&render->programs, PROGRAM_TEXT, error))
        return false;
    for (size_t i = 0; i < render->layout->piece_count; i++) {
        const struct layout_piece *piece = &render->layout->pieces[i];
        if (!(scene->lines[piece->line].alpha > 0.0F))
            continue;
        const struct text_line *line =
            inner_line(render, render->layout->texts + piece->at, piece->length, piece->size_px,
                       (struct runs_style){.base = piece->direction});
        if (line != NULL)
            draw_piece(render, scene, piece, line);
    }
    return true;
}

/* What a text would write is mixed with the field.  Over a photograph that is coming or leaving,
 * the one of the two that is further from the field stays, so that no box shows. */
static bool draw_words(struct render *render, const struct scene *scene, const struct page *page,
                       struct error *error)
{
    bool over = pictures_visible(render, scene);
    if (over) {
        bool rises = colour_luminance(scene->ink) > colour_luminance(scene->field);
        glEnable(GL_BLEND);
        glBlendEquation(rises ? GL_MAX : GL_MIN);
    }
    bool drawn =
        draw_texts(render, scene, error) && (page == NULL || page_draw(render, scene, page, error));
    glDisable(GL_BLEND);
    return drawn;
}

bool render_draw(struct render *render, const struct scene *scene, const struct page *page,
                 struct error *error)
{
    check(render != NULL && scene != NULL);
    inner_forget_errors();
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glViewport(0, 0, render->width, render->height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DITHER);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    draw_field(render, scene);
    glBindVertexArray(render->vertices);
    glActiveTexture(GL_TEXTURE0 + UNIT_RAMPS);
    glBindTexture(GL_TEXTURE_2D, render->light->ramps);
    glActiveTexture(GL_TEXTURE0 + UNIT_NOISE);
    glBindTexture(GL_TEXTURE_2D, render->light->noise_tile);
    render->uniforms.size[0] = (float)render->width;
    render->uniforms.size[1] = (float)render->height;
    render->box_count = 0;
    text_cache_begin_frame(render->texts);
    return pictures_draw(render, scene, error) && draw_shapes(render, scene, error) &&
           draw_figure(render, scene, error) && draw_words(render, scene, page, error) &&
           inner_is_well("drawing", error);
}

void render_read(struct render *render, uint8_t *rgb, size_t size)
{
    check(render->offscreen);
    size_t width = (size_t)render->width;
    check(size == width * (size_t)render->height * RGB_BYTES);
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    /* One row at a time: GLES reads RGBA only, rows come from the bottom, and no second picture
     * is held. */
    uint8_t row[SIZE_MAX_PX * PIXEL_BYTES];
    for (int y = 0; y < render->height; y++) {
        glReadPixels(0, render->height - 1 - y, render->width, 1, GL_RGBA, GL_UNSIGNED_BYTE, row);
        uint8_t *out = rgb + (size_t)y * width * RGB_BYTES;
        for (size_t x = 0; x < width; x++)
            memcpy(out + x * RGB_BYTES, row + x * PIXEL_BYTES, RGB_BYTES);
    }
}

size_t render_text_boxes(const struct render *render, struct render_box *boxes, size_t room)
{
    for (size_t i = 0; i < render->box_count && i < room; i++)
        boxes[i] = render->boxes[i];
    return render->box_count;
}

const char *render_description(const struct render *render)
{
    return render->description;
}

void render_forget(struct render *render)
{
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
    text_cache_forget(render->texts);
    scribe_forget(render->scribe);
    /* What a scene said may have been a person's own too. */
    text_wipe(render->layout, sizeof *render->layout);
}

bool render_rest(struct render *render)
{
    return programs_rest(&render->programs);
}

void render_destroy(struct render **render)
{
    if (render == NULL || *render == NULL)
        return;
    struct render *r = *render;
    programs_finish(&r->programs);
    pictures_finish(&r->pictures);
    if (r->texts != NULL)
        text_cache_finish(r->texts);
    if (r->light != NULL)
        light_finish(r->light);
    glDeleteVertexArrays(1, &r->vertices);
    glDeleteFramebuffers(1, &r->framebuffer);
    glDeleteRenderbuffers(1, &r->colours);
    scribe_destroy(&r->scribe);
    free(r->texts);
    free(r->light);
    free(r->layout);
    free(r);
    *render = NULL;
}

#include "draw.h"

#include "page_draw.h"
#include "page_inks.h"
#include "strokes.h"

#include <epoxy/gl.h>

#include <math.h>
#include <string.h>

#define STROKE_CORNERS 6

_Static_assert(UNIFORM_SHAPES_MAX >= SHAPE_FORMS_MAX, "a pass holds every shape of a scene");

static int clamp_int(int x, int low, int high)
{
    return x > high ? (high > low ? high : low) : x < low ? low : x;
}

static void clear_to(const int codes[3])
{
    glClearColor((float)codes[0] / 255.0F, (float)codes[1] / 255.0F, (float)codes[2] / 255.0F,
                 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

void inner_set_ramp(struct render *render, enum ramp ramp, const int ground[3],
                    struct colour colour)
{
    glActiveTexture(GL_TEXTURE0 + UNIT_RAMPS);
    light_set_ramp(render->light, ramp, ground, colour);
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
}

static void scissor(const struct render *render, const struct box *box)
{
    glEnable(GL_SCISSOR_TEST);
    glScissor(box->x, render->height - box->y - box->height, box->width, box->height);
}

bool inner_cut(const struct render *render, const struct box *box)
{
    const struct box *clip = &render->clip;
    struct box both = *box;
    if (render->clips) {
        int right = clamp_int(box->x + box->width, clip->x, clip->x + clip->width);
        int bottom = clamp_int(box->y + box->height, clip->y, clip->y + clip->height);
        both.x = clamp_int(box->x, clip->x, clip->x + clip->width);
        both.y = clamp_int(box->y, clip->y, clip->y + clip->height);
        both.width = right - both.x;
        both.height = bottom - both.y;
    }
    if (both.width <= 0 || both.height <= 0)
        return false;
    scissor(render, &both);
    return true;
}

void inner_uncut(const struct render *render)
{
    if (render->clips)
        scissor(render, &render->clip);
    else
        glDisable(GL_SCISSOR_TEST);
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

void inner_draw_box(struct render *render, int kind, struct box box)
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
static bool draw_form(struct render *render, const struct shape_form *form,
                      const struct shape_place *place, struct error *error)
{
    int kind = PROGRAM_SHAPE + form->kind;
    set_form_uniforms(render, 0, form);
    render->uniforms.shape_count[0] = 1;
    if (!programs_use(&render->programs, kind, error))
        return false;
    draw_place(render, kind, place);
    return true;
}

static bool draw_mixed(struct render *render, const struct shape_forms *forms, struct error *error)
{
    for (size_t i = 0; i < forms->count; i++)
        set_form_uniforms(render, i, &forms->items[i]);
    render->uniforms.shape_count[0] = (int)forms->count;
    if (!programs_use(&render->programs, PROGRAM_SHAPES, error))
        return false;
    draw_place(render, PROGRAM_SHAPES, &render->frame->repair.grown[0]);
    return true;
}

static bool draw_forms(struct render *render, struct error *error)
{
    const struct shape_forms *forms = &render->frame->forms;
    const struct shape_place *grown = render->frame->repair.grown;
    if (!forms->apart)
        return !frame_draws(render->frame, 0) || draw_mixed(render, forms, error);
    for (size_t i = 0; i < forms->count; i++) {
        if (frame_draws(render->frame, i) && !draw_form(render, &forms->items[i], &grown[i], error))
            return false;
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
    return draw_form(render, &drain->form, &drain->form.place, error);
}

static bool draw_shapes(struct render *render, const struct scene *scene, struct error *error)
{
    if (render->drained)
        return draw_drain(render, &render->drain, error);
    if (render->frame->forms.count == 0)
        return true;
    inner_set_ramp(render, RAMP_ACCENT, render->field, scene->accent);
    inner_set_ramp(render, RAMP_LINE, render->field, scene->line);
    return draw_forms(render, error);
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
    size_t count = render->frame->stroke_count;
    if (count == 0 || !frame_draws(render->frame, frame_figure_at(render->frame)))
        return true;
    struct colour colour = strokes_colour(scene);
    inner_set_ramp(render, RAMP_FIGURE, render->field, colour);
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

struct box inner_ink_box(const struct render *render, const struct text_line *line, int x, int y)
{
    int safe_x = (int)ceil(render->width * LAYOUT_SAFE);
    int safe_y = (int)ceil(render->height * LAYOUT_SAFE);
    return (struct box){
        .x = clamp_int(x + line->left, safe_x, render->width - safe_x - line->width),
        .y = clamp_int(y + line->top, safe_y, render->height - safe_y - line->height),
        .width = line->width,
        .height = line->height};
}

struct look inner_look(const struct render *render, struct colour colour, float alpha)
{
    return (struct look){.colour = colour,
                         .ground = {render->field[0], render->field[1], render->field[2]},
                         .alpha = alpha,
                         .over = render->drained};
}

bool inner_draw_ink(struct render *render, const struct text_line *line, struct box box,
                    const struct look *look, struct error *error)
{
    if (!programs_use(&render->programs, PROGRAM_TEXT, error))
        return false;
    render->uniforms.glyph_at[0] = (float)box.x;
    render->uniforms.glyph_at[1] = (float)(render->height - box.y);
    render->uniforms.glyph_look[0] = looks_row(render->looks, render->light, look);
    glActiveTexture(GL_TEXTURE0 + UNIT_LOOKS);
    looks_bind(render->looks);
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
    glBindTexture(GL_TEXTURE_2D, line->texture);
    inner_draw_box(render, PROGRAM_TEXT, box);
    return true;
}

/* Where the ink lies; drift and tall letters may not take it out of the safe area. */
static struct box box_of(const struct render *render, const struct scene *scene,
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

/* Takes the line into the frame, and where it stands. */
static void take_piece(struct render *render, const struct scene *scene,
                       const struct layout_piece *piece, const struct text_line *line)
{
    const struct scene_line *said = &scene->lines[piece->line];
    struct box box = box_of(render, scene, piece, line);
    render->boxes[render->box_count++] = box;
    render->frame->texts[render->frame->text_count++] =
        (struct frame_text){.line = line,
                            .box = box,
                            .alpha = said->alpha,
                            .faint = said->ink == SCENE_INK_FAINT && !render->drained};
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

static void take_texts(struct render *render, const struct scene *scene)
{
    render->box_count = 0;
    render->frame->text_count = 0;
    text_cache_begin_frame(render->texts);
    page_inks_hold(render);
    if (!has_visible_line(scene))
        return;
    layout_update(render->layout, scene, render->width, render->height, &render->help);
    for (size_t i = 0; i < render->layout->piece_count; i++) {
        const struct layout_piece *piece = &render->layout->pieces[i];
        if (!(scene->lines[piece->line].alpha > 0.0F))
            continue;
        const struct text_line *line =
            inner_line(render, render->layout->texts + piece->at, piece->length, piece->size_px,
                       (struct runs_style){.base = piece->direction});
        if (line != NULL)
            take_piece(render, scene, piece, line);
    }
}

static struct look look_of(const struct render *render, const struct scene *scene,
                           const struct frame_text *text)
{
    return inner_look(render,
                      text->faint       ? scene->ink_faint
                      : render->drained ? scene->ink_over
                                        : scene->ink,
                      text->alpha);
}

static void ask_looks(struct render *render, const struct scene *scene)
{
    for (size_t i = 0; i < render->frame->text_count; i++) {
        struct look look = look_of(render, scene, &render->frame->texts[i]);
        if (frame_draws_text(render->frame, i))
            (void)looks_row(render->looks, render->light, &look);
    }
}

static bool draw_texts(struct render *render, const struct scene *scene, struct error *error)
{
    const struct frame *frame = render->frame;
    if (render->drained)
        lay_over();
    for (size_t i = 0; i < frame->text_count; i++) {
        const struct frame_text *text = &frame->texts[i];
        struct look look = look_of(render, scene, text);
        if (frame_draws_text(frame, i) &&
            !inner_draw_ink(render, text->line, text->box, &look, error))
            return false;
    }
    return true;
}

/* What a text would write is mixed with the field.  Over a photograph that is coming or leaving,
 * the one of the two that is further from the field stays, so that no box shows. */
static bool draw_words(struct render *render, const struct scene *scene, struct error *error)
{
    bool over = pictures_visible(render, scene);
    if (over) {
        bool rises = colour_luminance(scene->ink) > colour_luminance(scene->field);
        glEnable(GL_BLEND);
        glBlendEquation(rises ? GL_MAX : GL_MIN);
    }
    bool drawn = draw_texts(render, scene, error) && page_draw(render, scene, error);
    glDisable(GL_BLEND);
    return drawn;
}

/* What every pixel depends on. */
static uint64_t ground_of(const struct render *render, const struct scene *scene)
{
    const struct colour colours[] = {scene->accent, scene->line, scene->ink, scene->ink_faint};
    const int size[] = {render->width, render->height};
    uint64_t hash = frame_hash(0, render->field, sizeof render->field);
    return frame_hash(frame_hash(hash, size, sizeof size), colours, sizeof colours);
}

void draw_take(struct render *render, const struct scene *scene, const struct page *page)
{
    struct frame *frame = render->frame;
    light_codes(scene->field, render->field);
    for (int i = 0; i < 3; i++)
        render->uniforms.field[i] = (float)render->field[i];
    shape_drain_init(&render->drain, scene, render->width, render->height, render->field);
    render->drained = render->drain.visible;
    shape_forms_init(&frame->forms, scene, render->width, render->height);
    frame->stroke_count = strokes_place(scene, render->width, render->height, &render->uniforms);
    /* New lines become textures. */
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
    take_texts(render, scene);
    frame_begin(frame, ground_of(render, scene),
                render->drained || pictures_visible(render, scene));
    frame_note(frame, &render->uniforms, render->height);
    page_view_take(render, scene, page);
}

static bool draw_part(struct render *render, const struct scene *scene, struct error *error)
{
    inner_uncut(render);
    /* The field is flat, so clearing is drawing it. */
    if (render->frame->repair.kind != REPAIR_OVER)
        clear_to(render->field);
    return pictures_draw(render, scene, error) && draw_shapes(render, scene, error) &&
           draw_figure(render, scene, error) && draw_words(render, scene, error);
}

bool draw_repair(struct render *render, const struct scene *scene, struct error *error)
{
    struct frame *frame = render->frame;
    const struct boxes *boxes = &frame->repair.boxes;
    render->clips = frame->repair.kind == REPAIR_BOX;
    /* Before anything is drawn: a table that changes between two texts ends a pass. */
    ask_looks(render, scene);
    page_ask_looks(render);
    bool drawn = true;
    if (!render->clips)
        drawn = draw_part(render, scene, error);
    for (size_t i = 0; drawn && render->clips && i < boxes->count; i++) {
        render->clip = boxes->items[i];
        frame_draw_part(frame, i);
        drawn = draw_part(render, scene, error);
    }
    frame_draw_all(frame);
    glDisable(GL_SCISSOR_TEST);
    return drawn;
}

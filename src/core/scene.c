#include "lacrima/core/scene.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

void scene_init(struct scene *scene)
{
    /* What lies beyond the counts says nothing; a scene is made every frame, and it is large. */
    memset(scene, 0, offsetof(struct scene, figure.strokes));
    scene->line_count = 0;
    scene->text_scale = 1.0F;
}

struct scene_line *scene_add_line(struct scene *scene, enum scene_slot slot, enum scene_style style,
                                  const char *text)
{
    check(scene->line_count <= SCENE_LINES_MAX);
    if (scene->line_count < SCENE_LINES_MAX)
        scene->line_count++;
    struct scene_line *line = &scene->lines[scene->line_count - 1];
    memset(line, 0, sizeof *line);
    line->slot = slot;
    line->style = style;
    line->alpha = 1.0F;
    (void)text_copy(line->text, sizeof line->text, text);
    return line;
}

static void add_shape(struct scene *scene, enum scene_shape_kind kind, bool beside, double amount,
                      double alpha)
{
    if (alpha <= 0.0 || scene->shape_count == SCENE_SHAPES_MAX)
        return;
    scene->shapes[scene->shape_count++] =
        (struct scene_shape){.kind = kind,
                             .beside = beside,
                             .amount = (float)ease_clamp(amount, 0.0, 1.0),
                             .alpha = (float)ease_clamp(alpha, 0.0, 1.0)};
}

void scene_add_shape(struct scene *scene, enum scene_shape_kind kind, double amount, double alpha)
{
    add_shape(scene, kind, false, amount, alpha);
}

void scene_add_shape_beside(struct scene *scene, enum scene_shape_kind kind, double amount,
                            double alpha)
{
    add_shape(scene, kind, true, amount, alpha);
}

void scene_bare(struct scene *scene)
{
    scene->page = 0.0F;
    scene->entry = false;
    scene->film = false;
    for (int i = 0; i < SCENE_PICTURES; i++)
        scene->pictures[i] = 0.0F;
    scene->shape_count = 0;
    scene->figure.kind = 0;
    scene->figure.alpha = 0.0F;
    scene->figure.stroke_count = 0;
    scene->line_count = 0;
}

static bool colour_equal(struct colour a, struct colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

/* Whether two lines say the same thing in the same place, however visible they are. */
static bool line_same(const struct scene_line *a, const struct scene_line *b)
{
    return a->slot == b->slot && a->style == b->style && a->literal == b->literal &&
           text_equal(a->key, b->key) && text_equal(a->text, b->text) && text_equal(a->arg, b->arg);
}

static bool line_equal(const struct scene_line *a, const struct scene_line *b)
{
    return line_same(a, b) && a->ink == b->ink && a->marked == b->marked && a->layer == b->layer &&
           a->alpha == b->alpha;
}

static bool shape_equal(const struct scene_shape *a, const struct scene_shape *b)
{
    return a->kind == b->kind && a->beside == b->beside && a->amount == b->amount &&
           a->alpha == b->alpha;
}

static bool figure_equal(const struct scene_figure *a, const struct scene_figure *b)
{
    if (a->kind != b->kind || a->alpha != b->alpha || a->stroke_count != b->stroke_count)
        return false;
    for (size_t i = 0; i < a->stroke_count; i++) {
        const struct scene_stroke *p = &a->strokes[i];
        const struct scene_stroke *q = &b->strokes[i];
        if (p->x0 != q->x0 || p->y0 != q->y0 || p->x1 != q->x1 || p->y1 != q->y1 ||
            p->half_width0 != q->half_width0 || p->half_width1 != q->half_width1 ||
            p->part != q->part || p->clears != q->clears)
            return false;
    }
    return true;
}

bool scene_equal(const struct scene *a, const struct scene *b)
{
    if (!colour_equal(a->field, b->field) || !colour_equal(a->ink, b->ink) ||
        !colour_equal(a->ink_faint, b->ink_faint) || !colour_equal(a->ink_over, b->ink_over) ||
        !colour_equal(a->accent, b->accent) || !colour_equal(a->line, b->line))
        return false;
    if (a->text_scale != b->text_scale || a->drift_x_px != b->drift_x_px ||
        a->drift_y_px != b->drift_y_px || a->shape_count != b->shape_count ||
        a->line_count != b->line_count || a->page != b->page || a->entry != b->entry ||
        a->film != b->film)
        return false;
    for (size_t i = 0; i < SCENE_PICTURES; i++) {
        if (a->pictures[i] != b->pictures[i])
            return false;
    }
    for (size_t i = 0; i < a->shape_count; i++) {
        if (!shape_equal(&a->shapes[i], &b->shapes[i]))
            return false;
    }
    for (size_t i = 0; i < a->line_count; i++) {
        if (!line_equal(&a->lines[i], &b->lines[i]))
            return false;
    }
    return figure_equal(&a->figure, &b->figure);
}

/* The old is there to the middle and the new from there on, however faint: lines that stay are laid
 * out beside them. */
#define FAINTEST 1e-6

static float lerp(float a, float b, double mix)
{
    return (float)((double)a + ((double)b - (double)a) * mix);
}

static struct colour colour_mix(struct colour a, struct colour b, double mix)
{
    return (struct colour){lerp(a.r, b.r, mix), lerp(a.g, b.g, mix), lerp(a.b, b.b, mix)};
}

/* How visible the old is and the new is, at this part of the way.  In each half everything goes one
 * way only, and between the old's last and the new's first light there is half of the whole:
 * however soon another fade begins, nothing on the field turns round more than once in that time.
 */
static double old_part(double mix)
{
    return mix >= 0.5 ? 0.0 : fmax(ease_late(1.0 - mix * 2.0), FAINTEST);
}

static double new_part(double mix)
{
    return mix < 0.5 ? 0.0 : fmax(ease_late(mix * 2.0 - 1.0), FAINTEST);
}

/* What both show stays; what is to leave of it does so with the old, what is to come with the new.
 */
static float mix_seen(float from, float to, double mix)
{
    float both = from < to ? from : to;
    return (float)((double)both + (double)(from - both) * old_part(mix) +
                   (double)(to - both) * new_part(mix));
}

static const struct scene_shape *shape_like(const struct scene *scene,
                                            const struct scene_shape *shape)
{
    for (size_t i = 0; i < scene->shape_count; i++) {
        if (scene->shapes[i].kind == shape->kind && scene->shapes[i].beside == shape->beside)
            return &scene->shapes[i];
    }
    return NULL;
}

static void mix_shapes(const struct scene *from, const struct scene *to, double mix,
                       struct scene *out)
{
    for (size_t i = 0; i < from->shape_count; i++) {
        const struct scene_shape *old = &from->shapes[i];
        const struct scene_shape *new = shape_like(to, old);
        if (new == NULL) {
            add_shape(out, old->kind, old->beside, (double)old->amount,
                      (double)old->alpha * old_part(mix));
        } else {
            add_shape(out, old->kind, old->beside,
                      (double)lerp(old->amount, new->amount, ease_cosine(mix)),
                      (double)mix_seen(old->alpha, new->alpha, mix));
        }
    }
    for (size_t i = 0; i < to->shape_count; i++) {
        const struct scene_shape *new = &to->shapes[i];
        if (shape_like(from, new) == NULL)
            add_shape(out, new->kind, new->beside, (double)new->amount,
                      (double)new->alpha *new_part(mix));
    }
}

static void mix_strokes(const struct scene_figure *from, const struct scene_figure *to, double mix,
                        struct scene_figure *out)
{
    for (size_t i = 0; i < to->stroke_count; i++) {
        const struct scene_stroke *a = &from->strokes[i];
        const struct scene_stroke *b = &to->strokes[i];
        struct scene_stroke *mixed = &out->strokes[i];
        *mixed = *b;
        mixed->x0 = lerp(a->x0, b->x0, mix);
        mixed->y0 = lerp(a->y0, b->y0, mix);
        mixed->x1 = lerp(a->x1, b->x1, mix);
        mixed->y1 = lerp(a->y1, b->y1, mix);
    }
}

/* One figure goes over into its other pose; of two, the old leaves before the new comes. */
static void mix_figures(const struct scene_figure *from, const struct scene_figure *to, double mix,
                        struct scene_figure *out)
{
    if (from->kind == to->kind && from->stroke_count == to->stroke_count) {
        *out = *to;
        mix_strokes(from, to, ease_cosine(mix), out);
        out->alpha = mix_seen(from->alpha, to->alpha, mix);
        return;
    }
    bool old = mix < 0.5;
    *out = old ? *from : *to;
    out->alpha = (float)((double)out->alpha * (old ? old_part(mix) : new_part(mix)));
}

/* A slot whose lines are the same in both scenes stays still; any other slot's lines leave and
 * come as a whole, for one line more would move all the others. */
static bool slot_stays(const struct scene *a, const struct scene *b, enum scene_slot slot)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        while (i < a->line_count && a->lines[i].slot != slot)
            i++;
        while (j < b->line_count && b->lines[j].slot != slot)
            j++;
        if (i == a->line_count || j == b->line_count)
            return i == a->line_count && j == b->line_count;
        if (!line_same(&a->lines[i], &b->lines[j]))
            return false;
        i++;
        j++;
    }
}

/* The line of `from` that line `i` of `to` is, in a slot that stays. */
static const struct scene_line *line_before(const struct scene *from, const struct scene *to,
                                            size_t i)
{
    size_t place = 0;
    for (size_t j = 0; j < i; j++)
        place += to->lines[j].slot == to->lines[i].slot ? 1 : 0;
    for (size_t j = 0; j < from->line_count; j++) {
        if (from->lines[j].slot == to->lines[i].slot && place-- == 0)
            return &from->lines[j];
    }
    return &to->lines[i];
}

static void add_line_copy(struct scene *out, const struct scene_line *line, uint8_t layer,
                          double alpha)
{
    if (out->line_count == SCENE_LINES_MAX)
        return;
    struct scene_line *copy = &out->lines[out->line_count++];
    *copy = *line;
    copy->layer = layer;
    copy->alpha = (float)alpha;
}

void scene_mix(const struct scene *from, const struct scene *to, double mix, struct scene *out)
{
    if (mix >= 1.0) {
        *out = *to;
        return;
    }
    check(out != from && out != to);
    double colours = ease_clamp(mix, 0.0, 1.0);
    scene_init(out);
    out->field = colour_mix(from->field, to->field, colours);
    out->ink = colour_mix(from->ink, to->ink, colours);
    out->ink_faint = colour_mix(from->ink_faint, to->ink_faint, colours);
    out->ink_over = colour_mix(from->ink_over, to->ink_over, colours);
    out->accent = colour_mix(from->accent, to->accent, colours);
    out->line = colour_mix(from->line, to->line, colours);
    out->text_scale = to->text_scale;
    out->drift_x_px = to->drift_x_px;
    out->drift_y_px = to->drift_y_px;
    out->page = mix_seen(from->page, to->page, mix);
    out->entry = to->entry || (from->entry && mix < 0.5);
    for (size_t i = 0; i < SCENE_PICTURES; i++)
        out->pictures[i] = lerp(from->pictures[i], to->pictures[i], colours);
    mix_shapes(from, to, mix, out);
    mix_figures(&from->figure, &to->figure, mix, &out->figure);
    for (size_t i = 0; i < to->line_count; i++) {
        const struct scene_line *line = &to->lines[i];
        if (slot_stays(from, to, line->slot)) {
            /* It may have been on its way here or away when the other screen came. */
            float before = line_before(from, to, i)->alpha;
            add_line_copy(out, line, line->layer, (double)mix_seen(before, line->alpha, mix));
        } else {
            add_line_copy(out, line, 1, (double)line->alpha * new_part(mix));
        }
    }
    if (mix >= 0.5)
        return;
    for (size_t i = 0; i < from->line_count; i++) {
        const struct scene_line *line = &from->lines[i];
        if (line->alpha > 0.0F && !slot_stays(from, to, line->slot))
            add_line_copy(out, line, 0, (double)line->alpha * old_part(mix));
    }
}

/* Whether something stands in the slot, and is another now. */
static bool cuts_in(const struct scene *from, const struct scene *before, const struct scene *now,
                    enum scene_slot slot)
{
    for (size_t i = 0; i < from->line_count; i++) {
        if (from->lines[i].slot == slot)
            return slot_stays(from, before, slot) && !slot_stays(before, now, slot);
    }
    return false;
}

void scene_cut(struct scene *from, const struct scene *before, const struct scene *now)
{
    struct scene out;
    scene_init(&out);
    for (size_t i = 0; i < from->line_count; i++) {
        const struct scene_line *line = &from->lines[i];
        if (!cuts_in(from, before, now, line->slot))
            add_line_copy(&out, line, line->layer, (double)line->alpha);
    }
    for (int s = 0; s < SCENE_SLOTS; s++) {
        enum scene_slot slot = (enum scene_slot)s;
        if (!cuts_in(from, before, now, slot))
            continue;
        float seen = 0.0F;
        for (size_t i = 0; i < from->line_count; i++)
            seen = from->lines[i].slot == slot ? fmaxf(seen, from->lines[i].alpha) : seen;
        for (size_t i = 0; i < now->line_count; i++) {
            const struct scene_line *line = &now->lines[i];
            if (line->slot == slot)
                add_line_copy(&out, line, line->layer, (double)fminf(seen, line->alpha));
        }
    }
    memcpy(from->lines, out.lines, out.line_count * sizeof out.lines[0]);
    from->line_count = out.line_count;
}

double colour_luminance(struct colour c)
{
    return 0.2126 * (double)c.r + 0.7152 * (double)c.g + 0.0722 * (double)c.b;
}

static float linear_from_code(int code)
{
    double c = (double)code / 255.0;
    return (float)(c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
}

struct colour colour_from_codes(int r, int g, int b)
{
    return (struct colour){linear_from_code(r), linear_from_code(g), linear_from_code(b)};
}

double colour_contrast(struct colour a, struct colour b)
{
    double la = colour_luminance(a);
    double lb = colour_luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

#include "frame.h"

#include "lacrima/base/check.h"
#include "lacrima/base/hash.h"
#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

/* Beyond a stroke's width, for its smoothed edge. */
#define STROKE_EDGE 1.5F
#define EVERY_PART  UINT8_MAX

_Static_assert(BOXES_MAX <= 8, "a bit for each box");

uint64_t frame_hash(uint64_t from, const void *bytes, size_t size)
{
    uint64_t hash = hash_bytes(from != 0 ? from : HASH_START, bytes, size);
    /* 0 means that there is none. */
    return hash != 0 ? hash : 1;
}

static struct marks *now_of(struct frame *frame)
{
    return &frame->past[frame->newest];
}

void frame_begin(struct frame *frame, uint64_t ground, bool whole)
{
    frame->newest = (frame->newest + 1) % (FRAME_AGE_MAX + 1);
    struct marks *now = now_of(frame);
    now->known = true;
    now->whole = whole;
    now->ground = ground;
    now->count = 0;
}

size_t frame_add(struct frame *frame, const struct mark *mark)
{
    struct marks *now = now_of(frame);
    if (now->count == FRAME_MARKS_MAX) {
        now->whole = true;
        return FRAME_MARKS_MAX;
    }
    now->items[now->count] = *mark;
    return now->count++;
}

static struct mark *add(struct frame *frame)
{
    static struct mark nowhere;
    struct marks *now = now_of(frame);
    if (now->count == FRAME_MARKS_MAX) {
        now->whole = true;
        return &nowhere;
    }
    struct mark *mark = &now->items[now->count++];
    *mark = (struct mark){0};
    return mark;
}

static void note_form(struct frame *frame, const struct shape_form *form)
{
    struct mark *mark = add(frame);
    mark->value = frame_hash(0, form, sizeof *form);
    mark->place = frame_hash(frame_hash(0, &form->kind, sizeof form->kind), form->centre,
                             sizeof form->centre);
    memcpy(mark->box, form->place.box, sizeof mark->box);
    if (form->place.polygon[2] > 0.0F) {
        memcpy(mark->centre, form->centre, sizeof mark->centre);
        mark->inner = form->place.polygon[0];
        mark->outer = form->place.polygon[1];
        mark->box[0] = floorf(mark->centre[0] - mark->outer);
        mark->box[1] = floorf(mark->centre[1] - mark->outer);
        mark->box[2] = ceilf(mark->centre[0] + mark->outer) - mark->box[0];
        mark->box[3] = ceilf(mark->centre[1] + mark->outer) - mark->box[1];
    }
}

static void note_mixed(struct frame *frame)
{
    const struct shape_forms *forms = &frame->forms;
    struct mark *mark = add(frame);
    mark->value = frame_hash(0, forms->items, forms->count * sizeof forms->items[0]);
    mark->place = frame_hash(0, "mixed", sizeof "mixed");
    struct shape_place place = shape_forms_box(forms);
    memcpy(mark->box, place.box, sizeof mark->box);
}

static void include(float box[4], const float other[4])
{
    float right = fmaxf(box[0] + box[2], other[0] + other[2]);
    float bottom = fmaxf(box[1] + box[3], other[1] + other[3]);
    box[0] = fminf(box[0], other[0]);
    box[1] = fminf(box[1], other[1]);
    box[2] = right - box[0];
    box[3] = bottom - box[1];
}

void frame_include(struct mark *mark, const struct box *box)
{
    const float other[4] = {(float)box->x, (float)box->y, (float)box->width, (float)box->height};
    if (mark->box[2] > 0.0F)
        include(mark->box, other);
    else
        memcpy(mark->box, other, sizeof mark->box);
}

static void note_figure(struct frame *frame, const struct uniform_values *uniforms, int height)
{
    struct mark *mark = add(frame);
    size_t count = frame->stroke_count;
    mark->value = frame_hash(frame_hash(0, uniforms->stroke_ends, 4 * count * sizeof(float)),
                             uniforms->stroke_form, 3 * count * sizeof(float));
    for (size_t i = 0; i < 2 * count; i++) {
        const float *end = &uniforms->stroke_ends[2 * i];
        const float *form = &uniforms->stroke_form[3 * (i / 2)];
        float reach = ceilf(fmaxf(form[0], form[1]) + STROKE_EDGE);
        const float around[4] = {floorf(end[0]) - reach, floorf((float)height - end[1]) - reach,
                                 2.0F * reach + 1.0F, 2.0F * reach + 1.0F};
        if (i == 0)
            memcpy(mark->box, around, sizeof mark->box);
        include(mark->box, around);
    }
}

static void note_text(struct frame *frame, const struct frame_text *text)
{
    struct mark *mark = add(frame);
    const float box[4] = {(float)text->box.x, (float)text->box.y, (float)text->box.width,
                          (float)text->box.height};
    memcpy(mark->box, box, sizeof mark->box);
    mark->place =
        frame_hash(frame_hash(0, &text->line->name, sizeof text->line->name), box, sizeof box);
    mark->value = frame_hash(frame_hash(mark->place, &text->alpha, sizeof text->alpha),
                             &text->faint, sizeof text->faint);
}

void frame_note(struct frame *frame, const struct uniform_values *uniforms, int height)
{
    if (frame->forms.apart) {
        for (size_t i = 0; i < frame->forms.count; i++)
            note_form(frame, &frame->forms.items[i]);
    } else if (frame->forms.count > 0) {
        note_mixed(frame);
    }
    if (frame->stroke_count > 0)
        note_figure(frame, uniforms, height);
    for (size_t i = 0; i < frame->text_count; i++)
        note_text(frame, &frame->texts[i]);
}

size_t frame_figure_at(const struct frame *frame)
{
    const struct shape_forms *forms = &frame->forms;
    return forms->apart ? forms->count : forms->count > 0 ? 1 : 0;
}

bool frame_draws(const struct frame *frame, size_t mark)
{
    return frame->repair.kind == REPAIR_ALL ||
           (mark < FRAME_MARKS_MAX && (frame->repair.draws[mark] & frame->repair.part) != 0);
}

bool frame_draws_text(const struct frame *frame, size_t text)
{
    return frame_draws(frame, frame_figure_at(frame) + (frame->stroke_count > 0 ? 1 : 0) + text);
}

static bool boxes_meet(const float a[4], const float b[4])
{
    return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

/* The one lies inside the hole of the other. */
static bool holds(const struct mark *ring, const struct mark *body)
{
    return body->outer > 0.0F && body->outer <= ring->inner && body->centre[0] == ring->centre[0] &&
           body->centre[1] == ring->centre[1];
}

static bool marks_meet(const struct mark *a, const struct mark *b)
{
    return boxes_meet(a->box, b->box) && !holds(a, b) && !holds(b, a);
}

/* What two frames differ in. */
struct difference {
    int width, height; /* of the field */
    bool all, over;
    struct boxes boxes;
    bool changed[FRAME_MARKS_MAX];
    struct mark grown[FRAME_MARKS_MAX]; /* the marks, with what they were before added */
};

/* What of it lies in the field, in whole pixels. */
static struct box pixels_of(const float box[4], int width, int height)
{
    int left = (int)fmaxf(floorf(box[0]), 0.0F);
    int top = (int)fmaxf(floorf(box[1]), 0.0F);
    int right = (int)fminf(ceilf(box[0] + box[2]), (float)width);
    int bottom = (int)fminf(ceilf(box[1] + box[3]), (float)height);
    return (struct box){left, top, right - left, bottom - top};
}

static void count_in(struct difference *found, const float box[4])
{
    boxes_add(&found->boxes, pixels_of(box, found->width, found->height));
}

/* The old mark of the same place, not yet taken; its own index is looked at first. */
static size_t find(const struct marks *old, const struct mark *mark, const bool *taken,
                   size_t first)
{
    for (size_t n = 0; n < old->count; n++) {
        size_t i = (first + n) % old->count;
        const struct mark *other = &old->items[i];
        if (!taken[i] && other->place == mark->place &&
            (mark->place != 0 || other->value == mark->value))
            return i;
    }
    return old->count;
}

static void take_mark(struct difference *found, const struct marks *old, const struct marks *now,
                      size_t i, bool *taken)
{
    const struct mark *mark = &now->items[i];
    struct mark *grown = &found->grown[i];
    *grown = *mark;
    size_t was = find(old, mark, taken, i);
    found->changed[i] = was == old->count || old->items[was].value != mark->value;
    if (was < old->count)
        taken[was] = true;
    if (!found->changed[i])
        return;
    if (was < old->count && (grown->outer > 0.0F) == (old->items[was].outer > 0.0F)) {
        include(grown->box, old->items[was].box);
        grown->outer = fmaxf(grown->outer, old->items[was].outer);
        grown->inner = fminf(grown->inner, old->items[was].inner);
    } else {
        found->over = false;
        if (was < old->count)
            count_in(found, old->items[was].box);
    }
    count_in(found, grown->box);
}

/* What is drawn over what it was may touch nothing else. */
static bool any_meet(const struct difference *found, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; found->changed[i] && k < count; k++) {
            if (k != i && marks_meet(&found->grown[i], &found->grown[k]))
                return true;
        }
    }
    return false;
}

static void all_differs(struct difference *found)
{
    found->all = true;
    found->boxes.count = 0;
    boxes_add(&found->boxes, (struct box){.width = found->width, .height = found->height});
}

static void differ(struct difference *found, const struct marks *old, const struct marks *now)
{
    bool taken[FRAME_MARKS_MAX] = {false};
    found->all = !old->known || old->whole || now->whole || old->ground != now->ground;
    found->boxes.count = 0;
    found->over = true;
    if (found->all) {
        all_differs(found);
        return;
    }
    for (size_t i = 0; i < now->count; i++)
        take_mark(found, old, now, i, taken);
    for (size_t i = 0; i < old->count; i++) {
        if (taken[i])
            continue;
        found->over = false;
        count_in(found, old->items[i].box);
    }
    found->over = found->over && !any_meet(found, now->count);
}

/* In which of the boxes something of the mark is seen, a bit for each. */
static uint8_t parts_of(const struct mark *mark, const struct difference *found)
{
    uint8_t parts = 0;
    struct box box = pixels_of(mark->box, found->width, found->height);
    for (size_t i = 0; i < found->boxes.count; i++) {
        if (!box_is_empty(box_common(box, found->boxes.items[i])))
            parts |= (uint8_t)(1U << i);
    }
    return parts;
}

static void set_repair(struct frame *frame, const struct difference *found)
{
    struct repair *repair = &frame->repair;
    const struct marks *now = now_of(frame);
    repair->kind = found->all ? REPAIR_ALL : found->over ? REPAIR_OVER : REPAIR_BOX;
    repair->boxes = found->boxes;
    frame_draw_all(frame);
    for (size_t i = 0; i < now->count; i++) {
        bool whole = found->all || (found->over && found->changed[i]);
        repair->draws[i] = whole ? EVERY_PART : found->over ? 0 : parts_of(&now->items[i], found);
    }
    const struct shape_forms *forms = &frame->forms;
    for (size_t i = 0; i < forms->count; i++)
        repair->grown[i] = forms->apart ? forms->items[i].place : shape_forms_box(forms);
    if (repair->kind != REPAIR_OVER)
        return;
    for (size_t i = 0; i < forms->count; i++) {
        const struct mark *grown = &found->grown[forms->apart ? i : 0];
        if (grown->outer > 0.0F) {
            repair->grown[i].polygon[0] = grown->inner;
            repair->grown[i].polygon[1] = grown->outer;
        } else {
            memcpy(repair->grown[i].box, grown->box, sizeof grown->box);
        }
    }
}

static const struct marks *past(const struct frame *frame, int age)
{
    size_t count = FRAME_AGE_MAX + 1;
    return &frame->past[(frame->newest + count - (size_t)age) % count];
}

void frame_decide(struct frame *frame, int age, int width, int height, struct boxes *changed)
{
    static struct difference found;
    found.width = width;
    found.height = height;
    differ(&found, past(frame, 1), now_of(frame));
    if (changed != NULL)
        *changed = found.boxes;
    if (age < 1 || age > FRAME_AGE_MAX)
        all_differs(&found);
    else if (age > 1)
        differ(&found, past(frame, age), now_of(frame));
    set_repair(frame, &found);
}

void frame_draw_part(struct frame *frame, size_t box)
{
    frame->repair.part = (uint8_t)(1U << box);
}

void frame_draw_all(struct frame *frame)
{
    frame->repair.part = EVERY_PART;
}

void frame_forget(struct frame *frame)
{
    /* Marks come from what was said. */
    text_wipe(frame->texts, sizeof frame->texts);
    text_wipe(frame->past, sizeof frame->past);
}

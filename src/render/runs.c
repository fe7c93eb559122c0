#include "runs.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>

#define CODEPOINT_SPACE  0x20
#define SCRIPT_NAME_SIZE 5
/* U+200D: what is before it joins on. */
#define JOINER "\xE2\x80\x8D"

static bool is_space(uint32_t c)
{
    return c <= CODEPOINT_SPACE || c == 0x7F || c == 0x200B;
}

static void read_characters(struct runs *runs, const char *text, size_t length,
                            enum script_base base)
{
    runs->count = 0;
    for (size_t at = 0; at < length && runs->count < RUNS_CHARS_MAX;) {
        struct run_character *c = &runs->characters[runs->count];
        c->at = (uint32_t)at;
        c->length = (uint32_t)text_decode_within(text + at, length - at, &c->codepoint);
        at += c->length;
        if (is_space(c->codepoint))
            c->codepoint = CODEPOINT_SPACE;
        runs->codepoints[runs->count++] = c->codepoint;
    }
    runs->level = script_levels(runs->codepoints, runs->count, base, runs->levels);
}

static int find_face(struct runs *runs, uint32_t codepoint, int preferred)
{
    if (!runs->is_private)
        return fonts_find(runs->fonts, codepoint, preferred);
    int face = fonts_look(runs->fonts, codepoint, preferred);
    if (face != FONT_NONE || fonts_count(runs->fonts) == 0)
        return face;
    fonts_say_script(runs->fonts, codepoint);
    return 0;
}

/* Spaces and signs that every script shares stay with the face and script before them, so that
 * a sentence in a fallback font is shaped in one piece. */
static void choose_faces(struct runs *runs)
{
    int face = FONT_NONE;
    const char *script = "Zyyy";
    for (size_t i = 0; i < runs->count; i++) {
        struct run_character *c = &runs->characters[i];
        const char *own = script_of(c->codepoint);
        bool shared = text_equal(own, "Zyyy");
        bool attached = script_attaches(c->codepoint);
        if (i > 0 && runs->levels[i] != runs->levels[i - 1] && !attached)
            face = FONT_NONE;
        if (attached && (face != FONT_NONE || !runs->is_private)) {
            /* A joiner the face does not know is left out, not searched for. */
            c->face = face;
        } else {
            c->face = find_face(runs, c->codepoint, shared ? face : FONT_NONE);
            script = shared ? script : own;
        }
        c->script = script;
        face = c->face != FONT_NONE ? c->face : face;
    }
    /* What stands before the first letter is shaped with it. */
    for (size_t i = runs->count; i-- > 1;) {
        struct run_character *before = &runs->characters[i - 1];
        if (text_equal(before->script, "Zyyy"))
            before->script = runs->characters[i].script;
    }
}

static void add_character(struct runs *runs, struct run *run, const struct run_character *c,
                          const char *text)
{
    if (c->codepoint == CODEPOINT_SPACE) {
        runs->texts[runs->text_used++] = ' ';
    } else {
        memcpy(runs->texts + runs->text_used, text + c->at, c->length);
        runs->text_used += c->length;
    }
    run->end = c->at + c->length;
}

static void cut(struct runs *runs, const char *text)
{
    runs->run_count = 0;
    runs->text_used = 0;
    struct run *run = NULL;
    for (size_t i = 0; i < runs->count; i++) {
        const struct run_character *c = &runs->characters[i];
        if (c->face == FONT_NONE)
            continue;
        if (run == NULL || run->face != c->face || run->level != runs->levels[i] ||
            !text_equal(run->script, c->script)) {
            if (run != NULL)
                runs->texts[runs->text_used++] = '\0';
            run = &runs->runs[runs->run_count++];
            *run = (struct run){.face = c->face,
                                .level = runs->levels[i],
                                .script = c->script,
                                .at = c->at,
                                .first = i,
                                .text_at = runs->text_used};
        }
        add_character(runs, run, c, text);
        run->last = i + 1;
    }
    runs->texts[runs->text_used] = '\0';
}

void runs_set(struct runs *runs, const char *text, size_t length, struct runs_style style)
{
    runs->is_private = style.is_private;
    read_characters(runs, text, length, style.base);
    choose_faces(runs);
    cut(runs, text);
}

size_t runs_read(const struct runs *runs)
{
    if (runs->count == 0)
        return 0;
    const struct run_character *last = &runs->characters[runs->count - 1];
    return (size_t)last->at + last->length;
}

const char *runs_text(const struct runs *runs, const struct run *run)
{
    return runs->texts + run->text_at;
}

bool runs_begin(const struct runs *runs, struct run *run)
{
    run->font = fonts_face(runs->fonts, run->face, runs->size_px);
    if (run->font == NULL)
        return false;
    char script[SCRIPT_NAME_SIZE];
    (void)text_copy(script, sizeof script, run->script);
    (void)TTF_SetFontDirection(run->font,
                               run->level % 2 == 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    (void)TTF_SetFontScriptName(run->font, script);
    return true;
}

int runs_shape(struct runs *runs, int size_px)
{
    runs->size_px = size_px;
    runs->width = 0;
    for (size_t i = 0; i < runs->run_count; i++) {
        struct run *run = &runs->runs[i];
        run->width = 0;
        run->height = 0;
        if (runs_begin(runs, run))
            (void)TTF_SizeUTF8(run->font, runs_text(runs, run), &run->width, &run->height);
        runs->run_levels[i] = run->level;
    }
    script_visual_order(runs->run_levels, runs->run_count, runs->order);
    for (size_t i = 0; i < runs->run_count; i++) {
        struct run *run = &runs->runs[runs->order[i]];
        run->x = runs->width;
        runs->width += run->width;
    }
    return runs->width;
}

int runs_part(struct runs *runs, const struct run *run, size_t byte)
{
    if (byte <= run->at)
        return 0;
    if (byte >= run->end)
        return run->width;
    size_t length = 0;
    for (size_t i = run->first; i < run->last && runs->characters[i].at < byte; i++) {
        const struct run_character *c = &runs->characters[i];
        if (c->face != FONT_NONE)
            length += c->codepoint == CODEPOINT_SPACE ? 1 : c->length;
    }
    struct run begun = *run;
    int width = 0;
    memcpy(runs->part, runs_text(runs, run), length);
    memcpy(runs->part + length, JOINER, script_joins(run->script) ? sizeof JOINER : 0);
    runs->part[length + (script_joins(run->script) ? sizeof JOINER - 1 : 0)] = '\0';
    if (runs_begin(runs, &begun))
        (void)TTF_SizeUTF8(begun.font, runs->part, &width, NULL);
    return width < run->width ? width : run->width;
}

/* The edge, at this byte, of what is before or after it in the run. */
static int edge(struct runs *runs, const struct run *run, size_t byte)
{
    int part = runs_part(runs, run, byte);
    return run->x + (run->level % 2 == 1 ? run->width - part : part);
}

int runs_cursor(struct runs *runs, size_t byte)
{
    const struct run *before = NULL;
    const struct run *after = NULL;
    for (size_t i = 0; i < runs->run_count; i++) {
        const struct run *run = &runs->runs[i];
        if (run->at < byte)
            before = run;
        if (run->end > byte && after == NULL)
            after = run;
    }
    if (before == NULL)
        return runs->level == 1 ? runs->width : 0;
    if (after == NULL)
        return runs->level == 1 ? 0 : runs->width;
    return edge(runs, before->level < after->level ? before : after, byte);
}

void runs_wipe(struct runs *runs)
{
    text_wipe(runs->codepoints, sizeof runs->codepoints);
    text_wipe(runs->characters, sizeof runs->characters);
    text_wipe(runs->levels, sizeof runs->levels);
    text_wipe(runs->texts, sizeof runs->texts);
    text_wipe(runs->part, sizeof runs->part);
    runs->count = 0;
    runs->run_count = 0;
    runs->text_used = 0;
}

#include "scribe.h"

#include "lacrima/base/text.h"
#include "runs.h"

#include <SDL.h>

#include <stdlib.h>
#include <string.h>

#define MEASURE_SIZE_PX 64

/* What is drawn with, and the line in hand. */
struct scribe {
    struct fonts *fonts;
    struct runs runs;
};

struct scribe *scribe_create(const char *family, void (*say)(void *user, const char *line),
                             void *say_user)
{
    struct scribe *scribe = calloc(1, sizeof *scribe);
    if (scribe == NULL)
        return NULL;
    scribe->fonts = fonts_create(family, say, say_user);
    scribe->runs.fonts = scribe->fonts;
    if (scribe->fonts == NULL)
        scribe_destroy(&scribe);
    return scribe;
}

void scribe_forget(struct scribe *scribe)
{
    runs_wipe(&scribe->runs);
    fonts_forget(scribe->fonts);
}

void scribe_destroy(struct scribe **scribe)
{
    if (scribe == NULL || *scribe == NULL)
        return;
    fonts_destroy(&(*scribe)->fonts);
    free(*scribe);
    *scribe = NULL;
}

/* How far glyphs rise above the face's own height: SDL_ttf makes the surface taller by as much,
 * and does not say so. */
static int rise_above(TTF_Font *font, const char *text, int room)
{
    int ascent = TTF_FontAscent(font);
    int rise = 0;
    for (const char *s = text; *s != '\0' && room > 0;) {
        uint32_t codepoint = 0;
        s += text_decode(s, &codepoint);
        int top = 0;
        if (TTF_GlyphMetrics32(font, codepoint, NULL, NULL, NULL, &top, NULL) == 0 &&
            top - ascent > rise)
            rise = top - ascent;
    }
    return rise < room ? rise : room;
}

double scribe_measure(struct scribe *scribe, const char *text, size_t length)
{
    runs_set(&scribe->runs, text, length, (struct runs_style){0});
    double width = (double)runs_shape(&scribe->runs, MEASURE_SIZE_PX) / MEASURE_SIZE_PX;
    runs_wipe(&scribe->runs);
    return width;
}

struct runs *scribe_shape(struct scribe *scribe, const char *text, size_t length, int size_px,
                          struct runs_style style)
{
    runs_set(&scribe->runs, text, length, style);
    (void)runs_shape(&scribe->runs, size_px);
    return &scribe->runs;
}

static void draw_runs(struct runs *runs)
{
    static const SDL_Color white = {255, 255, 255, 255};
    for (size_t i = 0; i < runs->run_count; i++) {
        struct run *run = &runs->runs[i];
        if (!runs_begin(runs, run))
            continue;
        int room = run->height - TTF_FontHeight(run->font);
        run->base = TTF_FontAscent(run->font) + rise_above(run->font, runs_text(runs, run), room);
        /* NULL for a run without width, such as a lone mark: nothing is lost. */
        run->surface = TTF_RenderUTF8_Blended(run->font, runs_text(runs, run), white);
    }
}

static void free_surfaces(struct runs *runs)
{
    for (size_t i = 0; i < runs->run_count; i++) {
        SDL_Surface *surface = runs->runs[i].surface;
        if (surface != NULL)
            text_wipe(surface->pixels, (size_t)surface->pitch * (size_t)surface->h);
        SDL_FreeSurface(surface);
        runs->runs[i].surface = NULL;
    }
}

/* The whole line's coverage, ink and empty edges alike. */
struct sheet {
    uint8_t *coverage;
    size_t bytes;
    int width, height, base;
};

/* Adds the run's coverage at x; where glyphs of two runs meet the stronger counts. */
static void paste(const struct sheet *sheet, const struct run *run, int x)
{
    const SDL_Surface *surface = run->surface;
    Uint32 mask = surface->format->Amask;
    Uint8 shift = surface->format->Ashift;
    int top = sheet->base - run->base;
    for (int row = 0; row < surface->h; row++) {
        const Uint8 *bytes = (const Uint8 *)surface->pixels + (ptrdiff_t)row * surface->pitch;
        uint8_t *out = sheet->coverage + (ptrdiff_t)(top + row) * sheet->width + x;
        for (int column = 0; column < surface->w; column++) {
            Uint32 pixel = 0;
            memcpy(&pixel, bytes + (ptrdiff_t)column * 4, sizeof pixel);
            uint8_t alpha = (uint8_t)((pixel & mask) >> shift);
            out[column] = alpha > out[column] ? alpha : out[column];
        }
    }
}

static bool compose(struct runs *runs, struct sheet *sheet)
{
    int below = 0;
    *sheet = (struct sheet){0};
    for (size_t i = 0; i < runs->run_count; i++) {
        const struct run *run = &runs->runs[i];
        int width =
            run->surface != NULL && run->surface->w > run->width ? run->surface->w : run->width;
        sheet->width = run->x + width > sheet->width ? run->x + width : sheet->width;
        if (run->surface != NULL) {
            sheet->base = run->base > sheet->base ? run->base : sheet->base;
            below = run->surface->h - run->base > below ? run->surface->h - run->base : below;
        }
    }
    sheet->height = sheet->base + below;
    if (sheet->width == 0 || sheet->height == 0)
        return true;
    sheet->bytes = (size_t)sheet->width * (size_t)sheet->height;
    sheet->coverage = calloc(sheet->bytes, 1);
    if (sheet->coverage == NULL)
        return false;
    for (size_t i = 0; i < runs->run_count; i++) {
        if (runs->runs[i].surface != NULL)
            paste(sheet, &runs->runs[i], runs->runs[i].x);
    }
    return true;
}

static bool row_is_empty(const struct sheet *sheet, int y)
{
    for (int x = 0; x < sheet->width; x++) {
        if (sheet->coverage[(ptrdiff_t)y * sheet->width + x] != 0)
            return false;
    }
    return true;
}

static bool column_is_empty(const struct sheet *sheet, int x)
{
    for (int y = 0; y < sheet->height; y++) {
        if (sheet->coverage[(ptrdiff_t)y * sheet->width + x] != 0)
            return false;
    }
    return true;
}

/* Cuts the sheet down to its ink, in place. */
static void crop(struct sheet *sheet, struct raster *raster)
{
    int top = 0;
    int bottom = sheet->height;
    while (top < bottom && row_is_empty(sheet, top))
        top++;
    while (bottom > top && row_is_empty(sheet, bottom - 1))
        bottom--;
    if (top == bottom) {
        free(sheet->coverage);
        return;
    }
    int left = 0;
    int right = sheet->width;
    while (column_is_empty(sheet, left))
        left++;
    while (column_is_empty(sheet, right - 1))
        right--;
    raster->width = right - left;
    raster->height = bottom - top;
    raster->left = left;
    raster->top = top - sheet->base;
    for (int y = 0; y < raster->height; y++)
        memmove(sheet->coverage + (ptrdiff_t)y * raster->width,
                sheet->coverage + (ptrdiff_t)(top + y) * sheet->width + left,
                (size_t)raster->width);
    raster->coverage = sheet->coverage;
    raster->bytes = sheet->bytes;
}

bool scribe_draw(struct scribe *scribe, const char *text, size_t length, int size_px,
                 struct runs_style style, struct raster *raster)
{
    struct sheet sheet;
    struct runs *runs = scribe_shape(scribe, text, length, size_px, style);
    *raster = (struct raster){.advance = runs->width};
    draw_runs(runs);
    bool composed = compose(runs, &sheet);
    free_surfaces(runs);
    runs_wipe(runs);
    if (composed && sheet.coverage != NULL)
        crop(&sheet, raster);
    return composed;
}

void raster_finish(struct raster *raster)
{
    text_wipe(raster->coverage, raster->bytes);
    free(raster->coverage);
    *raster = (struct raster){0};
}

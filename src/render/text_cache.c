/* getentropy() is not in POSIX.1-2008. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include "text_cache.h"

#include "lacrima/base/hash.h"
#include "lacrima/base/text.h"

#include <epoxy/gl.h>

#include <string.h>
#include <unistd.h>

/* Textures of lines that have gone are given back above this much: more than a screen of text at
 * full HD, so that what comes again soon is still there. */
#define INK_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* A width is looked for in so many places from where its name points to. */
#define WIDTH_PLACES 8

static const uint64_t prime_low = UINT64_C(0x9E3779B97F4A7C15);

static void draw_key(struct text_cache *cache)
{
    if (getentropy(&cache->key, sizeof cache->key) == 0)
        return;
    /* Names are then only as hard to guess as an address is; nothing else depends on them. */
    cache->key.high = prime_low ^ (uint64_t)(uintptr_t)cache;
    cache->key.low = ~cache->key.high;
}

void text_cache_init(struct text_cache *cache, struct scribe *scribe)
{
    memset(cache, 0, sizeof *cache);
    cache->scribe = scribe;
    draw_key(cache);
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &cache->texture_max);
}

void text_cache_begin_frame(struct text_cache *cache)
{
    cache->frame++;
}

/* Two hashes in the manner of FNV-1a, each from its own secret start; never both 0.  Two texts of
 * one visit that share all 128 bits are not to be expected in the life of this program. */
static struct text_name name_of(const struct text_cache *cache, const char *text, size_t length,
                                int number)
{
    struct text_name name = cache->key;
    for (size_t i = 0; i < length; i++) {
        name.high = (name.high ^ (unsigned char)text[i]) * HASH_PRIME;
        name.low = (name.low ^ (unsigned char)text[i]) * prime_low;
        name.low ^= name.low >> 29;
    }
    name.high = (name.high ^ (uint64_t)(uint32_t)number) * HASH_PRIME;
    name.low = (name.low ^ (uint64_t)(uint32_t)number) * prime_low;
    name.low = (name.low ^ (uint64_t)length) * prime_low;
    name.low |= 1;
    return name;
}

static bool same(struct text_name a, struct text_name b)
{
    return a.high == b.high && a.low == b.low;
}

static bool is_free(struct text_name name)
{
    return name.high == 0 && name.low == 0;
}

/* A size and how the line is read, as one number; a size is below 2^20. */
static int number_of(int size_px, struct runs_style style)
{
    return size_px | (int)style.base << 24 | (style.is_private ? 1 << 28 : 0);
}

/* Overwrites the texture, so that what was read once cannot be read again from the memory that the
 * driver gives back. */
static void wipe_texture(const struct text_line *line)
{
    static const uint8_t nothing[64 * 1024];
    int rows = (int)sizeof nothing / line->width;
    glBindTexture(GL_TEXTURE_2D, line->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    for (int y = 0; y < line->height; y += rows) {
        int height = line->height - y < rows ? line->height - y : rows;
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, y, line->width, height, GL_RED, GL_UNSIGNED_BYTE,
                        nothing);
    }
}

static void forget(struct text_cache *cache, struct text_line *line)
{
    if (line->texture != 0) {
        wipe_texture(line);
        glDeleteTextures(1, &line->texture);
        cache->ink_bytes -= (size_t)line->width * (size_t)line->height;
    }
    *line = (struct text_line){0};
}

/* A free place, or that of the line not drawn for longest, but none of this frame's. */
static struct text_line *place_for_line(struct text_cache *cache)
{
    struct text_line *oldest = NULL;
    for (size_t i = 0; i < TEXT_CACHE_LINES_MAX; i++) {
        struct text_line *line = &cache->lines[i];
        if (is_free(line->name))
            return line;
        if (line->used < cache->frame && (oldest == NULL || line->used < oldest->used))
            oldest = line;
    }
    if (oldest != NULL)
        forget(cache, oldest);
    return oldest;
}

/* The last frame's lines are kept as well: most of them are still to come in this one. */
static void keep_within_bytes(struct text_cache *cache)
{
    while (cache->ink_bytes > INK_BYTES_MAX) {
        struct text_line *oldest = NULL;
        for (size_t i = 0; i < TEXT_CACHE_LINES_MAX; i++) {
            struct text_line *line = &cache->lines[i];
            if (line->texture != 0 && line->used + 1 < cache->frame &&
                (oldest == NULL || line->used < oldest->used))
                oldest = line;
        }
        if (oldest == NULL)
            return;
        forget(cache, oldest);
    }
}

static void upload(struct text_cache *cache, struct text_line *line, const struct raster *raster)
{
    glGenTextures(1, &line->texture);
    glBindTexture(GL_TEXTURE_2D, line->texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, raster->width, raster->height, 0, GL_RED,
                 GL_UNSIGNED_BYTE, raster->coverage);
    cache->ink_bytes += (size_t)raster->width * (size_t)raster->height;
}

static struct text_line *find(struct text_cache *cache, struct text_name name)
{
    for (size_t i = 0; i < TEXT_CACHE_LINES_MAX; i++) {
        if (same(cache->lines[i].name, name))
            return &cache->lines[i];
    }
    return NULL;
}

bool text_cache_knows(struct text_cache *cache, const char *text, size_t length, int size_px,
                      struct runs_style style)
{
    return find(cache, name_of(cache, text, length, number_of(size_px, style))) != NULL;
}

void text_cache_hold(struct text_cache *cache, const struct text_line *line)
{
    if (line != NULL && line->texture != 0)
        cache->lines[line - cache->lines].used = cache->frame;
}

const struct text_line *text_cache_line(struct text_cache *cache, const char *text, size_t length,
                                        int size_px, struct runs_style style)
{
    struct text_name name = name_of(cache, text, length, number_of(size_px, style));
    struct text_line *line = find(cache, name);
    if (line != NULL) {
        line->used = cache->frame;
        return line;
    }
    struct raster raster;
    line = place_for_line(cache);
    if (line == NULL || !scribe_draw(cache->scribe, text, length, size_px, style, &raster))
        return NULL;
    cache->drawn++;
    *line = (struct text_line){.name = name,
                               .used = cache->frame,
                               .width = raster.width,
                               .height = raster.height,
                               .left = raster.left,
                               .top = raster.top,
                               .advance = raster.advance};
    if (raster.coverage != NULL && raster.width <= cache->texture_max &&
        raster.height <= cache->texture_max)
        upload(cache, line, &raster);
    raster_finish(&raster);
    keep_within_bytes(cache);
    return line;
}

/* Where the width of that name is, or is to be kept; *known says which. */
static struct text_width *place_for_width(struct text_cache *cache, struct text_name name,
                                          bool *known)
{
    size_t first = (size_t)(name.high % TEXT_CACHE_WIDTHS);
    for (size_t i = 0; i < WIDTH_PLACES; i++) {
        struct text_width *width = &cache->widths[(first + i) % TEXT_CACHE_WIDTHS];
        *known = same(width->name, name);
        if (*known || is_free(width->name))
            return width;
    }
    return &cache->widths[first];
}

float text_cache_width(struct text_cache *cache, const char *text, size_t length)
{
    bool known = false;
    struct text_name name = name_of(cache, text, length, 0);
    struct text_width *place = place_for_width(cache, name, &known);
    if (!known)
        *place = (struct text_width){.name = name,
                                     .width = (float)scribe_measure(cache->scribe, text, length)};
    return place->width;
}

int text_cache_page_width(struct text_cache *cache, const char *text, size_t length, int size_px,
                          struct runs_style style)
{
    bool known = false;
    struct text_name name = name_of(cache, text, length, number_of(size_px, style));
    struct text_width *place = place_for_width(cache, name, &known);
    if (!known) {
        struct runs *runs = scribe_shape(cache->scribe, text, length, size_px, style);
        int width = runs_read(runs) < length ? TEXT_CACHE_TOO_WIDE : runs->width;
        *place = (struct text_width){.name = name, .width = (float)width};
        runs_wipe(runs);
        cache->shaped++;
        cache->shaped_bytes += length;
    }
    return (int)place->width;
}

void text_cache_finish(struct text_cache *cache)
{
    for (size_t i = 0; i < TEXT_CACHE_LINES_MAX; i++)
        forget(cache, &cache->lines[i]);
    text_wipe(cache->widths, sizeof cache->widths);
    text_wipe(&cache->key, sizeof cache->key);
}

void text_cache_forget(struct text_cache *cache)
{
    text_cache_finish(cache);
    draw_key(cache);
}

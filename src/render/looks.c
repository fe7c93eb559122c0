#include "looks.h"

#include <epoxy/gl.h>

#include <math.h>
#include <string.h>

#define CODE_MAX 255.0F

void looks_init(struct looks *looks)
{
    memset(looks, 0, sizeof *looks);
    glGenTextures(1, &looks->texture);
    glBindTexture(GL_TEXTURE_2D, looks->texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, LOOK_STEPS, LOOKS_MAX, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 NULL);
}

static bool is_same(const struct look *a, const struct look *b)
{
    return a->colour.r == b->colour.r && a->colour.g == b->colour.g && a->colour.b == b->colour.b &&
           a->alpha == b->alpha && a->over == b->over &&
           memcmp(a->ground, b->ground, sizeof a->ground) == 0;
}

static uint8_t code_of(float code)
{
    return (uint8_t)(code + 0.5F);
}

/* Rounded here and not by the driver, so that every machine writes the same byte. */
static void fill_row(uint8_t row[LOOK_STEPS][LOOK_CHANNELS], const struct light *light,
                     const struct look *look)
{
    struct colour ground = colour_from_codes(look->ground[0], look->ground[1], look->ground[2]);
    const float from[3] = {ground.r, ground.g, ground.b};
    const float to[3] = {look->colour.r, look->colour.g, look->colour.b};
    float alpha = fminf(fmaxf(look->alpha, 0.0F), 1.0F);
    for (int i = 0; i < LOOK_STEPS; i++) {
        float part = (float)i / (float)(LOOK_STEPS - 1) * alpha;
        float mixed = look->over ? 1.0F : part;
        for (int c = 0; c < 3; c++)
            row[i][c] = code_of(light_code(light, from[c] + (to[c] - from[c]) * mixed));
        row[i][3] = look->over ? code_of(part * CODE_MAX) : (uint8_t)CODE_MAX;
    }
}

static void note_changed(struct looks *looks, size_t row)
{
    bool first = looks->from == looks->to;
    looks->from = first || row < looks->from ? row : looks->from;
    looks->to = first || row >= looks->to ? row + 1 : looks->to;
}

int looks_row(struct looks *looks, const struct light *light, const struct look *look)
{
    size_t oldest = 0;
    looks->asked++;
    for (size_t i = 0; i < LOOKS_MAX; i++) {
        if (looks->used[i] > 0 && is_same(&looks->known[i], look)) {
            looks->used[i] = looks->asked;
            return (int)i;
        }
        oldest = looks->used[i] < looks->used[oldest] ? i : oldest;
    }
    fill_row(looks->codes[oldest], light, look);
    looks->known[oldest] = *look;
    looks->used[oldest] = looks->asked;
    note_changed(looks, oldest);
    return (int)oldest;
}

void looks_bind(struct looks *looks)
{
    glBindTexture(GL_TEXTURE_2D, looks->texture);
    if (looks->from == looks->to)
        return;
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, (GLint)looks->from, LOOK_STEPS,
                    (GLsizei)(looks->to - looks->from), GL_RGBA, GL_UNSIGNED_BYTE,
                    looks->codes[looks->from]);
    looks->from = looks->to = 0;
}

void looks_finish(struct looks *looks)
{
    glDeleteTextures(1, &looks->texture);
}

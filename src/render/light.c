#include "light.h"

#include "blue_noise.h"
#include "lacrima/base/ease.h"

#include <epoxy/gl.h>

#include <math.h>
#include <string.h>

#define CODE_MAX 255.0

/* How fast dithering comes in, per code that is added to the field. */
#define DITHER_RISE 10.0F
/* The swing that keeps the mean when the code is this near to its end: SWING_LEAST at it, and
 * SWING_RISE more a code away. */
#define SWING_LEAST 0.65F
#define SWING_RISE  0.75F

static double code_of(double linear)
{
    double x = ease_clamp(linear, 0.0, 1.0);
    double encoded = x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1.0 / 2.4) - 0.055;
    return encoded * CODE_MAX;
}

void light_codes(struct colour colour, int codes[3])
{
    codes[0] = (int)lround(code_of((double)colour.r));
    codes[1] = (int)lround(code_of((double)colour.g));
    codes[2] = (int)lround(code_of((double)colour.b));
}

struct colour light_between(struct colour a, struct colour b, float part)
{
    return (struct colour){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part,
                           a.b + (b.b - a.b) * part};
}

static GLuint create_texture(GLint wrap)
{
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, wrap);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, wrap);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    return texture;
}

/* The level, 0..255 for -1..1, whose share of a triangle is that of `even` under an even spread.
 * Symmetric, so the noise has a mean of exactly nothing. */
static unsigned char triangular(unsigned char even)
{
    bool low = even < 128;
    double u = ((low ? (double)even : 255.0 - (double)even) + 0.5) / 256.0;
    long level = lround(sqrt(2.0 * u) * 127.5);
    return (unsigned char)(low ? level : 255 - level);
}

static GLuint create_noise_tile(void)
{
    /* Red, green and blue take the one tile from places far apart: what one adds to a pixel's
     * brightness the others mostly take away. */
    static const int shift[3][2] = {{0, 0}, {21, 43}, {43, 21}};
    enum { side = BLUE_NOISE_SIDE };
    static unsigned char tile[side * side * 4];
    for (int i = 0; i < side * side; i++) {
        for (int channel = 0; channel < 3; channel++) {
            int x = (i % side + shift[channel][0]) % side;
            int y = (i / side + shift[channel][1]) % side;
            tile[i * 4 + channel] = triangular(blue_noise[y * side + x]);
        }
    }
    GLuint texture = create_texture(GL_REPEAT);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, side, side, 0, GL_RGBA, GL_UNSIGNED_BYTE, tile);
    return texture;
}

void light_init(struct light *light)
{
    memset(light, 0, sizeof *light);
    for (int i = 0; i < LIGHT_CURVE_STEPS + 2; i++) {
        double root = (double)i / LIGHT_CURVE_STEPS;
        light->curve[i] = (float)code_of(root * root);
    }
    light->noise_tile = create_noise_tile();
    light->ramps = create_texture(GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA32F, RAMP_STEPS, RAMP_ROWS, 0, GL_RGBA, GL_FLOAT, NULL);
}

static float clamp_unit(float x)
{
    return fminf(fmaxf(x, 0.0F), 1.0F);
}

/* code_of() from the curve. */
float light_code(const struct light *light, float linear)
{
    float at = sqrtf(clamp_unit(linear)) * LIGHT_CURVE_STEPS;
    int whole = (int)at;
    float rest = at - (float)whole;
    return light->curve[whole] + rest * (light->curve[whole + 1] - light->curve[whole]);
}

static float swing_of(const float codes[3], const int field[3])
{
    float swing = 0.0F;
    for (int i = 0; i < 3; i++)
        swing = fmaxf(swing, fabsf(codes[i] - (float)field[i]) * DITHER_RISE);
    for (int i = 0; i < 3; i++) {
        float room = fminf(codes[i], (float)CODE_MAX - codes[i]);
        swing = fminf(swing, SWING_LEAST + SWING_RISE * fmaxf(room, 0.0F));
    }
    return clamp_unit(swing);
}

/* A ramp that ends in a whole code joins what is flat there. */
static float swing_at_end(float swing, const float codes[3], const float end[3])
{
    float away = 0.0F;
    for (int i = 0; i < 3; i++)
        away = fmaxf(away, fabsf(codes[i] - end[i]) * DITHER_RISE);
    return fminf(swing, away);
}

static void fill_row(struct light *light, enum ramp ramp, const int field[3], const float ground[3],
                     const float colour[3])
{
    bool dither = ramp == RAMP_ACCENT || ramp == RAMP_DRAIN;
    const float end[3] = {light_code(light, colour[0]), light_code(light, colour[1]),
                          light_code(light, colour[2])};
    for (int i = 0; i < RAMP_STEPS; i++) {
        float root = (float)i / (RAMP_STEPS - 1);
        float part = root * root;
        float *entry = &light->row[(size_t)4 * (size_t)i];
        for (int c = 0; c < 3; c++)
            entry[c] = light_code(light, ground[c] + (colour[c] - ground[c]) * part);
        entry[3] = dither && i > 0 ? swing_of(entry, field) : 0.0F;
        if (ramp == RAMP_DRAIN)
            entry[3] = swing_at_end(entry[3], entry, end);
    }
    /* The field's code itself, to the last bit. */
    for (int c = 0; c < 3; c++)
        light->row[c] = (float)field[c];
}

void light_set_ramp(struct light *light, enum ramp ramp, const int field[3], struct colour colour)
{
    struct colour known = light->colours[ramp];
    if (light->known[ramp] && memcmp(light->field[ramp], field, sizeof light->field[ramp]) == 0 &&
        known.r == colour.r && known.g == colour.g && known.b == colour.b)
        return;
    light->known[ramp] = true;
    memcpy(light->field[ramp], field, sizeof light->field[ramp]);
    light->colours[ramp] = colour;
    struct colour ground = colour_from_codes(field[0], field[1], field[2]);
    const float from[3] = {ground.r, ground.g, ground.b};
    const float to[3] = {clamp_unit(colour.r), clamp_unit(colour.g), clamp_unit(colour.b)};
    fill_row(light, ramp, field, from, to);
    glBindTexture(GL_TEXTURE_2D, light->ramps);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, (GLint)ramp, RAMP_STEPS, 1, GL_RGBA, GL_FLOAT, light->row);
}

void light_finish(struct light *light)
{
    glDeleteTextures(1, &light->ramps);
    glDeleteTextures(1, &light->noise_tile);
}

#include "pictures.h"

#include "inner.h"
#include "lacrima/base/check.h"

#include <epoxy/gl.h>

#include <math.h>

/* A small photograph is not blown up into a blur. */
#define ENLARGED_MAX 2.0F
/* How far in from its edge a photograph comes out of the field, of S. */
#define EDGE_PART   0.012F
#define PIXEL_BYTES 4

_Static_assert(SCENE_PICTURES == 2, "the shader has a sampler for each");

void render_picture_room(const struct render *render, float text_scale, struct box *box)
{
    struct render_room room;
    render_page_room(render, text_scale, &room);
    int safe_x = (int)ceil((double)render->width * LAYOUT_SAFE);
    *box = (struct box){.x = safe_x,
                        .y = room.box.y,
                        .width = render->width - 2 * safe_x,
                        .height = room.box.height};
    box->width = box->width < 1 ? 1 : box->width;
}

/* A film gives picture after picture of one size. */
static bool renew(const struct picture_texture *item, const uint8_t *rgba, struct error *error)
{
    inner_forget_errors();
    glActiveTexture(GL_TEXTURE0 + UNIT_PICTURE);
    glBindTexture(GL_TEXTURE_2D, item->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, PIXEL_BYTES);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, item->width, item->height, GL_RGBA, GL_UNSIGNED_BYTE,
                    rgba);
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
    return inner_is_well("taking a picture", error);
}

bool render_picture(struct render *render, size_t which, const uint8_t *rgba, int width, int height,
                    struct error *error)
{
    check(which < SCENE_PICTURES && (rgba == NULL || (width > 0 && height > 0)));
    struct picture_texture *item = &render->pictures.items[which];
    if (render->lost)
        return true;
    if (rgba != NULL && item->texture != 0 && item->width == width && item->height == height)
        return renew(item, rgba, error);
    glDeleteTextures(1, &item->texture);
    *item = (struct picture_texture){0};
    if (rgba == NULL)
        return true;
    GLint most = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
    if (width > most || height > most)
        return error_set(error, "OpenGL takes no picture of %dx%d", width, height);
    inner_forget_errors();
    glActiveTexture(GL_TEXTURE0 + UNIT_PICTURE);
    glGenTextures(1, &item->texture);
    glBindTexture(GL_TEXTURE_2D, item->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, PIXEL_BYTES);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
    item->width = width;
    item->height = height;
    return inner_is_well("taking a picture", error);
}

bool pictures_visible(const struct render *render, const struct scene *scene)
{
    for (size_t i = 0; i < SCENE_PICTURES; i++) {
        if (scene->pictures[i] > 0.0F && render->pictures.items[i].texture != 0)
            return true;
    }
    return false;
}

/* In the middle of the room, as large as fits. */
static struct box place(const struct box *room, const struct picture_texture *item,
                        const struct scene *scene)
{
    float scale =
        fminf((float)room->width / (float)item->width, (float)room->height / (float)item->height);
    scale = fminf(scale, ENLARGED_MAX);
    int width = (int)fmaxf(1.0F, roundf((float)item->width * scale));
    int height = (int)fmaxf(1.0F, roundf((float)item->height * scale));
    return (struct box){.x = room->x + (room->width - width) / 2 + scene->drift_x_px,
                        .y = room->y + (room->height - height) / 2 + scene->drift_y_px,
                        .width = width,
                        .height = height};
}

static void set_uniforms(struct render *render, size_t i, struct box box)
{
    float s = (float)(render->width < render->height ? render->width : render->height);
    float width = (float)box.width;
    float height = (float)box.height;
    /* The texture's rows run down, gl_FragCoord's up. */
    float *map = &render->uniforms.picture_map[4 * i];
    map[0] = 1.0F / width;
    map[1] = -1.0F / height;
    map[2] = -(float)box.x / width;
    map[3] = ((float)render->height - (float)box.y) / height;
    float *edge = &render->uniforms.picture_edge[2 * i];
    edge[0] = fminf(EDGE_PART * s / width, 0.5F);
    edge[1] = fminf(EDGE_PART * s / height, 0.5F);
}

bool pictures_draw(struct render *render, const struct scene *scene, struct error *error)
{
    struct box room;
    struct box all = {0};
    if (!pictures_visible(render, scene))
        return true;
    render_picture_room(render, scene->text_scale, &room);
    for (size_t i = 0; i < SCENE_PICTURES; i++) {
        const struct picture_texture *item = &render->pictures.items[i];
        bool seen = scene->pictures[i] > 0.0F && item->texture != 0;
        struct box box = seen ? place(&room, item, scene) : room;
        render->uniforms.picture_part[i] = seen ? fminf(scene->pictures[i], 1.0F) : 0.0F;
        set_uniforms(render, i, box);
        if (seen)
            all = all.width == 0 ? box : box_around(all, box);
        glActiveTexture(GL_TEXTURE0 + UNIT_PICTURE + (GLenum)i);
        glBindTexture(GL_TEXTURE_2D, item->texture);
    }
    glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
    double own = scene->film ? SCENE_FILM_LUMINANCE : SCENE_PICTURE_LUMINANCE;
    double most = fmax(own, colour_luminance(scene->field));
    render->uniforms.picture_most[0] = (float)most;
    if (!programs_use(&render->programs, PROGRAM_PICTURES, error))
        return false;
    inner_draw_box(render, PROGRAM_PICTURES, all);
    return true;
}

void pictures_finish(struct pictures *pictures)
{
    for (size_t i = 0; i < SCENE_PICTURES; i++)
        glDeleteTextures(1, &pictures->items[i].texture);
    *pictures = (struct pictures){0};
}

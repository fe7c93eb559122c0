#include "lacrima/render.h"

#include "draw.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "page_view.h"

#include <epoxy/gl.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIXEL_BYTES 4
#define RGB_BYTES   3

bool render_resize(struct render *render, int width_px, int height_px, struct error *error)
{
    check(width_px >= 1 && width_px <= RENDER_SIZE_MAX_PX && height_px >= 1 &&
          height_px <= RENDER_SIZE_MAX_PX);
    if (render->width == width_px && render->height == height_px)
        return true;
    render->width = width_px;
    render->height = height_px;
    frame_forget(render->frame);
    render->page->shown = false;
    if (!render->offscreen)
        return true;
    inner_forget_errors();
    glBindRenderbuffer(GL_RENDERBUFFER, render->colours);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_px, height_px);
    return inner_is_well("changing the size", error);
}

/* What every frame begins with. */
static void begin_drawing(struct render *render)
{
    inner_forget_errors();
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glViewport(0, 0, render->width, render->height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DITHER);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glBindVertexArray(render->vertices);
    glActiveTexture(GL_TEXTURE0 + UNIT_RAMPS);
    glBindTexture(GL_TEXTURE_2D, render->light->ramps);
    glActiveTexture(GL_TEXTURE0 + UNIT_NOISE);
    glBindTexture(GL_TEXTURE_2D, render->light->noise_tile);
    render->uniforms.size[0] = (float)render->width;
    render->uniforms.size[1] = (float)render->height;
}

bool render_draw_over(struct render *render, const struct scene *scene, const struct page *page,
                      int age, struct boxes *changed, struct error *error)
{
    check(render != NULL && scene != NULL);
    begin_drawing(render);
    draw_take(render, scene, page);
    frame_decide(render->frame, age, render->width, render->height, changed);
    render->drew = true;
    bool drawn = draw_repair(render, scene, error) && inner_is_well("drawing", error);
    if (!drawn)
        frame_forget(render->frame);
    return drawn;
}

void render_page_budget(struct render *render, size_t lines)
{
    render->page_budget = lines;
}

bool render_page_waits(const struct render *render)
{
    return render->page->waits;
}

bool render_draw(struct render *render, const struct scene *scene, const struct page *page,
                 struct error *error)
{
    return render_draw_over(render, scene, page, 0, NULL, error);
}

/* Rows as GL gives them, RGBA from the bottom, into a part of the picture. */
static void take_rows(const uint8_t *in, const struct box *part, size_t across, uint8_t *rgb)
{
    size_t width = (size_t)part->width;
    for (int y = part->height - 1; y >= 0; y--) {
        uint8_t *out = rgb + (((size_t)(part->y + y) * across) + (size_t)part->x) * RGB_BYTES;
        for (size_t x = 0; x < width; x++, in += PIXEL_BYTES)
            memcpy(out + x * RGB_BYTES, in, RGB_BYTES);
    }
}

void render_read_box(struct render *render, const struct box *box, uint8_t *rgb, size_t size)
{
    check(render->offscreen);
    check(size == (size_t)render->width * (size_t)render->height * RGB_BYTES);
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    /* A few rows at a time: GLES reads RGBA only, rows come from the bottom, and no second picture
     * is held. */
    uint8_t rows[RENDER_SIZE_MAX_PX * PIXEL_BYTES];
    struct box part = *box;
    int end = box->y + box->height;
    for (; part.width > 0 && part.y < end; part.y += part.height) {
        int most = RENDER_SIZE_MAX_PX / part.width;
        part.height = end - part.y < most ? end - part.y : most;
        glReadPixels(part.x, render->height - part.y - part.height, part.width, part.height,
                     GL_RGBA, GL_UNSIGNED_BYTE, rows);
        take_rows(rows, &part, (size_t)render->width, rgb);
    }
}

void render_read(struct render *render, uint8_t *rgb, size_t size)
{
    const struct box all = {.width = render->width, .height = render->height};
    render_read_box(render, &all, rgb, size);
}

size_t render_text_boxes(const struct render *render, struct box *boxes, size_t room)
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
    if (render->lost) {
        text_wipe(render->texts, sizeof *render->texts);
    } else {
        glActiveTexture(GL_TEXTURE0 + UNIT_GLYPHS);
        text_cache_forget(render->texts);
    }
    scribe_forget(render->scribe);
    /* What a scene said may have been a person's own too. */
    text_wipe(render->layout, sizeof *render->layout);
    text_wipe(render->page, sizeof *render->page);
    text_wipe(render->page_before, sizeof *render->page_before);
    frame_forget(render->frame);
}

/* Mesa's software renderer keeps what it was told of a frame (more than 1 MB of one full of text)
 * until it is told of another: so it is told of one of a single pixel, which nobody sees. */
static void draw_pixel(const struct render *render)
{
    GLuint framebuffer = 0;
    GLuint pixel = 0;
    glGenRenderbuffers(1, &pixel);
    glBindRenderbuffer(GL_RENDERBUFFER, pixel);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 1, 1);
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, pixel);
    glClear(GL_COLOR_BUFFER_BIT);
    glFinish();
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glDeleteFramebuffers(1, &framebuffer);
    glDeleteRenderbuffers(1, &pixel);
}

bool render_rest(struct render *render, bool still)
{
    if (render->lost)
        return false;
    bool stands = still && render->drew;
    if (stands)
        draw_pixel(render);
    render->drew = render->drew && !stands;
    return programs_rest(&render->programs) || stands;
}

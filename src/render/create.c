/* The renderer's beginning and end, and its second beginning after the context was lost. */
#include "lacrima/render.h"

#include "frame.h"
#include "inner.h"
#include "lacrima/base/check.h"
#include "page_view.h"

#include <epoxy/gl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float measure(void *user, const char *text, size_t length)
{
    return text_cache_width(user, text, length);
}

static bool create_framebuffer(struct render *render, struct error *error)
{
    glGenRenderbuffers(1, &render->colours);
    glBindRenderbuffer(GL_RENDERBUFFER, render->colours);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, render->width, render->height);
    glGenFramebuffers(1, &render->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, render->framebuffer);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                              render->colours);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
        return error_set(error, "OpenGL cannot draw off-screen at %dx%d", render->width,
                         render->height);
    return inner_is_well("making an off-screen picture", error);
}

static void describe(struct render *render, bool gles)
{
    const char *version = (const char *)glGetString(GL_VERSION);
    const char *renderer = (const char *)glGetString(GL_RENDERER);
    (void)snprintf(render->description, sizeof render->description, "%s%s, %s",
                   gles ? "" : "OpenGL ", version != NULL ? version : "?",
                   renderer != NULL ? renderer : "?");
}

/* What lies in the context that is current. */
static bool create_gl(struct render *render, bool gles, struct error *error)
{
    inner_forget_errors();
    text_cache_init(render->texts, render->scribe);
    render->programs.gles = gles;
    glGenVertexArrays(1, &render->vertices);
    light_init(render->light);
    looks_init(render->looks);
    render->uniforms.ramps[0] = UNIT_RAMPS;
    render->uniforms.noise_tile[0] = UNIT_NOISE;
    render->uniforms.glyphs[0] = UNIT_GLYPHS;
    render->uniforms.looks[0] = UNIT_LOOKS;
    render->uniforms.picture_a[0] = UNIT_PICTURE;
    render->uniforms.picture_b[0] = UNIT_PICTURE + 1;
    describe(render, gles);
    if (!inner_is_well("getting ready", error))
        return false;
    return !render->offscreen || create_framebuffer(render, error);
}

static void finish_gl(struct render *render)
{
    programs_finish(&render->programs);
    pictures_finish(&render->pictures);
    if (render->texts != NULL)
        text_cache_finish(render->texts);
    if (render->light != NULL)
        light_finish(render->light);
    if (render->looks != NULL)
        looks_finish(render->looks);
    glDeleteVertexArrays(1, &render->vertices);
    glDeleteFramebuffers(1, &render->framebuffer);
    glDeleteRenderbuffers(1, &render->colours);
}

static bool create_parts(struct render *render, const struct render_params *params,
                         struct error *error)
{
    render->layout = calloc(1, sizeof *render->layout);
    render->texts = calloc(1, sizeof *render->texts);
    render->light = calloc(1, sizeof *render->light);
    render->looks = calloc(1, sizeof *render->looks);
    render->frame = calloc(1, sizeof *render->frame);
    render->page = calloc(1, sizeof *render->page);
    render->page_before = calloc(1, sizeof *render->page_before);
    render->scribe = scribe_create(params->font_family, params->say, params->say_user);
    if (render->layout == NULL || render->texts == NULL || render->light == NULL ||
        render->looks == NULL || render->frame == NULL || render->page == NULL ||
        render->page_before == NULL || render->scribe == NULL)
        return error_set(error, "out of memory");
    render->help = (struct layout_help){params->translate, measure, render->texts};
    return create_gl(render, params->gles, error);
}

bool render_create(struct render **render, const struct render_params *params, struct error *error)
{
    check(render != NULL && params != NULL);
    check(params->width_px >= 1 && params->width_px <= RENDER_SIZE_MAX_PX);
    check(params->height_px >= 1 && params->height_px <= RENDER_SIZE_MAX_PX);
    *render = NULL;
    struct render *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, "out of memory");
    made->width = params->width_px;
    made->height = params->height_px;
    made->offscreen = params->offscreen;
    made->say = params->say;
    made->say_user = params->say_user;
    if (!create_parts(made, params, error)) {
        render_destroy(&made);
        return false;
    }
    *render = made;
    return true;
}

/* A context forgives names that it does not know, so what lay in the lost one is let go as usual.
 */
bool render_restore(struct render *render, bool gles, struct error *error)
{
    finish_gl(render);
    frame_forget(render->frame);
    render->page->shown = false;
    memset(&render->programs, 0, sizeof render->programs);
    return create_gl(render, gles, error);
}

void render_lose(struct render *render)
{
    render->lost = true;
}

void render_destroy(struct render **render)
{
    if (render == NULL || *render == NULL)
        return;
    struct render *r = *render;
    if (!r->lost)
        finish_gl(r);
    else
        render_forget(r);
    scribe_destroy(&r->scribe);
    free(r->texts);
    free(r->light);
    free(r->looks);
    free(r->frame);
    free(r->page);
    free(r->page_before);
    free(r->layout);
    free(r);
    *render = NULL;
}

#include "stage.h"

#include "inner.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <SDL.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hear(void *user, const char *line)
{
    struct stage *stage = user;
    /* Of a script that no font here has. */
    bool font = strstr(line, "the letters of the script") != NULL;
    if (!font && stage->said_count < STAGE_SAID_MAX)
        (void)text_copy(stage->said[stage->said_count++], sizeof stage->said[0], line);
}

static void open_context(struct stage *stage, bool gles)
{
    (void)SDL_setenv("SDL_VIDEODRIVER", "offscreen", 0);
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        (void)fprintf(stderr, "no video: %s\n", SDL_GetError());
        check(!"SDL opens its offscreen driver");
    }
    (void)SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK,
                              gles ? SDL_GL_CONTEXT_PROFILE_ES : SDL_GL_CONTEXT_PROFILE_CORE);
    (void)SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    (void)SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, gles ? 0 : 3);
    stage->window = SDL_CreateWindow("stage", 0, 0, 64, 64, SDL_WINDOW_OPENGL);
    check(stage->window != NULL);
    stage->context = SDL_GL_CreateContext(stage->window);
    if (stage->context == NULL)
        (void)fprintf(stderr, "no context: %s\n", SDL_GetError());
    check(stage->context != NULL);
}

void stage_open_with(struct stage *stage, bool gles, int width, int height, const char *family,
                     const char *(*translate)(const char *id))
{
    *stage = (struct stage){.width = width, .height = height};
    open_context(stage, gles);
    struct render_params params = {.width_px = width,
                                   .height_px = height,
                                   .gles = gles,
                                   .offscreen = true,
                                   .font_family = family,
                                   .translate = translate,
                                   .say = hear,
                                   .say_user = stage};
    struct error error = {{0}};
    if (!render_create(&stage->render, &params, &error))
        (void)fprintf(stderr, "no renderer: %s\n", error.text);
    check(stage->render != NULL);
    stage->rgb = calloc((size_t)width * (size_t)height, 3);
    check(stage->rgb != NULL);
}

void stage_open(struct stage *stage, bool gles, int width, int height)
{
    stage_open_with(stage, gles, width, height, NULL, NULL);
}

void stage_resize(struct stage *stage, int width, int height)
{
    struct error error = {{0}};
    check(render_resize(stage->render, width, height, &error));
    stage->width = width;
    stage->height = height;
    free(stage->rgb);
    stage->rgb = calloc((size_t)width * (size_t)height, 3);
    check(stage->rgb != NULL);
}

void stage_draw(struct stage *stage, const struct scene *scene)
{
    stage_draw_page(stage, scene, NULL);
}

void stage_draw_page(struct stage *stage, const struct scene *scene, const struct page *page)
{
    struct error error = {{0}};
    if (!render_draw(stage->render, scene, page, &error)) {
        (void)fprintf(stderr, "not drawn: %s\n", error.text);
        check(!"the scene is drawn");
    }
    render_read(stage->render, stage->rgb, (size_t)stage->width * (size_t)stage->height * 3);
}

const uint8_t *stage_pixel(const struct stage *stage, int x, int y)
{
    check(x >= 0 && x < stage->width && y >= 0 && y < stage->height);
    return stage->rgb + 3 * ((size_t)y * (size_t)stage->width + (size_t)x);
}

struct stage_work stage_work(const struct stage *stage)
{
    const struct text_cache *texts = stage->render->texts;
    long programs = 0;
    for (int i = 0; i < PROGRAM_COUNT; i++)
        programs += stage->render->programs.items[i].id != 0 ? 1 : 0;
    return (struct stage_work){
        .measured = (long)texts->shaped, .drawn = (long)texts->drawn, .programs = programs};
}

int stage_things_drawn(const struct stage *stage)
{
    const struct frame *frame = stage->render->frame;
    int count = 0;
    for (size_t i = 0; i < frame->past[frame->newest].count; i++)
        count += frame_draws(frame, i) ? 1 : 0;
    return count;
}

void stage_close(struct stage *stage)
{
    render_destroy(&stage->render);
    SDL_GL_DeleteContext(stage->context);
    SDL_DestroyWindow(stage->window);
    SDL_Quit();
    free(stage->rgb);
    stage->rgb = NULL;
}

const char stage_long_words[] =
    "/home/someone/music/heard long ago/the second of two, and its name is far too long for "
    "one line and nearly for two.flac: this is not a file that can be played, or it is gone";

void stage_night(struct scene *scene)
{
    scene_init(scene);
    scene->field = colour_from_codes(20, 16, 13);
    scene->ink = colour_from_codes(190, 170, 145);
    scene->ink_faint = colour_from_codes(165, 148, 126);
    scene->accent = colour_from_codes(78, 58, 44);
    scene->line = colour_from_codes(140, 115, 92);
}

struct scene_line *stage_line(struct scene *scene, enum scene_slot slot, enum scene_style style,
                              const char *key, const char *text)
{
    struct scene_line *line = scene_add_line(scene, slot, style, text);
    (void)text_copy(line->key, sizeof line->key, key);
    line->literal = true;
    return line;
}

/* Draws the sample scenes and pages to PNG files, to be looked at by a person.
 * picture DIR WIDTH HEIGHT TEXT_SCALE [PALETTE [SAMPLE [gles]]] */
#include "lacrima/base/text.h"
#include "lacrima/core/settings.h"
#include "pages.h"
#include "samples.h"
#include "stage.h"

#include <SDL_image.h>

#include <stdio.h>
#include <stdlib.h>

static int save(const struct stage *stage, const char *path)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(
        stage->rgb, stage->width, stage->height, 24, stage->width * 3, SDL_PIXELFORMAT_RGB24);
    if (surface == NULL || IMG_SavePNG(surface, path) != 0) {
        (void)fprintf(stderr, "picture: %s: %s\n", path, SDL_GetError());
        SDL_FreeSurface(surface);
        return 1;
    }
    SDL_FreeSurface(surface);
    return 0;
}

static int draw_pages(struct stage *stage, const struct scene *empty, const char *folder,
                      const char *wanted)
{
    int failed = 0;
    for (size_t i = 0; i < page_sample_count && !failed; i++) {
        if (!text_equal(wanted, page_samples[i].name) && !text_equal(wanted, "all"))
            continue;
        static struct page page;
        pages_fill(stage, empty, page_samples[i].text, &page);
        pages_mark(&page);
        struct scene scene = *empty;
        struct scene_line *hint =
            stage_line(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", "Esc puts the page away");
        hint->ink = SCENE_INK_FAINT;
        stage_draw_page(stage, &scene, &page);
        char path[512];
        (void)snprintf(path, sizeof path, "%s/page-%s.png", folder, page_samples[i].name);
        failed = save(stage, path);
    }
    return failed;
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        (void)fputs("usage: picture DIR WIDTH HEIGHT TEXT_SCALE [PALETTE [SAMPLE [gles]]]\n",
                    stderr);
        return 2;
    }
    struct settings settings;
    settings_init(&settings);
    int palette = palette_find(&settings, argc > 5 ? argv[5] : "night");
    struct stage stage;
    stage_open(&stage, argc > 7, atoi(argv[2]), atoi(argv[3]));
    int failed = palette < 0;
    for (size_t i = 0; i < sample_count && !failed; i++) {
        if (argc > 6 && !text_equal(argv[6], samples[i].name) && !text_equal(argv[6], "all"))
            continue;
        struct scene scene;
        scene_init(&scene);
        palette_apply(&settings, (size_t)palette, 0, &scene);
        scene.text_scale = strtof(argv[4], NULL);
        samples[i].build(&scene);
        stage_draw(&stage, &scene);
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s.png", argv[1], samples[i].name);
        failed = save(&stage, path);
    }
    struct scene empty;
    scene_init(&empty);
    if (!failed) {
        palette_apply(&settings, (size_t)palette, 0, &empty);
        empty.text_scale = strtof(argv[4], NULL);
        failed = draw_pages(&stage, &empty, argv[1], argc > 6 ? argv[6] : "all");
    }
    for (size_t i = 0; i < stage.said_count; i++)
        (void)fprintf(stderr, "picture: said: %s\n", stage.said[i]);
    stage_close(&stage);
    return failed;
}

/* Prints what a frame costs: process CPU of clear and swap alone, and of sample scenes drawn by
 * the renderer and swapped, in turns in one process.  Not a test; see tests/bench.
 * cost WIDTH HEIGHT [FRAMES] (SDL_VIDEODRIVER says where: offscreen, x11, ...) */
#include "lacrima/render.h"
#include "samples.h"
#include "stage.h"

#include <SDL.h>
#include <epoxy/gl.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 7

static double cpu_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void draw_bare(void)
{
    glClearColor(0.08F, 0.06F, 0.05F, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

/* NULL: clear and swap only. */
static double frames_ms(struct render *render, SDL_Window *window, struct scene *scene, int frames)
{
    double before = cpu_ms();
    for (int i = 0; i < frames; i++) {
        if (scene == NULL) {
            draw_bare();
        } else {
            /* A breath: the disc fills and empties. */
            int half = frames / 2;
            scene->shapes[0].amount = (float)(i < half ? i : frames - i) / (float)half;
            (void)render_draw(render, scene, NULL, NULL);
        }
        SDL_GL_SwapWindow(window);
        glFinish();
    }
    return (cpu_ms() - before) / frames;
}

int main(int argc, char **argv)
{
    int width = argc > 1 ? atoi(argv[1]) : 1920;
    int height = argc > 2 ? atoi(argv[2]) : 1080;
    int frames = argc > 3 ? atoi(argv[3]) : 60;
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return 1;
    (void)SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    (void)SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    (void)SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_Window *window = SDL_CreateWindow("cost", 0, 0, width, height, SDL_WINDOW_OPENGL);
    SDL_GLContext context = SDL_GL_CreateContext(window);
    (void)SDL_GL_SetSwapInterval(0);
    struct render_params params = {.width_px = width, .height_px = height};
    struct render *render = NULL;
    struct error error;
    double start = cpu_ms();
    if (context == NULL || !render_create(&render, &params, &error))
        return 1;
    (void)printf("%s, %s, %dx%d\n", render_description(render), SDL_GetCurrentVideoDriver(), width,
                 height);
    (void)printf("%-16s %.2f ms\n", "create", cpu_ms() - start);
    enum { scenes_max = 32 };
    static double cost[scenes_max + 1][ROUNDS];
    static struct scene scenes[scenes_max];
    for (size_t s = 0; s < sample_count && s < scenes_max; s++) {
        stage_night(&scenes[s]);
        samples[s].build(&scenes[s]);
        start = cpu_ms();
        (void)render_draw(render, &scenes[s], NULL, NULL);
        glFinish();
        (void)printf("%-16s %.2f ms first\n", samples[s].name, cpu_ms() - start);
    }
    for (int round = 0; round < ROUNDS; round++) {
        cost[scenes_max][round] = frames_ms(NULL, window, NULL, frames);
        for (size_t s = 0; s < sample_count && s < scenes_max; s++)
            cost[s][round] = frames_ms(render, window, &scenes[s], frames);
    }
    qsort(cost[scenes_max], ROUNDS, sizeof(double), compare);
    double bare = cost[scenes_max][ROUNDS / 2];
    (void)printf("%-16s %.2f ms\n", "clear and swap", bare);
    for (size_t s = 0; s < sample_count && s < scenes_max; s++) {
        qsort(cost[s], ROUNDS, sizeof(double), compare);
        double ms = cost[s][ROUNDS / 2];
        (void)printf("%-16s %.2f ms  %.2fx\n", samples[s].name, ms, ms / bare);
    }
    render_destroy(&render);
    SDL_GL_DeleteContext(context);
    SDL_DestroyWindow(window);
    SDL_Quit();
    return 0;
}

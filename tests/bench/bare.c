/* The bare program that the benchmark compares with: a full-screen window that is cleared and
 * swapped sixty times a second, and nothing else.  It runs until it is asked to end.
 *
 * With --give-back it gives back once what getting ready took, by the same code as Lacrima does, so
 * that what the two hold can be compared on equal terms as well. */
#include "memory.h"

#include <SDL.h>
#include <epoxy/gl.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define FRAME_NS    (1000000000L / 60)
#define SECOND_NS   1000000000L
#define READY_AFTER 30 /* frames: whatever the driver needs for them is there */

static bool ended(void)
{
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        if (event.type == SDL_QUIT)
            return true;
    }
    return false;
}

/* Where the swap does not wait for the display, this does. */
static void wait_until(struct timespec *due)
{
    due->tv_nsec += FRAME_NS;
    if (due->tv_nsec >= SECOND_NS) {
        due->tv_nsec -= SECOND_NS;
        due->tv_sec++;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    bool late =
        now.tv_sec > due->tv_sec || (now.tv_sec == due->tv_sec && now.tv_nsec > due->tv_nsec);
    if (late)
        *due = now;
    else
        (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, due, NULL);
}

static void give_back(void)
{
    glReleaseShaderCompiler();
    memory_give_back();
}

static void run(SDL_Window *window, bool gives_back)
{
    int frames = 0;
    bool vsync = SDL_GL_SetSwapInterval(1) == 0;
    struct timespec due;
    clock_gettime(CLOCK_MONOTONIC, &due);
    while (!ended()) {
        int width, height;
        SDL_GL_GetDrawableSize(window, &width, &height);
        glViewport(0, 0, width, height);
        glClearColor(0.08F, 0.06F, 0.05F, 1.0F);
        glClear(GL_COLOR_BUFFER_BIT);
        SDL_GL_SwapWindow(window);
        if (frames < READY_AFTER && ++frames == READY_AFTER && gives_back)
            give_back();
        if (!vsync)
            wait_until(&due);
    }
}

int main(int argc, char **argv)
{
    bool gives_back = argc > 1 && strcmp(argv[1], "--give-back") == 0;
    if (gives_back)
        memory_begin();
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        (void)fprintf(stderr, "%s\n", SDL_GetError());
        return 1;
    }
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_Window *window =
        SDL_CreateWindow("bare", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, 1280, 720,
                         SDL_WINDOW_OPENGL | SDL_WINDOW_FULLSCREEN_DESKTOP);
    SDL_GLContext context = window != NULL ? SDL_GL_CreateContext(window) : NULL;
    bool fine = context != NULL;
    if (fine)
        run(window, gives_back);
    else
        (void)fprintf(stderr, "%s\n", SDL_GetError());
    SDL_GL_DeleteContext(context);
    SDL_DestroyWindow(window);
    SDL_Quit();
    return fine ? 0 : 1;
}

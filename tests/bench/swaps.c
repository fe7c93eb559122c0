/* Counts the frames of any SDL program from outside: preloaded, it stands before
 * SDL_GL_SwapWindow, and before what shows a part of a frame, and keeps the count, the time of
 * each, and what the first one and the dearest one cost, in the file that LACRIMA_BENCH_SWAPS
 * names.  So both programs are measured by the same thing, and neither has to know of it. */
#include "record.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#define TIMES_KEPT 16384 /* as in stage.py */
/* What changes in a frame may be shown in parts.  No frame comes so soon after another, so what
 * does is a part of it. */
#define PART_NS 4000000

struct record {
    uint64_t count;
    uint64_t first_cpu_ns;         /* of the whole process, until the first swap returned */
    uint64_t times_ns[TIMES_KEPT]; /* CLOCK_MONOTONIC, when each returned; a ring */
    uint64_t cpu_ns;  /* of the whole process, at the last one; whoever measures may set it */
    uint64_t most_ns; /* the most between two of them */
};

void SDL_GL_SwapWindow(void *window);
void *SDL_GL_GetProcAddress(const char *name);

static struct record *open_record(void)
{
    static struct record nowhere;
    return record_open("LACRIMA_BENCH_SWAPS", &nowhere, sizeof nowhere);
}

static struct record *record;

static void count_cost(bool part)
{
    static uint64_t cost_ns;
    uint64_t cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    cost_ns = cpu_ns - record->cpu_ns + (part ? cost_ns : 0);
    if (cost_ns > record->most_ns)
        record->most_ns = cost_ns;
    record->cpu_ns = cpu_ns;
}

static void count_frame(bool may_be_part)
{
    static uint64_t last_ns;
    uint64_t now_ns = clock_ns(CLOCK_MONOTONIC);
    bool part = may_be_part && last_ns > 0 && now_ns - last_ns < PART_NS;
    last_ns = now_ns;
    if (record == NULL)
        record = open_record();
    if (record->count == 0)
        record->first_cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    count_cost(part);
    if (part)
        return;
    record->times_ns[record->count % TIMES_KEPT] = now_ns;
    record->count++;
}

static void count(void)
{
    count_frame(false);
}

static void count_part(void)
{
    count_frame(true);
}

void SDL_GL_SwapWindow(void *window)
{
    static void (*real)(void *);
    if (real == NULL)
        find_next(&real, "SDL_GL_SwapWindow");
    real(window);
    count();
}

/* What shows a frame, or a part of it, without a call of SDL's. */
static void (*real_copy)(void *, unsigned long, int, int, int, int);
static unsigned (*real_swap)(void *, void *, const int *, int);
static void (*real_read)(int, int, int, int, unsigned, unsigned, void *);

static void counted_copy(void *display, unsigned long drawable, int x, int y, int width, int height)
{
    real_copy(display, drawable, x, y, width, height);
    count_part();
}

static unsigned counted_swap(void *display, void *surface, const int *boxes, int box_count)
{
    unsigned fine = real_swap(display, surface, boxes, box_count);
    count();
    return fine;
}

/* Reading a frame's change into memory for the compositor; it is shown right after. */
static void counted_read(int x, int y, int width, int height, unsigned format, unsigned type,
                         void *pixels)
{
    real_read(x, y, width, height, format, type, pixels);
    count_part();
}

void *SDL_GL_GetProcAddress(const char *name)
{
    static void *(*real)(const char *);
    if (real == NULL)
        find_next(&real, "SDL_GL_GetProcAddress");
    void *found = real(name);
    if (found == NULL)
        return NULL;
    if (strcmp(name, "glXCopySubBufferMESA") == 0) {
        memcpy(&real_copy, &found, sizeof found);
        void (*counted)(void *, unsigned long, int, int, int, int) = counted_copy;
        memcpy(&found, &counted, sizeof found);
    } else if (strncmp(name, "eglSwapBuffersWithDamage", 24) == 0) {
        memcpy(&real_swap, &found, sizeof found);
        unsigned (*counted)(void *, void *, const int *, int) = counted_swap;
        memcpy(&found, &counted, sizeof found);
    } else if (strcmp(name, "glReadPixels") == 0) {
        memcpy(&real_read, &found, sizeof found);
        void (*counted)(int, int, int, int, unsigned, unsigned, void *) = counted_read;
        memcpy(&found, &counted, sizeof found);
    }
    return found;
}

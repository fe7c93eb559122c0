/* Counts the frames of any SDL program from outside: preloaded, it stands before
 * SDL_GL_SwapWindow and keeps the count, and the time of the first one, in the file that
 * LACRIMA_BENCH_SWAPS names.  So both programs are measured by the same thing, and neither has to
 * know of it. */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct record {
    uint64_t first_ns; /* CLOCK_MONOTONIC, when the first swap returned */
    uint64_t count;
};

void SDL_GL_SwapWindow(void *window);

static struct record *open_record(void)
{
    static struct record nowhere;
    const char *path = getenv("LACRIMA_BENCH_SWAPS");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return &nowhere;
    void *mapped = mmap(NULL, sizeof nowhere, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    (void)close(fd);
    return mapped != MAP_FAILED ? mapped : &nowhere;
}

void SDL_GL_SwapWindow(void *window)
{
    static struct record *record;
    static void (*real)(void *);
    if (record == NULL) {
        void *symbol = dlsym(RTLD_NEXT, "SDL_GL_SwapWindow");
        memcpy(&real, &symbol, sizeof real);
        record = open_record();
    }
    real(window);
    if (record->count == 0) {
        struct timespec now;
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        record->first_ns = (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
    }
    record->count++;
}

/* What is preloaded into a program to count its frames: its record in a file that somebody else
 * maps as well, the functions it stands before, and clocks.  Comes before every other header. */
#ifndef LACRIMA_TESTS_BENCH_RECORD_H
#define LACRIMA_TESTS_BENCH_RECORD_H

#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* The file that this variable names, or what is given where there is none. */
static inline void *record_open(const char *variable, void *nowhere, size_t size)
{
    const char *path = getenv(variable);
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return nowhere;
    void *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    (void)close(fd);
    return mapped != MAP_FAILED ? mapped : nowhere;
}

static inline void find_next(void *function, const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(function, &symbol, sizeof symbol);
}

static inline uint64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

#endif

/* A wall clock that is set while a program runs: preloaded, it answers for the wall clock alone,
 * and every clock that measures is the system's own.  SHIM_WALL is "SECONDS:OFFSET,...": so long
 * after the program began the wall clock is so many seconds off. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long began;

static long monotonic_s(void)
{
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

__attribute__((constructor)) static void begin(void)
{
    began = monotonic_s();
}

static long offset(void)
{
    const char *plan = getenv("SHIM_WALL");
    long now = monotonic_s() - began;
    long off = 0;
    while (plan != NULL && *plan != '\0') {
        long at = 0;
        long by = 0;
        if (sscanf(plan, "%ld:%ld", &at, &by) == 2 && now >= at)
            off = by;
        plan = strchr(plan, ',');
        plan = plan != NULL ? plan + 1 : NULL;
    }
    return off;
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    long result = syscall(SYS_clock_gettime, id, now);
    bool wall = id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_TAI;
    if (result == 0 && wall)
        now->tv_sec += offset();
    return (int)result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL)
        *out = now.tv_sec;
    return now.tv_sec;
}

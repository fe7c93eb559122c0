#include "clock.h"

#include "signals.h"

#include "lacrima/platform.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

/* The two clocks are read one after the other; a difference below this is no suspend. */
#define NOTICED_NS MILLISECONDS(1)

struct readings {
    time_ns elapsed; /* counts suspended time where the system can */
    time_ns running; /* does not */
};

/* The clock is the machine's, so there is one; the thread of the window reads it. */
static bool started;
static bool has_elapsed_clock;
static struct readings first;
static time_ns suspended; /* what was last answered, so that it only grows */

/* Shared with a signal handler.  On the running clock, so that a suspend during a stop does not
 * count twice. */
static _Atomic time_ns alive;   /* the last reading */
static _Atomic time_ns stopped; /* the sum of the stops */

static time_ns read_clock(clockid_t id)
{
    struct timespec now = {0};
    (void)clock_gettime(id, &now);
    return (time_ns)now.tv_sec * NS_PER_S + (time_ns)now.tv_nsec;
}

static struct readings read_clocks(void)
{
    struct readings now = {.running = read_clock(CLOCK_MONOTONIC)};
    now.elapsed = has_elapsed_clock ? read_clock(CLOCK_BOOTTIME) : now.running;
    return now;
}

static struct readings look(void)
{
    if (!started) {
        struct timespec probe;
        has_elapsed_clock = clock_gettime(CLOCK_BOOTTIME, &probe) == 0;
        first = read_clocks();
        started = true;
    }
    struct readings now = read_clocks();
    /* Looked at after the reading: a stop in between is then counted from the old mark, and a
     * later one from this reading. */
    while (signals_waits_continued()) {
        signals_accept(true);
        signals_accept(false);
        now = read_clocks();
    }
    /* The handler may have moved the mark past this reading. */
    if (now.running > atomic_load(&alive))
        atomic_store(&alive, now.running);
    return now;
}

void clock_continued(void)
{
    time_ns now = read_clock(CLOCK_MONOTONIC);
    time_ns before = atomic_exchange(&alive, now);
    if (before != 0 && now > before)
        atomic_fetch_add(&stopped, now - before);
}

time_ns platform_now(void)
{
    return look().elapsed - first.elapsed;
}

time_ns platform_suspended(void)
{
    struct readings now = look();
    time_ns asleep = (now.elapsed - first.elapsed) - (now.running - first.running);
    time_ns sum = asleep + atomic_load(&stopped);
    if (sum - suspended >= NOTICED_NS)
        suspended = sum;
    return suspended;
}

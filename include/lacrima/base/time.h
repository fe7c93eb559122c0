/* Time: signed 64-bit nanoseconds on one clock that begins at 0 when the program begins.
 *
 * Suspended time counts.  The range is about 292 years, so sums of a visit's times cannot
 * overflow.  Nothing below app reads a clock: time is always an argument. */
#ifndef LACRIMA_BASE_TIME_H
#define LACRIMA_BASE_TIME_H

#include <stdint.h>

typedef int64_t time_ns;

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

/* Never: later than every time that occurs. */
#define TIME_NEVER INT64_MAX

/* Constant expressions; the argument is a number of seconds, milliseconds or minutes. */
#define SECONDS(s)       ((time_ns)((s)*NS_PER_S))
#define MILLISECONDS(ms) ((time_ns)((ms)*NS_PER_MS))
#define MINUTES(m)       ((time_ns)((m)*60 * NS_PER_S))

/* Seconds as a float, for drawing only (never to decide when something happens). */
static inline double time_seconds(time_ns t)
{
    return (double)t / (double)NS_PER_S;
}

static inline time_ns time_min(time_ns a, time_ns b)
{
    return a < b ? a : b;
}

static inline time_ns time_max(time_ns a, time_ns b)
{
    return a > b ? a : b;
}

/* a + b where either may be TIME_NEVER. */
static inline time_ns time_add(time_ns a, time_ns b)
{
    return a == TIME_NEVER || b == TIME_NEVER ? TIME_NEVER : a + b;
}

#endif

/* Clock: the one reading of time, and what the system took away from it. */
#ifndef LACRIMA_PLATFORM_CLOCK_H
#define LACRIMA_PLATFORM_CLOCK_H

#include "lacrima/base/time.h"

/* A process that is stopped cannot note when; the last reading of the clock is the best it
 * knows.  So the waits read it at least this often. */
#define CLOCK_ALIVE_NS SECONDS(2)

/* The process was stopped and goes on now.  May be called from a signal handler. */
void clock_continued(void);

#endif

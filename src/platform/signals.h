/* Signals: what SDL does not do by itself.
 *
 * SDL turns SIGINT and SIGTERM into a quit event as it waits; here SIGHUP (a closed terminal, the
 * end of a session) joins them, SIGCONT notes when a stop ended (clock.h), and a pipe that nobody
 * reads or a limit of the files ends nothing. */
#ifndef LACRIMA_PLATFORM_SIGNALS_H
#define LACRIMA_PLATFORM_SIGNALS_H

#include "lacrima/base/time.h"

#include <poll.h>
#include <stdbool.h>

/* SIGHUP stays ignored where it was, as under nohup.  Must come before any thread is begun: SIGCONT
 * is blocked from then on, in this thread and in those it begins, so that none of them takes
 * it while this one goes on without having counted the stop. */
void signals_install(void);

/* Whether the calling thread hears of the end of a stop now.  Without install: nothing. */
void signals_accept(bool accept);

/* poll(), which hears of the end of a stop; a signal ends it. */
void signals_poll(struct pollfd *files, nfds_t count, time_ns ns);

/* Whether a stop has ended that the calling thread has not heard of. */
bool signals_waits_continued(void);

/* A bell that rings this thread every few milliseconds, for three seconds at most, so that a system
 * call in which it waits ends with EINTR.  SDL then waits anew, for as long as it had wanted to,
 * and so waits longer than it ever would.  end says whether it was ended in time: false once it
 * rang to its own end.  Without install it never rings. */
void signals_ring_begin(void);
bool signals_ring_end(void);

/* Gives back what install took. */
void signals_restore(void);

#endif

/* The connection to the X server: it is waited for here, and its end is found here.
 *
 * No thread but the window's speaks to Xlib.  SDL lets whoever pushes an event wake its own wait by
 * a message through the server, so that wait is not used, and a file of ours ends this one. */
#ifndef LACRIMA_PLATFORM_X11_LINK_H
#define LACRIMA_PLATFORM_X11_LINK_H

#include "inner.h"

/* Before there is a connection: by the window's thread, which is known by this. */
void x11_link_watch(void *xlib);

/* With a window that has just been opened, or is about to be closed. */
void x11_link_begin(struct platform *platform);
void x11_link_end(struct platform *platform);

/* Looks whether the server has gone.  SDL must not ask it for more before: Xlib finds it out in the
 * middle of a call, from which there is no way back, and the last keys are not heard. */
bool x11_link_there(const struct platform *platform);

/* Sleeps until the server has sent something, somebody wakes this thread, a signal comes or the
 * time is over.  SDL has been asked for what came before, and its queue is empty. */
void x11_link_sleep(struct platform *platform, time_ns ns);

/* Whether the server has gone; what it had sent of keys is in SDL's queue. */
bool x11_link_lost(const struct platform *platform);

#endif

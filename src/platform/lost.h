/* The display server has gone: a line says so once, what is kept is kept, and the program ends
 * within seconds, whatever hangs meanwhile.  One process, one display. */
#ifndef LACRIMA_PLATFORM_LOST_H
#define LACRIMA_PLATFORM_LOST_H

#include "lacrima/platform.h"

#include <stdnoreturn.h>

void lost_begin(const struct platform_params *params);

/* Says it, by any thread. */
void lost_say(void);

/* From now on the program has so long to end by itself; then a thread ends it. */
void lost_limit(void);

/* In the thread of the window, in the middle of whatever it does: keeps, and ends the program. */
noreturn void lost_end(void);

/* In another thread, which must not go on: waits until the program ends. */
noreturn void lost_wait(void);

#endif

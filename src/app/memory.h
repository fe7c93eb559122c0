/* Memory: what the process holds of it that nobody uses any more. */
#ifndef LACRIMA_APP_MEMORY_H
#define LACRIMA_APP_MEMORY_H

#include <stdbool.h>

/* Before anything large is asked for, and before any thread. */
void memory_begin(void);

/* While it is on, what is freed is overwritten, as far as the system can: glibc leaves out what it
 * holds ready for the next call (up to 1 KB each). */
void memory_overwrite(bool on);

/* Gives back what is free.  Takes a millisecond or two; for moments in which that is no matter. */
void memory_give_back(void);

#endif

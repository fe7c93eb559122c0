/* Beside: whether another Lacrima of this person's is open. */
#ifndef LACRIMA_APP_BESIDE_H
#define LACRIMA_APP_BESIDE_H

#include <stdbool.h>

/* True if another visit is on.  This one is noted until the process ends, by an empty file in the
 * runtime folder that the system clears away; without that folder nobody is noted. */
bool beside_another(void);

#endif

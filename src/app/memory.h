/* Memory: what the process holds of it that nobody uses any more. */
#ifndef LACRIMA_APP_MEMORY_H
#define LACRIMA_APP_MEMORY_H

/* Before anything large is asked for, and before any thread. */
void memory_begin(void);

/* Gives back what is free.  Takes a millisecond or two; for moments in which that is no matter. */
void memory_give_back(void);

#endif

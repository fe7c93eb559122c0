/* Disk order: whether a file that takes another's place is whole on the disk before it does, and
 * whether the disk is told that it did.  After a power loss nothing else is sure to be there.
 *
 * Who links this has its writes, renames and links watched.  fsync it wraps itself, and calls
 * disk_order_fsync(). */
#ifndef LACRIMA_TESTS_DISK_ORDER_H
#define LACRIMA_TESTS_DISK_ORDER_H

#include <stddef.h>

/* Forgets what it has seen. */
void disk_order_begin(void);

/* Writes to the disk, and notes it. */
int disk_order_fsync(int fd);

/* What was wrong since then, as a sentence; "" if nothing was.  *placed: how many files got the
 * name of another. */
const char *disk_order_end(size_t *placed);

#endif

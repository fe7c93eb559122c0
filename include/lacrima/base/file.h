/* Files, where the system's calls leave something to be done again. */
#ifndef LACRIMA_BASE_FILE_H
#define LACRIMA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes all of it, or returns false with errno. */
bool file_write_all(int fd, const char *bytes, size_t size);

#endif

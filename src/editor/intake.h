/* Intake: what a text from outside becomes on its way in. */
#ifndef LACRIMA_EDITOR_INTAKE_H
#define LACRIMA_EDITOR_INTAKE_H

#include <stdbool.h>
#include <stddef.h>

/* How long the text will be; false if it is not UTF-8 or holds a NUL.  same: it stays as it is. */
bool intake_measure(const char *text, size_t length, bool one_line, size_t *taken, bool *same);

/* Writes what intake_measure() has measured. */
void intake_copy(char *dst, const char *text, size_t length, bool one_line, bool same);

#endif

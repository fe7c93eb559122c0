/* The editor beside a plain array: every operation is done twice, once by the editor and once the
 * simplest way there is, and after each both must agree on every byte, the cursor, the selection
 * and what undo leads to. */
#ifndef LACRIMA_TESTS_EDITOR_MODEL_H
#define LACRIMA_TESTS_EDITOR_MODEL_H

#include <stddef.h>
#include <stdint.h>

/* Reads the bytes as operations and does them; aborts with a line when the two disagree.  Returns
 * how many operations that were. */
size_t model_drive(const uint8_t *data, size_t size);

#endif

/* The analyser's figures the plain way: every pixel of every frame, every window added up anew. For
 * a test that the quick way says the same. */
#ifndef LACRIMA_TESTS_PLAIN_H
#define LACRIMA_TESTS_PLAIN_H

#include "flash.h"

#define PLAIN_SIDE_MAX   64
#define PLAIN_FRAMES_MAX 300

struct plain; /* owned by who created it */

struct plain *plain_create(int width, int height, int fps);
void plain_frame(struct plain *plain, const uint8_t *rgb);
/* Values alone: no places. */
struct flash_report plain_report(const struct plain *plain);
void plain_destroy(struct plain *plain);

#endif

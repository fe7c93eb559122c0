/* A window without a desktop, its events pushed by hand. */
#ifndef LACRIMA_TESTS_PLATFORM_OWN_WINDOW_H
#define LACRIMA_TESTS_PLATFORM_OWN_WINDOW_H

#include "lacrima/platform.h"

extern struct platform *platform;
extern struct platform_event event; /* the last that came */

/* For cmocka: 0, or -1 if there is none. */
int begin_window(int width, int height);
int end_window(void **state);

void assert_next(enum platform_event_kind kind);
void assert_nothing(void);

#endif

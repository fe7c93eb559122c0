#include "own_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct platform *platform;
struct platform_event event;

int begin_window(int width, int height)
{
    struct platform_params params = {.offscreen = true, .width = width, .height = height};
    if (!platform_create(&platform, &params, NULL))
        return -1;
    while (platform_wait(platform, 0, &event)) {
    }
    return 0;
}

int end_window(void **state)
{
    (void)state;
    platform_destroy(&platform);
    return 0;
}

void assert_next(enum platform_event_kind kind)
{
    assert_true(platform_wait(platform, 0, &event));
    assert_int_equal(event.kind, kind);
}

void assert_nothing(void)
{
    assert_false(platform_wait(platform, 0, &event));
    assert_int_equal(event.kind, PLATFORM_NONE);
}

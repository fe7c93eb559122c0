#include "x11_calls.h"

#include "lacrima/base/loader.h"

#define LIBRARY "libxcb.so.1"

struct x11_calls xcb;

bool x11_calls_load(void)
{
    static const struct loader_row rows[] = {
#define X(name) {#name, &xcb.name},
        X11_CALLS(X)
#undef X
    };
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    return loader_open(&loader) == LOADED;
}

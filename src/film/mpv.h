/* The part of libmpv that is used, found when it is first needed. */
#ifndef LACRIMA_FILM_MPV_H
#define LACRIMA_FILM_MPV_H

#include "lacrima/base/error.h"

#include <stdbool.h>

#ifdef LACRIMA_HAS_MPV
#include <mpv/client.h>
#include <mpv/render.h>

/* One row a function: found by its name, called by its type. */
#define MPV_FUNCTIONS(ROW)                                                                         \
    ROW(client_api_version)                                                                        \
    ROW(create)                                                                                    \
    ROW(initialize)                                                                                \
    ROW(terminate_destroy)                                                                         \
    ROW(error_string)                                                                              \
    ROW(set_option_string)                                                                         \
    ROW(set_property)                                                                              \
    ROW(get_property)                                                                              \
    ROW(get_property_async)                                                                        \
    ROW(observe_property)                                                                          \
    ROW(command)                                                                                   \
    ROW(wait_event)                                                                                \
    ROW(set_wakeup_callback)                                                                       \
    ROW(render_context_create)                                                                     \
    ROW(render_context_set_update_callback)                                                        \
    ROW(render_context_update)                                                                     \
    ROW(render_context_render)                                                                     \
    ROW(render_context_free)

struct mpv_functions {
#define MPV_ROW(name) __typeof__(&mpv_##name) name;
    MPV_FUNCTIONS(MPV_ROW)
#undef MPV_ROW
};

/* All of them, or NULL with what to install.  It is looked for once; from any thread. */
const struct mpv_functions *mpv_functions(struct error *error);
#endif

#endif

/* libxcb's functions, under their own names.  The library is opened when they are first wanted:
 * Xlib has loaded it already. */
#ifndef LACRIMA_PLATFORM_X11_CALLS_H
#define LACRIMA_PLATFORM_X11_CALLS_H

#include <stdbool.h>
#include <xcb/xcb.h>

#define X11_CALLS(X)                                                                               \
    X(xcb_connect)                                                                                 \
    X(xcb_connection_has_error)                                                                    \
    X(xcb_convert_selection)                                                                       \
    X(xcb_create_window)                                                                           \
    X(xcb_delete_property)                                                                         \
    X(xcb_disconnect)                                                                              \
    X(xcb_flush)                                                                                   \
    X(xcb_generate_id)                                                                             \
    X(xcb_get_file_descriptor)                                                                     \
    X(xcb_get_property)                                                                            \
    X(xcb_get_property_reply)                                                                      \
    X(xcb_get_property_value)                                                                      \
    X(xcb_get_property_value_length)                                                               \
    X(xcb_get_selection_owner)                                                                     \
    X(xcb_get_selection_owner_reply)                                                               \
    X(xcb_get_setup)                                                                               \
    X(xcb_get_window_attributes)                                                                   \
    X(xcb_get_window_attributes_reply)                                                             \
    X(xcb_intern_atom)                                                                             \
    X(xcb_intern_atom_reply)                                                                       \
    X(xcb_map_window)                                                                              \
    X(xcb_poll_for_event)                                                                          \
    X(xcb_query_tree)                                                                              \
    X(xcb_query_tree_children)                                                                     \
    X(xcb_query_tree_children_length)                                                              \
    X(xcb_query_tree_reply)                                                                        \
    X(xcb_setup_roots_iterator)

struct x11_calls {
#define X(name) __typeof__(&(name)) name;
    X11_CALLS(X)
#undef X
};

extern struct x11_calls xcb;

/* Whether they can be called; by any thread. */
bool x11_calls_load(void);

#endif

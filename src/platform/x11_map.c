/* SDL 2.26 asks for a window to be shown and then waits until it is, without end and deaf to
 * everything else.  A window manager that begins at that very moment, as at the start of a session,
 * may have lost the request: openbox does.  So somebody else asks once more, on a connection of
 * their own, which the manager hears as it heard the first. */
#include "x11_map.h"

#include "x11_calls.h"

#include "lacrima/base/text.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 1000
#define PID_NAME    "_NET_WM_PID" /* SDL puts it on every window that is to be seen */

struct x11_map {
    SDL_sem *over;
    SDL_Thread *thread;
};

static xcb_atom_t pid_atom(xcb_connection_t *connection)
{
    xcb_intern_atom_cookie_t asked =
        xcb.xcb_intern_atom(connection, 0, (uint16_t)strlen(PID_NAME), PID_NAME);
    xcb_intern_atom_reply_t *reply = xcb.xcb_intern_atom_reply(connection, asked, NULL);
    xcb_atom_t atom = reply != NULL ? reply->atom : (xcb_atom_t)XCB_ATOM_NONE;
    free(reply);
    return atom;
}

static bool is_ours(xcb_connection_t *connection, xcb_window_t window, xcb_atom_t pid)
{
    xcb_get_property_cookie_t asked =
        xcb.xcb_get_property(connection, 0, window, pid, XCB_ATOM_CARDINAL, 0, 1);
    xcb_get_property_reply_t *reply = xcb.xcb_get_property_reply(connection, asked, NULL);
    uint32_t value = 0;
    if (reply != NULL && xcb.xcb_get_property_value_length(reply) == (int)sizeof value)
        memcpy(&value, xcb.xcb_get_property_value(reply), sizeof value);
    free(reply);
    return value != 0 && value == (uint32_t)getpid();
}

static bool is_hidden(xcb_connection_t *connection, xcb_window_t window)
{
    xcb_get_window_attributes_cookie_t asked = xcb.xcb_get_window_attributes(connection, window);
    xcb_get_window_attributes_reply_t *reply =
        xcb.xcb_get_window_attributes_reply(connection, asked, NULL);
    bool hidden = reply != NULL && reply->map_state == XCB_MAP_STATE_UNMAPPED;
    free(reply);
    return hidden;
}

/* A window in a manager's frame is no child of the root's any more, and has been shown. */
static void show_hidden(xcb_connection_t *connection)
{
    xcb_screen_t *screen = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection)).data;
    xcb_atom_t pid = pid_atom(connection);
    if (screen == NULL || pid == (xcb_atom_t)XCB_ATOM_NONE)
        return;
    xcb_query_tree_reply_t *tree =
        xcb.xcb_query_tree_reply(connection, xcb.xcb_query_tree(connection, screen->root), NULL);
    if (tree == NULL)
        return;
    const xcb_window_t *windows = xcb.xcb_query_tree_children(tree);
    int count = xcb.xcb_query_tree_children_length(tree);
    for (int i = 0; i < count; i++) {
        if (is_ours(connection, windows[i], pid) && is_hidden(connection, windows[i]))
            xcb.xcb_map_window(connection, windows[i]);
    }
    (void)xcb.xcb_flush(connection);
    free(tree);
}

static int ask_again(void *user)
{
    struct x11_map *map = user;
    while (SDL_SemWaitTimeout(map->over, PATIENCE_MS) == SDL_MUTEX_TIMEDOUT) {
        if (!x11_calls_load())
            continue;
        xcb_connection_t *connection = xcb.xcb_connect(NULL, NULL);
        if (xcb.xcb_connection_has_error(connection) == 0)
            show_hidden(connection);
        xcb.xcb_disconnect(connection);
    }
    return 0;
}

struct x11_map *x11_map_begin(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver == NULL || !text_equal(driver, "x11"))
        return NULL;
    struct x11_map *map = calloc(1, sizeof *map);
    if (map == NULL)
        return NULL;
    map->over = SDL_CreateSemaphore(0);
    if (map->over != NULL)
        map->thread = SDL_CreateThread(ask_again, "lacrima-map", map);
    if (map->thread == NULL) {
        SDL_DestroySemaphore(map->over);
        free(map);
        return NULL;
    }
    return map;
}

void x11_map_end(struct x11_map *map)
{
    if (map == NULL)
        return;
    (void)SDL_SemPost(map->over);
    SDL_WaitThread(map->thread, NULL);
    SDL_DestroySemaphore(map->over);
    free(map);
}

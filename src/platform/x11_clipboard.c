/* The clipboard under X11, asked for on a connection of our own.  SDL turns round without rest
 * until the owner answers, and knows nothing of what comes in parts, as GTK's and Qt's long texts
 * do. Here the wait costs nothing, what is read can be overwritten, and the connection ends with
 * it. */
#include "x11_clipboard.h"

#include "x11_calls.h"

#include "lacrima/base/text.h"

#include <SDL_syswm.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* An owner that stands still is waited for no longer: counted in waits, so that where the whole
 * machine stood still it has its time too. */
#define WAIT_MS       100
#define WAITS_MAX     20
#define TYPE_MASK     0x7F /* of a response: without the mark of one that was sent */
#define FORMAT_BYTES  8    /* a property of bytes, in bits each */
#define WORD_BYTES    4
#define ATOM_NAMES(X) X(CLIPBOARD) X(UTF8_STRING) X(INCR) X(LACRIMA_CLIPBOARD)

enum atom {
#define X(name) ATOM_##name,
    ATOM_NAMES(X)
#undef X
        ATOM_COUNT
};

struct request {
    xcb_connection_t *connection;
    xcb_window_t window;
    xcb_atom_t atoms[ATOM_COUNT];
    size_t room, length; /* of what is read: so many bytes at most */
    char *text;
};

static bool find_atoms(struct request *request)
{
#define X(name) #name,
    static const char *const names[] = {ATOM_NAMES(X)};
#undef X
    xcb_intern_atom_cookie_t asked[ATOM_COUNT];
    for (int i = 0; i < ATOM_COUNT; i++)
        asked[i] =
            xcb.xcb_intern_atom(request->connection, 0, (uint16_t)strlen(names[i]), names[i]);
    bool all = true;
    for (int i = 0; i < ATOM_COUNT; i++) {
        xcb_intern_atom_reply_t *reply =
            xcb.xcb_intern_atom_reply(request->connection, asked[i], NULL);
        request->atoms[i] = reply != NULL ? reply->atom : (xcb_atom_t)XCB_ATOM_NONE;
        all = all && reply != NULL;
        free(reply);
    }
    return all;
}

static bool begin(struct request *request, Display *display)
{
    /* The display's name is all that is taken from Xlib. */
    request->connection = xcb.xcb_connect(((_XPrivDisplay)display)->display_name, NULL);
    if (xcb.xcb_connection_has_error(request->connection) != 0 || !find_atoms(request))
        return false;
    const xcb_setup_t *setup = xcb.xcb_get_setup(request->connection);
    xcb_screen_t *screen = xcb.xcb_setup_roots_iterator(setup).data;
    const uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
    request->window = xcb.xcb_generate_id(request->connection);
    xcb.xcb_create_window(request->connection, XCB_COPY_FROM_PARENT, request->window, screen->root,
                          0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT,
                          XCB_CW_EVENT_MASK, &events);
    return true;
}

/* Who has the clipboard; of this program's own windows only SDL can answer, on this thread. */
static bool is_other(struct request *request, Window own)
{
    xcb_get_selection_owner_reply_t *reply = xcb.xcb_get_selection_owner_reply(
        request->connection,
        xcb.xcb_get_selection_owner(request->connection, request->atoms[ATOM_CLIPBOARD]), NULL);
    xcb_window_t owner = reply != NULL ? reply->owner : (xcb_window_t)XCB_WINDOW_NONE;
    free(reply);
    uint32_t client = ~xcb.xcb_get_setup(request->connection)->resource_id_mask;
    return owner != XCB_WINDOW_NONE && (owner & client) != ((uint32_t)own & client);
}

/* Whether it is the event that is waited for: the owner's answer, or the next part. */
static bool is_wanted(const struct request *request, const xcb_generic_event_t *event, int type,
                      bool *refused)
{
    if ((event->response_type & TYPE_MASK) != type)
        return false;
    if (type == XCB_SELECTION_NOTIFY) {
        const xcb_selection_notify_event_t *notify = (const void *)event;
        *refused = notify->property == XCB_ATOM_NONE;
        return true;
    }
    const xcb_property_notify_event_t *notify = (const void *)event;
    return notify->atom == request->atoms[ATOM_LACRIMA_CLIPBOARD] &&
           notify->state == XCB_PROPERTY_NEW_VALUE;
}

/* Waits for the event, and takes no processor meanwhile. */
static bool await(struct request *request, int type)
{
    struct pollfd readable = {.fd = xcb.xcb_get_file_descriptor(request->connection),
                              .events = POLLIN};
    (void)xcb.xcb_flush(request->connection);
    for (int waits = 0; waits < WAITS_MAX;) {
        xcb_generic_event_t *event = xcb.xcb_poll_for_event(request->connection);
        if (event != NULL) {
            bool refused = false;
            bool wanted = is_wanted(request, event, type, &refused);
            free(event);
            if (wanted)
                return !refused;
            continue;
        }
        if (xcb.xcb_connection_has_error(request->connection) != 0)
            return false;
        waits += poll(&readable, 1, WAIT_MS) <= 0 ? 1 : 0;
    }
    return false;
}

/* Reads what the owner has put down, as far as there is room, and takes it away. */
static xcb_get_property_reply_t *read_property(struct request *request)
{
    size_t words = (request->room - request->length) / WORD_BYTES + 1;
    xcb_get_property_reply_t *reply =
        xcb.xcb_get_property_reply(request->connection,
                                   xcb.xcb_get_property(request->connection, 0, request->window,
                                                        request->atoms[ATOM_LACRIMA_CLIPBOARD],
                                                        XCB_ATOM_ANY, 0, (uint32_t)words),
                                   NULL);
    xcb.xcb_delete_property(request->connection, request->window,
                            request->atoms[ATOM_LACRIMA_CLIPBOARD]);
    return reply;
}

static void drop(xcb_get_property_reply_t *reply)
{
    if (reply == NULL)
        return;
    text_wipe(xcb.xcb_get_property_value(reply), (size_t)xcb.xcb_get_property_value_length(reply));
    free(reply);
}

/* Returns how many bytes came; `room` is what may come in all. */
static size_t add(struct request *request, const xcb_get_property_reply_t *reply, size_t room)
{
    if (reply == NULL || reply->format != FORMAT_BYTES)
        return 0;
    if (request->text == NULL)
        request->text = malloc(room + 1);
    if (request->text == NULL)
        return 0;
    size_t got = (size_t)xcb.xcb_get_property_value_length(reply);
    size_t left = room - request->length;
    size_t kept = got < left ? got : left;
    memcpy(request->text + request->length, xcb.xcb_get_property_value(reply), kept);
    request->length += kept;
    return got;
}

/* It comes in parts, each when the one before was taken away; an empty one is the end. */
static bool read_parts(struct request *request)
{
    size_t got = 0;
    do {
        if (!await(request, XCB_PROPERTY_NOTIFY))
            return false;
        xcb_get_property_reply_t *reply = read_property(request);
        got = add(request, reply, request->room);
        drop(reply);
    } while (got > 0);
    return true;
}

static bool read_all(struct request *request)
{
    xcb.xcb_convert_selection(request->connection, request->window, request->atoms[ATOM_CLIPBOARD],
                              request->atoms[ATOM_UTF8_STRING],
                              request->atoms[ATOM_LACRIMA_CLIPBOARD], XCB_CURRENT_TIME);
    if (!await(request, XCB_SELECTION_NOTIFY))
        return false;
    xcb_get_property_reply_t *reply = read_property(request);
    bool parts = reply != NULL && reply->type == request->atoms[ATOM_INCR];
    if (!parts && reply != NULL) {
        size_t got = (size_t)xcb.xcb_get_property_value_length(reply);
        (void)add(request, reply, got < request->room ? got : request->room);
    }
    drop(reply);
    return !parts || read_parts(request);
}

static void finish(struct request *request)
{
    if (request->connection != NULL)
        xcb.xcb_disconnect(request->connection);
}

bool x11_clipboard_get(const struct platform *platform, size_t bytes_max, char **text)
{
    SDL_SysWMinfo info;
    struct request request = {.room = bytes_max};
    SDL_VERSION(&info.version)
    if (platform->x11 == NULL || !SDL_GetWindowWMInfo(platform->window, &info) ||
        info.subsystem != SDL_SYSWM_X11)
        return false;
    bool asks = x11_calls_load() && begin(&request, info.info.x11.display) &&
                is_other(&request, info.info.x11.window);
    if (asks && !read_all(&request)) {
        /* Half of it is none. */
        text_wipe(request.text, request.text != NULL ? request.length : 0);
        request.length = 0;
    }
    finish(&request);
    if (asks && request.text != NULL)
        request.text[request.length] = '\0';
    *text = request.text;
    return asks;
}

/* The other program from which something is dragged onto the window, as X11's desktops do it (XDND,
 * version 5): dropper X Y TYPE [HOW], with what is dropped on standard input.  Says "dropped" once
 * the window has taken it, "refused" if it takes no such thing.  HOW: "slow" to give it, "never"
 * gives it, or "away" from the window again before it was let go. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA_BYTES   65536
#define VERSION      5
#define PATIENCE_S   120 /* of a machine that may stand still */
#define ACCEPTED_BIT 1
#define SLOW_MS      200

struct drag {
    Display *display;
    Window source, target;
    Atom aware, enter, position, status, leave, drop, finished, selection, copy, type;
    int x, y;
    unsigned char data[DATA_BYTES];
    int length;
    bool slow, never, away;
};

static Atom atom(struct drag *drag, const char *name)
{
    return XInternAtom(drag->display, name, False);
}

static bool is_aware(struct drag *drag, Window window)
{
    Atom type = None;
    int format = 0;
    unsigned long count = 0;
    unsigned long rest = 0;
    unsigned char *value = NULL;
    int got = XGetWindowProperty(drag->display, window, drag->aware, 0, 1, False, AnyPropertyType,
                                 &type, &format, &count, &rest, &value);
    if (value != NULL)
        (void)XFree(value);
    return got == Success && type != None;
}

/* The window under the place that takes drops. */
static Window find_target(struct drag *drag)
{
    Window root = DefaultRootWindow(drag->display);
    Window window = root;
    Window child = root;
    int x = 0;
    int y = 0;
    while (child != None && !is_aware(drag, window)) {
        if (!XTranslateCoordinates(drag->display, root, window, drag->x, drag->y, &x, &y, &child))
            return None;
        window = child != None ? child : window;
    }
    return is_aware(drag, window) ? window : None;
}

static void tell(struct drag *drag, Atom what, long a, long b, long c, long d)
{
    XEvent event = {
        .xclient = {
            .type = ClientMessage, .window = drag->target, .message_type = what, .format = 32}};
    event.xclient.data.l[0] = (long)drag->source;
    event.xclient.data.l[1] = a;
    event.xclient.data.l[2] = b;
    event.xclient.data.l[3] = c;
    event.xclient.data.l[4] = d;
    (void)XSendEvent(drag->display, drag->target, False, NoEventMask, &event);
}

static void give(struct drag *drag, const XSelectionRequestEvent *asked)
{
    XEvent event = {.xselection = {.type = SelectionNotify,
                                   .requestor = asked->requestor,
                                   .selection = asked->selection,
                                   .target = asked->target,
                                   .time = asked->time}};
    if (asked->target == drag->type) {
        event.xselection.property = asked->property;
        (void)XChangeProperty(drag->display, asked->requestor, asked->property, drag->type, 8,
                              PropModeReplace, drag->data, drag->length);
    }
    (void)XSendEvent(drag->display, asked->requestor, False, NoEventMask, &event);
}

/* Serves the window until it has answered; what it answered. */
static long await(struct drag *drag, Atom answer)
{
    XEvent event;
    for (;;) {
        (void)XNextEvent(drag->display, &event);
        if (event.type == SelectionRequest && drag->never)
            return 0;
        if (event.type == SelectionRequest && drag->slow)
            (void)poll(NULL, 0, SLOW_MS); /* its slowness is what is looked at */
        if (event.type == SelectionRequest)
            give(drag, &event.xselectionrequest);
        else if (event.type == ClientMessage && event.xclient.message_type == answer)
            return event.xclient.data.l[1];
    }
}

static bool begin(struct drag *drag, const char *type)
{
    drag->display = XOpenDisplay(NULL);
    if (drag->display == NULL)
        return false;
    drag->aware = atom(drag, "XdndAware");
    drag->enter = atom(drag, "XdndEnter");
    drag->position = atom(drag, "XdndPosition");
    drag->status = atom(drag, "XdndStatus");
    drag->leave = atom(drag, "XdndLeave");
    drag->drop = atom(drag, "XdndDrop");
    drag->finished = atom(drag, "XdndFinished");
    drag->selection = atom(drag, "XdndSelection");
    drag->copy = atom(drag, "XdndActionCopy");
    drag->type = atom(drag, type);
    drag->source =
        XCreateSimpleWindow(drag->display, DefaultRootWindow(drag->display), 0, 0, 1, 1, 0, 0, 0);
    (void)XSetSelectionOwner(drag->display, drag->selection, drag->source, CurrentTime);
    drag->target = find_target(drag);
    return drag->target != None;
}

/* The data goes to the window as it comes in, without an end of its own. */
static bool read_data(struct drag *drag)
{
    size_t got = fread(drag->data, 1, sizeof drag->data, stdin);
    drag->length = (int)got;
    return got < sizeof drag->data;
}

int main(int argc, char **argv)
{
    static struct drag drag;
    (void)alarm(PATIENCE_S);
    const char *how = argc == 5 ? argv[4] : "";
    if (argc < 4 || argc > 5 || !read_data(&drag))
        return EXIT_FAILURE;
    drag.slow = strcmp(how, "slow") == 0;
    drag.never = strcmp(how, "never") == 0;
    drag.away = strcmp(how, "away") == 0;
    drag.x = atoi(argv[1]);
    drag.y = atoi(argv[2]);
    if (!begin(&drag, argv[3])) {
        (void)fputs("no window that takes drops\n", stderr);
        return EXIT_FAILURE;
    }
    tell(&drag, drag.enter, (long)VERSION << 24, (long)drag.type, None, None);
    tell(&drag, drag.position, 0, (long)drag.x << 16 | drag.y, CurrentTime, (long)drag.copy);
    bool accepted = (await(&drag, drag.status) & ACCEPTED_BIT) != 0;
    if (accepted && drag.away) {
        tell(&drag, drag.leave, 0, 0, 0, 0);
    } else if (accepted) {
        tell(&drag, drag.drop, 0, CurrentTime, 0, 0);
        (void)await(&drag, drag.finished);
    }
    (void)puts(accepted ? "dropped" : "refused");
    (void)XCloseDisplay(drag.display);
    return EXIT_SUCCESS;
}

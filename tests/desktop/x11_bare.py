"""X11 without a window manager: nobody else makes a window as large as the screen."""

import ctypes
import unittest

import x11
from desk import Case, poll_until

BOUND_S = 90  # this machine may stand still
LOOK_S = 0.1
SMALL = (640, 400)
LARGE = (20000, 400)
MAP_REQUEST, REDIRECT_MASK, EVENT_BYTES = 20, 1 << 20, 192


class Loser:
    """A window manager that ends with the first request to show a window in its hands."""

    def __init__(self, display):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))
        root = ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display))
        self.x11.XSelectInput(self.display, root, ctypes.c_long(REDIRECT_MASK))
        self.x11.XSync(self.display, 0)

    def asked(self):
        event = ctypes.create_string_buffer(EVENT_BYTES)
        return self.x11.XCheckTypedEvent(self.display, MAP_REQUEST, event) != 0

    def end(self):
        self.x11.XCloseDisplay(self.display)


class Bare(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder, manager=None)

    def has(self, visit, size):
        """Until the window has this size; with the whole screen's it begins at its corner."""
        def look():
            visit.listen(LOOK_S)
            said = self.desktop.ask("xwininfo", "-id", self.desktop.window())
            fits = "Width: %d\n" % size[0] in said and "Height: %d\n" % size[1] in said
            return fits and (size != x11.SIZE or "-geometry %dx%d+0+0" % size in said)
        poll_until("a window of %dx%d" % size, look, BOUND_S)

    def fills(self, visit):
        self.has(visit, x11.SIZE)
        poll_until("the field to the edges", self.filled, BOUND_S)

    def test_it_fills_the_screen(self):
        visit = self.start("--palette", "paper")
        self.fills(visit)
        self.quit(visit)

    def test_a_window_fills_the_screen_and_becomes_one_again(self):
        visit = self.start("--palette", "paper", "--size", "%dx%d" % SMALL)
        self.has(visit, SMALL)
        for value, size in (("on", x11.SIZE), ("off", SMALL), ("on", x11.SIZE)):
            self.desktop.key("F11")
            self.assertEqual(visit.expect(setting="fullscreen")["value"], value)
            self.has(visit, size)
        self.fills(visit)
        self.quit(visit)

    def test_a_window_larger_than_can_be_drawn(self):
        visit = self.start("--palette", "paper", "--size", "%dx%d" % SMALL)
        self.has(visit, SMALL)
        self.desktop.ask("xdotool", "windowsize", self.desktop.window(), *map(str, LARGE))
        self.has(visit, LARGE)
        self.desktop.key("2")
        visit.screen("technique")
        self.quit(visit)

    def test_a_request_to_be_shown_that_is_lost(self):
        loser = Loser(self.desktop.environment["DISPLAY"])
        visit = self.start("--palette", "paper", shown=False)
        poll_until("the request to be shown", loser.asked, BOUND_S)
        loser.end()
        visit.expect(screen="home")
        self.fills(visit)
        self.quit(visit)

    def filled(self):
        """The pale field is in every corner, where the bare screen is black; and words are on it."""
        picture = self.desktop.picture()
        width, height = picture.size
        corners = [picture.pixel(x, y) for x in (0, width - 1) for y in (0, height - 1)]
        return min(min(corner) for corner in corners) > 100 and not picture.plain(pointer=True)


if __name__ == "__main__":
    unittest.main()

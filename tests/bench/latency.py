"""From a key to a changed pixel: a key is pressed through XTest, and the window's picture is read from
the server until it is another."""

import contextlib
import ctypes
import ctypes.util
import time

import stage
import table

FRAME_MS = 1000 / 60
PRESSES = 20
QUICK_PRESSES = 6
SETTLED_S = 4.0   # the page of a letter is there
STILL_S = 0.4
LIMIT_S = 5.0
PAGE = "0.6 key Space\n1.2 key Space\n"
ALL_PLANES = ctypes.c_ulong(-1)
ZPIXMAP = 2
GAP_S = 0.137     # no whole number of frames, so that keys fall anywhere within one


class Image(ctypes.Structure):
    """The head of Xlib's XImage."""
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("offset", ctypes.c_int),
                ("format", ctypes.c_int), ("data", ctypes.c_void_p)] + [
                    (name, ctypes.c_int) for name in (
                        "byte_order", "unit", "bit_order", "pad", "depth", "bytes_per_line")]


class Eye:
    """A strip of the field, as the server has it, and a finger."""

    def __init__(self, display, size):
        x11, xtst = (ctypes.util.find_library(name) for name in ("X11", "Xtst"))
        if x11 is None or xtst is None:
            raise OSError("no libX11 or libXtst")
        self.x11, self.xtst = ctypes.CDLL(x11), ctypes.CDLL(xtst)
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XGetImage.restype = ctypes.POINTER(Image)
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))
        if not self.display:
            raise OSError("no display")
        self.root = ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display))
        self.code = self.x11.XKeysymToKeycode(
            self.display, ctypes.c_ulong(self.x11.XStringToKeysym(b"m")))
        width, height = size
        self.strip = (0, height // 20, width, height // 2)  # where the first lines stand

    def look(self):
        image = self.x11.XGetImage(self.display, self.root, *self.strip, ALL_PLANES, ZPIXMAP)
        head = image.contents
        seen = ctypes.string_at(head.data, head.bytes_per_line * head.height)
        self.x11.XDestroyImage(image)
        return seen

    def key(self, down):
        self.xtst.XTestFakeKeyEvent(self.display, self.code, int(down), ctypes.c_ulong(0))
        self.x11.XFlush(self.display)

    def wait_until_still(self):
        limit = time.monotonic() + LIMIT_S
        seen, since = self.look(), time.monotonic()
        while time.monotonic() < since + STILL_S and time.monotonic() < limit:
            time.sleep(0.02)
            now = self.look()
            if now != seen:
                seen, since = now, time.monotonic()
        return seen

    def press(self):
        """How long until something is another, in ms; None if nothing is."""
        before = self.wait_until_still()
        begun = time.monotonic()
        self.key(True)
        while self.look() == before:
            if time.monotonic() > begun + LIMIT_S:
                self.key(False)
                return None
        took = (time.monotonic() - begun) * 1e3
        self.key(False)
        return took

    def narrow(self):
        """To the rows that a key changes: looking at more would take time of its own."""
        before, (left, top, width, height) = self.look(), self.strip
        if self.press() is None:
            return
        after = self.wait_until_still()
        row = len(after) // height
        rows = [at for at in range(height)
                if before[at * row:(at + 1) * row] != after[at * row:(at + 1) * row]]
        if rows:
            self.strip = (left, top + rows[0], width, rows[-1] - rows[0] + 1)

    def close(self):
        self.x11.XCloseDisplay(self.display)


def measure(bench):
    with contextlib.ExitStack() as stack:
        world = stage.World(bench.build, stack)
        try:
            eye = Eye(world.environment["DISPLAY"], world.size)
        except OSError as error:
            table.without("key to changed pixel", str(error))
            return
        stack.callback(eye.close)
        stack.enter_context(stage.running(world, world.visit("write", PAGE), SETTLED_S))
        eye.narrow()
        took = []
        for _ in range(QUICK_PRESSES if bench.quick else PRESSES):
            took.append(eye.press())
            time.sleep(GAP_S)
    seen = [ms for ms in took if ms is not None]
    if len(seen) < len(took) or not seen:
        table.without("key to changed pixel", "not seen")
        return
    table.alone("key to changed pixel", seen, "ms")
    table.alone("key to changed pixel, in frames", [ms / FRAME_MS for ms in seen], "", "<= 2", 2)

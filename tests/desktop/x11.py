"""A desktop under Xvfb: openbox as the window manager, xdotool's keys, ImageMagick's eyes."""

import ctypes
import os
import subprocess

from desk import BOUND_S, end, end_of, poll_until
from picture import Picture
from wayland_input import CODES, MODIFIERS

X_KEYCODE = 8  # X numbers the kernel's keys from here
SIZE = (1024, 768)


class CursorImage(ctypes.Structure):
    """XFixesCursorImage, up to its pixels."""
    _fields_ = [("x", ctypes.c_short), ("y", ctypes.c_short), ("width", ctypes.c_ushort),
                ("height", ctypes.c_ushort), ("xhot", ctypes.c_ushort), ("yhot", ctypes.c_ushort),
                ("serial", ctypes.c_ulong), ("pixels", ctypes.POINTER(ctypes.c_ulong))]


def pointer_has_picture(display):
    x11, fixes = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXfixes.so.3")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    fixes.XFixesGetCursorImage.restype = ctypes.POINTER(CursorImage)
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    image = fixes.XFixesGetCursorImage(connection)
    count = image.contents.width * image.contents.height
    seen = any(image.contents.pixels[i] >> 24 for i in range(count))
    x11.XFree(image)
    x11.XCloseDisplay(connection)
    return seen


class Desktop:
    size = SIZE

    def __init__(self, folder, manager=("openbox", "--sm-disable")):
        self.folder = folder
        self.processes = []
        ready, given = os.pipe()
        self.run_beside([*self.server(), "-displayfd", str(given), "-nolisten", "tcp", "-noreset"],
                        pass_fds=[given])
        os.close(given)
        with os.fdopen(ready) as line:
            number = line.readline().strip()
        if not number:
            raise RuntimeError("the X server did not start")
        self.environment = {"DISPLAY": ":" + number}
        if manager:
            self.run_beside(manager)
            poll_until("a window manager", lambda: "window id" in
                       self.ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))

    def server(self):
        return ["Xvfb", "-screen", "0", "%dx%dx24" % SIZE]

    def run_beside(self, command, **more):
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder,
                       **getattr(self, "environment", {})}
        with open(os.path.join(self.folder, os.path.basename(command[0]) + ".log"), "wb") as log:
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log,
                                                   stderr=log, stdin=subprocess.DEVNULL, **more))

    def ask(self, *command):
        done = subprocess.run(command, env={"PATH": os.environ["PATH"], **self.environment},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=BOUND_S)
        return done.stdout.decode(errors="replace").strip()

    def window(self):
        return poll_until("the window", lambda: self.ask(
            "xdotool", "search", "--onlyvisible", "--class", "^lacrima$")).splitlines()[0]

    def title(self):
        return self.ask("xdotool", "getwindowname", self.window())

    def wait_for_keyboard(self):
        window = self.window()
        poll_until("the keyboard", lambda: self.ask("xdotool", "getwindowfocus") == window)

    def key(self, name):
        """A key by its place on a US keyboard: "q", "ctrl+q"."""
        self.keys([name])

    def keys(self, names):
        """One after the other, as fast as the server takes them."""
        self.ask("xdotool", *[step for name in names for step in self.steps(name)])

    def hold(self, name, down):
        """One key goes down, or up again; the server repeats it meanwhile."""
        code = MODIFIERS[name][0] if name in MODIFIERS else CODES[name]
        self.ask("xdotool", "keydown" if down else "keyup", str(code + X_KEYCODE))

    @staticmethod
    def steps(name):
        *held, last = name.split("+")
        # xdotool takes a number of one digit for the character.
        press = last if last == "Escape" else str(CODES[last] + X_KEYCODE)
        steps = []
        for modifier in held:
            steps += ["keydown", str(MODIFIERS[modifier][0] + X_KEYCODE)]
        steps += ["key", "--delay", "0", press]
        for modifier in reversed(held):
            steps += ["keyup", str(MODIFIERS[modifier][0] + X_KEYCODE)]
        return steps

    def covered(self):
        """Whether the window fills the screen."""
        window = self.window()
        return ("Geometry: %dx%d" % SIZE in self.ask("xdotool", "getwindowgeometry", window) and
                "FULLSCREEN" in self.ask("xprop", "-id", window, "_NET_WM_STATE"))

    def close_window(self):
        """As the window manager's own key does."""
        self.key("alt+F4")

    def hide(self):
        self.ask("xdotool", "set_desktop", "1")

    def unhide(self):
        self.ask("xdotool", "set_desktop", "0")

    def clipboard(self):
        return self.ask("xclip", "-out", "-selection", "clipboard")

    def hold_clipboard(self, text):
        """Another program has this to paste."""
        subprocess.run(["xclip", "-in", "-selection", "clipboard"], input=text.encode(),
                       env={"PATH": os.environ["PATH"], **self.environment}, check=True,
                       stdout=subprocess.DEVNULL, timeout=BOUND_S)

    def set_layout(self, layout):
        self.ask("setxkbmap", layout)

    def click(self, button):
        self.ask("xdotool", "mousemove", "300", "300", "click", {"left": "1", "right": "3"}[button])

    def point(self, x, y):
        self.ask("xdotool", "mousemove", str(x), str(y))

    def pointer_seen(self):
        """Whether the pointer's own picture has anything in it."""
        return pointer_has_picture(self.environment["DISPLAY"])

    def button(self, name, down):
        self.ask("xdotool", "mousedown" if down else "mouseup", {"left": "1", "right": "3"}[name])

    def wheel(self, steps):
        for _ in range(abs(steps)):
            self.ask("xdotool", "click", "5" if steps > 0 else "4")

    def picture(self):
        done = subprocess.run(["import", "-window", "root", "-depth", "8", "ppm:-"], stdout=subprocess.PIPE,
                              env={"PATH": os.environ["PATH"], **self.environment}, timeout=BOUND_S,
                              check=True)
        return Picture(done.stdout)

    def tell(self):
        """Every window and who has the keyboard, and what the server and the manager said."""
        windows = [f"{window}: " + self.ask("xprop", "-id", window, "WM_NAME", "WM_STATE", "_NET_WM_STATE") +
                   self.ask("sh", "-c", f"xwininfo -id {window} | grep Map")
                   for window in self.ask("xdotool", "search", "--class", "^lacrima$").split()]
        tree = [line for line in self.ask("xwininfo", "-root", "-tree").splitlines() if "has no name" not in line]
        running = {process.args[0]: process.poll() for process in self.processes}
        return "\n".join([f"the desktop: {running}", *tree, *windows,
                          "the keyboard: " + self.ask("xdotool", "getwindowfocus"),
                          *(end_of(os.path.join(self.folder, os.path.basename(command) + ".log"))
                            for command in running)])

    def close(self):
        for process in reversed(self.processes):
            end(process)

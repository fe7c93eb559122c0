"""Several displays under X11: the X server of a real desktop with displays that are none (its dummy
driver), side by side by RandR."""

import os
import signal
import threading
import unittest

import x11
from desk import Case, poll_until

ONE, TWO = "DUMMY0", "DUMMY1"
MODES = {ONE: (1024, 768), TWO: (800, 600)}
SERVER = "/usr/lib/xorg/Xorg"  # itself: what stands in the path asks for a console
CONFIG = """Section "Device"
    Identifier "none"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Monitor"
    Identifier "any"
    HorizSync 5-1000
    VertRefresh 5-200
EndSection
Section "Screen"
    Identifier "both"
    Device "none"
    Monitor "any"
    DefaultDepth 24
EndSection
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "false"
EndSection
"""
BLACK = (0, 0, 0)
SLOW_S = 0.03     # a slow window manager stands still for so long
BRISK_S = 0.0005  # and goes on for so long
TIMES = 4         # to the other display and back


class Displays(x11.Desktop):
    def __init__(self, folder):
        super().__init__(folder)
        for width, height in MODES.values():
            self.ask("xrandr", "--newmode", f"{width}m", "60", str(width), str(width + 50),
                     str(width + 100), "1400", str(height), str(height + 3), str(height + 6), "800")
            for display in MODES:
                self.ask("xrandr", "--addmode", display, f"{width}m")
        self.both()
        # Only when it is asked again does the server say that the second is connected.
        poll_until("two displays", lambda: self.ask("xrandr").count(" connected ") == 2)

    def slow_down(self, ended):
        """The window manager stands still again and again until the event."""
        manager = self.processes[-1]
        while not ended.wait(BRISK_S):
            manager.send_signal(signal.SIGSTOP)
            ended.wait(SLOW_S)
            manager.send_signal(signal.SIGCONT)

    def server(self):
        config = os.path.join(self.folder, "xorg.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG)
        return [SERVER, "-config", config, "-logfile", os.path.join(self.folder, "xorg.log")]

    def both(self):
        self.ask("xrandr", "--output", ONE, "--mode", f"{MODES[ONE][0]}m", "--pos", "0x0",
                 "--output", TWO, "--mode", f"{MODES[TWO][0]}m", "--pos", f"{MODES[ONE][0]}x0")

    def only(self, display):
        other = TWO if display == ONE else ONE
        self.ask("xrandr", "--output", other, "--off", "--output", display, "--pos", "0x0")

    def window(self):
        """The one that is not dark: their names differ by a capital."""
        def look():
            found = self.ask("xdotool", "search", "--onlyvisible", "--class", "^lacrima$")
            return [w for w in found.split()
                    if self.ask("xdotool", "getwindowname", w) == "Lacrima"]
        return poll_until("the window", look)[0]

    def place(self):
        """Where the window is: x, y, width and height."""
        lines = self.ask("xwininfo", "-id", self.window()).splitlines()
        values = dict(line.strip().split(":", 1) for line in lines if ":" in line)
        return tuple(int(values[name]) for name in (
            "Absolute upper-left X", "Absolute upper-left Y", "Width", "Height"))


class TwoDisplays(Case):
    @classmethod
    def make_desktop(cls):
        return Displays(cls.folder)

    def setUp(self):
        super().setUp()
        self.desktop.both()

    def fills(self, display, alone=False):
        x = 0 if alone or display == ONE else MODES[ONE][0]
        return self.desktop.place() == (x, 0, *MODES[display])

    def wait_for(self, display, alone=False):
        poll_until("on " + display, lambda: self.fills(display, alone))

    def next_display(self, visit, display):
        self.desktop.key("d")
        self.assertEqual(visit.expect(setting="display")["value"].split()[0], display)
        self.wait_for(display)
        self.keyboard(visit)

    def test_the_display_asked_for_and_the_next(self):
        for number, display in ((0, ONE), (1, TWO)):
            visit = self.start("--display", number)
            self.wait_for(display)
            self.quit(visit)
        visit = self.start("--display", TWO)
        self.wait_for(TWO)
        self.next_display(visit, ONE)
        self.next_display(visit, TWO)
        self.quit(visit)
        # The choice is kept by its name.
        visit = self.start()
        self.wait_for(TWO)
        self.quit(visit)

    def test_the_display_that_the_pointer_is_on(self):
        for display in (TWO, ONE):
            width, height = MODES[display]
            self.desktop.point(width // 2 + (MODES[ONE][0] if display == TWO else 0), height // 2)
            visit = self.start("--display", "pointer")
            self.wait_for(display)
            self.quit(visit)

    def test_switched_off_and_on(self):
        visit = self.start("--display", TWO)
        self.wait_for(TWO)
        self.desktop.only(ONE)
        self.wait_for(ONE, alone=True)
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        self.desktop.both()
        # X tells a program nothing of it; where it is taken from is where it really is.
        self.keyboard(visit)
        self.next_display(visit, TWO)
        self.next_display(visit, ONE)
        self.quit(visit)

    def dark_beside(self):
        """A visit on the first display, with the other dark."""
        config = os.path.join(self.home, "dark.ini")
        with open(config, "w", encoding="utf-8") as file:
            file.write("[look]\nother_displays_dark = yes\n")
        visit = self.start("--config", config, "--display", ONE)
        self.wait_for(ONE)
        return visit

    def test_a_slow_window_manager(self):
        """It is seen between any two of its steps, and the window is not taken for elsewhere."""
        visit = self.dark_beside()
        ended = threading.Event()
        slowing = threading.Thread(target=self.desktop.slow_down, args=(ended,))
        slowing.start()
        try:
            for _ in range(TIMES):
                self.next_display(visit, TWO)
                self.next_display(visit, ONE)
        finally:
            ended.set()
            slowing.join()
        self.quit(visit)

    def test_the_others_dark(self):
        visit = self.dark_beside()
        x = MODES[ONE][0]
        poll_until("the other dark", lambda: self.desktop.picture().pixel(x + 3, 3) == BLACK)
        self.assertNotEqual(self.desktop.picture().pixel(3, 3), BLACK)
        self.next_display(visit, TWO)
        poll_until("the first dark", lambda: self.desktop.picture().pixel(3, 3) == BLACK)
        poll_until("this not", lambda: self.desktop.picture().pixel(x + 3, 3) != BLACK)
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

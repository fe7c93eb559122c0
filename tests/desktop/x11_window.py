"""The window and the process under X11."""

import re
import time
import unittest

import x11
from desk import Case, poll_until
from window_both import Windows


SETTLED_S = 16  # a pause has then long come to rest: its fades, and the hint that leaves
DRIFT_S = 30    # as long all stands where it is; then it wanders a pixel


class X11Windows(Windows, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def covered(self):
        return self.desktop.covered()

    def test_another_window_does_not_minimise(self):
        visit = self.at_home()
        window = self.desktop.window()
        self.desktop.run_beside(["xev"])
        other = self.desktop.processes[-1]
        poll_until("the other has the keyboard",
                   lambda: self.desktop.ask("xdotool", "getwindowfocus") != window)
        self.assertNotIn("HIDDEN", self.desktop.ask("xprop", "-id", window, "_NET_WM_STATE"))
        self.assertRegex(self.desktop.ask("xwininfo", "-id", window), "IsViewable")
        self.desktop.key("1")
        other.terminate()
        other.wait(10)
        self.keyboard(visit)
        self.assertTrue(self.desktop.covered())
        # What was typed into the other window was not heard.
        self.assertFalse([e for e in visit.events if e.get("screen") == "technique"])
        self.quit(visit)

    def test_minimised_and_back(self):
        visit = self.at_home()
        window = self.desktop.window()
        self.desktop.ask("xdotool", "windowminimize", window)
        poll_until("minimised", lambda: "IsUnMapped" in self.desktop.ask("xwininfo", "-id", window))
        self.desktop.ask("xdotool", "windowactivate", window)
        self.keyboard(visit)
        poll_until("words", lambda: not self.desktop.picture().plain())
        self.quit(visit)

    def test_parts_make_a_whole(self):
        """What was drawn and shown piece by piece, through other sizes, is what a window that has to
        be shown anew from nothing has in it."""
        visit = self.start("breathe", "--windowed", "--size", "640x400", "--palette", "night")
        window = self.desktop.window()
        visit.next = 0
        visit.screen("technique")
        self.desktop.key("space")
        visit.state("breathe", "in")
        for width, height in ((900, 650), (500, 420)):
            self.desktop.ask("xdotool", "windowsize", window, str(width), str(height))
            poll_until("another size", lambda: "%dx%d" % (width, height) in self.desktop.ask(
                "xdotool", "getwindowgeometry", window))
            visit.listen(0.5)
        self.desktop.key("t")
        visit.expect(setting="words")
        self.desktop.key("p")
        paused = visit.screen("paused")["t"]
        # From one step of the drift there is time until the next.
        step = DRIFT_S * (1 + (paused + SETTLED_S) // DRIFT_S)
        visit.listen(visit.heard_at + step + 1 - paused - time.monotonic())
        before = self.desktop.picture()
        self.desktop.ask("xdotool", "windowminimize", window)
        poll_until("minimised", lambda: "IsUnMapped" in self.desktop.ask("xwininfo", "-id", window))
        self.desktop.ask("xdotool", "windowactivate", window)
        self.keyboard(visit)
        poll_until("the same picture", lambda: self.desktop.picture().data == before.data)
        self.quit(visit)

    def test_the_pointer_is_there_after_the_visit(self):
        visit = self.at_home()
        poll_until("its rest", lambda: not self.desktop.pointer_seen())
        self.quit(visit)
        poll_until("the pointer", self.desktop.pointer_seen)

    def test_a_broken_wayland_falls_back(self):
        for runtime in ({}, {"XDG_RUNTIME_DIR": self.home}):
            visit = self.start(WAYLAND_DISPLAY="nosuch", **runtime)
            self.quit(visit)

    def test_no_display_at_all(self):
        visit = self.start(shown=False, DISPLAY="")
        self.assertEqual(visit.leave(), 1)
        self.assertEqual(len(visit.said()), 1, visit.said())
        self.assertIn("No display could be opened", visit.said()[0])

    def test_the_class_is_the_programs_name(self):
        visit = self.at_home()
        said = self.desktop.ask("xprop", "-id", self.desktop.window(), "WM_CLASS")
        self.assertTrue(re.search(r'"lacrima", "lacrima"', said), said)
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

"""The window and the process under Wayland."""

import unittest

import wayland
from desk import Case, poll_until
from window_both import Windows


class WaylandWindows(Windows, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def covered(self):
        return self.desktop.window()["fullscreen_mode"] != 0

    def test_the_pointer_rests(self):
        visit = self.at_home()
        self.desktop.key("Return")
        visit.screen("let-go")
        poll_until("a bare field", lambda: self.desktop.picture(pointer=True).plain())
        width, height = wayland.SIZE
        self.desktop.seat.move(width // 2, height // 2, width, height)
        self.desktop.seat.move(width // 2 + 40, height // 2, width, height)
        poll_until("the pointer", lambda: not self.desktop.picture(pointer=True).plain(), 2)
        poll_until("its rest", lambda: self.desktop.picture(pointer=True).plain())
        self.quit(visit)

    def test_the_pointer_is_there_on_the_curtain(self):
        visit = self.at_home()
        self.desktop.key("Return")
        visit.screen("let-go")
        poll_until("a bare field", lambda: self.desktop.picture(pointer=True).plain())
        self.desktop.key("c")
        visit.screen("curtain")
        poll_until("the pointer", lambda: not self.desktop.picture(pointer=True).plain())
        self.assertTrue(self.desktop.picture(pointer=True).plain(pointer=True))
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

"""The window and the process under Wayland."""

import unittest

import wayland
from desk import Case
from window_both import Windows


class WaylandWindows(Windows, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def covered(self):
        return self.desktop.window()["fullscreen_mode"] != 0


if __name__ == "__main__":
    unittest.main()

"""Real keys in a real window under Wayland."""

import unittest

import wayland
from desk import Case
from keys_both import Keys


class WaylandKeys(Keys, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def covered(self):
        return self.desktop.window()["fullscreen_mode"] != 0


if __name__ == "__main__":
    unittest.main()

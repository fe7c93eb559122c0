"""Displays that are pulled out and put back under X11: Xwayland, whose RandR has real ones."""

import unittest

import wayland
from desk import Case
from unplug_both import Unplugs


class X11Unplugged(Unplugs, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Unpluggable(cls.folder, xwayland=True)


if __name__ == "__main__":
    unittest.main()

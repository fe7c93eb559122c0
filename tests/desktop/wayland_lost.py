"""The compositor ends under a visit.

Usage: wayland_lost.py PROGRAM
"""

import unittest

import wayland
from desk import Case
from lost_both import Lost


class WaylandLost(Lost, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def server(self):
        return self.desktop.sway.process


if __name__ == "__main__":
    unittest.main()

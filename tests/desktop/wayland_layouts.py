"""Other keyboards under Wayland."""

import unittest

import wayland
from desk import Case
from layouts_both import Layouts


class WaylandLayouts(Layouts, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

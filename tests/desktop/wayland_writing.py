"""Letters under Wayland."""

import unittest

import wayland
from desk import Case
from writing_both import Writing


class WaylandWriting(Writing, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

"""The pointer and the clipboard on a letter's page under Wayland."""

import unittest

import wayland
from desk import Case
from page_both import Page


class WaylandPage(Page, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

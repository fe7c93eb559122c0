"""Typing under Wayland."""

import unittest

import wayland
from desk import Case
from typing_both import Typing


class WaylandTyping(Typing, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

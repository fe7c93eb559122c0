"""The cards by real keys under Wayland."""

import unittest

import wayland
from cards_both import Cards
from desk import Case


class WaylandCards(Cards, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

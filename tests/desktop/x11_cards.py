"""The cards by real keys under X11."""

import unittest

import x11
from cards_both import Cards
from desk import Case


class X11Cards(Cards, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

"""Other keyboards under X11."""

import unittest

import x11
from desk import Case
from layouts_both import Layouts


class X11Layouts(Layouts, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

"""Letters under X11."""

import unittest

import x11
from desk import Case
from writing_both import Writing


class X11Writing(Writing, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

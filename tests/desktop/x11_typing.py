"""Typing under X11."""

import unittest

import x11
from desk import Case
from typing_both import Typing


class X11Typing(Typing, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

"""Real keys in a real window under X11."""

import unittest

import x11
from desk import Case
from keys_both import Keys


class X11Keys(Keys, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def covered(self):
        return self.desktop.covered()


if __name__ == "__main__":
    unittest.main()

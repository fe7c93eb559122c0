"""The X server ends under a visit.

Usage: x11_lost.py PROGRAM
"""

import unittest

import x11
from desk import Case
from lost_both import Lost


class X11Lost(Lost, Case):
    KEEPS_ALL = False

    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def server(self):
        return self.desktop.processes[0]


if __name__ == "__main__":
    unittest.main()

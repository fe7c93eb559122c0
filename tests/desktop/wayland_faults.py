"""The graphics card goes away, under Wayland.

Usage: wayland_faults.py PROGRAM SHIM
"""

import os
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import wayland  # noqa: E402
from desk import Case  # noqa: E402
from faults_both import Faults  # noqa: E402


class WaylandFaults(Faults, Case):
    shim = SHIM

    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

"""The graphics card goes away, and a swap hangs, under X11.

Usage: x11_faults.py PROGRAM SHIM
"""

import os
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from desk import Case  # noqa: E402
from faults_both import Faults  # noqa: E402

HANG_MS = 10000


class X11Faults(Faults, Case):
    shim = SHIM

    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def test_a_swap_that_hangs(self):
        visit = self.begin()
        self.desktop.key("0")
        visit.screen("technique")
        self.desktop.key("space")
        began = visit.state("yawn", "in")["t"]
        self.put(self.hold, HANG_MS)
        self.taken(visit, self.hold)
        self.desktop.key("bracketleft")
        # The key is heard after the swap, and what was due meanwhile came at its own time.
        self.assertGreaterEqual(visit.expect(setting="dim")["t"] - began, HANG_MS / 1000)
        states = [(e["t"], e["state"]) for e in visit.events if e.get("technique") == "yawn"]
        due = {"in": 0, "wide": 2.5, "out": 3.5, "between": 6}
        begun = dict((state, t) for t, state in states if state in due)
        for state, after in due.items():
            self.assertAlmostEqual(begun[state], began + after, delta=0.002)
        self.assertFalse([e for e in visit.events if e.get("screen") == "paused"])
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

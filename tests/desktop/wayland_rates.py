"""Displays of other rates: breathing keeps its time, and no more is drawn than anybody needs.

Usage: wayland_rates.py PROGRAM SHIM
"""

import os
import sys
import time
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import wayland  # noqa: E402
from desk import Case, poll_until  # noqa: E402

RATES_HZ = (30, 144)
BREATH_S = {"in": 1.0, "out": 2.0}
FRAMES_S = 61   # sixty, and what the clocks differ by
FRAMES_MORE = 20  # what a change of display has drawn anew
BOUND_S = 90


class Rates(Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def rate(self, hz):
        sway = self.desktop.sway
        sway.message("output %s resolution %dx%d@%dHz" % (sway.outputs()[0], *wayland.SIZE, hz))
        poll_until("%d Hz" % hz, lambda: sway.message("-t", "get_outputs")[0]["current_mode"]
                   ["refresh"] == hz * 1000, BOUND_S)

    def test_breath_keeps_its_time_and_frames_their_bound(self):
        count = os.path.join(self.home, "count")
        visit = self.start("breathe", "--breath", "1-0-2-0", "--palette", "night",
                           LD_PRELOAD=SHIM, SHIM_COUNT=count)
        visit.next = 0
        visit.screen("technique")
        self.desktop.keys(["space", "Right"])
        visit.expect(BOUND_S, technique="breathe", state="in")
        for hz in RATES_HZ:
            self.rate(hz)
            visit.next = len(visit.events)
            last = visit.expect(BOUND_S, technique="breathe", state="in")
            before, began = os.path.getsize(count), time.monotonic()
            for state in ("out", "in"):
                event = visit.expect(BOUND_S, technique="breathe", state=state)
                self.assertAlmostEqual(event["t"] - last["t"], BREATH_S[last["state"]], delta=0.002)
                last = event
            drawn = os.path.getsize(count) - before
            passed = time.monotonic() - began
            self.assertGreater(drawn, 0)
            self.assertLessEqual(drawn, FRAMES_S * passed + FRAMES_MORE, f"{passed} s at {hz} Hz")
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

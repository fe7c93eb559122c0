"""A picture that stands still is not drawn: frames are counted, in several visits at once.

Usage: x11_still.py PROGRAM SHIM
"""

import os
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from desk import Case, poll_until  # noqa: E402

HEARD_BOUND_S = 120  # all of them begin at once
STILL_BOUND_S = 120  # fades, and hints that leave after a while
LOOK_S = 2.5
FRAMES_MAX = 1       # in a look: words drift by a pixel now and then
SIZE = "320x240"

# What is typed, at even seconds, and what is then heard.
STILL = {
    "home": ((), {"screen": "home"}),
    "people": (("F2",), {"screen": "people"}),
    "keys": (("H",), {"screen": "keys"}),
    "curtain": (("C",), {"screen": "curtain"}),
    "let go": (("Return",), {"screen": "let-go"}),
    "a pause": (("2", "Space", "P"), {"screen": "paused"}),
    "a walk": (("3", "Space", "Right"), {"technique": "walk", "state": "away"}),
}


class Still(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def begin(self, name, keys):
        path = os.path.join(self.home, name)
        with open(path + ".script", "w", encoding="ascii") as file:
            file.writelines(f"{2 * (i + 1)} key {key}\n" for i, key in enumerate(keys))
        visit = self.start("--size", SIZE, "--palette", "night", "--script", path + ".script",
                           shown=False, LD_PRELOAD=SHIM, SHIM_COUNT=path + ".count")
        visit.count_path = path + ".count"
        return visit

    @staticmethod
    def frames(visit):
        try:
            return os.path.getsize(visit.count_path)
        except FileNotFoundError:
            return 0  # nothing has been shown yet

    def rests(self, visits, drawn):
        """One look at those that have not been seen to rest."""
        before = {name: self.frames(visit) for name, visit in visits.items()}
        next(iter(visits.values())).listen(LOOK_S)
        for name, visit in list(visits.items()):
            drawn[name] = self.frames(visit) - before[name]
            if before[name] > 0 and drawn[name] <= FRAMES_MAX:
                del visits[name]
        return not visits

    def test_nothing_is_drawn_while_nothing_changes(self):
        visits = {name: self.begin(name, keys) for name, (keys, _) in STILL.items()}
        for name, (_, fields) in STILL.items():
            visits[name].expect(HEARD_BOUND_S, **fields)
        drawn = {}
        try:
            poll_until("rest", lambda: self.rests(visits, drawn), STILL_BOUND_S)
        except AssertionError:
            self.fail(f"frames in {LOOK_S} s: {drawn}")


if __name__ == "__main__":
    unittest.main()

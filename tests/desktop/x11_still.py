"""A picture that stands still is not drawn, and the program does nothing else meanwhile: frames are
counted, wake-ups, and the time in which it wants a processor, in several visits at once.

Usage: x11_still.py PROGRAM SHIM
"""

import contextlib
import glob
import os
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from desk import Case, poll_until  # noqa: E402

HEARD_BOUND_S = 120  # all of them begin at once
STILL_BOUND_S = 200  # fades, and hints that leave after a while
KEY_EVERY_S = 5      # keys that are due before a slow program has begun come at once, and are not heard
LOOK_S = 2.5
FRAMES_MAX = 1       # in a look: words drift by a pixel now and then
BUSY_S_MAX = 1.0     # in a look, at work or waiting for a processor: all of it in a loop without rest
WAKES_MAX = 40       # in a look, ten times as many as there are
SIZE = "320x240"
# A hold as long as can be, with others after it.
CONFIG = "[stare]\nseconds = 30\nceiling = 60\nrounds = 5\n"

# What is typed, and what is then heard.
STILL = {
    "home": ((), {"screen": "home"}),
    "people": (("F2",), {"screen": "people"}),
    "keys": (("H",), {"screen": "keys"}),
    "curtain": (("C",), {"screen": "curtain"}),
    "let go": (("Return",), {"screen": "let-go"}),
    "a pause": (("2", "Space", "P"), {"screen": "paused"}),
    "a hold": (("1", "Space", "T"), {"setting": "words"}),
    "a walk": (("3", "Space", "Right"), {"technique": "walk", "state": "away"}),
    # Without cues: a device that is open wakes its thread.
    "a breath that nobody sees": (("2", "Space", "V", "Right"), {"technique": "breathe", "state": "in"}),
}
HIDDEN = "a breath that nobody sees"


class Still(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def begin(self, name, keys):
        path = os.path.join(self.home, name)
        with open(path + ".script", "w", encoding="ascii") as file:
            file.writelines(f"{KEY_EVERY_S * (i + 1)} key {key}\n" for i, key in enumerate(keys))
        with open(path + ".ini", "w", encoding="ascii") as file:
            file.write(CONFIG)
        visit = self.start("--size", SIZE, "--config", path + ".ini", "--palette", "night",
                           "--script", path + ".script", shown=False,
                           LD_PRELOAD=SHIM, SHIM_COUNT=path + ".count")
        visit.count_path = path + ".count"
        return visit

    def hide(self, visit):
        window = self.desktop.ask("xdotool", "search", "--pid", str(visit.process.pid)).split()[-1]
        self.desktop.ask("xdotool", "windowminimize", window)

        def hidden():
            visit.listen(0.1)
            return "IsUnMapped" in self.desktop.ask("xwininfo", "-id", window)
        poll_until("minimised", hidden)

    @staticmethod
    def frames(visit):
        try:
            return os.path.getsize(visit.count_path)
        except FileNotFoundError:
            return 0  # nothing has been shown yet

    @staticmethod
    def taken(visit):
        """Seconds in which it wanted a processor, and how often it was woken; of all its threads."""
        busy = wakes = 0
        for task in glob.glob(f"/proc/{visit.process.pid}/task/*"):
            with contextlib.suppress(OSError):  # a thread that has just ended
                with open(task + "/schedstat", encoding="ascii") as file:
                    busy += sum(map(int, file.read().split()[:2]))
                with open(task + "/status", encoding="ascii") as file:
                    wakes += int(file.read().split("voluntary_ctxt_switches:")[1].split()[0])
        return busy / 1e9, wakes

    def look(self, visit):
        return (self.frames(visit), *self.taken(visit))

    def rests(self, visits, drawn):
        """One look at those that have not been seen to rest."""
        before = {name: self.look(visit) for name, visit in visits.items()}
        next(iter(visits.values())).listen(LOOK_S)
        for name, visit in list(visits.items()):
            found = [now - then for now, then in zip(self.look(visit), before[name])]
            drawn[name] = "%d frames, busy %.3f s, woken %d times" % tuple(found)
            if before[name][0] > 0 and all(
                    much <= most for much, most in zip(found, (FRAMES_MAX, BUSY_S_MAX, WAKES_MAX))):
                del visits[name]
        return not visits

    def test_nothing_is_drawn_while_nothing_changes(self):
        visits = {name: self.begin(name, keys) for name, (keys, _) in STILL.items()}
        for name, (_, fields) in STILL.items():
            visits[name].expect(HEARD_BOUND_S, **fields)
        self.hide(visits[HIDDEN])
        drawn = {}
        try:
            poll_until("rest", lambda: self.rests(visits, drawn), STILL_BOUND_S)
        except AssertionError:
            self.fail(f"in {LOOK_S} s: {drawn}")


if __name__ == "__main__":
    unittest.main()

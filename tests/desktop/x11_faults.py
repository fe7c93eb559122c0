"""The graphics card goes away, and a swap hangs, under X11.

Usage: x11_faults.py PROGRAM SHIM
"""

import os
import signal
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from desk import LEAK_S, Case, poll_until  # noqa: E402
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

    def test_refused_from_the_start_and_the_manager_is_slow(self):
        """Each context that is refused takes its window along.  A manager that hears of that only when
        the next window has asked for its place must not take the one for the other."""
        manager = self.desktop.processes[1]
        self.addCleanup(manager.send_signal, signal.SIGCONT)
        visit = self.start(LD_PRELOAD=self.shim, SHIM_REFUSE="4", SHIM_STOP=str(manager.pid),
                           shown=False)
        # Whoever is shown already lies in a frame of the manager's.
        poll_until("the next window", lambda: '"Lacrima"' in self.desktop.ask(
            "xwininfo", "-root", "-children"))
        visit.listen(LEAK_S)
        manager.send_signal(signal.SIGCONT)
        visit.expect(screen="home")
        self.keyboard(visit)
        self.assertTrue(self.desktop.covered())
        self.assertEqual(len(visit.said()), 1, visit.said())
        self.assertIn("drawing in software", visit.said()[0])
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)


if __name__ == "__main__":
    unittest.main()

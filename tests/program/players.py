"""Another player on a session bus of the test's own, while music begins and ends here."""

import os
import select
import signal
import subprocess
import sys
import time
import unittest

FAKE_PLAYER = os.path.abspath(sys.argv.pop(2))

from live import PATIENCE_S, Visit  # noqa: E402
from run import Case  # noqa: E402

BREATHE = ("0.6 key Space", "1.2 key Right")
# On and off and on: however slow the machine is, one of them is answered in time.
MUSIC = [f"{2 + 3 * i} key M" for i in range(30)]


class Players(Case):
    def setUp(self):
        super().setUp()
        bus = self.begin(["dbus-daemon", "--session", "--nofork", "--nopidfile",
                          "--print-address=1"], self.environment())
        self.bus = {"DBUS_SESSION_BUS_ADDRESS": self.line(bus, "a bus")}
        self.player = self.begin([FAKE_PLAYER], self.environment(**self.bus))
        self.assertEqual(self.line(self.player, "another player"), "here")

    def begin(self, command, environment):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env=environment, bufsize=0)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def line(self, process, what):
        """The next line it writes, which says so."""
        line = b""
        limit = time.monotonic() + PATIENCE_S
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], max(0, limit - time.monotonic()))
            self.assertTrue(ready, f"not within {PATIENCE_S} s: {what}")
            got = os.read(process.stdout.fileno(), 1)
            self.assertTrue(got, f"ended before: {what}")
            line += got
        return line.decode().strip()

    def visit(self, config, lines):
        config = self.path("lacrima.ini", config)
        visit = Visit(self, lines, "breathe", "--config", config, env=self.bus)
        self.addCleanup(visit.close)
        return visit

    def leave(self, visit, **wanted):
        """Once such an event has come."""
        visit.wait(wanted, lambda: visit.find(**wanted) is not None)
        visit.process.send_signal(signal.SIGTERM)
        while visit.read(PATIENCE_S):
            continue
        self.assertEqual(visit.process.wait(PATIENCE_S), 0, visit.said)
        visit.close()

    def rest_of_player(self):
        """All that it has still written; the bus has by now passed on what was sent."""
        self.player.send_signal(signal.SIGTERM)
        return self.player.stdout.read().decode().split()

    def test_it_pauses_and_goes_on_if_that_is_wanted(self):
        visit = self.visit("[sound]\nresume_others = yes\n", [*BREATHE, *MUSIC])
        self.assertEqual(self.line(self.player, "music asks it to pause"), "Paused")
        self.assertEqual(self.line(self.player, "it is asked to go on"), "Playing")
        self.leave(visit, music="pause")

    def test_it_stays_paused_otherwise(self):
        visit = self.visit("", [*BREATHE, *MUSIC])
        self.assertEqual(self.line(self.player, "music asks it to pause"), "Paused")
        self.leave(visit, music="pause")
        self.assertEqual(self.rest_of_player(), [], "it was spoken to")

    def test_nobody_speaks_to_it_for_a_cue_or_against_the_config(self):
        visit = self.visit("[sound]\npause_others = no\n", [*BREATHE, "2 key M"])
        self.leave(visit, music="play")
        self.leave(self.visit("", BREATHE), cue="swell-out")
        self.assertEqual(self.rest_of_player(), [], "it was spoken to")


if __name__ == "__main__":
    unittest.main()

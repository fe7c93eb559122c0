"""The screen saver under X11: the server's own, and those that are asked over the session's bus.

Usage: x11_awake.py PROGRAM SAVER
"""

import json
import os
import subprocess
import sys
import unittest

SAVER = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "saver"

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from again import again  # noqa: E402
from awake_both import Awake  # noqa: E402
from desk import DEAF_S, Case, end, poll_until  # noqa: E402

SAYS_BOUND_S = 90  # this machine may stand still


class ServersOwn(Awake, Case):
    @classmethod
    def make_desktop(cls):
        desktop = x11.Desktop(cls.folder)
        desktop.ask("xset", "s", "1", "1")
        return desktop

    def blanked(self):
        return self.desktop.ask("xssstate", "-s") == "on"


class OverTheBus(Case):
    """What a desktop's saver is asked: a small one of the tests' own (saver.c)."""

    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def begin(self, **more):
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
        self.addCleanup(bus.stdout.close)
        self.addCleanup(end, bus)
        more["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.said_path = os.path.join(self.home, "saver.log")
        with open(self.said_path, "wb") as log:
            saver = subprocess.Popen([SAVER], env={**self.environment(), **more},
                                     stdin=subprocess.DEVNULL, stdout=log)
        self.addCleanup(end, saver)
        self.says("ready")
        return self.start("--palette", "night", **more)

    def says(self, *lines):
        """Until it has said just this."""
        def look():
            os.sched_yield()
            with open(self.said_path, encoding="utf-8") as log:
                return [json.loads(line) for line in log if line.endswith("\n")] == list(lines)
        poll_until(lines, look, SAYS_BOUND_S)

    def is_asked_and_told_when_it_is_over(self, asked, over, **more):
        visit = self.begin(**more)
        self.desktop.key("0")
        visit.expect(screen="technique")
        self.says("ready", asked)
        visit.listen(DEAF_S)
        self.desktop.key("p")
        visit.screen("paused")
        self.says("ready", asked, over)
        self.desktop.key("p")
        visit.screen("technique")
        self.says("ready", asked, over, asked)
        self.quit(visit)
        self.says("ready", asked, over, asked, over)

    @again
    def test_the_desktops_saver(self):
        self.is_asked_and_told_when_it_is_over(
            "org.freedesktop.ScreenSaver Inhibit lacrima", "org.freedesktop.ScreenSaver UnInhibit")

    @again
    def test_the_portal_from_inside_a_sandbox(self):
        box = {"SNAP": "/snap/x", "SNAP_NAME": "x", "SNAP_REVISION": "1"}
        self.is_asked_and_told_when_it_is_over(
            "org.freedesktop.portal.Inhibit Inhibit 8", "org.freedesktop.portal.Request Close",
            **box)


if __name__ == "__main__":
    unittest.main()

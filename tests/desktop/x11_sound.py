"""Headphones that go and come back while music plays, on a sound server set up as desktops have it:
where there is no device it makes one that nobody hears, and moves to it what was playing.
"""

import os
import subprocess
import unittest

import x11
from desk import Case, poll_until
from sound import Sound

BOUND_S = 120  # this machine may stand still
LOOK_S = 0.2
NOBODY_HEARS = "auto_null"
USUAL = ("module-rescue-streams", "module-always-sink")


class Headphones(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        self.sound = Sound(self.home, USUAL)
        self.addCleanup(self.sound.close)

    def control(self, *words):
        done = subprocess.run(["pactl", "-s", "unix:" + self.sound.socket, *words], check=True,
                              env={"PATH": os.environ["PATH"], "HOME": self.home}, timeout=BOUND_S,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def pull_out(self):
        """The headphones alone: the device that nobody hears is of the same kind."""
        for number, kind, *given in self.control("list", "short", "modules"):
            if kind == "module-null-sink" and NOBODY_HEARS not in "".join(given):
                self.control("unload-module", number)

    def plays_on(self):
        """The devices that something plays on."""
        names = {sink[0]: sink[1] for sink in self.control("list", "short", "sinks")}
        return [names.get(played[1]) for played in self.control("list", "short", "sink-inputs")]

    def hears(self, visit, name):
        def look():
            visit.listen(LOOK_S)
            return self.plays_on() == [name]
        poll_until("music on " + name, look, BOUND_S)

    def test_headphones_go_and_come_back(self):
        visit = self.start("music", "--palette", "night", **self.sound.environment)
        visit.next = 0
        visit.screen("technique")
        self.desktop.key("space")
        visit.expect(BOUND_S, music="play")
        self.hears(visit, "null")
        for _ in range(2):
            self.pull_out()
            self.hears(visit, NOBODY_HEARS)
            self.desktop.key("p")
            visit.screen("paused")
            self.desktop.key("p")
            visit.screen("technique")
            self.control("load-module", "module-null-sink", "sink_name=null")
            self.hears(visit, "null")
        self.quit(visit)
        poll_until("nobody plays", lambda: not self.plays_on(), BOUND_S)


if __name__ == "__main__":
    unittest.main()

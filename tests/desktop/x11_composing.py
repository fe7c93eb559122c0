"""What an input method composes is shown in place on a letter's page, and is no part of the letter
before it is written down.  The input method is one of the tests' own (composer.c)."""

import json
import os
import subprocess
import sys
import unittest

COMPOSER = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "composer"

import x11
from again import again
from desk import Case, end, poll_until
from letters import KEPT_BOUND_S, LOOK_S, Letters


class Composing(Letters, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
        self.addCleanup(bus.stdout.close)
        self.addCleanup(end, bus)
        self.bus = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().decode().strip()}
        self.said_path = os.path.join(self.home, "composer.log")
        with open(self.said_path, "wb") as log:
            composer = subprocess.Popen([COMPOSER], env={**self.environment(), **self.bus},
                                        stdin=subprocess.DEVNULL, stdout=log)
        self.addCleanup(end, composer)
        poll_until("the input method", self.composer_said, KEPT_BOUND_S)

    def composer_said(self):
        """All that it was told and has done, in order."""
        os.sched_yield()
        with open(self.said_path, encoding="utf-8") as log:
            return [json.loads(line) for line in log if line.endswith("\n")]

    def boxes(self):
        return [said["box"] for said in self.composer_said() if "box" in said]

    def await_box(self, visit, what, fits):
        """Until the last box that the input method was told is one of these."""
        def look():
            visit.listen(LOOK_S)
            found = self.boxes()
            return found and fits(found[-1]) and found[-1]
        return poll_until(what, look, KEPT_BOUND_S)

    def composing_page(self):
        visit = self.file_page(SDL_IM_MODULE="fcitx", **self.bus)
        self.desktop.keys(["1"])
        self.keeps(visit, "1")
        return visit

    @again
    def test_it_is_shown_in_place_and_is_no_part_of_the_letter(self):
        visit = self.composing_page()
        before = self.await_box(visit, "where the cursor is", lambda box: True)
        bare = self.desktop.picture()
        self.desktop.keys(["a", "b"])
        after = self.await_box(visit, "behind what is composed", lambda box: box[0] > before[0])
        self.assertEqual(after[1:], before[1:])
        poll_until("it is seen", lambda: self.desktop.picture().differ(bare) > 50, KEPT_BOUND_S)
        self.desktop.keys(["c"])
        self.await_box(visit, "following it", lambda box: box[0] > after[0])
        self.desktop.keys(["Escape", "2"])
        self.keeps(visit, "12")
        self.await_box(visit, "back", lambda box: box[0] <= after[0])
        self.quit(visit)

    @again
    def test_what_was_written_down_is_taken_back_at_once(self):
        visit = self.composing_page()
        self.desktop.keys(["a", "b", "space", "c", "space"])
        self.keeps(visit, "1ABC")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "1AB")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "1")
        self.quit(visit)

    @again
    def test_it_takes_the_place_of_a_selection_only_when_written_down(self):
        visit = self.composing_page()
        self.desktop.keys(["2", "Return", "3"])
        self.keeps(visit, "12\n3")
        self.desktop.keys(["ctrl+a", "a", "Escape", "Right", "4"])
        self.keeps(visit, "12\n34")
        self.desktop.keys(["ctrl+a", "a", "b", "space"])
        self.keeps(visit, "AB")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "12\n34")
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

"""Composing under X11.  The input method is one of the tests' own (composer.c)."""

import json
import os
import subprocess
import sys
import unittest

COMPOSER = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "composer"

import x11
from again import again
from composing_both import Composing, start_bus
from desk import Case, end, poll_until
from letters import KEPT_BOUND_S, LOOK_S


class X11Composing(Composing, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        self.bus = start_bus(self)
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

    def composer(self):
        return {"SDL_IM_MODULE": "fcitx", **self.bus}

    def compose(self, letters):
        self.desktop.keys(letters)

    def write_down(self):
        self.desktop.key("space")

    def drop_it(self):
        self.desktop.key("Escape")

    test_it_is_shown_and_is_no_part_of_the_letter = again(
        Composing.test_it_is_shown_and_is_no_part_of_the_letter)
    test_what_was_written_down_is_taken_back_at_once = again(
        Composing.test_what_was_written_down_is_taken_back_at_once)
    test_it_takes_the_place_of_a_selection_only_when_written_down = again(
        Composing.test_it_takes_the_place_of_a_selection_only_when_written_down)

    @again
    def test_the_input_method_knows_where_the_cursor_is(self):
        visit = self.composing_page()
        before = self.await_box(visit, "where the cursor is", lambda box: True)
        self.compose("ab")
        after = self.await_box(visit, "behind what is composed", lambda box: box[0] > before[0])
        self.assertEqual(after[1:], before[1:])
        self.compose("c")
        self.await_box(visit, "following it", lambda box: box[0] > after[0])
        self.drop_it()
        self.await_box(visit, "back", lambda box: box[0] <= after[0])
        self.quit(visit)

    @again
    def test_a_key_that_writes_it_down_comes_after_it(self):
        visit = self.composing_page()
        self.seen(lambda: self.compose("ab"))
        self.desktop.key("Return")
        self.keeps(visit, "1AB\n")
        self.seen(lambda: self.compose("c"))
        self.desktop.key("2")
        self.keeps(visit, "1AB\nC2")
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

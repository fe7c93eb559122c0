"""The graphics card goes away, and a swap hangs: a shim does it, to the real program under X11.

Usage: x11_faults.py PROGRAM SHIM
"""

import glob
import os
import sys
import unittest

import x11
from desk import DEAF_S, Case, poll_until

SHIM = os.path.abspath(sys.argv.pop(1))
HANG_MS = 10000


class Faults(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def begin(self, *arguments):
        """A visit whose card can be lost."""
        self.lose = os.path.join(self.home, "lose")
        self.hold = os.path.join(self.home, "hold")
        visit = self.start(*arguments, "--palette", "night", "--log-level", "info",
                           LD_PRELOAD=SHIM, SHIM_LOSE=self.lose, SHIM_HOLD=self.hold)
        visit.next = 0
        visit.screen("home")
        return visit

    def put(self, path, number):
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write(str(number))
        os.rename(path + ".new", path)

    def taken(self, visit, path, key=None):
        """Until the shim has done it, at a swap; a key changes a still picture."""
        def look():
            visit.listen(0.1)
            return not os.path.exists(path)
        if key:
            self.desktop.key(key)
        poll_until("a swap", look)

    def said_until(self, visit, words):
        def look():
            visit.listen(0.1)
            return any(words in line for line in visit.said())
        poll_until(words, look)
        return visit.said()

    def words_are_shown(self):
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))

    def letter(self):
        """A visit at the page of a letter that is kept as a file."""
        visit = self.begin()
        self.desktop.key("9")
        visit.state("write", "settle")
        visit.listen(DEAF_S)
        self.desktop.key("space")
        visit.state("write", "fate")
        for key in ("Down", "Down", "space"):
            self.desktop.key(key)
        visit.state("write", "place")
        self.desktop.key("Return")
        visit.state("write", "page")
        return visit

    def kept(self):
        paths = glob.glob(os.path.join(self.home, "letter-*.txt"))
        if len(paths) != 1:
            return None
        with open(paths[0], encoding="utf-8") as file:
            return file.read()

    def test_a_lost_context_is_made_anew(self):
        visit = self.begin()
        self.words_are_shown()
        self.put(self.lose, 1)
        self.taken(visit, self.lose, "bracketleft")
        self.desktop.key("bracketleft")
        lines = self.said_until(visit, "another context")
        self.assertEqual(len(lines), 2, lines)
        self.assertIn("0x0507", lines[0])
        self.words_are_shown()
        # Keys are heard, and the next texts are drawn.
        self.desktop.key("1")
        visit.screen("technique")
        self.words_are_shown()
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual((visit.leave(), visit.said()), (0, lines))

    def test_at_last_in_software_and_the_letter_goes_on(self):
        visit = self.letter()
        self.desktop.keys(list("before"))
        self.put(self.lose, 2)
        self.taken(visit, self.lose, "x")
        self.desktop.key("y")
        lines = self.said_until(visit, "another context")
        self.assertEqual(len([line for line in lines if "drawing in software" in line]), 1, lines)
        self.keyboard(visit)
        self.words_are_shown()
        self.desktop.keys(list("after"))
        poll_until("the letter", lambda: (self.kept() or "").endswith("after"))
        self.assertTrue(self.kept().startswith("before"), self.kept())
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

    def test_no_context_any_more_keeps_the_letter(self):
        visit = self.letter()
        self.desktop.keys(list("kept"))
        self.desktop.key("F2")  # the word has been typed before this is heard
        visit.expect(screen="people")
        self.put(self.lose, 99)
        self.taken(visit, self.lose)
        self.desktop.key("Escape")
        self.assertEqual(visit.leave(), 1)
        self.assertEqual(self.kept(), "kept")
        self.assertIn("lost and cannot be had again", visit.said()[-1])
        self.assertIn("the card is away", visit.said()[-1])

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

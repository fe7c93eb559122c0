"""The graphics card goes away, and a swap hangs: a shim does it, to the real program."""

import glob
import os

from desk import poll_until


class Faults:
    """Mixed into a Case with a desktop and a shim."""

    def begin(self, *arguments):
        """A visit whose card can be lost."""
        self.lose = os.path.join(self.home, "lose")
        self.hold = os.path.join(self.home, "hold")
        visit = self.start(*arguments, "--palette", "night", "--log-level", "info",
                           LD_PRELOAD=self.shim, SHIM_LOSE=self.lose, SHIM_HOLD=self.hold)
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
        self.to_letter(visit)
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

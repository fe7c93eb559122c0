"""A letter in a real window, the same under X11 and Wayland: typed, kept, let go, and looked for."""

import os
import resource
import signal

from desk import DEAF_S, poll_until, witnesses
from letters import KEPT_BOUND_S, LOOK_S, Letters
from memory import Held, ink

WORD = "wqzvxkword"  # found by chance nowhere
PASTED = "jvqxw "
# More than one read of a pipe gives, and than fits where the libraries began to gather it: what they
# leave behind is there to be found.
PASTED_TIMES = 10000


class Writing(Letters):
    """Mixed into a Case with a desktop."""

    def holds(self, words):
        """The files under home that hold these words."""
        found = []
        for folder, _, names in os.walk(self.home):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    if words in file.read():
                        found.append(name)
        return found

    def test_a_dead_key_a_selection_and_undo_are_in_the_file(self):
        self.desktop.set_layout("de")
        self.addCleanup(self.desktop.set_layout, "us")
        visit = self.file_page()
        self.desktop.keys(["a", "space", "equal", "e", "Return", "1", "c"])
        poll_until("the letter", lambda: self.kept() == "a \u00e9\n1c")
        self.desktop.keys(["ctrl+a", "x"])
        poll_until("the selection's place taken", lambda: self.kept() == "x")
        visit.next = len(visit.events)
        self.assertFalse([e for e in visit.events if e.get("technique") == "stare"])
        self.quit(visit)
        self.assertEqual(self.kept(), "x")

    def test_what_was_typed_a_second_ago_survives_kill(self):
        visit = self.file_page()
        self.desktop.keys(list("kept"))
        poll_until("the first word", lambda: self.kept() == "kept")
        self.desktop.keys(list("andmore"))
        visit.process.send_signal(signal.SIGKILL)
        visit.process.wait()
        self.assertTrue("keptandmore".startswith(self.kept()))
        self.assertTrue(self.kept().startswith("kept"))

    def test_what_is_folded_away_asks_for_its_passphrase_again(self):
        """After the landing nobody who comes by can read it."""
        visit = self.page("Down")  # chosen before the disk has been looked at
        for state in ("new", "again"):
            visit.state("write", state)
            self.desktop.keys(["ctrl+a", "a", "b"])  # in the place of a Space too many
            self.desktop.key("Return")
        visit.state("write", "page")
        self.desktop.keys(list("mine"))
        self.desktop.key("Escape")
        visit.state("write", "leaving")
        self.desktop.key("space")
        visit.state("write", "close")
        self.desktop.key("Escape")
        visit.screen("landing")
        visit.listen(DEAF_S)
        self.desktop.key("9")
        visit.state("write", "settle")
        visit.listen(DEAF_S)
        self.desktop.key("space")
        visit.state("write", "fate")
        self.desktop.key("Down")
        self.desktop.key("Down")
        self.desktop.key("space")
        visit.state("write", "old")
        self.quit(visit)

    def refused(self, visit, words):
        def look():
            visit.listen(LOOK_S)
            return any(words in line for line in visit.said())
        poll_until("the line", look, KEPT_BOUND_S)

    def test_a_letter_that_was_let_go_is_nowhere(self):
        visit = self.page()
        visit.state("write", "page")
        self.desktop.keys(list(WORD))
        self.desktop.keys(["ctrl+a", "ctrl+c"])
        visit.listen(DEAF_S)
        # Nor does it come into the clipboard, where every program could read it.
        self.refused(visit, "A letter that is let go is not copied")
        self.assertEqual(self.desktop.title(), "Lacrima")
        self.desktop.hold_clipboard(PASTED * PASTED_TIMES)
        self.seen(lambda: self.desktop.key("ctrl+v"))
        middle = len(WORD) // 2
        words = {"typed": WORD[:middle], "typed too": WORD[middle:], "pasted": PASTED}
        held = Held(visit.process.pid, words)
        witnesses.append(held)
        self.addCleanup(witnesses.remove, held)
        looks = held.may_look()

        def is_held():
            # A page comes over a while; its faintest ink is seen once all of it is there.
            held.drawn = ink(self.desktop.picture())
            return held.names() == {*words, "drawn"} and not held.strays()
        if looks:
            poll_until("it is in memory, its words in the letter's own alone", is_held, KEPT_BOUND_S)
        # A short one leaves sooner.
        self.seen(lambda: self.desktop.keys(["ctrl+a", *WORD]))
        self.desktop.key("Escape")
        visit.state("write", "leaving")
        self.desktop.key("space")
        visit.state("write", "go")
        visit.state("write", "back")
        visit.state("write", "close")
        if looks:
            poll_until("it is in no memory", lambda: not held.names(), KEPT_BOUND_S)
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)
        self.assertEqual(self.holds(WORD.encode()) + self.holds(PASTED.encode()), [])
        self.assertNotIn(WORD, str(visit.events) + str(visit.said()))

    def test_a_crash_leaves_no_dump_of_it(self):
        visit = self.page()
        visit.state("write", "page")
        self.desktop.keys(list(WORD))
        visit.listen(DEAF_S)
        with open(f"/proc/{visit.process.pid}/limits", encoding="ascii") as limits:
            core = [line for line in limits if line.startswith("Max core file size")]
        self.assertEqual(core[0].split()[4], "0")
        # Where nobody heeds the limit, as a collector of dumps does not, it still cannot be dumped.
        _, hard = resource.prlimit(visit.process.pid, resource.RLIMIT_CORE)
        resource.prlimit(visit.process.pid, resource.RLIMIT_CORE, (hard, hard))
        visit.process.send_signal(signal.SIGABRT)
        visit.process.wait()
        self.assertEqual(self.holds(WORD.encode()), [])
        self.assertEqual([name for name in os.listdir(self.home) if name.startswith("core")], [])

    def test_a_file_that_is_there_stays_as_it_is(self):
        path = os.path.join(self.home, "theirs")
        with open(path, "w", encoding="utf-8") as file:
            file.write("not ours\n")
        os.symlink("theirs", os.path.join(self.home, "link"))
        visit = self.page("Down", "Down")
        visit.state("write", "place")
        for name in ("theirs", "link"):
            before = self.desktop.picture()
            self.desktop.keys(["ctrl+a", *name])
            poll_until("a name", lambda: self.desktop.picture().differ(before), KEPT_BOUND_S)
            self.desktop.key("Return")
        # The next name is taken, so the two before were not.
        self.desktop.keys(["ctrl+a", *"mine", "Return"])
        visit.state("write", "page")
        self.desktop.keys(list("words"))
        def look():
            visit.listen(LOOK_S)
            with open(os.path.join(self.home, "mine"), encoding="utf-8") as file:
                return file.read() == "words"
        poll_until("the letter", look, KEPT_BOUND_S)
        self.quit(visit)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), "not ours\n")
        self.assertTrue(os.path.islink(os.path.join(self.home, "link")))

    def test_a_file_that_came_later_stays_as_it_is(self):
        visit = self.file_page()
        self.desktop.keys(list("first"))
        self.keeps(visit, "first")
        path = self.paths()[0]
        other = os.path.join(self.home, "other")
        with open(other, "w", encoding="utf-8") as file:
            file.write("somebody else's")
        os.rename(other, path)
        self.desktop.keys(list("more"))
        def said():
            visit.listen(LOOK_S)
            return visit.said()
        poll_until("a line", said, KEPT_BOUND_S)
        self.assertEqual(visit.said(), ["lacrima: " + path + ": another program has put a file "
                                        "there; it stays as it is; what you write is kept here "
                                        "meanwhile and saved as soon as it can be"])
        # Once it is gone the whole letter is saved.
        os.rename(path, other)
        self.keeps(visit, "firstmore")
        with open(other, encoding="utf-8") as file:
            self.assertEqual(file.read(), "somebody else's")
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

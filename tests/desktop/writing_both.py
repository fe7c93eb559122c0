"""A letter in a real window, the same under X11 and Wayland: typed, kept, let go, and looked for."""

import os
import signal

from desk import DEAF_S, poll_until
from letters import Letters


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

    def test_a_letter_that_was_let_go_is_nowhere(self):
        visit = self.page()
        visit.state("write", "page")
        self.desktop.keys(list("wqzvxkword"))
        self.desktop.keys(["ctrl+a", "ctrl+c"])
        visit.listen(DEAF_S)
        self.assertEqual(self.desktop.title(), "Lacrima")
        self.desktop.key("Escape")
        visit.state("write", "leaving")
        self.desktop.key("space")
        visit.state("write", "go")
        visit.state("write", "back")
        visit.state("write", "close")
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)
        self.assertEqual(self.holds(b"wqzvxkword"), [])
        self.assertNotIn("wqzvxkword", str(visit.events) + str(visit.said()))

    def test_a_crash_leaves_no_dump_of_it(self):
        visit = self.page()
        visit.state("write", "page")
        self.desktop.keys(list("wqzvxkword"))
        visit.listen(DEAF_S)
        with open(f"/proc/{visit.process.pid}/limits", encoding="ascii") as limits:
            core = [line for line in limits if line.startswith("Max core file size")]
        self.assertEqual(core[0].split()[4], "0")
        visit.process.send_signal(signal.SIGABRT)
        visit.process.wait()
        self.assertEqual(self.holds(b"wqzvxkword"), [])

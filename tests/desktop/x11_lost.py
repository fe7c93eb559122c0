"""The X server ends under a visit, whatever the program is doing; and who speaks to it before.

Usage: x11_lost.py PROGRAM SHIM
"""

import os
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gl_shim"

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from desk import Case, poll_until  # noqa: E402
from lost_both import Losing, Lost  # noqa: E402

# In which the server ends.  It may come too late on a busy machine: then it is lost elsewhere.
HELD_MS = 3000
SAVES = 3


class X11(Case):
    """A server for each class, for none outlives its test."""

    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def server(self):
        return self.desktop.processes[0]

    def letter(self, **shim):
        """The page of a letter that is kept as a file, with the shim before the program."""
        visit = self.start("--palette", "night", LD_PRELOAD=SHIM, **shim)
        visit.next = 0
        visit.screen("home")
        self.to_letter(visit)
        return visit

    def hold(self, path, key):
        """Until the program stands still at a swap, for which the key changes the picture."""
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write(str(HELD_MS))
        os.rename(path + ".new", path)
        self.desktop.key(key)
        poll_until("a swap", lambda: not os.path.exists(path))


class AtAnyMoment(Lost, X11):
    pass


class InTheMiddleOfASwap(Losing, X11):
    def test_what_was_typed_before_is_kept(self):
        path = os.path.join(self.home, "hold")
        visit = self.letter(SHIM_HOLD=path)
        self.desktop.keys(list("kept"))
        self.desktop.key("F2")  # the word has been typed before this is heard
        visit.expect(screen="people")
        self.hold(path, "F2")
        self.end_server()
        self.assertEqual(self.kept(visit), "kept")


class WithKeysOnTheirWay(Losing, X11):
    def test_it_ends_as_it_should(self):
        path = os.path.join(self.home, "rest")
        visit = self.letter(SHIM_REST=path)
        self.hold(path, "k")
        self.desktop.keys(list("ept"))
        self.desktop.ask("xprop", "-root")  # the server has sent them by now
        self.end_server()
        # They are heard unless a late call of the driver's finds it out before the loop does.
        self.assertTrue("kept".startswith(self.kept(visit)))


class WhoSpeaks(X11):
    def test_the_window_s_thread_alone(self):
        path = os.path.join(self.home, "speaks")
        visit = self.letter(SHIM_SPEAKS=path)
        for _ in range(SAVES):
            self.desktop.key("a")
            visit.expect(letter="kept")  # by a thread, which then wakes the other
        self.quit(visit)
        with open(path, encoding="ascii") as file:
            self.assertEqual(set(file.read()), {"m"})  # some of it by what it starts


if __name__ == "__main__":
    unittest.main()

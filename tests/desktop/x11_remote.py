"""An X server that shares no memory with the program, as one that is reached over a network.

Pictures are sent to it, read from the driver's buffer.  A script's keys come between two events, so
that the window is of another size before the program has heard of it.

Usage: x11_remote.py PROGRAM
"""

import os
import unittest

import x11
from desk import Case, poll_until

TALL = "640x1600"  # higher than the screen
TURNS = 5


class Server(x11.Desktop):
    def server(self):
        return [*super().server(), "-extension", "MIT-SHM"]


class Remote(Case):
    @classmethod
    def make_desktop(cls):
        return Server(cls.folder)

    def test_another_size_while_something_moves(self):
        script = os.path.join(self.home, "script")
        with open(script, "w", encoding="ascii") as file:
            file.write("0.5 key 2\n")
            file.writelines(f"{1.2 + turn / 2} key F11\n" for turn in range(TURNS))
        visit = self.start("--palette", "paper", "--size", TALL, "--script", script,
                           shown=False)
        for turn in range(TURNS):
            self.assertEqual(visit.expect(setting="fullscreen")["value"], ("on", "off")[turn % 2])
        self.keyboard(visit)
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        poll_until("the whole screen", self.desktop.covered)
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

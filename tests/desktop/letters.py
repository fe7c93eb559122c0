"""What the tests of letters share: the way to the page, and what was kept of it."""

import glob
import os
import stat

from desk import DEAF_S, poll_until

KEPT_BOUND_S = 60
SEEN = 20  # pixels: a letter with a line under it is more
LOOK_S = 0.05  # between two looks at the file


class Letters:
    """Mixed into a Case with a desktop."""

    def page(self, *choices, **more):
        """At the page of a letter whose fate was chosen with these keys."""
        visit = self.start("--palette", "night", TMPDIR=self.home, **more)
        visit.next = 0
        visit.screen("home")
        self.desktop.key("9")
        visit.state("write", "settle")
        visit.listen(DEAF_S)
        self.desktop.key("space")
        visit.state("write", "fate")
        for key in choices:
            self.desktop.key(key)
        self.desktop.key("space")
        return visit

    def file_page(self, **more):
        visit = self.page("Down", "Down", **more)
        visit.state("write", "place")
        self.desktop.key("Return")
        visit.state("write", "page")
        return visit

    def seen(self, act):
        """Until what was done is seen on the page."""
        before = self.desktop.picture()
        act()
        poll_until("it is seen", lambda: self.desktop.picture().differ(before) > SEEN,
                   KEPT_BOUND_S)

    def paths(self):
        return glob.glob(os.path.join(self.home, "letter-*.txt"))

    def kept(self):
        """The text of the one file that was kept."""
        paths = self.paths()
        if len(paths) != 1:
            return None
        self.assertEqual(stat.S_IMODE(os.stat(paths[0]).st_mode), 0o600)
        with open(paths[0], encoding="utf-8") as file:
            return file.read()

    def keeps(self, visit, text):
        """Until this, and nothing else, is in the file."""
        def look():
            visit.listen(LOOK_S)
            return self.kept() == text
        try:
            poll_until("the text kept", look, KEPT_BOUND_S)
        except AssertionError:
            self.assertEqual(self.kept(), text)

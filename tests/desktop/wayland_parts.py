"""Under Wayland what is shown a part at a time is, pixel for pixel, the picture drawn whole."""

import unittest

import wayland
from desk import Case, poll_until
from picture import POINTER

BOUND_S = 120  # words drift a pixel now and then, so one look may be in vain
MOVES_S = 3.0  # the disc grows meanwhile, frame by frame
FADED_S = 2.5
DRAWN_S = 1.0


class Parts(Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def drawn_whole(self, visit):
        """The window was not to be seen, so the compositor is shown all of it anew."""
        self.desktop.hide()
        self.desktop.unhide()
        self.keyboard(visit)
        visit.listen(DRAWN_S)
        return self.desktop.picture()

    def same(self, visit, change):
        def look():
            change()
            visit.listen(FADED_S)
            parts = self.desktop.picture()
            whole = self.drawn_whole(visit)
            other = sum(a != b for a, b in zip(parts.data[1::3], whole.data[1::3]))
            return not parts.plain(pointer=True) and other < POINTER
        poll_until("the same picture", look, BOUND_S)

    def test_words(self):
        visit = self.at_home()
        self.same(visit, lambda: self.desktop.key("Down"))
        self.quit(visit)

    def test_a_shape_that_moved(self):
        visit = self.at_home()
        self.desktop.key("2")
        visit.screen("technique")
        self.desktop.keys(["space", "Right"])
        visit.state("breathe", "in")

        def breathe():
            self.desktop.key("p")
            visit.screen("technique")
            visit.listen(MOVES_S)
            self.desktop.key("p")
            visit.screen("paused")
        self.desktop.key("p")
        visit.screen("paused")
        self.same(visit, breathe)
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

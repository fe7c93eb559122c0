"""Under Wayland what is shown a part at a time is, pixel for pixel, the picture drawn whole."""

import os
import re
import unittest

import wayland
from desk import Case, poll_until
from picture import POINTER

BOUND_S = 120  # words drift a pixel now and then, so one look may be in vain
MOVES_S = 3.0  # the disc grows meanwhile, frame by frame
FADED_S = 2.5
DRAWN_S = 1.0
WHOLE = 2  # a box may be as large as the field by this


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

    def test_only_what_moves_is_put_together_anew(self):
        """The compositor is told of boxes, and SDL's surface, all of which would be damaged with
        every frame, is left alone; both is read from what libwayland says of its requests."""
        visit = self.start("breathe", "--breath", "2-0-2-0", "--palette", "night",
                           WAYLAND_DEBUG="client")
        visit.next = 0
        visit.screen("technique")
        self.desktop.keys(["space", "Right"])
        for state in ("in", "out"):  # what the window's coming had drawn anew is over
            visit.state("breathe", state)
        said = "\n".join(visit.said()).replace("#", "@")  # as newer ones write it
        made = re.search(r"get_subsurface\(new id wl_subsurface@\d+, wl_surface@(\d+), "
                         r"wl_surface@(\d+)\)", said)
        self.assertIsNotNone(made)
        over, under = made.groups()

        def look():
            visit.state("breathe", "in")
            before = os.fstat(visit.errors.fileno()).st_size
            visit.state("breathe", "out")
            said = os.pread(visit.errors.fileno(), 1 << 20, before).decode().replace("#", "@")
            boxes = re.findall(rf"wl_surface@{over}\.damage_buffer\(\d+, \d+, (\d+), (\d+)\)",
                               said)
            small = all(int(width) * int(height) * WHOLE < wayland.SIZE[0] * wayland.SIZE[1]
                        for width, height in boxes)
            return boxes and small and f"wl_surface@{under}.commit" not in said
        # A compositor that does not come to take boxes gets all of the picture, from SDL.
        poll_until("boxes alone", look, BOUND_S)
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)


if __name__ == "__main__":
    unittest.main()

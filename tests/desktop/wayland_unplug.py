"""Displays that are pulled out and put back under Wayland."""

import unittest

import wayland
from desk import Case, poll_until
from unplug_both import Unplugs


class WaylandUnplugged(Unplugs, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Unpluggable(cls.folder)

    def test_back_to_the_display_that_was_asked_for(self):
        # Every display that comes has the next number.
        numbers = [int(name.split("-")[1]) for name in self.desktop.sway.outputs()]
        visit = self.start("--display", "Wayland output %d" % (max(numbers) + 1))
        self.assertEqual(len(visit.said()), 1, visit.said())
        poll_until("full-screen", lambda: self.desktop.window()["fullscreen_mode"] != 0)
        here = self.desktop.window()["output"]
        self.desktop.unplug(next(o for o in self.desktop.sway.outputs() if o != here))
        poll_until("still there", lambda: self.is_on(here))
        wanted = self.desktop.plug()
        poll_until("where it was asked for", lambda: self.is_on(wanted))
        self.keyboard(visit)
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)


if __name__ == "__main__":
    unittest.main()

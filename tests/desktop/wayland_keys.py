"""Real keys in a real window under Wayland."""

import signal
import unittest

import wayland
from desk import DEAF_S, Case
from keys_both import Keys


class WaylandKeys(Keys, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def covered(self):
        return self.desktop.window()["fullscreen_mode"] != 0

    def test_a_key_that_comes_with_the_keyboard_counts(self):
        """The program is held up as it gets the keyboard, and a key is pressed meanwhile."""
        visit = self.start(shown=False)
        visit.expect(screen="home")
        self.desktop.wait_for_keyboard()
        visit.process.send_signal(signal.SIGSTOP)
        self.addCleanup(visit.process.send_signal, signal.SIGCONT)
        visit.listen(DEAF_S)
        self.desktop.key("ctrl+q")
        visit.process.send_signal(signal.SIGCONT)
        visit.expect(screen="quit")
        self.assertEqual((visit.leave(), visit.said()), (0, []))


if __name__ == "__main__":
    unittest.main()

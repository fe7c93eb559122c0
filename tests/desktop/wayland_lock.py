"""A lock screen under Wayland: swaylock, which alone gets what is typed."""

import signal
import unittest

import wayland
from desk import Case, end
from lock_both import LOCK_BOUND_S, RED_ARGUMENT, Locks


class WaylandLocks(Locks, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def lock(self):
        self.locker = self.desktop.sway.run_beside(
            ["swaylock", "--no-unlock-indicator", "--color", RED_ARGUMENT])
        self.addCleanup(end, self.locker)

    def unlock(self):
        self.locker.send_signal(signal.SIGUSR1)
        self.assertEqual(self.locker.wait(LOCK_BOUND_S), 0)


if __name__ == "__main__":
    unittest.main()

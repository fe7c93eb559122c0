"""A lock screen under X11: i3lock, which takes the keyboard and lies over everything."""

import os
import signal
import subprocess
import unittest

import x11
from desk import Case
from lock_both import LOCK_BOUND_S, RED_ARGUMENT, Locks


class X11Locks(Locks, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def lock(self):
        """Its first process ends once everything typed is its own."""
        locker = subprocess.Popen(
            ["i3lock", "--no-unlock-indicator", "--color=" + RED_ARGUMENT], start_new_session=True,
            env={"PATH": os.environ["PATH"], **self.desktop.environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.group = locker.pid
        self.addCleanup(self.unlock)
        self.assertEqual(locker.wait(LOCK_BOUND_S), 0, "i3lock does not get what is typed")

    def unlock(self):
        # Nobody here has a password; without its window the screen is as it was.
        try:
            os.killpg(self.group, signal.SIGTERM)
        except ProcessLookupError:
            pass


if __name__ == "__main__":
    unittest.main()

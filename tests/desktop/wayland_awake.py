"""Idleness under Wayland: swayidle blanks, in that it writes down when it would."""

import os
import unittest

import wayland
from awake_both import Awake
from desk import Case, end


class WaylandAwake(Awake, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.desktop.sway.runtime, "idle")
        if os.path.exists(self.path):
            os.unlink(self.path)
        idle = self.desktop.sway.run_beside(
            ["swayidle", "-w", "timeout", "1", f"echo blank >> {self.path}",
             "resume", f"echo on >> {self.path}"])
        self.addCleanup(end, idle)

    def blanked(self):
        try:
            with open(self.path, encoding="ascii") as file:
                return file.read().endswith("blank\n")
        except FileNotFoundError:
            return False


if __name__ == "__main__":
    unittest.main()

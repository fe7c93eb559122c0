"""Composing under Wayland.  The input method is one of the tests' own (wayland_input.py)."""

import os
import unittest

import wayland
from composing_both import Composing
from desk import Case, poll_until
from letters import KEPT_BOUND_S
from wayland_input import InputMethod


class WaylandComposing(Composing, Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        self.composed = ""
        self.method = InputMethod(os.path.join(self.desktop.sway.runtime,
                                               self.desktop.environment["WAYLAND_DISPLAY"]))
        self.addCleanup(self.method.close)

    def composer(self):
        return {}

    def give(self, composed, written=""):
        poll_until("somebody who takes text", self.method.look, KEPT_BOUND_S)
        self.composed = composed
        self.method.give(composed, written)

    def compose(self, letters):
        self.give(self.composed + letters)

    def write_down(self):
        self.give("", self.composed.upper())

    def drop_it(self):
        self.give("")


if __name__ == "__main__":
    unittest.main()

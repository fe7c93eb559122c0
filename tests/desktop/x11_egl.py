"""An X server without GLX, and a person who wants EGL where there is GLX.

Usage: x11_egl.py PROGRAM
"""

import unittest

import x11
from desk import Case, poll_until


class Server(x11.Desktop):
    def server(self):
        return [*super().server(), "-extension", "GLX"]


class ByEgl:
    """Mixed into a Case with a desktop."""

    # What libEGL says of a server without a card is no line of the program's.
    more = {"EGL_LOG_LEVEL": "fatal"}

    def test_it_shows_what_there_is_and_hears_keys(self):
        visit = self.start("--palette", "paper", **self.more)
        self.keyboard(visit)
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        before = self.desktop.picture()
        self.desktop.key("2")
        visit.screen("technique")
        poll_until("another picture", lambda: self.desktop.picture().differ(before) > 0)
        self.quit(visit)


class WithoutGlx(ByEgl, Case):
    @classmethod
    def make_desktop(cls):
        return Server(cls.folder)


class Wanted(ByEgl, Case):
    more = {**ByEgl.more, "SDL_VIDEO_X11_FORCE_EGL": "1"}

    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)


if __name__ == "__main__":
    unittest.main()

"""A real input method that many people use: Fcitx with its engine for Korean, under X11."""

import os
import subprocess
import unittest

import x11
from again import again
from composing_both import start_bus
from desk import Case, end, poll_until
from letters import KEPT_BOUND_S, Letters

PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=hangul

[Groups/0/Items/0]
Name=hangul
Layout=

[GroupOrder]
0=Default
"""
CONFIG = """[Behavior]
ActiveByDefault=True
"""
# Nothing that speaks to a desktop, looks for words or opens windows of its own.
WITHOUT = ("classicui,notifications,notificationitem,kimpanel,wayland,waylandim,spell,emoji,"
           "clipboard,xim,ibusfrontend,fcitx4frontend,unicode,imselector,quickphrase")
ASK = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
       "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner",
       "string:org.freedesktop.portal.Fcitx"]


class Engine(Letters, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        folder = os.path.join(self.home, ".config", "fcitx5")
        os.makedirs(folder)
        for name, words in (("profile", PROFILE), ("config", CONFIG)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(words)
        self.bus = start_bus(self)
        engine = subprocess.Popen(["fcitx5", "--disable=" + WITHOUT],
                                  env={**self.environment(), **self.bus},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        self.addCleanup(end, engine)
        poll_until("the input method", self.is_there, KEPT_BOUND_S)

    def is_there(self):
        done = subprocess.run(ASK, env={"PATH": os.environ["PATH"], **self.bus},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        return b"boolean true" in done.stdout

    @again
    def test_a_syllable_is_composed_and_written_down(self):
        visit = self.file_page(SDL_IM_MODULE="fcitx", **self.bus)
        self.seen(lambda: self.desktop.keys(["g", "k", "s"]))
        self.assertEqual(self.kept(), "")
        self.desktop.key("space")
        self.keeps(visit, "\ud55c ")
        self.seen(lambda: self.desktop.keys(["r", "m", "f"]))
        self.desktop.key("Return")
        self.keeps(visit, "\ud55c \uae00\n")
        self.seen(lambda: self.desktop.keys(["g", "k", "s"]))
        self.desktop.key("BackSpace")  # takes back a letter of the syllable
        self.desktop.key("1")
        self.keeps(visit, "\ud55c \uae00\n\ud5581")
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

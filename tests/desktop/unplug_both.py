"""Displays that are pulled out and put back in every state, the same for Wayland and for RandR."""

import glob
import os

from desk import BOUND_S, DEAF_S, poll_until

# How each way comes to where most goes on in it, by keys from its settle on.
BUSIEST = (
    ("1", "stare", ["space"], "hold"),
    ("2", "breathe", ["space", "Right"], "in"),
    ("3", "walk", ["space", "Right"], "away"),
    ("4", "music", ["space"], "listen"),
    ("5", "move", ["space"], "neck"),
    ("6", "read", ["space"], "page"),
    ("7", "shower", ["space"], "water"),
    ("8", "talk", ["space"], "whom"),
    ("0", "yawn", ["space"], "in"),
)

PRESS_S = 0.3
KEPT_S = 1.5  # a letter is kept at most a second behind


class Unplugs:
    """Mixed into a Case with a desktop that can be unplugged."""

    ways = tuple(way[1] for way in BUSIEST)

    def is_on(self, output):
        window = self.desktop.window()
        rect = next((o["rect"] for o in self.desktop.sway.message("-t", "get_outputs")
                     if o["name"] == output), None)
        return (window["output"] == output and window["fullscreen_mode"] != 0 and
                window["rect"] == rect)

    def pull(self):
        """The display that the window is on goes, and another comes."""
        here = self.desktop.window()["output"]
        self.desktop.unplug(here)
        left = self.desktop.sway.outputs()[0]
        poll_until("on what is left", lambda: self.is_on(left))
        self.desktop.plug()
        poll_until("still there", lambda: self.is_on(left))

    def begin(self, *arguments):
        visit = self.start("--palette", "night", *arguments)
        visit.next = 0
        visit.screen("home")
        poll_until("full-screen", lambda: self.desktop.window()["fullscreen_mode"] != 0)
        return visit

    def answered(self, visit, keys, bound_s=BOUND_S, **expected):
        """Presses these keys until they are answered so: a key that comes before the window has the
        keyboard again is lost."""
        before = len(visit.events)

        def press():
            self.desktop.keys(keys)
            visit.listen(PRESS_S)
            return any(all(e.get(name) == value for name, value in expected.items())
                       for e in visit.events[before:])
        poll_until(f"{keys} answered", press, bound_s)
        visit.listen(DEAF_S)
        visit.next = len(visit.events)

    def press(self, visit, key, **expected):
        self.desktop.key(key)
        visit.expect(**expected)
        if "screen" in expected:
            visit.listen(DEAF_S)

    def way(self, visit, digit, technique):
        self.press(visit, digit, screen="technique")
        self.assertEqual([e for e in visit.events if "state" in e][-1]["technique"], technique)
        visit.next = len(visit.events)

    def test_in_every_way(self):
        visit = self.begin()
        self.pull()
        self.answered(visit, ["minus"], setting="volume")
        for digit, technique, keys, state in BUSIEST:
            if technique not in self.ways:
                continue
            with self.subTest(way=technique):
                self.way(visit, digit, technique)
                for key in keys:
                    self.press(visit, key, technique=technique)
                self.assertEqual([e for e in visit.events if "state" in e][-1]["state"], state)
                self.pull()
                self.answered(visit, ["minus"], setting="volume")
        self.quit(visit)

    def test_with_something_over_it(self):
        visit = self.begin()
        self.way(visit, "0", "yawn")
        self.press(visit, "h", screen="keys")
        self.pull()
        self.answered(visit, ["minus"], screen="technique")  # any key leaves the keys
        for key, screen in (("p", "paused"), ("F2", "people"), ("g", "ground")):
            with self.subTest(over=screen):
                self.press(visit, key, screen=screen)
                self.pull()
                self.answered(visit, ["minus"], setting="volume")
                if screen != "paused":
                    self.press(visit, "Escape", screen="paused")
        self.press(visit, "p", screen="technique")
        self.press(visit, "c", screen="curtain")
        self.pull()
        self.assertEqual(self.desktop.title(), "Desktop")
        self.answered(visit, ["space", "space"], screen="paused")
        self.quit(visit)

    def test_at_the_end(self):
        visit = self.begin()
        self.way(visit, "0", "yawn")
        self.press(visit, "Return", screen="let-go")
        self.pull()
        self.answered(visit, ["x", "Escape"], screen="landing")
        visit.listen(DEAF_S)
        self.pull()
        self.answered(visit, ["minus"], setting="volume")
        self.quit(visit)

    def test_an_open_letter(self):
        visit = self.begin()
        self.way(visit, "9", "write")
        self.press(visit, "space", technique="write", state="fate")
        self.desktop.keys(["Down", "Down", "space"])
        visit.state("write", "place")
        self.press(visit, "Return", technique="write", state="page")
        text = ""
        text = self.typed(visit, text, "1")
        self.pull()
        text = self.typed(visit, text, "2")
        self.pull()
        text = self.typed(visit, text, "3")
        self.quit(visit)
        self.assertRegex(self.kept(), "^1+2+3+$")

    def typed(self, visit, text, letter):
        """Types it until it is kept: what was there before, and this."""
        def press():
            self.desktop.key(letter)
            visit.listen(KEPT_S)
            return self.kept() != text and self.kept()
        kept = poll_until(letter, press)
        self.assertRegex(kept, f"^{text}{letter}+$")
        return kept

    def kept(self):
        for path in glob.glob(os.path.join(self.home, "letter-*.txt")):
            with open(path, encoding="utf-8") as file:
                return file.read()
        return ""

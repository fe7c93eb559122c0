"""Displays that are pulled out and put back in every state, the same for Wayland and for RandR."""

import glob
import os

import desk
from desk import DEAF_S, poll_until
from soak_times import Times, tables

# How each way comes to where most goes on in it, by keys from its settle on; and what follows there by
# itself, where that is soon.
BUSIEST = (
    ("1", "stare", ["space"], "hold", None),
    ("2", "breathe", ["space", "Right"], "in", "out"),
    ("3", "walk", ["space", "Right"], "away", None),
    ("4", "music", ["space"], "listen", None),
    ("5", "move", ["space"], "neck", None),
    ("6", "read", ["space"], "page", None),
    ("7", "shower", ["space"], "water", None),
    ("8", "talk", ["space"], "whom", None),
    ("0", "yawn", ["space"], "in", "wide"),
)
OVER = (("p", "paused"), ("F2", "people"), ("g", "ground"))

PRESS_S = 0.3
KEPT_S = 1.5  # a letter is kept at most a second behind


class Unplugs:
    """Mixed into a Case with a desktop that can be unplugged."""

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

    def answered(self, visit, keys, **expected):
        """Presses these keys until they are answered so: a key that comes before the window has the
        keyboard again is lost."""
        before = len(visit.events)

        def heard():
            return any(all(e.get(name) == value for name, value in expected.items())
                       for e in visit.events[before:])

        def press():
            self.desktop.keys(keys)
            return visit.hear_until(heard, PRESS_S)
        poll_until(f"{keys} answered", press)
        if "screen" in expected:
            visit.listen(DEAF_S)
        visit.next = len(visit.events)

    def press(self, visit, key, **expected):
        self.desktop.key(key)
        event = visit.expect(**expected)
        if "screen" in expected:
            visit.listen(DEAF_S)
        return event

    def way(self, visit, digit, technique):
        self.answered(visit, [digit], screen="technique")
        self.assertEqual([e for e in visit.events if "state" in e][-1]["technique"], technique)

    def in_every_way(self, visit):
        self.pull()  # at home
        for digit, technique, keys, state, later in BUSIEST:
            with self.subTest(way=technique):
                self.way(visit, digit, technique)
                for key in keys:
                    event = self.press(visit, key, technique=technique)
                self.assertEqual(event["state"], state)
                self.pull()
                if later is not None:
                    visit.state(technique, later)
        self.answered(visit, ["minus"], setting="volume")

    def with_something_over_it(self, visit):
        self.press(visit, "h", screen="keys")
        self.pull()
        self.answered(visit, ["minus"], screen="technique")  # any key leaves the keys
        for key, screen in OVER:
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

    def at_the_end(self, visit):
        self.press(visit, "Return", screen="let-go")
        self.pull()
        self.answered(visit, ["x", "Escape"], screen="landing")
        self.pull()
        self.answered(visit, ["minus"], setting="volume")

    def test_in_every_state(self):
        """All of it in one visit, at whose end every time is as if nothing had been pulled out."""
        visit = self.begin()
        self.in_every_way(visit)
        self.with_something_over_it(visit)
        self.at_the_end(visit)
        self.quit(visit)
        times = Times(tables(desk.PROGRAM, self.environment()))
        for event in visit.events:
            times.take(event)
        self.assertEqual(times.faults, [])
        later = [way for way in BUSIEST if way[-1] is not None]
        self.assertGreaterEqual(times.exact, len(later))

    def test_an_open_letter(self):
        visit = self.begin()
        self.way(visit, "9", "write")
        # Not by Space, which is pressed again at once: of two that an X server hears within 2 ms SDL makes
        # one that is held, however long they were apart.
        self.press(visit, "Right", technique="write", state="fate")
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
            visit.hear_until(lambda: self.kept() not in ("", text), KEPT_S)
            return self.kept() != text and self.kept()
        kept = poll_until(letter, press)
        self.assertRegex(kept, f"^{text}{letter}+$")
        return kept

    def kept(self):
        for path in glob.glob(os.path.join(self.home, "letter-*.txt")):
            with open(path, encoding="utf-8") as file:
                return file.read()
        return ""

"""What every key does, the same under X11 and Wayland."""

import os
import subprocess

from desk import DEAF_S, PROGRAM, poll_until


def ways():
    """The key and the id of every way that is built."""
    said = subprocess.run([PROGRAM, "--list"], capture_output=True, text=True, check=True).stdout
    return [line.split("\t")[:2] for line in said.splitlines()]


class Keys:
    """Mixed into a Case with a desktop."""

    def test_every_way_from_home_to_its_landing_and_home(self):
        built = ways()
        self.assertIn(["5", "move"], built)
        visit = self.at_home()
        for key, technique in built:
            with self.subTest(way=technique):
                self.desktop.key(key)
                visit.state(technique, "settle")
                visit.next = 0
                visit.events.clear()
                visit.listen(DEAF_S)
                self.desktop.key("Escape")
                visit.screen("landing")
                self.desktop.key("Escape")
                visit.screen("home")
        self.quit(visit)

    def test_a_way_leads_to_another(self):
        visit = self.at_home()
        for key, technique in [way for way in ways() if way[1] != "write"]:
            self.desktop.key(key)
            visit.state(technique, "settle")
            visit.listen(DEAF_S)
        self.quit(visit)

    def test_moving_is_chosen_and_begun(self):
        visit = self.at_home()
        self.desktop.key("5")
        visit.state("move", "settle")
        visit.listen(DEAF_S)
        for key, kind in (("Down", "box-3-1"), ("Down", "box-2-1"), ("Up", "box-3-1"),
                          ("Up", "stretch"), ("Up", "box-2-1")):
            self.desktop.key(key)
            self.assertEqual(visit.expect(setting="move.kind")["value"], kind)
        for key, state in (("space", "ready"), ("space", "round"), ("Right", "pause")):
            self.desktop.key(key)
            visit.state("move", state)
            visit.listen(DEAF_S)
        self.desktop.key("Escape")
        visit.screen("landing")
        self.quit(visit)

    def test_through_a_technique_and_home(self):
        visit = self.at_home()
        self.desktop.key("1")
        visit.state("stare", "settle")
        visit.next = 0
        visit.screen("technique")
        self.desktop.key("space")
        event = visit.state("stare", "hold")
        self.assertEqual(event["cause"], "space")
        self.desktop.key("Escape")
        visit.screen("landing")
        self.desktop.key("Escape")
        visit.screen("home")
        self.desktop.key("Escape")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

    def test_let_go_is_the_bare_field(self):
        visit = self.at_home()
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        self.desktop.key("Return")
        visit.screen("let-go")
        poll_until("a bare field", lambda: self.desktop.picture().plain())
        self.quit(visit)

    def test_the_curtain(self):
        visit = self.at_home()
        poll_until("the title", lambda: self.desktop.title() == "Lacrima")
        self.desktop.key("c")
        visit.screen("curtain")
        poll_until("a plain field", lambda: self.desktop.picture().plain(pointer=True))
        poll_until("a neutral title", lambda: self.desktop.title() == "Desktop")
        # One Space alone, and any other key, leave it closed.
        self.desktop.key("h")
        self.desktop.key("1")
        self.desktop.key("space")
        self.desktop.key("space")
        visit.screen("home")
        self.assertFalse([e for e in visit.events if e.get("screen") in ("keys", "technique")])
        poll_until("the title", lambda: self.desktop.title() == "Lacrima")
        self.quit(visit)

    def test_the_keys_over_the_field(self):
        visit = self.at_home()
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        before = self.desktop.picture()
        self.desktop.key("h")
        visit.screen("keys")
        poll_until("another picture", lambda: before.differ(self.desktop.picture()) > 2000)
        self.desktop.key("h")
        visit.screen("home")
        self.quit(visit)

    def test_music(self):
        visit = self.at_home()
        self.desktop.key("1")
        visit.screen("technique")
        self.desktop.key("m")
        visit.expect(music="on")
        visit.expect(music="play")
        self.desktop.key("m")
        visit.expect(music="pause")
        self.quit(visit)

    def to_the_sentence(self, visit, how=()):
        """In talk, from home: a person of the config, the first need, and how."""
        self.desktop.key("8")
        visit.screen("technique")
        for state, keys in (("whom", ()), ("need", ()), ("how", ()), ("ask", how)):
            for key in (*keys, "space"):
                self.desktop.key(key)
            visit.state("talk", state)

    def test_the_clipboard(self):
        visit = self.at_home()
        self.to_the_sentence(visit)
        self.assertNotIn("clipboard", [name for event in visit.events for name in event])
        self.desktop.key("ctrl+c")
        visit.expect(clipboard="set")
        poll_until("the sentence", lambda: self.desktop.clipboard() ==
                   "Have you twenty minutes? I don’t need advice, only an ear.")
        # It goes on: the curtain is C alone.
        self.assertNotIn("curtain", [event.get("screen") for event in visit.events])
        self.quit(visit)

    def test_a_link_of_ones_own(self):
        tools = os.path.join(self.home, "tools")
        opened = os.path.join(self.home, "opened")
        config = os.path.join(self.home, "people.ini")
        os.mkdir(tools)
        with open(os.path.join(tools, "xdg-open"), "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\nprintf "%s\\n" "$@" >>"' + opened + '"\n')
        os.chmod(os.path.join(tools, "xdg-open"), 0o755)
        with open(config, "w", encoding="utf-8") as file:
            file.write("[people]\nAna = tel:+49 30 1234\n")
        visit = self.start("--config", config, PATH=tools + ":" + os.environ["PATH"])
        visit.next = 0
        visit.screen("home")
        self.to_the_sentence(visit, how=("Up",))
        self.assertFalse(os.path.exists(opened))
        self.desktop.key("o")
        visit.expect(link="tel")
        self.quit(visit)
        with open(opened, encoding="utf-8") as file:
            self.assertEqual(file.read(), "tel:+49301234\n")

    def test_palette_and_volume(self):
        visit = self.at_home()
        before = self.desktop.picture().field()
        self.desktop.key("l")
        self.assertEqual(visit.expect(setting="palette")["value"], "dusk")
        poll_until("another colour", lambda: self.desktop.picture().field() != before)
        self.desktop.key("minus")
        quieter = visit.expect(setting="volume")["value"]
        self.desktop.key("equal")
        self.assertGreater(visit.expect(setting="volume")["value"], quieter)
        self.quit(visit)

    def test_full_screen_and_window(self):
        visit = self.at_home()
        self.assertTrue(self.covered(), "it does not begin on the full screen")
        self.desktop.key("F11")
        self.assertEqual(visit.expect(setting="fullscreen")["value"], "off")
        poll_until("a window", lambda: not self.covered())
        self.desktop.key("f")
        self.assertEqual(visit.expect(setting="fullscreen")["value"], "on")
        poll_until("the full screen", self.covered)
        self.quit(visit)

    def test_the_mouse(self):
        visit = self.at_home()
        self.desktop.key("2")
        visit.screen("technique")
        self.desktop.wheel(1)
        one = visit.expect(setting="breathe.pattern")["value"]
        self.desktop.wheel(-1)
        self.assertNotEqual(visit.expect(setting="breathe.pattern")["value"], one)
        self.desktop.click("left")
        visit.state("breathe", "lead-in")
        self.desktop.click("right")
        visit.screen("landing")
        self.quit(visit)

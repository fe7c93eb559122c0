"""About you, ground and people by real keys, the same under X11 and Wayland."""

import os
import stat

from desk import poll_until


class Cards:
    """Mixed into a Case with a desktop."""

    def file(self, name):
        return os.path.join(self.home, ".local", "state", "lacrima", name)

    def text(self, name):
        with open(self.file(name), encoding="utf-8") as file:
            return file.read()

    def open_and_leave(self, visit, key, card, back):
        """The card, seen, and what was under it again."""
        before = self.desktop.picture()
        self.desktop.key(key)
        visit.screen(card)
        poll_until("another picture", lambda: before.differ(self.desktop.picture()) > 2000)
        self.desktop.key("Escape")
        visit.screen(back)

    def test_about_you_the_first_time_only(self):
        os.remove(self.file("about-you.ini"))
        visit = self.start(shown=False)
        visit.expect(screen="about")
        self.keyboard(visit)
        self.desktop.key("Down")
        self.desktop.key("space")
        self.assertEqual(visit.expect(setting="care.dry_eyes")["value"], "on")
        self.desktop.key("Escape")
        visit.screen("home")
        poll_until("the answers", lambda: os.path.exists(self.file("about-you.ini")))
        self.assertIn("\ndry_eyes = yes\n", self.text("about-you.ini"))
        self.assertEqual(stat.S_IMODE(os.stat(self.file("about-you.ini")).st_mode), 0o600)
        self.quit(visit)
        visit = self.at_home()
        self.assertNotIn("about", [event.get("screen") for event in visit.events])
        self.quit(visit)

    def test_about_you_is_skipped_by_esc(self):
        os.remove(self.file("about-you.ini"))
        visit = self.start(shown=False)
        visit.expect(screen="about")
        self.keyboard(visit)
        self.desktop.key("Escape")
        visit.screen("home")
        self.quit(visit)
        self.assertFalse([line for line in self.text("about-you.ini").splitlines()
                          if "=" in line and not line.startswith("#")])
        self.quit(self.at_home())

    def test_the_cards_at_home(self):
        visit = self.at_home()
        poll_until("words", lambda: not self.desktop.picture().plain(pointer=True))
        self.open_and_leave(visit, "F3", "about", "home")
        self.open_and_leave(visit, "F2", "people", "home")
        self.open_and_leave(visit, "g", "ground", "home")
        self.quit(visit)

    def test_the_cards_over_a_way(self):
        """The way waits, paused, and goes on where it was."""
        visit = self.at_home()
        self.desktop.key("2")
        visit.screen("technique")
        self.desktop.key("space")
        visit.state("breathe", "lead-in")
        for key, card in (("F2", "people"), ("g", "ground"), ("F3", "about")):
            self.desktop.key(key)
            visit.screen(card)
            self.desktop.key("Escape")
            visit.screen("paused")
            self.desktop.key("space")
            visit.screen("technique")
        visit.state("breathe", "in")
        self.quit(visit)

    def test_people_from_let_go_and_the_landing(self):
        visit = self.at_home()
        self.desktop.key("1")
        visit.screen("technique")
        self.desktop.key("Return")
        visit.screen("let-go")
        self.open_and_leave(visit, "F2", "people", "let-go")
        poll_until("a bare field", lambda: self.desktop.picture().plain())
        self.desktop.key("1")
        self.desktop.key("Escape")
        visit.screen("landing")
        self.open_and_leave(visit, "F2", "people", "paused")
        self.quit(visit)

    def test_people_with_the_keys_over_them(self):
        visit = self.at_home()
        self.desktop.key("h")
        visit.screen("keys")
        self.desktop.key("F2")
        visit.screen("people")
        self.desktop.key("Escape")
        visit.screen("home")
        self.quit(visit)

    def test_the_country_is_chosen_once(self):
        visit = self.start("--palette", "night", LC_ALL="C.UTF-8", LANG="de_DE.UTF-8")
        visit.next = 0
        visit.screen("home")
        self.desktop.key("F2")
        visit.screen("people")
        self.desktop.key("Down")  # the locale, C, names none: from "another country" to the first
        self.desktop.key("space")
        self.assertEqual(visit.expect(setting="helplines.country")["value"], "AR")
        self.quit(visit)
        self.assertIn("country = AR\n", self.text("state.ini"))
        visit = self.start("--palette", "night", LC_ALL="de_AT.UTF-8")
        visit.next = 0
        visit.screen("home")
        self.desktop.key("F2")
        visit.screen("people")
        for key in ("space", "Down", "space"):  # from the chosen one, not from the proposed one
            self.desktop.key(key)
        self.assertEqual(visit.expect(setting="helplines.country")["value"], "AU")
        self.quit(visit)

    def test_ground_ends_with_people(self):
        visit = self.at_home()
        self.desktop.key("g")
        visit.screen("ground")
        for _ in range(8):
            self.desktop.key("space")
            visit.listen(0.05)
        visit.screen("people")
        self.quit(visit)

    def test_the_curtain_keeps_them(self):
        visit = self.at_home()
        self.desktop.key("F2")
        visit.screen("people")
        self.desktop.key("c")
        visit.screen("curtain")
        poll_until("a plain field", lambda: self.desktop.picture().plain(pointer=True))
        self.desktop.key("F2")  # the curtain opens by Space and Space alone
        self.desktop.key("space")
        self.desktop.key("space")
        visit.screen("people")
        self.assertEqual([e["screen"] for e in visit.events if "screen" in e][-2:],
                         ["curtain", "people"])
        self.quit(visit)

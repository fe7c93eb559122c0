"""Whom to call, and what to take care of: printed, and in the live loop without a desktop."""

import glob
import json
import os
import subprocess
import unittest

from run import PROGRAM, SMALL, Case

LIVE = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
NOTHING = {"SDL_VIDEODRIVER": "nosuchdriver", "SDL_AUDIODRIVER": "nosuchdriver",
           "LIBGL_DRIVERS_PATH": "/nowhere", "DISPLAY": None, "WAYLAND_DISPLAY": None}
HELPLINES = os.path.join(os.path.dirname(__file__), "..", "..", "assets", "helplines")
OWN = """[people]
Ana = tel:+49 30 1234, mailto:ana@example.org
سلمى = sms:0171 22
Grandfather =
"""


def countries():
    found = {}
    for path in glob.glob(os.path.join(HELPLINES, "*.json")):
        with open(path, encoding="utf-8") as file:
            country = json.load(file)
        found[country["country"]] = country
    return found


class Printed(Case):
    def people(self, *arguments, env=None, **more):
        done = self.lacrima("--people", *arguments, env={**NOTHING, **(env or {})}, **more)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode()

    def test_every_country_without_a_screen_or_sound(self):
        for code, country in countries().items():
            text = self.people(code.lower())
            places = [text.index(n["display"]) for n in country["emergency"]]
            for line in country["lines"]:
                self.assertIn(line["name"], text)
                self.assertIn(line["source"].split(",")[0], text)
                for contact in line["contacts"]:
                    places.append(text.index(contact.get("display") or
                                             contact["url"].removeprefix("https://")))
            self.assertEqual(min(places), places[0], code)  # the emergency number stands first

    def test_what_is_proposed(self):
        rows = [({"LC_ALL": "de_AT.UTF-8", "LANG": "de_DE.UTF-8"}, "Austria"),
                ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, None),
                ({"LC_ALL": None, "LANG": "de_DE.UTF-8"}, "Germany"),
                ({"LC_ALL": "", "LC_MESSAGES": "C", "LANG": "de_DE.UTF-8"}, "Germany"),
                ({"LC_ALL": None, "LC_TELEPHONE": "de_CH.UTF-8", "LC_MESSAGES": "en_US.UTF-8",
                  "LANG": "en_GB.UTF-8"}, "Switzerland"),
                ({"LC_ALL": None, "LC_MESSAGES": "en_IE", "LANG": "en_GB"}, "Ireland"),
                ({"LC_ALL": "de_LU.UTF-8"}, None), ({"LC_ALL": "en"}, None),
                ({"LC_ALL": None, "LANG": None}, None)]
        for env, name in rows:
            text = self.people(env=env)
            if name is not None:
                self.assertIn(name, text.splitlines()[2], env)
                self.assertIn("--people CC", text.splitlines()[0])
            else:
                self.assertIn("112, 911 or 999", text)
                self.assertTrue(all(f"  {code}  " in text for code in countries()))
            self.assertNotIn("116 123" if name is None else "\0", text)

    def test_a_country_that_is_not_known_has_no_number_guessed(self):
        self.assertEqual(self.people("XX"), self.people("zz"))
        self.assertIn("findahelpline.com", self.people("XX"))

    def test_the_united_kingdom_by_the_letters_its_people_use(self):
        self.assertIn("116 123", self.people("UK"))
        self.assertEqual(self.people("uk"), self.people("GB"))

    def test_what_is_not_a_country(self):
        for argument in ("--people=Germany", "--people=1A", "--people=D"):
            self.lines(self.lacrima(argument, status=2))
        for argument in ("Germany", "DEU"):
            self.assertIn(f"--people {argument}: a country has two letters",
                          self.lines(self.lacrima("--people", argument, status=2))[0])
        self.assertEqual(self.people(), self.people("--mute"))  # an option is no country
        self.assertEqual(self.people(), self.people("stare"))   # nor is a way

    def test_ones_own_people(self):
        config = self.path("own.ini", OWN)
        text = self.people("DE", "--config", config)
        self.assertIn("\n  +49 30 1234         Ana\n" + " " * 22 + "ana@example.org\n", text)
        self.assertIn("  0171 22             سلمى\n", text)
        self.assertLess(text.index("116 111"), text.index("Grandfather"))

    def test_the_chosen_country(self):
        config = self.path("chosen.ini", "[helplines]\ncountry = JP\n")
        text = self.people("--config", config, env={"LC_ALL": "de_DE.UTF-8"})
        self.assertTrue(text.startswith("日本 (Japan)"), text)

    def test_a_program_that_cannot_draw_says_where_help_is(self):
        done = self.lacrima(env=NOTHING, status=1)
        self.assertIn(b"lacrima --people", done.stderr)

    def test_an_installed_program_has_every_country(self):
        build = os.path.dirname(PROGRAM)
        prefix = self.path("prefix")
        subprocess.run(["cmake", "--install", build, "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
        program = os.path.join(prefix, "bin", "lacrima")
        share = os.path.join(prefix, "share", "lacrima", "helplines")
        self.assertEqual({name[:2] for name in os.listdir(share)}, set(countries()))
        os.remove(os.path.join(share, "FR.json"))
        done = subprocess.run([program, "--people", "FR"], env=self.environment(), check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # The installed files are the ones read: without its file a country keeps one number.
        self.assertIn("112", done.stdout.decode())
        self.assertNotIn("3114", done.stdout.decode())


class Visits(Case):
    """Keys in the live loop."""

    def begin(self, script, *arguments, env=None):
        path = self.path(f"script-{len(os.listdir(self.folder.name))}.txt", script)
        return subprocess.Popen(
            [PROGRAM, *arguments, "--script", path, "--events", "-", *SMALL],
            env=self.environment(**{**LIVE, **(env or {})}), cwd=self.folder.name,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(self, process):
        out, errors = process.communicate(timeout=60)
        # Whether every country's own script has a font is this machine's affair.
        said = [line for line in errors.splitlines() if b"No installed font" not in line]
        self.assertEqual((process.returncode, said), (0, []))
        return [json.loads(line) for line in out.decode().splitlines()]

    def file(self, name):
        return os.path.join(self.home, ".local", "state", "lacrima", name)

    def answers(self):
        with open(self.file("about-you.ini"), encoding="utf-8") as file:
            return [line.strip() for line in file if "=" in line and not line.startswith("#")]

    def test_every_country_can_be_chosen(self):
        script = "0.5 key Escape\n1 key F2\n1.6 key Space\n"
        at = 1.7
        for _ in countries():
            script += f"{at:.2f} key Space\n{at + .01:.2f} key Down\n{at + .02:.2f} key Space\n"
            at += .03
        events = self.end(self.begin(script + f"{at + .2:.2f} key Ctrl+Q\n"))
        chosen = [e["value"] for e in events if e.get("setting") == "helplines.country"]
        self.assertEqual(chosen[0], "ZZ")  # without a locale none is proposed
        self.assertEqual(set(chosen[1:]), set(countries()))
        with open(self.file("state.ini"), encoding="utf-8") as file:
            self.assertIn("[helplines]\ncountry = US\n", file.read())

    def test_the_locale_proposes_and_the_person_chooses(self):
        events = self.end(self.begin("0.5 key Escape\n1 key F2\n1.6 key Escape\n2.2 key F2\n"
                                     "2.8 key Space\n3 key Ctrl+Q\n",
                                     env={"LC_ALL": None, "LANG": "en_AU.UTF-8"}))
        chosen = [e["value"] for e in events if e.get("setting") == "helplines.country"]
        self.assertEqual(chosen, ["AU"])

    def test_two_copies_keep_each_others_answers(self):
        one = self.begin("0.5 key Space\n0.7 key Escape\n3 key Ctrl+Q\n")
        other = self.path("another session")  # or each would say that one is open already
        os.mkdir(other)
        two = self.begin("1.5 key Up\n1.6 key Space\n1.8 key Escape\n4 key Ctrl+Q\n",
                         env={"XDG_RUNTIME_DIR": other})
        for process in (one, two):
            self.assertEqual(self.end(process)[0]["screen"], "about")
        self.assertEqual(self.answers(), ["lenses = yes", "panic = yes"])

    def test_looking_leaves_the_file_as_it_was(self):
        os.makedirs(os.path.dirname(self.file("")))
        with open(self.file("about-you.ini"), "w", encoding="utf-8") as file:
            file.write("; mine\n[care]\njaw = yes\n")
        events = self.end(self.begin("0.5 key F3\n1 key Escape\n1.5 key Ctrl+Q\n"))
        self.assertIn("about", [e.get("screen") for e in events])
        with open(self.file("about-you.ini"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "; mine\n[care]\njaw = yes\n")

    def test_a_damaged_file_of_answers_is_said_and_left(self):
        os.makedirs(os.path.dirname(self.file("")))
        damaged = b"[care]\njaw = yes\nback = \xff\xfe\n"
        with open(self.file("about-you.ini"), "wb") as file:
            file.write(damaged)
        process = self.begin("0.5 key F3\n1 key Escape\n1.5 key Ctrl+Q\n")
        out, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors.count(b"\n")), (0, 1), errors)
        self.assertIn(b"about-you.ini:3: ", errors)
        self.assertEqual(json.loads(out.splitlines()[0])["screen"], "home")
        with open(self.file("about-you.ini"), "rb") as file:
            self.assertEqual(file.read(), damaged)


if __name__ == "__main__":
    unittest.main()

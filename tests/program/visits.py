"""The live loop without a desktop: SDL's offscreen driver, real time, the person's own files."""

import json
import os
import stat
import unittest

from run import SMALL, Case

LIVE = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
NOBODY = 65534


class Visits(Case):
    def visit(self, script, *arguments, env=None, **named):
        path = self.path("script.txt", script)
        log = self.path("events.jsonl")
        done = self.lacrima(*arguments, "--script", path, "--events", log, "--seconds", 20, *SMALL,
                            env={**LIVE, **(env or {})}, **named)
        with open(log, encoding="utf-8") as file:
            return self.lines(done), [json.loads(line) for line in file]

    def state(self):
        return os.path.join(self.home, ".local", "state", "lacrima", "state.ini")

    def test_what_keys_change_is_kept(self):
        lines, events = self.visit("0.5 key L\n0.6 key -\n0.9 key Ctrl+Q\n")
        self.assertEqual(lines, [])
        self.assertTrue(any(e.get("setting") == "palette" and e["value"] == "dusk" for e in events))
        self.assertEqual(events[-1]["screen"], "quit")
        self.assertEqual(stat.S_IMODE(os.stat(self.state()).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(self.state())).st_mode), 0o700)
        _, events = self.visit("0.5 key L\n0.9 key Ctrl+Q\n")
        self.assertTrue(any(e.get("setting") == "palette" and e["value"] == "sea" for e in events))

    def test_the_command_line_is_for_one_visit(self):
        self.visit("0.5 key -\n0.9 key Ctrl+Q\n", "breathe", "--palette", "sea", "--breath", "box")
        with open(self.state(), encoding="utf-8") as file:
            text = file.read()
        self.assertIn("volume = 65", text)
        self.assertNotIn("sea", text)
        self.assertNotIn("box", text)

    def test_nothing_else_is_written(self):
        self.visit("0.5 key 1\n1 key Space\n1.5 key Escape\n1.8 key Ctrl+Q\n")
        self.assertFalse(os.path.exists(self.state()))

    def test_about_you_comes_once(self):
        about = os.path.join(os.path.dirname(self.state()), "about-you.ini")
        _, events = self.visit("0.5 key Ctrl+Q\n")
        self.assertEqual(events[0]["screen"], "about")
        self.assertFalse(os.path.exists(about))  # quitting is no answer
        _, events = self.visit("0.5 key Down\n0.6 key Space\n0.8 key Escape\n1.3 key Ctrl+Q\n")
        screens = [e["screen"] for e in events if "screen" in e]
        self.assertEqual(screens, ["about", "home", "quit"])
        self.assertEqual(stat.S_IMODE(os.stat(about).st_mode), 0o600)
        with open(about, encoding="utf-8") as file:
            self.assertIn("\ndry_eyes = yes\n", file.read())
        self.assertFalse(os.path.exists(self.state()))
        _, events = self.visit("0.5 key F3\n1 key Space\n1.3 key Escape\n1.8 key Ctrl+Q\n")
        screens = [e["screen"] for e in events if "screen" in e]
        self.assertEqual(screens, ["home", "about", "home", "quit"])
        with open(about, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("\ndry_eyes = yes\n", text)
        self.assertIn("\nlenses = yes\n", text)

    def test_a_named_way_begins_at_once(self):
        _, events = self.visit("0.5 key Ctrl+Q\n", "stare")
        self.assertEqual(events[0]["screen"], "technique")

    def test_deadlines_are_met(self):
        _, events = self.visit("0.5 key 0\n1 key Space\n7.5 key Ctrl+Q\n")
        states = [(e["t"], e["state"]) for e in events if "state" in e]
        self.assertEqual([s for _, s in states], ["settle", "in", "wide", "out", "between"])
        began = states[1][0]
        for (t, _), after in zip(states[1:], (0, 2.5, 3.5, 6)):
            self.assertAlmostEqual(t, began + after, delta=0.0015)

    def test_no_audio(self):
        for quit_at in (3, 1):  # the second is while the device is still being looked for
            lines, events = self.visit(f"0.5 key 0\n1 key Space\n{quit_at} key Ctrl+Q\n",
                                       env={"SDL_AUDIODRIVER": "nosuchdriver"})
            self.assertEqual(len(lines), 1, lines)
            self.assertIn("going on in silence", lines[0])
            self.assertTrue(any(e.get("cue") == "yawn-in" for e in events))

    def test_no_sound_library(self):
        os.mkdir(self.path("broken"))
        self.path("broken/libSDL2_mixer-2.0.so.0", "")
        lines, events = self.visit("0.5 key 0\n1 key Space\n3 key Ctrl+Q\n",
                                   env={"LD_LIBRARY_PATH": self.path("broken")})
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("SDL2_mixer", lines[0])
        self.assertIn("going on in silence", lines[0])
        self.assertTrue(any(e.get("cue") == "yawn-in" for e in events))

    def test_no_home(self):
        lines, _ = self.visit("0.5 key L\n0.9 key Ctrl+Q\n", env={
            "HOME": None, "XDG_STATE_HOME": self.path("state"), "XDG_CONFIG_HOME": self.path("c")})
        self.assertEqual(lines, [])
        self.assertTrue(os.path.exists(self.path("state/lacrima/state.ini")))

    def test_a_state_folder_that_cannot_be_written(self):
        blocked = self.path("blocked", "a file where a folder is wanted")
        lines, events = self.visit("0.5 key L\n0.9 key Ctrl+Q\n", env={"XDG_STATE_HOME": blocked})
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("blocked", lines[0])
        self.assertEqual(events[-1]["screen"], "quit")

    def test_a_read_only_state_folder(self):
        if os.getuid() != 0:
            return
        os.chmod(self.folder.name, 0o777)
        os.makedirs(os.path.dirname(self.state()))
        os.chmod(self.home, 0o755)
        lines, _ = self.visit("0.5 key L\n0.9 key Ctrl+Q\n", before=(
            "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"))
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("ermission", lines[0])

    def test_a_damaged_state_file(self):
        os.makedirs(os.path.dirname(self.state()))
        with open(self.state(), "wb") as file:
            file.write(b"[look]\npalette = \xff\xfe\nnot a line\n")
        lines, _ = self.visit("0.5 key Ctrl+Q\n")
        self.assertTrue(lines and all("state.ini:" in line for line in lines), lines)

    def test_a_display_that_is_not_there(self):
        lines, _ = self.visit("0.5 key Ctrl+Q\n", "--display", "77")
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("77", lines[0])


if __name__ == "__main__":
    unittest.main()

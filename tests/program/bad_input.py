"""Damaged, missing, forbidden and absurd input: one clear line each, and the next best thing."""

import os
import random
import subprocess
import unittest

from run import SMALL, Case

FRAME = 160 * 120 * 3
NOBODY = 65534


class BadInput(Case):
    def render(self, *arguments, frames=4, **named):
        done = self.lacrima(*arguments, "--render", "-", "--fps", 1, "--seconds", frames, *SMALL,
                            **named)
        self.assertEqual(len(done.stdout), frames * FRAME)
        return self.lines(done)

    def one(self, lines, *parts):
        self.assertEqual(len(lines), 1, lines)
        for part in parts:
            self.assertIn(part, lines[0])

    def test_scripts(self):
        for text, number, what in (
            ("1 key Space\nsoon key 1\n", 2, '"soon" is not a time'),
            ("# fine\n\n1 jump\n", 3, 'unknown action "jump"'),
            ("1 key Hyper+Q\n", 1, 'unknown key "Hyper+Q"'),
            ("1 key\n", 1, "unknown key"),
            ("1\n", 1, "an action is missing"),
            ("1 resize 3x3\n", 1, "WxH was expected"),
            ("1 suspend long\n", 1, "seconds were expected"),
            ("1 focus up\n", 1, "in or out was expected"),
            ("1 text Dear\n", 1, '"quotes"'),
            ("1 quit now\n", 1, "quit takes nothing"),
            ("1 key " + "x" * 5000 + "\n", 1, "too long"),
        ):
            script = self.path("bad.txt", text)
            log = self.path("events.jsonl")
            done = self.lacrima("--render", self.path("out"), "--script", script, "--events", log,
                                status=2)
            self.one(self.lines(done), f"{script}:{number}: ", what)
            self.assertFalse(os.path.exists(self.path("out")))
            self.assertFalse(os.path.exists(log))
        done = self.lacrima("--render", "-", "--script", self.path("none.txt"), status=2)
        self.one(self.lines(done), "none.txt", "No such file")
        done = self.lacrima("--render", "-", "--script", self.home, status=2)
        self.one(self.lines(done), self.home, "directory")

    def test_key_names_in_turkish(self):
        """There no I is an i."""
        folder = self.path("locales")
        os.mkdir(folder)
        subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", os.path.join(folder, "tr_TR.UTF-8")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        script = self.path("keys.txt", "0.1 key RIGHT\n0.2 key right\n0.3 key Right\n")
        self.lacrima("--render", "-", "--seconds", "0.5", "--fps", "2", "--size", "64x64", "--script", script,
                     env={"LOCPATH": folder, "LC_ALL": "tr_TR.UTF-8"})

    def test_music_files(self):
        sparse = self.path("huge.ogg")
        with open(sparse, "wb") as file:
            file.truncate(200 * 1024 * 1024)
        for name, path in (
            ("missing", self.path("missing.ogg")),
            ("empty", self.path("empty.ogg", b"")),
            ("noise", self.path("noise.mp3", bytes(random.Random(7).choices(range(200), k=4096)))),
            ("text", self.path("words.wav", "these are words")),
            ("cut", self.path("cut.flac", b"fLaC\0\0\0\x22" + b"\0" * 20)),
            ("huge", sparse),
        ):
            script = self.path("go.txt", "1 key Space\n")
            lines = self.render("music", "--music", path, "--script", script, frames=8)
            self.one(lines, os.path.basename(path))

    def test_music_folders(self):
        empty = self.path("empty")
        os.mkdir(empty)
        script = self.path("go.txt", "1 key Space\n")
        lines = self.render("music", "--music", empty, "--script", script)
        self.assertLessEqual(len(lines), 1)
        if os.getuid() == 0:
            closed = self.path("closed")
            os.mkdir(closed, 0)
            os.chmod(self.folder.name, 0o755)
            lines = self.render("music", "--music", closed, "--script", script,
                                before=("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}",
                                        "--clear-groups"))
            # Nobody may be kept from our own pieces too, where this tree lies in somebody's home.
            none = "No music was found that can be played."
            self.one([line for line in lines if line != none], "closed", "ermission")

    def test_looks(self):
        self.one(self.render("--palette", "pink"), "--palette pink", "night is used")
        self.one(self.render("breathe", "--breath", "gasp"), "--breath gasp", "six is used")
        self.one(self.render("breathe", "--breath", "0.1-0-9-0"), "nearest is used")
        self.one(self.render("--text-scale", 9),
                 "--text-scale 9: the range is 0.75 to 2.5; 2.5 is used")
        self.one(self.render("--text-scale", 0), "--text-scale 0: ", "0.75 is used")
        self.one(self.render("stare", "--rounds", 9), "--rounds 9", "5 is used")
        self.one(self.render("breathe", "--minutes", 9999), "--minutes 9999", "1440 is used")

    def test_configs(self):
        bad = self.path("bad.ini", "[stare]\nseconds = 5\n")
        self.one(self.render("--config", bad), f"{bad}:2: ", "10")
        self.one(self.render("--config", self.path("none.ini")), "none.ini")
        self.one(self.render("--config", self.home), self.home)
        huge = self.path("huge.ini")
        with open(huge, "wb") as file:
            file.truncate(200 * 1024 * 1024)
        self.one(self.render("--config", huge), "huge.ini")
        self.assertEqual(self.render("--config", self.path("empty.ini", b"")), [])

    def test_fonts(self):
        config = self.path("font.ini", "[look]\nfont = No Such Family\n")
        self.assertLessEqual(len(self.render("--config", config)), 1)
        nothing = self.path("fonts.conf", "<fontconfig><dir>/nowhere</dir></fontconfig>")
        lines = self.render(env={"FONTCONFIG_FILE": nothing})
        self.one(lines, "font")
        broken = self.path("broken")
        os.mkdir(broken)
        with open(os.path.join(broken, "a.ttf"), "wb") as file:
            file.write(b"\0\1\0\0" + random.Random(7).randbytes(500))
        only = self.path("only.conf", f"<fontconfig><dir>{broken}</dir></fontconfig>")
        self.one(self.render(env={"FONTCONFIG_FILE": only}), "font")

    def test_places(self):
        file = self.path("a-file", "x")
        done = self.lacrima("--render", file, "--seconds", 1, *SMALL, status=1)
        self.one(self.lines(done), "a-file")
        done = self.lacrima("--render", self.path("no/such/place"), "--seconds", 1, *SMALL, status=1)
        self.one(self.lines(done), "no/such/place")
        done = self.lacrima("--render", "-", "--events", self.path("no/such/log"), status=1)
        self.one(self.lines(done), "no/such/log")
        self.assertEqual(self.render(env={"HOME": None}), [])

    def test_no_display(self):
        done = self.lacrima("--seconds", 1, status=1)
        self.one(self.lines(done), "display")

    def test_no_opengl(self):
        done = self.lacrima("--render", "-", "--seconds", 1, *SMALL, status=1, env={
            "LIBGL_DRIVERS_PATH": "/nowhere", "__EGL_VENDOR_LIBRARY_DIRS": "/nowhere",
            "GALLIUM_DRIVER": "none"})
        self.one(self.lines(done), "OpenGL", "libgl1-mesa-dri")


if __name__ == "__main__":
    unittest.main()

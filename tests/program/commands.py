"""--list, --describe, --help, --version, --check-config and wrong usage, byte for byte."""

import shutil
import subprocess
import unittest

from run import Case

IDS = ("stare", "breathe", "walk", "music", "move", "read", "shower", "talk", "write", "yawn")


class Commands(Case):
    def test_list(self):
        out = self.lacrima("--list").stdout.decode()
        self.assertEqual(out, "1\tstare\tNot blinking\n2\tbreathe\tBreathing\n3\twalk\tA walk\n"
                              "4\tmusic\tMusic\n5\tmove\tMoving\n6\tread\tReading, or pictures\n"
                              "7\tshower\tA shower\n"
                              "8\ttalk\tTalking to someone\n9\twrite\tWriting\n0\tyawn\tYawning\n")

    def test_version(self):
        self.assertRegex(self.lacrima("--version").stdout.decode(), r"\Alacrima \d+\.\d+\.\d+\n\Z")

    def test_what_is_loaded_at_once(self):
        """What words, sounds, photographs and letters need comes when it is wanted."""
        loaded = self.lacrima(env={"LD_TRACE_LOADED_OBJECTS": "1"}).stdout.decode()
        self.assertIn("libSDL2-2.0", loaded)
        for late in ("SDL2_ttf", "fontconfig", "SDL2_mixer", "SDL2_image", "libexif", "sqlite", "mpv",
                     "speechd"):
            self.assertNotIn(late, loaded)

    def test_help_names_every_option_and_key(self):
        text = self.lacrima("--help").stdout.decode()
        for option in ("--windowed --size --display --breath --minutes --rounds --read --photos --music --mute "
                       "--palette --text-scale --reduced-motion --config --data-dir --check-config "
                       "--export-letters --shelf --shelf-add --from --to --word --list --describe --events --render --fps --seconds --script --log-level "
                       "--version --help").split():
            self.assertIn(option + " ", text)
        self.assertTrue(all(len(line) <= 100 for line in text.splitlines()))

    def test_describe_is_dot(self):
        for name in IDS:
            out = self.lacrima("--describe", name).stdout
            self.assertTrue(out.startswith(b'digraph "%s" {\n' % name.encode()))
            done = subprocess.run([shutil.which("dot"), "-Tplain"], input=out,
                                  stdout=subprocess.PIPE, check=True)
            self.assertIn(b"node settle ", done.stdout)
        self.assertEqual(self.lacrima("--describe", "0").stdout,
                         self.lacrima("--describe", "yawn").stdout)

    def test_wrong_usage(self):
        for arguments, what in (
            (["--nonsense"], "--nonsense: there is no such option"),
            (["dance"], "dance: there is no such way"),
            (["landing"], "landing: there is no such way"),
            (["stare", "yawn"], "yawn: one way at a time"),
            (["--describe", "dance"], "--describe dance: there is no such way"),
            (["--describe"], "--describe: TECHNIQUE is missing"),
            (["--size", "12"], "--size 12: not understood"),
            (["--size", "10x10"], "--size 10x10: not understood, WxH was expected, each 64 to 16384"),
            (["--size", "99999x9"], "--size 99999x9: not understood"),
            (["--minutes", "soon"], "--minutes soon: not understood"),
            (["--minutes", "0"], "--minutes 0: not understood"),
            (["--fps", "0"], "--fps 0: not understood"),
            (["--fps", "1000"], "--fps 1000: not understood"),
            (["--seconds", "-1"], "--seconds -1: not understood"),
            (["--text-scale", "big"], "--text-scale big: not understood"),
            (["--log-level", "loud"], "--log-level loud: not understood"),
            (["--mute=1"], "--mute: takes no value"),
            (["--config="], "--config: an empty value"),
            (["--export-letters"], "--export-letters: DIR is missing"),
            (["--data-dir="], "--data-dir: an empty value"),
            (["--render", "-", "--events", "-"], "--render - and --events -"),
        ):
            done = self.lacrima(*arguments, status=2)
            lines = self.lines(done)
            self.assertEqual(len(lines), 1)
            self.assertTrue(lines[0].startswith(what), lines[0])
            self.assertEqual(done.stdout, b"")

    def test_check_config(self):
        good = self.path("good.ini", "[stare]\nseconds = 25\n[look]\npalette = sea\n")
        self.assertEqual(self.lacrima("--check-config", "--config", good).stdout, b"")
        bad = self.path("bad.ini", "[stare]\nseconds = 99\n\n[nonsense]\na = b\nno equals\n"
                                   "[look]\npalette = pink\ntext_scale = huge\n")
        done = self.lacrima("--check-config", "--config", bad, status=1)
        faults = done.stdout.decode().splitlines()
        for number in (2, 8, 9):
            self.assertTrue(any(f.startswith(f"{bad}:{number}: ") for f in faults), faults)
        self.assertTrue(all(f.startswith(bad + ":") for f in faults), faults)
        missing = self.lacrima("--check-config", "--config", self.path("none.ini"), status=1)
        self.assertIn("none.ini", missing.stdout.decode())
        self.lacrima("--check-config")  # no config of one's own is no fault


if __name__ == "__main__":
    unittest.main()

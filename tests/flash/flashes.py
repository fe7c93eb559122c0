"""Whether the program flashes: its own frames, sixty a second, through the analyser.  Every way is
walked from state to state, in every palette over the runs, with the moving pacers and with the still
ones; and keys come down at random, as fast as a hand can."""

import os
import random
import struct
import subprocess
import sys
import unittest
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "program"))
ANALYSER = os.path.abspath(sys.argv.pop(2))

from run import BOUND_S, PROGRAM, Case  # noqa: E402

SIZE = "480x270"
FPS = 60
SEED = int(os.environ.get("LACRIMA_FLASH_SEED", "0"))
PALETTES = ("night", "dusk", "sea", "ember", "high-contrast", "paper")
LIGHT = ("paper",)
# A hand that strikes keys faster than the fades can go out and come back turns the words round once
# more than the house would like, at a tenth of what a flash is; three general flashes it never makes.
MASHED_REVERSALS = 2
# Every key that changes what is seen; digits are those of the ways that are built.
KEYS = ("Space", "Return", "Escape", "P", "Right", "Left", "Up", "Down", "Tab", "Shift+Tab", "M", "T",
        "L", "Shift+L", "[", "]", "X", "G", "F2", "F3", "C", "H")


class Flashes(Case):
    def analyse(self, script, seconds, *arguments, palette="night", size=SIZE, reversals=1):
        path = self.path("keys.txt", "".join(f"{at:.3f} {what}\n" for at, what in script))
        program = [PROGRAM, *arguments, "--script", path, "--render", "-", "--size", size, "--fps",
                   str(FPS), "--seconds", str(seconds), "--palette", palette]
        light = palette in LIGHT or any(what in ("key L", "key Shift+L") for _, what in script)
        analyser = [ANALYSER, size, str(FPS), "--reversals", str(reversals)]
        analyser += ["--light"] if light else []
        with subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=self.environment()) as drawn:
            done = subprocess.run(analyser, stdin=drawn.stdout, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, timeout=BOUND_S, check=False)
            drawn.stdout.close()
            drawn.stderr.read()
        self.assertEqual(drawn.returncode, 0)
        said = done.stdout.decode()
        self.assertIn("frames", said, done.stderr.decode())
        self.assertEqual(done.returncode, 0, f"{palette} {' '.join(arguments)}\n{said}\n"
                         + "\n".join(f"{at:.3f} {what}" for at, what in script))
        return said

    def ways(self):
        done = self.lacrima("--list")
        return [line.split("\t")[1] for line in done.stdout.decode().splitlines()]

    def walk(self, way, palette, *arguments):
        """Right leads from state to state; each is seen for as long as a fade and a little more."""
        script = [(2.0 + 2.1 * i, "key Right") for i in range(9)]
        script += [(20.9, "key Return"), (22.4, "key Space"), (24.0, "key Escape")]
        self.analyse(script, 26, way, *arguments, palette=palette)

    def mash(self, seed, palette, *arguments):
        chance = random.Random(seed)
        digits = [line.split("\t")[0] for line in
                  self.lacrima("--list").stdout.decode().splitlines()]
        script = []
        at = 0.5
        while at < 19.0:
            key = chance.choice(KEYS + tuple(digits))
            script.append((at, "key " + key))
            at += chance.choice((0.05, 0.1, 0.2, 0.45, 0.6, 1.1))
        self.analyse(script, 20, *arguments, palette=palette, reversals=MASHED_REVERSALS)

    def test_every_way(self):
        for i, way in enumerate(self.ways()):
            with self.subTest(way=way):
                self.walk(way, PALETTES[i % len(PALETTES)])

    def test_reduced_motion(self):
        for i, way in enumerate(("stare", "breathe", "yawn", "move")):
            with self.subTest(way=way):
                self.walk(way, PALETTES[(i + 2) % len(PALETTES)], "--reduced-motion")

    def photographs(self):
        """The hardest there can be: white, black, a pure red, white."""
        folder = self.path("photographs")
        os.mkdir(folder)
        for i, colour in enumerate((b"\xff\xff\xff", b"\0\0\0", b"\xff\0\0", b"\xff\xff\xff")):
            width, height = (800, 500) if i % 2 == 0 else (500, 800)
            rows = (b"\0" + colour * width) * height
            parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                     (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
            with open(os.path.join(folder, f"{i}.png"), "wb") as file:
                file.write(b"\x89PNG\r\n\x1a\n")
                for name, body in parts:
                    file.write(struct.pack(">I", len(body)) + name + body +
                               struct.pack(">I", zlib.crc32(name + body)))
        return folder

    def test_photographs(self):
        """Turned as fast as they turn, left by every way that leaves, and come back to."""
        folder = self.photographs()
        keys = ("Space", "Right", "Right", "Left", "Right", "P", "P", "N", "Space", "Right", "C",
                "Space", "Space", "Space", "H", "H", "Right", "Return", "Space", "Space", "Escape",
                "6", "Space", "Escape", "Escape")
        for palette, step in (("night", 0.61), ("night", 2.3), ("high-contrast", 1.3),
                              ("paper", 0.9), ("paper", 3.1)):
            script = [(1.0 + step * i, "key " + key) for i, key in enumerate(keys)]
            with self.subTest(palette=palette, step=step):
                self.analyse(script, int(4 + step * len(keys)), "read", "--photos", folder,
                             palette=palette, reversals=1 if step > 2 else MASHED_REVERSALS)

    def test_random_keys(self):
        for seed, palette in enumerate(PALETTES):
            with self.subTest(seed=seed):
                self.mash(seed + SEED, palette)

    def test_it_can_fail(self):
        """A program that flashes, in the place of ours."""
        frames = []
        for i in range(2 * FPS):
            frames.append((b"\xff" if i // 7 % 2 else b"\x00") * (64 * 36 * 3))
        done = subprocess.run([ANALYSER, "64x36", str(FPS)], input=b"".join(frames),
                              stdout=subprocess.PIPE, check=False, timeout=BOUND_S)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"WCAG 2.3.2", done.stdout)
        done = subprocess.run([ANALYSER, "64x36", str(FPS)], input=b"".join(frames)[:-5],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              timeout=BOUND_S)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()

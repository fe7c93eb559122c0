"""Films: recorded picture by picture, and one line about each that cannot be shown."""

import json
import os
import subprocess
import sys
import unittest

SHIM = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "no_mpv"
LATE = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "late"

from run import SMALL, Case

WIDTH, HEIGHT = 160, 120
FRAME = 3 * WIDTH * HEIGHT
MIDDLE = 3 * (WIDTH * int(HEIGHT * 0.48) + WIDTH // 2)
FPS = 4


class Films(Case):
    def setUp(self):
        super().setUp()
        self.go = self.path("go.txt", "1 key Space\n")
        self.film = self.path("Harbour.mkv")
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x48:r=25:d=4",
             "-f", "lavfi", "-i", "color=blue:s=64x48:r=25:d=2", "-f", "lavfi", "-i", "sine=440:d=6",
             "-filter_complex", "[0][1]concat=n=2[v]", "-map", "[v]", "-map", "2:a",
             "-c:v", "mpeg4", "-q:v", "2", "-c:a", "libvorbis", self.film],
            check=True, stdin=subprocess.DEVNULL)

    def record(self, *arguments, seconds=12, script=None, **named):
        done = self.lacrima("read", *arguments, "--render", "-", "--fps", FPS, "--seconds", seconds,
                            "--script", script or self.go, "--events", self.path("events"), *SMALL,
                            **named)
        self.assertEqual(len(done.stdout), seconds * FPS * FRAME)
        return done

    def middle(self, done, seconds):
        at = int(seconds * FPS) * FRAME + MIDDLE
        return tuple(done.stdout[at:at + 3])

    def events(self):
        with open(self.path("events"), encoding="utf-8") as file:
            return file.read()

    def ends(self, seconds):
        """The film ends then, or with the next frame of the recording."""
        last = [json.loads(line) for line in self.events().splitlines() if "read-end" in line]
        self.assertEqual(len(last), 1, self.events())
        self.assertEqual(last[0]["state"], "close")
        self.assertTrue(seconds <= last[0]["t"] <= seconds + 1 / FPS, last)

    def test_shown_as_it_is_at_its_times(self):
        done = self.record("--watch", self.film)
        self.assertEqual(self.lines(done), [])
        field = self.middle(done, 0)
        red = self.middle(done, 4.75)
        blue = self.middle(done, 5.75)
        self.assertGreater(red[0], 3 * max(red[1:]), red)
        self.assertGreater(blue[2], 3 * max(blue[:2]), blue)
        # No brighter than its white may be, and gone slowly.
        self.assertLess(red[0], 200)
        self.assertNotEqual(self.middle(done, 7.25), field)
        self.assertIn('"state":"film","cause":"space"', self.events())
        self.ends(6 + 1)
        # The same bytes each time.
        self.assertEqual(self.record("--watch", self.film).stdout, done.stdout)

    def test_the_same_however_late_it_comes(self):
        """One thread of libmpv after another is kept waiting: each picture has its time nevertheless."""
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=3",
                        "-c:v", "mpeg4", "-q:v", "2", self.film, "-y"], check=True, stdin=subprocess.DEVNULL)
        done = self.record("--watch", self.film, seconds=6)
        events = self.events()
        self.ends(3 + 1)
        for thread in ("demux", "mpv core", "vo"):
            late = self.record("--watch", self.film, seconds=6,
                               env={"LD_PRELOAD": LATE, "LACRIMA_LATE": thread})
            self.assertEqual(self.events(), events, thread)
            # Not shown when it fails: it is no text.
            self.assertTrue(late.stdout == done.stdout, thread)

    def differ(self, one, other, seconds):
        """The rows in which two recordings differ at a time."""
        at = int(seconds * FPS) * FRAME
        row = 3 * WIDTH
        return [y for y in range(HEIGHT)
                if one.stdout[at + y * row:][:row] != other.stdout[at + y * row:][:row]]

    def test_t_turns_its_words(self):
        script = self.path("words.txt", "1 key Space\n3 key T\n")
        without = self.record("--watch", self.film, script=script, seconds=5)
        with open(os.path.splitext(self.film)[0] + ".srt", "w", encoding="utf-8") as file:
            file.write("1\n00:00:00,000 --> 00:00:05,000\nThe boat came in late\n")
        done = self.record("--watch", self.film, script=script, seconds=5)
        self.assertEqual(self.lines(done), [])
        rows = self.differ(done, without, 2.75)
        self.assertGreater(len(rows), 2)
        self.assertGreater(rows[0], HEIGHT // 2)
        self.assertLess(rows[-1] - rows[0], HEIGHT // 6)
        self.assertEqual(self.differ(done, without, 4.5), [])

    def test_a_part_of_it_from_the_shelf(self):
        shelf = self.path("data/shelf.ini")
        os.mkdir(os.path.dirname(shelf))
        with open(shelf, "w", encoding="utf-8") as file:
            file.write(f"[film]\npath = {self.film}\nfrom = 0:03\nto = 0:06\n")
        done = self.record("--data-dir", os.path.dirname(shelf), seconds=8)
        self.assertEqual(self.lines(done), [])
        self.ends(1 + 3)

    def test_it_stands_while_something_lies_over_it(self):
        script = self.path("pause.txt", "1 key Space\n3 key P\n63 key P\n")
        self.record("--watch", self.film, seconds=70, script=script)
        self.ends(66 + 1)

    def test_what_is_no_film(self):
        for name, content in (("empty.mp4", b""), ("words.mkv", b"these are words\n" * 50),
                              ("noise.avi", bytes(i * 7919 % 251 for i in range(5000)))):
            path = self.path(name, content)
            lines = self.lines(self.record("--watch", path))
            self.assertEqual(len(lines), 1, lines)
            self.assertIn(os.path.splitext(name)[0], lines[0])
            self.assertIn('"state":"close","cause":"read-end"', self.events())
        for path in (self.path("missing.mkv"), self.home):
            lines = self.lines(self.record("--watch", path))
            self.assertEqual(len(lines), 1, lines)
            self.assertIn(path, lines[0])
            # A piece is read instead.
            self.assertIn('"state":"page"', self.events())

    def test_from_the_config(self):
        config = self.path("lacrima.ini", f"[read]\nfilm = {os.path.basename(self.film)}\n")
        script = self.path("choose.txt", "1 key Space\n")
        done = self.record("--config", config, script=script)
        self.assertEqual(self.lines(done), [])
        self.assertIn('"state":"film"', self.events())

    def test_without_libmpv(self):
        lines = self.lines(self.record("--watch", self.film, env={"LD_PRELOAD": SHIM}))
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("Harbour: a film needs libmpv, which is not here; on Debian: apt install libmpv2",
                      lines[0])
        self.assertIn('"state":"close","cause":"read-end"', self.events())


if __name__ == "__main__":
    unittest.main()

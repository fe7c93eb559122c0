"""read: the person's own texts and photographs, sound and damaged, and the place that is kept."""

import json
import os
import random
import re
import subprocess
import unittest

from run import BOUND_S, PROGRAM, Case

SIZE = (320, 200)
FRAME = SIZE[0] * SIZE[1] * 3
DARK_MAX = 0.10
PAGES = "1 key Space\n4 key Space\n7 key Space\n10 key Left\n"
MEMORY_KB = 40 * 1024
# All that is shown is said as well.
SAID = "0.6 key V\n1.2 key V\n2 key Space\n"


def luminance(pixel):
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in pixel]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


class Reading(Case):
    def read(self, *arguments, seconds=14, script=PAGES, **named):
        """(frames, what was said, states) of a visit to read, a frame a second."""
        events = self.path("events.jsonl")
        done = self.lacrima("read", *arguments, "--render", "-", "--fps", 1, "--seconds", seconds,
                            "--size", "%dx%d" % SIZE, "--events", events, "--script",
                            self.path("script.txt", script), **named)
        self.assertEqual(len(done.stdout), seconds * FRAME)
        frames = [done.stdout[i * FRAME:(i + 1) * FRAME] for i in range(seconds)]
        with open(events, encoding="utf-8") as file:
            log = [json.loads(line) for line in file]
        return frames, self.lines(done), [(e["t"], e["state"]) for e in log if "state" in e]

    def ink(self, frame):
        """How many pixels are not the field."""
        field = frame[:3]
        return sum(1 for i in range(0, len(frame), 3) if frame[i:i + 3] != field)

    def text(self, name, content):
        return self.path(name, content)

    def test_texts_of_every_kind_are_pages(self):
        words = "The boat came in late. Nobody had waited for it. "
        for name, content in (
            ("plain.txt", words * 60),
            ("lines.txt", (words * 4 + "\r\n\r\n") * 15),
            ("mark.txt", b"\xef\xbb\xbf" + (words * 60).encode()),
            ("arabic.txt", "\u062c\u0627\u0621 \u0627\u0644\u0642\u0627\u0631\u0628 "
                           "\u0645\u062a\u0623\u062e\u0631\u0627. " * 90),
            ("mixed.md", "# \u05e9\u05dc\u05d5\u05dd\n\n" + ("\u05d4\u05d5\u05d0 said yes. " * 9 +
                                                         "\n\n") * 20),
            ("thai.txt", "\u0e40\u0e23\u0e37\u0e2d\u0e21\u0e32\u0e16\u0e36\u0e07\u0e0a\u0e49\u0e32 "
             * 90),
        ):
            with self.subTest(name):
                frames, said, states = self.read("--read", self.text(name, content))
                self.assertEqual([s for s in said if "the letters of the script" not in s], [])
                self.assertEqual([s for _, s in states], ["settle"] + ["page"] * 4)
                pages = frames[3], frames[6], frames[9], frames[13]
                for page in pages:
                    self.assertGreater(self.ink(page), 200)
                if name != "arabic.txt" and name != "thai.txt":
                    continue
                self.assertNotEqual(frames[0], pages[0])

    def test_a_long_path_is_shown_by_its_ends(self):
        folder = os.path.join(self.folder.name, *["a-folder-of-a-long-name"] * 8)
        os.makedirs(folder)
        photograph = os.path.join(folder, "rain.jpg")
        with open(photograph, "w", encoding="utf-8") as file:
            file.write("no picture")
        events = self.path("events.jsonl")
        done = self.lacrima("read", "--photos", photograph, "--render", "-", "--fps", 1,
                            "--seconds", 6, "--size", "%dx%d" % SIZE, "--events", events,
                            "--script", self.path("said.txt", SAID))
        self.assertIn(photograph + ": this is no", done.stderr.decode())
        with open(events, encoding="utf-8") as file:
            said = [e["say"] for e in map(json.loads, file) if "this is no" in e.get("say", "")]
        self.assertGreater(len(said), 0)
        self.assertRegex(said[0], "^" + re.escape(photograph[:12]) + ".*\u2026.*/rain.jpg: this is")
        self.assertLess(len(said[0]), 110)

    def one_font(self):
        """The environment of a computer that has the serif font alone."""
        font = subprocess.run(["fc-match", "-f", "%{file}", "serif"], stdout=subprocess.PIPE,
                              check=True, timeout=BOUND_S).stdout.decode()
        config = "<fontconfig><dir>%s</dir><cachedir>%s</cachedir><selectfont><rejectfont><glob>*" \
            "</glob></rejectfont><acceptfont><glob>%s</glob></acceptfont></selectfont></fontconfig>"
        return {"FONTCONFIG_FILE": self.path("fonts.conf", config % (
            os.path.dirname(font), self.path("cache"), font))}

    def test_a_script_without_a_font_is_said_once(self):
        text = "Rain \u0bae\u0bb4\u0bc8 and \u0baa\u0bca\u0bb4\u0bc1\u0ba4\u0bc1. " * 60
        _, said, _ = self.read("--read", self.text("tamil.txt", text), env=self.one_font())
        said = [line for line in said if "Tamil" in line]
        self.assertEqual(len(said), 1, said)
        self.assertIn("No font on this computer has the letters of the script Tamil.", said[0])
        # Of a sign that no script has to itself there is nothing to say.
        plain = "Rain \u2603 and snow. " * 60
        _, said, _ = self.read("--read", self.text("plain.txt", plain), env=self.one_font())
        self.assertEqual([line for line in said if "script" in line], [])

    def test_back_is_the_page_before(self):
        text = " ".join(f"This is sentence {n}, and it says so." for n in range(400))
        script = "1 key Space\n14 key Space\n22 key Space\n30 key Left\n38 key Left\n"
        frames, said, _ = self.read("--read", self.text("long.txt", text), seconds=46,
                                    script=script)
        self.assertEqual(said, [])
        self.assertNotEqual(frames[13], frames[21])
        self.assertNotEqual(frames[21], frames[29])
        # The drift has moved by a pixel in between; the same number of pixels are inked.
        self.assertAlmostEqual(self.ink(frames[37]), self.ink(frames[21]), delta=60)

    def test_bytes_that_are_no_utf8_are_said_once(self):
        path = self.text("broken.txt", b"Before. \xff\xfe\xff After. " * 200)
        _, said, states = self.read("--read", path)
        self.assertEqual(len(said), 1, said)
        self.assertIn("broken.txt:1: not UTF-8 here", said[0])
        self.assertEqual(states[1][1], "page")

    def test_what_cannot_be_read_is_said_and_the_next_comes(self):
        folder = self.path("folder")
        os.mkdir(folder)
        closed = self.text("closed.txt", "x")
        os.chmod(closed, 0)
        bad = [(self.path("none.txt"), "No such file"), (self.text("empty.txt", ""), "empty"),
               (folder, ""), (self.text("utf16.txt", "\ufeffDear".encode("utf-16-le")), "UTF-16"),
               (self.text("noise.txt", bytes(random.Random(5).choices(range(256), k=9000))),
                "is no text")]
        if os.geteuid() != 0:
            bad.append((closed, "Permission denied"))
        for path, what in bad:
            with self.subTest(path):
                frames, said, states = self.read("--read", path)
                self.assertEqual(len(said), 1, said)
                self.assertIn(os.path.basename(path), said[0])
                self.assertIn(what, said[0])
                self.assertEqual(states[1][1], "page")
                self.assertGreater(self.ink(frames[9]), 200)

    def test_a_text_of_200_mb_takes_neither_memory_nor_time(self):
        sentence = b"It went on and on, and nobody minded. "
        path = self.path("huge.txt")
        with open(path, "wb") as file:
            block = (sentence * 40 + b"\n\n") * 700
            for _ in range(200 * 1024 * 1024 // len(block)):
                file.write(block)
        small = self.text("small.txt", sentence * 400)
        peaks = []
        for text in (small, path):
            script = self.path("script.txt", PAGES)
            with subprocess.Popen(
                    [PROGRAM, "read", "--read", text, "--render", "-", "--fps", "1", "--seconds",
                     "14", "--size", "320x200", "--script", script], env=self.environment(),
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as done:
                # Of this process alone: that of all children is the largest there ever was.
                _, status, usage = os.wait4(done.pid, 0)
                done.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(done.returncode, 0)
            peaks.append(usage.ru_maxrss)
        self.assertLess(peaks[1] - peaks[0], MEMORY_KB)

    def test_the_pace_turns_pages(self):
        config = self.text("pace.ini", "[read]\npace = medium\n")
        text = self.text("paced.txt", "One two three four five six seven. " * 300)
        _, said, states = self.read("--config", config, "--read", text, seconds=90,
                                    script="1 key Space\n")
        self.assertEqual(said, [])
        turns = [t for t, state in states if state == "page"]
        self.assertGreaterEqual(len(turns), 3)
        for a, b in zip(turns, turns[1:]):
            self.assertTrue(8 <= b - a <= 40, turns)

    def test_texts_of_the_config_come_before_ours(self):
        self.text("mine.txt", "Mine. " * 300)
        config = self.text("list.ini", "[read]\ntext = mine.txt\ntext = nowhere.txt\n")
        _, said, states = self.read("--config", config,
                                    script="1 key Up\n3 key Down\n5 key Space\n")
        self.assertEqual(len(said), 1, said)
        self.assertIn("nowhere.txt", said[0])
        self.assertEqual([s for _, s in states], ["settle", "settle", "settle", "page"])

    def photographs(self, count):
        """A folder of real PNG pictures: frames of the program itself, on a pale wall."""
        folder = self.path("photos")
        self.lacrima("stare", "--palette", "paper", "--render", folder, "--fps", 1, "--seconds",
                     count, "--size", "640x400")
        return folder

    def test_photographs_come_slowly_and_stay_dim(self):
        folder = self.photographs(2)
        self.path("photos/000000.jpg", b"\xff\xd8\xff\xe0 broken")
        frames, said, states = self.read("--photos", folder, seconds=60,
                                         script="1 key Space\n40 key Right\n")
        self.assertEqual(len(said), 1, said)
        self.assertIn("000000.jpg", said[0])
        self.assertEqual([s for _, s in states][:3], ["settle", "photo", "photo"])
        self.assertIn("close", [s for _, s in states])
        middle = (SIZE[1] // 2 * SIZE[0] + SIZE[0] // 2) * 3
        lights = [luminance(frame[middle:middle + 3]) for frame in frames[:20]]
        self.assertGreater(lights[8], 0.03)
        self.assertLess(max(lights), DARK_MAX)
        for a, b in zip(lights, lights[1:]):
            self.assertLess(abs(b - a), DARK_MAX)

    def test_folders_without_pictures(self):
        empty = self.path("nothing")
        os.mkdir(empty)
        for path, what in ((empty, "there is no JPEG, PNG or WebP"), (self.path("no"), "No such"),
                           (self.text("a.txt", "x"), "neither a folder nor a picture")):
            with self.subTest(path):
                _, said, states = self.read("--photos", path)
                self.assertEqual(len(said), 1, said)
                self.assertIn(what, said[0])
                self.assertEqual(states[1][1], "page")

    def live(self, script, *arguments):
        path = self.path("live.txt", script)
        return subprocess.run(
            [PROGRAM, "read", "--windowed", "--size", "320x200", "--mute", "--script", path,
             *arguments], env=self.environment(SDL_VIDEODRIVER="offscreen",
                                               SDL_AUDIODRIVER="dummy"),
            timeout=BOUND_S, stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def test_the_place_is_remembered_by_a_visit_and_by_no_recording(self):
        places = os.path.join(self.home, ".local/state/lacrima/places")
        text = self.text("private-name.txt", "This sentence is one of many. " * 400)
        self.read("--read", text)
        self.assertFalse(os.path.exists(places))
        done = self.live("0.5 key Space\n1 key Space\n1.6 key Space\n2.2 quit\n", "--read", text)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(places, encoding="utf-8") as file:
            kept = file.read()
        self.assertRegex(kept, re.compile(r"^[0-9a-f]{16} [1-9]\d*$", re.MULTILINE))
        self.assertNotIn("private-name", kept)
        self.assertEqual(os.stat(places).st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()

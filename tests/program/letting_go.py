"""A letter that is let go leaves whole, whatever its length, and can be taken back as it was."""

import json
import os
import subprocess
import unittest

from run import BOUND_S, PROGRAM, Case

SIZE = (480, 300)
LONG = "It is raining here, and in the kitchen the light is on all night. "
SHORT = "no"
# The field's code of the night palette is far below this, and what is fading soon is too.
FAINT = bytes(range(60))
STEP_S = 1
WRITTEN_S, GOES_S = 7, 12
# STAND, the lines, BARE.
GO_S_MAX = 2 + 75 + 1
NOBODY = 65534
with open(PROGRAM, "rb") as program:
    SANITIZED = b"__asan_init" in program.read()


class LettingGo(Case):
    def visit(self, paragraphs, after=(), seconds=102, way=0, other=None):
        """Writes the letter and lets it go; other: (from, to, size) of the field meanwhile.  Returns
        the ink of each second, and the states."""
        script = ["1 key Space", "2.5 key Space"]
        for i, paragraph in enumerate(paragraphs):
            script += [f'{4 + i * 0.001:.4f} text "{paragraph}"', f"{4 + i * 0.001:.4f} key Return"]
        script += ["8 key Escape"] + ["9 key Down"] * way + [f"{GOES_S} key Space"] + list(after)
        if other is not None:
            script += [f"{at} resize {width}x{height}" for at, (width, height) in
                       ((other[0], other[2]), (other[1], SIZE))]
        path = self.path("keys.txt", "\n".join(script) + "\n")
        events = self.path("events")
        ink = []
        with subprocess.Popen(
                [PROGRAM, "write", "--script", path, "--render", "-", "--fps", str(round(1 / STEP_S)),
                 "--size", "x".join(map(str, SIZE)), "--seconds", str(seconds), "--events", events],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=self.environment()) as drawn:
            while True:
                now = len(ink) * STEP_S
                width, height = other[2] if other and other[0] <= now < other[1] else SIZE
                pixels = drawn.stdout.read(width * height * 3)
                if len(pixels) < width * height * 3:
                    break
                # The hint at the foot is none of the letter.
                green = pixels[1:width * (height * 17 // 20) * 3:3]
                ink.append(len(green.translate(None, FAINT)))
            said = drawn.stderr.read().decode()
            self.assertEqual(drawn.wait(timeout=BOUND_S), 0, said)
        self.assertEqual((said, len(pixels)), ("", 0))
        with open(events, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        return ink, [(e["t"], e["state"]) for e in lines if e.get("technique") == "write"
                     and "state" in e]

    def gone(self, states):
        """When it began to leave and when it had left; ten seconds followed."""
        names = [name for _, name in states]
        go = names.index("go")
        self.assertEqual(names[go:go + 3], ["go", "back", "close"])
        self.assertAlmostEqual(states[go + 2][0] - states[go + 1][0], 10, places=3)
        return states[go][0], states[go + 1][0]

    def going(self, ink, begins, ends):
        """The seconds in which lines leave."""
        return ink[round(begins + 2):round(ends)]

    def test_all_of_its_pages_pass(self):
        """A page of long lines, one of short ones and one of long ones: each is seen in its turn."""
        ink, states = self.visit([LONG * 14] + [SHORT] * 24 + [LONG * 14], way=1)
        begins, ends = self.gone(states)
        self.assertGreater(ends - begins, 40)
        self.assertLessEqual(ends - begins, GO_S_MAX)
        seen = self.going(ink, begins, ends)
        most = max(seen[:2])
        self.assertGreater(most, 1000)
        middle = seen[len(seen) * 2 // 5:len(seen) // 2]
        self.assertLess(max(middle), most / 3)
        self.assertGreater(min(middle), 0)
        self.assertGreater(max(seen[len(seen) // 2:]), most / 2)
        self.assertEqual(seen[-1], 0)

    def test_a_very_long_one_takes_no_longer(self):
        """Its last words are seen, and then nothing."""
        ink, states = self.visit([LONG * 60] * 60 + [SHORT] * 40, way=2)
        begins, ends = self.gone(states)
        self.assertGreater(ends - begins, 60)
        self.assertLessEqual(ends - begins, GO_S_MAX)
        seen = self.going(ink, begins, ends)
        self.assertGreater(max(seen[len(seen) // 2:]), 1000)
        self.assertLess(max(seen[-5:]), 500)
        self.assertGreater(max(seen[-5:]), 0)
        self.assertEqual(seen[-1], 0)

    def test_it_can_be_taken_back_and_resized(self):
        letter = [LONG * 14, SHORT, LONG * 6]
        ink, states = self.visit(letter)
        begins, ends = self.gone(states)
        with self.subTest("taken back while it leaves, and when nothing is seen any more"):
            back = [round((begins + ends) / 2), round(ends + 5)]
            keys = [f"{back[0]} key Space", f"{back[0] + 8} key Escape",
                    f"{back[0] + 12} key Space"]
            again = back[1] + back[0] + 12 - GOES_S
            ink, states = self.visit(letter, after=keys + [f"{again} key Space"], seconds=again + 8)
            for at in (back[0], again):
                self.assertIn((at, "page"), [(round(t, 3), name) for t, name in states])
                # The drift may have moved by a pixel meanwhile.
                self.assertAlmostEqual(ink[at + 6], ink[WRITTEN_S], delta=ink[WRITTEN_S] / 20)
            # It comes back over a while, and not at once.
            self.assertLess(ink[back[0] + 1], ink[WRITTEN_S] / 2, ink)
        with self.subTest("in another size what has gone stays so, and the rest keeps its time"):
            ink, states = self.visit(letter, other=(24, 30, (240, 400)))
            self.assertEqual(self.gone(states), (begins, ends))
            seen = self.going(ink, begins, ends)
            self.assertGreater(max(seen[len(seen) // 2:]), 0)
            self.assertEqual(seen[-1], 0)

    def said(self, before):
        """What is said of a letter before its first word, from what is shown of its fate."""
        script = self.path("fate.txt", "0.5 key Space\n")
        events = os.path.join(self.home, "events")
        self.lacrima("write", "--voice", "--script", script, "--render", "-", "--fps", 1, "--seconds", 3,
                     "--size", "160x120", "--events", events, before=before)
        with open(events, encoding="utf-8") as file:
            said = [line["say"] for line in map(json.loads, file) if "say" in line]
        return said[-1]

    @unittest.skipIf(SANITIZED, "AddressSanitizer locks nothing and says that it did")
    def test_memory_that_is_not_locked_is_told_of_before_the_first_word(self):
        # No limit holds for root.
        for path in (self.folder.name, self.home):
            os.chmod(path, 0o777)
        nobody = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        limited = ("prlimit", "--memlock=0", *(nobody if os.getuid() == 0 else ()))
        said = self.said(limited)
        self.assertIn("What becomes of this letter?", said)
        self.assertIn("This system does not lock memory", said)


if __name__ == "__main__":
    unittest.main()

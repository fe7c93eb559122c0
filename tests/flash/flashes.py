"""Whether the program flashes: its own frames, sixty a second, through the analyser.  A fixed few of what
scripts/flashes looks at: every way from state to state, with the palettes by turns; keys faster than
fades; keys at random moments; photographs; displays that change their size."""

import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "program"))
ANALYSER = os.path.abspath(sys.argv.pop(2))

from run import BOUND_S, PROGRAM, Case  # noqa: E402
import watch  # noqa: E402

SIZE = "320x180"


class Flashes(Case):
    def look(self, job):
        status, words = watch.watch(job, PROGRAM, ANALYSER, self.folder.name, self.environment(),
                                    bound_s=BOUND_S)
        call = " ".join(job.arguments)
        self.assertEqual(status, 0, f"lacrima {call} --palette {job.palette}\n{words}\n{job.text()}")

    def ways(self):
        return watch.ways(PROGRAM, self.environment())

    def test_every_way(self):
        for i, (_, way, states) in enumerate(self.ways()):
            with self.subTest(way=way):
                self.look(watch.walk(way, states, watch.PALETTES[i % len(watch.PALETTES)], size=SIZE))

    def test_reduced_motion(self):
        for i, way in enumerate(("breathe", "yawn", "move")):
            with self.subTest(way=way):
                self.look(watch.walk(way, 6, watch.PALETTES[(i + 3) % len(watch.PALETTES)],
                                     "--reduced-motion", size=SIZE))

    def test_photographs(self):
        folder = watch.photographs(self.path("photographs"))
        for palette, step in (("night", 0.61), ("high-contrast", 1.3), ("paper", 0.9)):
            with self.subTest(palette=palette, step=step):
                self.look(watch.turned(folder, palette, step, size=SIZE))

    def test_letters_that_leave(self):
        """A long one, as quickly as its pages pass, taken back, and let go anew."""
        words = "I never told you how still it is, and the light in the hall is on until it is day. "
        script = [(0.6, "key Space"), (1.8, "key Space"), (2.5, f'text "{words * 40}"'),
                  (2.6, f'text "{words * 40}"'), (4.0, "key Escape"), (4.6, "key Up"),
                  (4.8, "key Up"), (6.0, "key Space"), (20.0, "key Space"), (23.0, "key Escape"),
                  (23.6, "key Down"), (25.5, "key Space")]
        for palette, more in (("night", ()), ("sea", ("--reduced-motion",))):
            with self.subTest(palette=palette):
                self.look(watch.Job("letter", script, 32, ("write", *more), palette, SIZE))

    def test_a_page_that_is_selected(self):
        """And undone, pasted over and turned, faster than is shown."""
        pairs = (watch.PAIRS[0], watch.PAIRS[1], watch.PAIRS[7])
        for palette, scale in (("paper", 1), ("high-contrast", 2.5)):
            with self.subTest(palette=palette):
                self.look(watch.page(palette, pairs=pairs, paces=(0.11, 0.29), size=SIZE).scaled(scale))

    def test_large_words(self):
        self.look(watch.walk("stare", 2, "high-contrast", "--reduced-motion", size=SIZE).scaled(1.5))

    def test_words_go_while_the_field_turns_pale(self):
        for palette, key in (("paper", "Shift+L"), ("high-contrast", "L")):
            script = [(2.5, "key Space"), (5.0, "key " + key), (7.5, "key C")]
            with self.subTest(palette=palette):
                self.look(watch.Job("pale", script, 12, ["breathe"], palette, SIZE))

    def test_a_page_goes_while_the_field_turns_pale(self):
        """With the largest words, at the end of the way, where a page of them makes most of a difference."""
        turns = [(1.0, "key Right"), (1.6, "key Right"), (2.2, "key Right"), (4.0, "key L")]
        for at in (12.7, 15.5):
            with self.subTest(at=at):
                self.look(watch.Job("page", turns + [(at, "key C")], int(at + 2), ["read"], "high-contrast",
                                    SIZE).scaled(2.5))

    def test_a_word_comes_and_changes_while_the_field_turns_pale(self):
        """It is whole for a moment only when its state's time has come."""
        script = [(1.0, "key L"), (2.5, "key Space"), (3.04, "key H"), (12.0, "key H")]
        self.look(watch.Job("comes", script, 15, ["yawn", "--reduced-motion"], "high-contrast",
                            SIZE).scaled(2.5))

    def test_random_keys(self):
        keys = watch.KEYS + tuple(digit for digit, _, _ in self.ways())
        for seed, palette in enumerate(watch.PALETTES):
            with self.subTest(seed=seed):
                self.look(watch.mash(seed, palette, keys, size=SIZE))
        with self.subTest("two keys by turns"):
            self.look(watch.two_keys(0, "high-contrast", keys, size=SIZE))

    def test_a_key_at_any_moment(self):
        ways = self.ways()
        for i, key in enumerate(("C", "Escape", "H")):
            digit, way, states = ways[(3 * i + 1) % len(ways)]
            with self.subTest(way=way, key=key):
                self.look(watch.crossed(way, digit, min(states, 3), key, 0,
                                        watch.PALETTES[(i + 2) % len(watch.PALETTES)], size=SIZE))

    def test_another_size(self):
        self.look(watch.resizes("move", 0, "night", size=SIZE))

    def test_it_can_fail(self):
        """A program that flashes, in the place of ours."""
        frames = []
        fps = watch.FPS
        for i in range(2 * fps):
            frames.append((b"\xff" if i // 7 % 2 else b"\x00") * (64 * 36 * 3))
        done = subprocess.run([ANALYSER, "64x36", str(fps)], input=b"".join(frames),
                              stdout=subprocess.PIPE, check=False, timeout=BOUND_S)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"WCAG 2.3.2", done.stdout)
        done = subprocess.run([ANALYSER, "64x36", str(fps)], input=b"".join(frames)[:-5],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              timeout=BOUND_S)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()

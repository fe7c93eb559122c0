"""scripts/states: a picture of each state that a visit goes through, and the names of the others."""

import os
import subprocess
import sys
import unittest

from run import BOUND_S, PROGRAM, Case

SCRIPT = os.path.join(os.path.dirname(__file__), "..", "..", "scripts", "states")


class States(Case):
    def states(self, *arguments):
        return subprocess.run(
            [sys.executable, "-B", SCRIPT, "--program", PROGRAM, "--look", "--size 96x64",
             "--no-window", *arguments, self.path("out")],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment(), timeout=BOUND_S)

    def test_every_state_of_a_walk_has_its_picture(self):
        done = self.states("--only", "walk", "--only", "away")
        self.assertEqual(done.returncode, 0, done.stderr)
        names = os.listdir(self.path("out/96x64"))
        for state in ("settle", "lead", "away", "back", "quiet", "close"):
            self.assertTrue([n for n in names if n.startswith("walk.") and
                             n.endswith(f".walk-{state}.png")], state)
        self.assertTrue([n for n in names if n.endswith(".paused.png")], names)
        self.assertIn("sheet-01.png", names)

    def test_what_was_not_reached_is_named(self):
        done = self.states("--only", "walk", "--missing")
        self.assertEqual(done.returncode, 1)
        said = done.stdout.decode().splitlines()
        self.assertIn("96x64: no picture shows shower-water", said)
        self.assertNotIn("96x64: no picture shows walk-away", said)


if __name__ == "__main__":
    unittest.main()

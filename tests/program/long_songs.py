"""A song of eleven minutes is gone on with where the last visit left it.

What SDL's disk driver has written says how far a visit has come, so nothing waits for time to pass
but for samples."""

import os
import select
import subprocess
import unittest

from run import BOUND_S, PROGRAM, SMALL, Case

RATE = 48000
BYTES_A_FRAME = 8


class LongSongs(Case):
    def visit(self, song, seconds, config=None):
        """Listens until so much of it has sounded, then asks the program to leave."""
        raw = self.path("heard.raw", "")
        events = self.path("events.jsonl", "")
        environment = self.environment(SDL_VIDEODRIVER="offscreen", SDL_AUDIODRIVER="disk",
                                       SDL_DISKAUDIOFILE=raw, SDL_DISKAUDIODELAY="1")
        more = ["--config", self.path("lacrima.ini", config)] if config else []
        visit = subprocess.Popen(
            [PROGRAM, "music", "--music", song, "--script", self.path("s.txt", "0.6 key Space\n"),
             "--events", events, "--seconds", str(BOUND_S), *more, *SMALL],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment,
            cwd=self.folder.name)
        begun = None
        while visit.poll() is None:
            frames = os.path.getsize(raw) // BYTES_A_FRAME
            with open(events, encoding="utf-8") as file:
                begun = frames if begun is None and '"track"' in file.read() else begun
            if begun is not None and frames >= begun + seconds * RATE:
                break
            select.select([], [], [], 0.02)
        visit.terminate()
        errors = visit.communicate(timeout=BOUND_S)[1].decode()
        self.assertEqual(visit.returncode, 0, errors)

    def place(self):
        """What is kept, in seconds; the file names nothing."""
        path = os.path.join(self.home, ".local/state/lacrima/heard")
        if not os.path.exists(path):
            return None
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertNotIn("long", text)
        kept = [line.split() for line in text.splitlines() if not line.startswith("#")]
        return int(kept[0][1]) / 1000.0 if kept else 0.0

    def test_it_goes_on_where_it_was_left(self):
        song = self.song("long.wav", 660)
        self.visit(song, 40)
        first = self.place()
        self.assertGreater(first, 30)
        self.visit(song, 4)
        # From its beginning it would not have come so far, and would be forgotten.
        self.assertGreaterEqual(self.place(), first)

    def test_a_short_one_and_one_that_is_not_to_be_kept_leave_nothing(self):
        self.visit(self.song("short.wav", 120), 40)
        self.visit(self.song("long.wav", 660), 40, "[sound]\nremember_place = no\n")
        self.assertIsNone(self.place())


if __name__ == "__main__":
    unittest.main()

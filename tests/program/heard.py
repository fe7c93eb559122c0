"""What would be heard: the whole program with SDL's disk driver, which writes every sample.

A breath, music under it, a pause, Esc and the end, in real time.  Where the file stood when an
event was logged says when its sound was due.  Where other programs take the core, the file falls
behind or what was logged is read late, so what is heard at another time than expected is listened to
again.  Where the file falls behind each time, only what does not depend on when is judged."""

import array
import json
import math
import os
import re
import shutil
import subprocess
import sys
import unittest

from run import BOUND_S, PROGRAM, SMALL, Case

RATE = 48000
BUFFER = 1024
BYTES_A_FRAME = 8  # two floats
JUMP_MAX = 0.1
HUSH = 0.0004  # -68 dBFS: below this nothing is heard
TIMES = 3      # it is listened to
PACE_MIN = 0.9 # below this share of its own pace the file is disturbed by other programs
SCRIPT = """
0.6 key Space     # settle -> lead-in
1.2 key Right     # lead-in -> in; then 2 in, 2 hold, 2 out, 2 hold
11.0 key M        # music under it
15.0 key P        # pause in the middle of everything
17.0 key P
20.5 key Escape   # the landing's bell
24.0 key Ctrl+Q   # while it still sounds
"""
# Water; then nothing behind the curtain, water again, nothing once it is turned down, and water once it
# is turned up.
WATER = "".join(["0.6 key Space\n4 key C\n7.5 key Space\n8 key Space\n"]
                + [f"{at + i / 50:.2f} key {key}\n" for at, key in ((12, "-"), (16, "="))
                   for i in range(20)] + ["18 key Ctrl+Q\n"])
WINDOW_S = 0.1
WINDOWS = 6  # of each that are enough


def high_rms(samples, begin, frames):
    """RMS of the left channel's second difference: what hisses, not what hums."""
    total = 0.0
    for i in range(begin, begin + frames):
        d = samples[2 * i] - 2 * samples[2 * i - 2] + samples[2 * i - 4]
        total += d * d
    return math.sqrt(total / frames)


def rms(samples, begin, frames):
    return math.sqrt(sum(s * s for s in samples[2 * begin:2 * (begin + frames)]) / (2 * frames))


class Heard(Case):
    @classmethod
    def setUpClass(cls):
        cls.samples = None

    def listen(self, text=SCRIPT, visited=("breathe", "--breath", "2-2-2-2")):
        """Runs the visit once: the events with where the file stood, and all samples."""
        raw = self.path("heard.raw")
        if os.path.exists(raw):
            os.remove(raw)
        script = self.path("script.txt", text)
        environment = self.environment(SDL_VIDEODRIVER="offscreen", SDL_AUDIODRIVER="disk",
                                       SDL_DISKAUDIOFILE=raw)
        visit = subprocess.Popen(
            [PROGRAM, *visited, "--script", script, "--events", "-", "--seconds", "60", *SMALL],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment, cwd=self.folder.name)
        events = []
        for line in visit.stdout:
            size = os.path.getsize(raw) if os.path.exists(raw) else 0
            events.append((json.loads(line), size // BYTES_A_FRAME))
        visit.stdout.close()
        errors = visit.stderr.read().decode()
        visit.stderr.close()
        self.assertEqual(visit.wait(BOUND_S), 0, errors)
        samples = array.array("f")
        with open(raw, "rb") as file:
            data = file.read()
        samples.frombytes(data[:len(data) // BYTES_A_FRAME * BYTES_A_FRAME])
        return events, samples

    def pace(self, events):
        """How fast the file went along with the events' own times."""
        places = [(event["t"], place / RATE) for event, place in events if place > 0]
        (since, begin), (until, to) = places[0], places[-1]
        return (to - begin) / (until - since)

    def check_times(self, events, samples):
        frames = len(samples) // 2
        self.assertGreater(frames, 15 * RATE)
        self.check_onsets(events, samples, frames)
        self.check_colours(events, samples)
        self.check_pause(events, samples)

    def test_a_visit_by_ear(self):
        fault = None
        for _ in range(TIMES):
            events, samples = self.listen()
            self.check_jumps(samples)
            # It ends in silence, not in the middle of a bell.
            self.assertLess(max(abs(s) for s in samples[-64:]), 0.01)
            self.assertGreater(rms(samples, 0, len(samples) // 2), HUSH)
            try:
                return self.check_times(events, samples)
            except (AssertionError, StopIteration, ValueError) as wrong:
                pace = self.pace(events)
                print(f"the file's pace was {pace:.2f}: {wrong}", file=sys.stderr)
                if pace > PACE_MIN:
                    fault = wrong
        self.assertIsNone(fault)

    def test_water_by_ear(self):
        """It falls, is silent behind the curtain, comes again, and is as loud as was chosen."""
        parts = (("it falls", "w"), ("the curtain silences it", "-"), ("it comes again", "w"),
                 ("- turns it down", "-"), ("= turns it up", "w"))
        for _ in range(TIMES):
            shutil.rmtree(os.path.join(self.home, ".local"), ignore_errors=True)  # the volume is kept
            _, samples = self.listen(WATER, ["shower"])
            frames = int(WINDOW_S * RATE)
            heard = "".join("w" if rms(samples, begin, frames) > HUSH else "-"
                            for begin in range(0, len(samples) // 2 - frames, frames))
            wanting = [what for i, (what, _) in enumerate(parts)
                       if not re.search(".*".join(part * WINDOWS for _, part in parts[:i + 1]), heard)]
            if not wanting:
                return
            print(heard, file=sys.stderr)
        self.fail(f"not so: {wanting[0]}: {heard}")

    def check_jumps(self, samples):
        for channel in (0, 1):
            one = samples[channel::2]
            jump = max(abs(b - a) for a, b in zip(one, one[1:]))
            self.assertLess(jump, JUMP_MAX)
        self.assertLess(max(abs(s) for s in samples), 0.5)

    def swells(self, events, name):
        return [place for event, place in events if event.get("cue") == name]

    def check_onsets(self, events, samples, frames):
        """Every swell begins in the buffer after its event (the first one opens the device).  The
        file is written a buffer at a time, one more is on its way, and what is seen of a swell is
        its rise over what was before it: within four buffers it has risen."""
        window = RATE // 500
        due = sorted(self.swells(events, "swell-in")[1:] + self.swells(events, "swell-out"))
        music = min(p for e, p in events if e.get("music") == "on")
        due = [place for place in due if RATE < place < min(music, frames) - RATE]
        self.assertGreaterEqual(len(due), 2)
        for place in due:
            before = high_rms(samples, place - RATE // 20, RATE // 40)
            heard = next(i for i in range(place - window, place + RATE, window)
                         if high_rms(samples, i, window) > 2 * before + 1e-6)
            self.assertLessEqual(heard - place, 4 * BUFFER, "a swell came late")

    def check_colours(self, events, samples):
        """In rises and brightens, out falls: they differ by ear alone."""
        (swell_in, *_), (swell_out, *_) = (self.swells(events, "swell-in")[1:],
                                           self.swells(events, "swell-out"))
        third = 2 * RATE // 3
        in_early, in_late = (high_rms(samples, swell_in + k * third, third) for k in (0, 2))
        out_early, out_late = (high_rms(samples, swell_out + k * third, third) for k in (0, 2))
        self.assertGreater(in_late, 2 * in_early)
        self.assertGreater(out_early, 2 * out_late)

    def check_pause(self, events, samples):
        paused, = [p for e, p in events if e.get("screen") == "paused"]
        self.assertGreater(rms(samples, paused - RATE // 2, RATE // 2), HUSH)
        self.assertLess(rms(samples, paused + 3 * RATE // 2, RATE // 4), HUSH)


if __name__ == "__main__":
    unittest.main()

"""--render, --script, --fps, --seconds, --events: the same bytes, the right times."""

import json
import os
import re
import subprocess
import unittest

from run import BOUND_S, PROGRAM, SMALL, Case

LINE = re.compile(r'\A\{"t":\d+\.\d{3}(,"[a-z]+":("([^"\\]|\\.)*"|-?\d+))+\}\Z')


class Recordings(Case):
    def events(self, *arguments, **named):
        path = self.path("events.jsonl")
        self.lacrima(*arguments, "--events", path, **named)
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        for line in lines:
            self.assertRegex(line, LINE)
        events = [json.loads(line) for line in lines]
        times = [e["t"] for e in events]
        self.assertEqual(times, sorted(times))
        return events

    def states(self, events):
        return [(e["t"], e["state"]) for e in events if "state" in e]

    def test_frames_are_numbered_pngs(self):
        folder = self.path("out")
        self.lacrima("stare", "--render", folder, "--fps", 4, "--seconds", 2, *SMALL)
        self.assertEqual(sorted(os.listdir(folder)), [f"{n:06}.png" for n in range(8)])
        with open(os.path.join(folder, "000003.png"), "rb") as file:
            self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")

    def test_raw_frames_and_nothing_else(self):
        done = self.lacrima("breathe", "--render", "-", "--fps", 10, "--seconds", 3.05, *SMALL)
        self.assertEqual(len(done.stdout), 31 * 160 * 120 * 3)
        self.assertEqual(done.stderr, b"")

    def test_the_same_bytes_twice(self):
        script = self.path("visit.txt", "1 key Space\n14 key L\n20 key h\n22 key h\n26 key Return\n")
        arguments = ("breathe", "--render", "-", "--fps", 5, "--seconds", 30, "--script", script,
                     "--size", "320x200")
        first = self.lacrima(*arguments).stdout
        self.assertEqual(first, self.lacrima(*arguments).stdout)
        self.assertEqual(len(first), 150 * 320 * 200 * 3)
        frame = 320 * 200 * 3
        self.assertNotEqual(first[:frame], first[60 * frame:61 * frame])

    def test_the_music_is_rendered_the_same_twice(self):
        arguments = ("music", "--render", "-", "--fps", 2, "--seconds", 30, *SMALL)
        first = self.lacrima(*arguments).stdout
        self.assertEqual(first, self.lacrima(*arguments).stdout)
        events = self.events(*arguments)
        self.assertTrue(any(e.get("music") == "play" and e["track"] for e in events), events)

    def test_our_own_pieces_last_half_an_hour(self):
        script = self.path("go.txt", "2 key Space\n")
        events = self.events("music", "--render", "-", "--fps", 0.2, "--seconds", 2400, "--script",
                             script, *SMALL)
        (ended,) = [t for t, state in self.states(events) if state == "close"]
        self.assertTrue(1800 < ended < 2160, ended)
        tracks = [e["track"] for e in events if e.get("music") == "play"]
        self.assertEqual(len(tracks), 6)
        self.assertEqual(len(set(tracks)), 6)

    def test_the_frame_rate_changes_no_event(self):
        script = self.path("visit.txt", "3.123 key Space\n40 suspend 600\n45.5 key p\n60 key Escape\n")
        logs = [self.events("stare", "--render", "-", "--fps", fps, "--seconds", 100, "--script",
                            script, *SMALL) for fps in (0.5, 1, 7, 60)]
        self.assertGreater(len(logs[0]), 10)
        for log in logs[1:]:
            self.assertEqual(log, logs[0])

    def test_a_suspend_counts_and_pauses(self):
        script = self.path("gap.txt", "20 suspend 600\n25 key Space\n")
        events = self.events("breathe", "--render", "-", "--fps", 1, "--seconds", 40, "--script",
                             script, *SMALL)
        self.assertIn({"t": 620.0, "screen": "paused"}, events)
        self.assertIn({"t": 625.0, "screen": "technique"}, events)
        self.assertFalse([e for e in events if 20 < e["t"] < 620])
        self.assertIn((627.0, "in"), self.states(events))

    def ten_hours(self, pattern, phases):
        events = self.events("breathe", "--breath", pattern, "--minutes", 600, "--render", "-",
                             "--fps", "0.01", "--seconds", 36300, *SMALL)
        boundaries = [(round(e["t"] * 1000), e["state"]) for e in events
                      if e.get("technique") == "breathe"][2:]
        time, place, count = 22000, 0, 0
        for at, state in boundaries:
            if state == "close":
                break
            name, length = phases[place]
            self.assertEqual((at, state), (time, name))
            time, place, count = time + length, (place + 1) % len(phases), count + 1
        self.assertEqual((at, state), (time, "close"))
        self.assertEqual(place, 0)  # a whole breath
        self.assertGreaterEqual(time, 22000 + 36_000_000)
        self.assertGreater(count, 6000)
        return count

    def test_ten_hours_are_exact_to_the_millisecond(self):
        self.ten_hours("5.5-0-5.5-0", [("in", 5500), ("out", 5500)])

    def test_ten_odd_hours_are_exact_to_the_millisecond(self):
        self.ten_hours("3.37-0.75-6.11-0", [("in", 3370), ("hold-in", 750), ("out", 6110)])

    def test_every_way_runs_to_its_landing_and_home(self):
        script = self.path("music.txt", "20 key Right\n")
        talk = self.path("talk.txt", "".join(f"{t} key Right\n" for t in range(20, 36, 2)))
        for name, more in (("stare", ["--rounds", 1]), ("breathe", ["--minutes", 1]),
                           ("yawn", ["--rounds", 3]), ("move", []), ("music", ["--script", script]),
                           ("talk", ["--script", talk])):
            events = self.events(name, *more, "--render", "-", "--fps", 0.2, *SMALL)
            self.assertEqual([e["screen"] for e in events if "screen" in e],
                             ["technique", "landing", "home"], name)
            self.assertEqual(self.states(events)[-1][1], "day")

    def test_cue_word_and_state_share_their_time(self):
        events = self.events("breathe", "--render", "-", "--fps", 1, "--seconds", 60, *SMALL)
        swells = [e["t"] for e in events if str(e.get("cue", "")).startswith("swell")]
        states = [t for t, state in self.states(events) if state in ("in", "out")]
        self.assertEqual(swells, states)

    def test_the_word_changes_in_the_frame_of_its_sound(self):
        """Below the disc only the word stands: it changes where a swell begins, and nowhere else."""
        width, height, fps = 320, 200, 4
        script = self.path("go.txt", "0.5 key Space\n")
        # Before half a minute is over nothing drifts.
        arguments = ("breathe", "--render", "-", "--fps", fps, "--seconds", 29, "--script", script,
                     "--size", f"{width}x{height}")
        swells = [round(e["t"] * fps) for e in self.events(*arguments)
                  if str(e.get("cue", "")).startswith("swell")]
        self.assertEqual(swells, [42, 58, 82, 98])
        data, row = self.lacrima(*arguments).stdout, width * 3
        bands = [data[(n * height + 130) * row:(n * height + 180) * row] for n in range(29 * fps)]
        changed = [n for n in range(1, len(bands)) if bands[n] != bands[n - 1]]
        self.assertEqual([n for n in changed if n >= swells[0]], swells)

    def seen(self, *arguments):
        """What a visit shows and says."""
        log = self.path("seen.jsonl")
        done = self.lacrima(*arguments, "--render", "-", "--events", log, *SMALL)
        self.assertEqual(done.stderr, b"")
        with open(log, encoding="utf-8") as file:
            return done.stdout, file.read()

    def test_an_option_does_what_its_line_in_the_config_does(self):
        short, long = ("--fps", 1, "--seconds", 5), ("--fps", 0.2, "--seconds", 150)
        for way, option, value, config, length in (
                ("breathe", "--text-scale", 2, "[look]\ntext_scale = 2\n", short),
                ("breathe", "--palette", "sea", "[look]\npalette = sea\n", short),
                ("yawn", "--reduced-motion", None, "[look]\nreduced_motion = yes\n", long),
                ("breathe", "--breath", "box", "[breathe]\npattern = box\n", long),
                ("breathe", "--minutes", 1, "[breathe]\nminutes = 1\n", long),
                ("walk", "--minutes", 7, "[walk]\nminutes = 7\n", short),
                ("shower", "--minutes", 3, "[shower]\nminutes = 3\n", short),
                ("stare", "--rounds", 1, "[stare]\nrounds = 1\n", long),
                ("yawn", "--rounds", 3, "[yawn]\nwaves = 3\n", long)):
            with self.subTest(way=way, option=option):
                given = self.seen(way, option, *(() if value is None else (value,)), *length)
                # Pictures are too large to be told apart in words.
                configured = self.seen(way, "--config", self.path("c.ini", config), *length)
                self.assertTrue(given == configured, "the config does something else")
                self.assertFalse(given == self.seen(way, *length), "it changes nothing")

    def test_resize_changes_the_frames(self):
        script = self.path("resize.txt", "1 resize 200x100\n")
        done = self.lacrima("--render", "-", "--fps", 2, "--seconds", 2, "--script", script, *SMALL)
        self.assertEqual(len(done.stdout), 2 * 160 * 120 * 3 + 2 * 200 * 100 * 3)

    def test_the_readme_makes_a_breathing_video(self):
        film = self.path("breathing.mkv")
        arguments = ["breathe", "--breath", "5.5-0-5.5-0", "--minutes", "1", "--size", "320x180",
                     "--fps", "5", "--render", "-"]
        frames = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE,
                                  stdin=subprocess.DEVNULL, env=self.environment())
        subprocess.run(["ffmpeg", "-v", "error", "-f", "rawvideo", "-pixel_format", "rgb24",
                        "-video_size", "320x180", "-framerate", "5", "-i", "-", "-c:v", "ffv1",
                        film], stdin=frames.stdout, check=True, timeout=BOUND_S)
        frames.stdout.close()
        self.assertEqual(frames.wait(BOUND_S), 0)
        length = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration",
                                 "-of", "csv=p=0", film], stdout=subprocess.PIPE, check=True)
        # settle 12, lead-in 10, six breaths of 11 s, close 12, landing 75, and home for 2.
        self.assertAlmostEqual(float(length.stdout), 12 + 10 + 66 + 12 + 75 + 2, delta=0.5)

    def test_nothing_is_read_or_kept(self):
        config = os.path.join(self.home, ".config", "lacrima")
        os.makedirs(config)
        with open(os.path.join(config, "lacrima.ini"), "w", encoding="utf-8") as file:
            file.write("[look]\npalette = paper\n")
        script = self.path("keys.txt", "1 key L\n")
        done = self.lacrima("--render", "-", "--fps", 1, "--seconds", 3, "--script", script, *SMALL)
        self.assertLess(done.stdout[0], 60)  # not paper
        self.assertEqual(os.listdir(self.home), [".config"])
        done = self.lacrima("--render", "-", "--fps", 1, "--seconds", 1, "--config",
                            os.path.join(config, "lacrima.ini"), *SMALL)
        self.assertGreater(done.stdout[0], 180)


if __name__ == "__main__":
    unittest.main()

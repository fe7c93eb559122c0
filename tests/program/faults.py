"""What a system does to a program: signals, streams and folders that are gone, a wall clock that is
set, another copy beside it.  The visit goes on, and one line says what is missing.

Usage: faults.py PROGRAM WALL_CLOCK ASSETS INSTALLED_ASSETS
"""

import glob
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
import unittest

from run import BOUND_S, PROGRAM, SMALL, Case

WALL_CLOCK = os.path.abspath(sys.argv.pop(1))
ASSETS, INSTALLED = sys.argv.pop(1), sys.argv.pop(1)
LIVE = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
ENOUGH = 60     # seconds after which a visit that nobody ended ends by itself
NOBODY = 54321  # a user that the system does not know
TRIES = 5       # how often what may look otherwise on a busy machine is looked at
DAY = 86400


def usual_signals():
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


class Visit:
    """A visit that runs beside the test, heard through --events."""

    def __init__(self, case, *arguments, env=None, program=PROGRAM, **named):
        self.errors = case.path(f"errors-{time.monotonic_ns()}", b"")
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(
                [program, "--events", "-", "--seconds", str(ENOUGH), *SMALL, *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                env=case.environment(**{**LIVE, **(env or {})}), cwd=case.folder.name,
                preexec_fn=usual_signals, **named)
        case.addCleanup(self.close)
        self.rest = b""
        self.events = []

    def expect(self, **fields):
        """Until an event with these fields comes."""
        limit = time.monotonic() + BOUND_S
        while True:
            *lines, self.rest = self.rest.split(b"\n")
            for i, line in enumerate(lines):
                self.events.append(json.loads(line))
                if all(self.events[-1].get(k) == v for k, v in fields.items()):
                    self.rest = b"\n".join([*lines[i + 1:], self.rest])
                    return self.events[-1]
            ready, _, _ = select.select([self.process.stdout], [], [],
                                        max(0, limit - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not more:
                raise AssertionError(f"not heard: {fields}; {self.events}; {self.said()}")
            self.rest += more

    def expect_said(self, count):
        """Until so many lines have been said: sound, for one, is opened on a thread of its own."""
        limit = time.monotonic() + BOUND_S
        while len(self.said()) < count and time.monotonic() < limit:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.1)
            more = os.read(self.process.stdout.fileno(), 65536) if ready else b"-"
            if not more:
                break
            self.rest += more if ready else b""

    def said(self):
        with open(self.errors, encoding="utf-8") as file:
            return [line.removeprefix("lacrima: ") for line in file.read().splitlines()]

    def leave(self):
        return self.process.wait(BOUND_S)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Faults(Case):
    def settled(self):
        """A home where "about you" has been answered."""
        os.makedirs(self.state(), mode=0o700, exist_ok=True)
        with open(os.path.join(self.state(), "about-you.ini"), "w", encoding="utf-8") as file:
            file.write("[care]\n")

    def state(self):
        return os.path.join(self.home, ".local", "state", "lacrima")

    def setUp(self):
        super().setUp()
        self.settled()

    def text(self, path):
        with open(path, encoding="utf-8") as file:
            return file.read()

    def kept(self):
        return self.text(os.path.join(self.state(), "state.ini"))

    def script(self, text):
        return ("--script", self.path(f"script-{len(text)}.txt", text))

    def run_visit(self, script, *arguments, env=None, **named):
        """A whole visit by script, its events into a file: its lines and its events."""
        log = self.path("events.jsonl")
        done = self.lacrima(*arguments, *self.script(script), "--events", log, "--seconds", ENOUGH,
                            *SMALL, env={**LIVE, **(env or {})}, **named)
        with open(log, encoding="utf-8") as file:
            return self.lines(done), [json.loads(line) for line in file]

    def one(self, lines, *parts):
        self.assertEqual(len(lines), 1, lines)
        for part in parts:
            self.assertIn(part, lines[0])

    # Signals.

    def leaves(self, *numbers):
        """How long a breathing visit stays after it has said that it ends."""
        visit = Visit(self, "breathe")
        visit.expect(screen="technique")
        visit.process.send_signal(numbers[0])
        visit.expect(screen="quit")
        said = time.monotonic()
        for number in numbers[1:]:
            visit.process.send_signal(number)
        self.assertEqual((visit.leave(), visit.said()), (0, []))
        return time.monotonic() - said

    def test_signals_leave_softly_and_a_second_at_once(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            self.assertTrue(any(self.leaves(number) > 0.6 for _ in range(TRIES)), number)
        self.assertTrue(any(self.leaves(signal.SIGTERM, signal.SIGTERM) < 0.6
                            for _ in range(TRIES)))

    def test_a_signal_keeps_the_letter(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            words = f"said to the end, {number.name}"
            visit = Visit(self, *self.script(
                "0.5 key 9\n1 key Space\n1.6 key Down\n1.7 key Down\n1.8 key Space\n"
                f'2.4 key Return\n3 text "{words}"\n3.05 key F2\n'))
            # The words have been typed, and are not yet due to be saved.
            visit.expect(screen="people")
            visit.process.send_signal(number)
            self.assertEqual((visit.leave(), visit.said()), (0, []))
            kept = [self.text(path) for path in glob.glob(os.path.join(self.home, "letter-*.txt"))]
            self.assertIn(words, kept)

    # Streams.

    def test_nobody_reads_the_events_any_more(self):
        visit = Visit(self, *self.script("1 key L\n2 key -\n3 key Ctrl+Q\n"))
        visit.expect(screen="home")
        visit.process.stdout.close()
        self.assertEqual(visit.leave(), 0)
        self.one(visit.said(), "--events", "pipe")
        self.assertIn("volume = 65", self.kept())

    def test_the_events_have_no_room(self):
        done = self.lacrima(*self.script("0.5 key L\n1 key Ctrl+Q\n"), "--events", "/dev/full",
                            *SMALL, env=LIVE)
        self.one(self.lines(done), "--events", "No space left")
        self.assertIn("palette = dusk", self.kept())

    def test_closed_streams_are_not_taken_for_others(self):
        log = self.path("events.jsonl")
        for closed in ((2,), (0, 1, 2)):
            done = subprocess.run(
                [PROGRAM, *self.script("0.5 key L\n0.8 key Ctrl+Q\n"), "--events", log, *SMALL],
                env=self.environment(**LIVE, XDG_STATE_HOME=log),  # so that something is said
                cwd=self.folder.name, timeout=BOUND_S,
                preexec_fn=lambda: [os.close(stream) for stream in closed])
            self.assertEqual(done.returncode, 0)
            with open(log, encoding="utf-8") as file:
                events = [json.loads(line) for line in file]  # and nothing else stands there
            self.assertEqual(events[-1]["screen"], "quit")

    def test_what_cannot_be_printed_is_no_success(self):
        for option in ("--list", "--help", "--version", "--people"):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([PROGRAM, option], stdout=full, stderr=subprocess.PIPE,
                                      env=self.environment(), timeout=BOUND_S)
            self.assertEqual(done.returncode, 1, option)
            self.assertIn(b"standard output: No space left", done.stderr)

    # Folders.

    def test_no_home_is_said_once(self):
        if os.getuid() != 0:
            return
        os.chmod(self.folder.name, 0o777)
        lines, events = self.run_visit(
            "0.5 key L\n1 key Ctrl+Q\n", env={"HOME": None}, before=(
                "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"))
        self.one(lines, "no home folder")
        self.assertEqual(events[-1]["screen"], "quit")

    def test_a_home_that_is_no_folder(self):
        file = self.path("a-file", "x")
        lines, events = self.run_visit("0.5 key L\n4 key -\n7 key Ctrl+Q\n", env={"HOME": file})
        self.one(lines, file)
        self.assertEqual([e["value"] for e in events if e.get("setting") == "volume"], [65])

    def test_a_full_disk_is_said_once(self):
        done = self.lacrima(*self.script("0.5 key L\n3 key L\n6 key Ctrl+Q\n"), *SMALL, env=LIVE,
                            before=("prlimit", "--fsize=0:"))
        self.one(self.lines(done), "state.ini", "too large")

    # Assets.

    def elsewhere(self, *missing):
        """The program as it is installed, with assets of its own; it knows of no others."""
        root = self.path("installed")
        shutil.rmtree(root, ignore_errors=True)
        with open(PROGRAM, "rb") as file:
            program = file.read()
        for place in (ASSETS, INSTALLED):
            place = place.encode() + b"\0"
            self.assertIn(place, program)
            program = program.replace(place, b"/nowhere".ljust(len(place), b"\0"))
        os.makedirs(os.path.join(root, "bin"))
        path = os.path.join(root, "bin", "lacrima")
        with open(path, "wb") as file:
            file.write(program)
        os.chmod(path, 0o755)
        shutil.copytree(ASSETS, os.path.join(root, "share", "lacrima"),
                        ignore=lambda _, names: [n for n in names if n in missing])
        return path

    def tour(self, program, *counts):
        """A breath with music, then a text and the people; each until so many lines are said."""
        said = []
        for script, last, count in (
                ("0.5 key 2\n1 key Space\n1.3 key M\n", {"music": "on"}, counts[0]),
                ("0.5 key 6\n1 key Space\n1.5 key F2\n", {"screen": "people"}, counts[1])):
            visit = Visit(self, *self.script(script), program=program)
            visit.expect(**last)
            visit.expect_said(count)
            visit.process.send_signal(signal.SIGTERM)
            visit.expect(screen="quit")
            self.assertEqual(visit.leave(), 0)
            said += visit.said()
        return said

    def test_assets_that_are_missing_or_damaged(self):
        self.assertEqual(self.tour(self.elsewhere(), 0, 0), [])
        lines = self.tour(self.elsewhere("music", "texts", "helplines"), 1, 2)
        self.assertEqual(len(lines), 3, lines)
        for part in ("No music", "/texts: the pieces", "/helplines: "):
            self.assertEqual(len([line for line in lines if part in line]), 1, (part, lines))
        # Of the pieces one is left, so that music ends with it.
        others = [name for name in os.listdir(os.path.join(ASSETS, "music"))
                  if name != "last-lit-window.ogg"]
        program = self.elsewhere("GB.json", *others)
        share = os.path.join(os.path.dirname(program), "..", "share", "lacrima")
        damaged = ("music/last-lit-window.ogg", "helplines/FR.json",
                   "texts/a-short-dictionary.md")
        for name in damaged:
            with open(os.path.join(share, name), "r+b") as file:
                file.write(b"\0\xff" * 500)
        lines = self.tour(program, 2, 2)
        for name in (*damaged, "No music"):
            self.assertEqual(len([line for line in lines if name in line]), 1, (name, lines))

    # Fonts.

    def test_without_fonts_the_shapes_go_on(self):
        nothing = self.path("fonts.conf", "<fontconfig><dir>/nowhere</dir></fontconfig>")
        done = self.lacrima("breathe", "--render", "-", "--fps", 1, "--seconds", 26, *SMALL,
                            *self.script("1 key Space\n"), env={"FONTCONFIG_FILE": nothing})
        self.one(self.lines(done), "No font", "fonts-dejavu-core")
        size = 160 * 120 * 3
        frames = [done.stdout[i:i + size] for i in range(0, len(done.stdout), size)]
        lit = [sum(p != frame[0] for p in frame[::3]) for frame in frames]
        self.assertGreater(max(lit[12:26]), 2 * min(lit[12:26]))
        self.assertGreater(min(lit[12:26]), 0)

    # The wall clock.

    def test_a_wall_clock_that_is_set_paces_nothing(self):
        # Set ahead a year, back a day, and to the hour at which summer time ends and begins.  Whoever
        # goes by it is a year late at once; set back first, it would wait for a day.
        now = int(time.time())
        summer_ends, summer_begins = 1729990800, 1743296400  # in Berlin, at the full hour
        plan = f"1:{366 * DAY},2:{-DAY},3:{summer_ends - 2 - now},5:{summer_begins - 2 - now}"
        began = time.monotonic()
        lines, events = self.run_visit(
            "0.5 key 0\n0.9 key Space\n7.4 key P\n7.8 key Ctrl+Q\n", env={
                "LD_PRELOAD": WALL_CLOCK, "SHIM_WALL": plan, "TZ": "Europe/Berlin",
                "ASAN_OPTIONS": "detect_leaks=0:verify_asan_link_order=0"})
        took = time.monotonic() - began
        self.assertEqual(lines, [])
        states = [(e["t"], e["state"]) for e in events if "state" in e]
        self.assertEqual([s for _, s in states], ["settle", "in", "wide", "out", "between"])
        for (t, _), after in zip(states[1:], (0, 2.5, 3.5, 6)):
            self.assertAlmostEqual(t, states[1][0] + after, delta=0.0015)
        self.assertFalse([e for e in events if e.get("screen") == "paused" and e["t"] < 7.3])
        self.assertGreaterEqual(took, 7.8)

    # Another copy.

    def test_another_copy_beside_it(self):
        runtime = self.path("runtime")
        os.mkdir(runtime, 0o700)
        env = {"XDG_RUNTIME_DIR": runtime}
        first = Visit(self, *self.script("4 key L\n"), env=env)
        first.expect(screen="home")
        second = Visit(self, *self.script("0.5 key -\n3 key Ctrl+Q\n"), env=env)
        second.expect(screen="quit")
        self.assertEqual(second.leave(), 0)
        self.one(second.said(), "open already", "beside")
        self.assertIn("volume = 65", self.kept())
        first.expect(setting="palette")
        first.process.send_signal(signal.SIGTERM)
        self.assertEqual((first.leave(), first.said()), (0, []))
        # What the one has kept, the other has not lost.
        self.assertIn("volume = 65", self.kept())
        self.assertIn("palette = dusk", self.kept())
        third = Visit(self, *self.script("0.5 key Ctrl+Q\n"), env=env)
        self.assertEqual((third.leave(), third.said()), (0, []))

    def test_what_is_changed_back_is_kept_so(self):
        self.run_visit("0.5 key F3\n1 key Space\n1.2 key Escape\n1.8 key L\n5 key F3\n5.6 key Space\n"
                       "5.8 key Escape\n6.4 key Shift+L\n10 key Ctrl+Q\n")
        self.assertNotIn("palette", self.kept())
        about = self.text(os.path.join(self.state(), "about-you.ini"))
        self.assertNotIn("\nlenses = yes", about)

    # A system without the rest of a desktop.

    def test_nothing_of_a_desktop(self):
        visit = Visit(self, *self.script("0.5 key 0\n1 key Space\n1.5 key M\n"), env={
            "XDG_RUNTIME_DIR": None, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
            "SDL_AUDIODRIVER": "nosuchdriver", "PATH": "/nowhere", "LC_ALL": None})
        visit.expect(technique="yawn", state="wide")
        visit.expect_said(1)
        visit.process.send_signal(signal.SIGTERM)
        self.assertEqual(visit.leave(), 0)
        self.one(visit.said(), "sound device")

    # A sound device that takes its time.

    def device_without_end(self):
        """Whoever opens it to play stands still until somebody listens."""
        device = self.path("device")
        os.mkfifo(device)
        return device, {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": device}

    def test_a_sound_server_that_never_answers_holds_nothing_up(self):
        _, env = self.device_without_end()
        visit = Visit(self, "yawn", *self.script("0.5 key Space\n"), env=env)
        visit.expect(technique="yawn", state="out")
        visit.process.send_signal(signal.SIGTERM)
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

    def test_a_sound_server_that_answers_late_is_heard(self):
        device, env = self.device_without_end()
        visit = Visit(self, "yawn", *self.script("0.5 key Space\n"), env=env)
        visit.expect(technique="yawn", state="wide")
        listener = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, listener)
        limit = time.monotonic() + BOUND_S
        heard = False
        while not heard and time.monotonic() < limit:
            select.select([listener], [], [], 0.1)
            heard = any(self.samples(listener))
        self.assertTrue(heard)
        visit.process.kill()

    @staticmethod
    def samples(listener):
        try:
            return os.read(listener, 65536)
        except BlockingIOError:
            return b""


if __name__ == "__main__":
    unittest.main()

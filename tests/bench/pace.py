"""How evenly frames come under sway's 60 Hz while another program takes a core for itself.

What counts is when the compositor shows a frame (shown.c), not when the program drew it.  The
programs take turns, so that a busy moment of the machine meets all; a virtual machine's host takes
time as well, so how many intervals it fell into is told beside.  So is whose a late frame is: the
program's, for which the display waited, or that of sway, which waited for a core itself or was not
woken by the host; and how late the frames of a program are that draws one pixel (pixel.c)."""

import contextlib
import importlib
import mmap
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time

import stage
import table

BLOCK_S = 11.0
BLOCKS = 4
QUICK_S = 8.0
WARM_S = 3.0
ASKED_MS = 18.5
HELD_MS = 0.5  # by less than this sway may run late and still be in time
FIRST_FRAMES = 30
FRAMES_KEPT = 16384  # as in shown.c
HEAD, FRAME = 8, struct.Struct("=QQQQQ")
BREATHE = "0.6 key Space\n1.2 key Right\n"
LOAD = "while True: pass"
DESKTOP = pathlib.Path(__file__).resolve().parent.parent / "desktop"


class Sway(stage.World):
    """The desktop tests' compositor, which knows how to run for root."""

    def begin_display(self, stack):
        sys.path.insert(0, str(DESKTOP))
        argv, sys.argv = sys.argv, [sys.argv[0], self.lacrima]
        wayland = importlib.import_module("wayland")
        sys.argv = argv
        self.folder.chmod(0o755)
        descriptor, record = tempfile.mkstemp(dir=self.folder)
        os.ftruncate(descriptor, HEAD + FRAME.size * FRAMES_KEPT)
        os.fchmod(descriptor, 0o666)  # under root sway is another user
        self.map = mmap.mmap(descriptor, 0)
        os.close(descriptor)
        sway = wayland.Sway(str(self.folder), "sway", LACRIMA_BENCH_SHOWN=record,
                            LD_PRELOAD=str(self.swaps.with_name("libshown.so")))
        stack.callback(sway.close)
        sway.message("output * resolution %dx%d" % self.size)
        self.process = sway.process
        self.environment.update(sway.environment, SDL_VIDEODRIVER="wayland")

    def shown(self):
        return struct.unpack_from("=Q", self.map)[0]

    def frames(self, first, begin, end):
        """Of each that was shown between two moments (s), after that many: when it was shown, how long
        the display had waited for somebody to draw it and sway for a processor (ms), what had been
        stolen of the processors until then, and for how long sway did not run though it was its
        turn (ms).  Before and after, what measures takes a core for milliseconds itself."""
        kept = [FRAME.unpack_from(self.map, HEAD + FRAME.size * (frame % FRAMES_KEPT))
                for frame in range(first, self.shown())]
        return [(at / 1e6, waited / 1e6, queued / 1e6, stolen, held / 1e6)
                for at, waited, queued, stolen, held in kept if begin <= at / 1e9 <= end]

    def first_frames(self):
        """A program draws: some of its frames were shown."""
        first, limit = self.shown(), time.monotonic() + stage.FIRST_FRAME_LIMIT_S
        while self.shown() < first + FIRST_FRAMES:
            if time.monotonic() > limit:
                sys.exit("sway shows nothing")
            time.sleep(0.01)

    def cpu_ns(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/schedstat").read_text(encoding="ascii")
        return int(text.split()[0])


class Run:
    """All blocks of one program."""

    def __init__(self, world, command):
        self.world, self.command = world, command
        self.seconds = 0.0
        self.cpu_ms = self.sway_ms = self.drawn = 0
        self.intervals, self.waited, self.queued, self.robbed, self.held = [], [], [], [], []

    def block(self, seconds):
        with stage.running(self.world, self.command, WARM_S) as program:
            first, sway = self.world.shown(), self.world.cpu_ns()
            measured = program.measure(seconds)
            frames = self.world.frames(first, *measured["between"])
            self.sway_ms += (self.world.cpu_ns() - sway) / 1e6
        self.seconds += measured["seconds"]
        self.cpu_ms += measured["cpu_ms"]
        self.drawn += measured["frames"]
        self.keep(frames)

    def keep(self, frames):
        # A theft is told only at the next clock tick, so it may belong to the interval before.
        stolen = [after[3] > before[3] for before, after in zip(frames, frames[1:])] + [False]
        for at, (before, after) in enumerate(zip(frames, frames[1:])):
            self.intervals.append(after[0] - before[0])
            self.waited.append(after[1])
            self.queued.append(after[2] - before[2])
            self.robbed.append(stolen[at] or stolen[at + 1])
            self.held.append(after[4] > HELD_MS)

    def part(self, share, without=None, values=None):
        without = without or [False] * len(self.intervals)
        values = sorted(value for value, out in zip(values or self.intervals, without) if not out)
        return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0

    def late(self, without=None):
        without = without or [False] * len(self.intervals)
        return sum(interval > ASKED_MS and not out for interval, out in zip(self.intervals, without))


class Pixel(Run):
    """The least that any program can be; it is no OpenGL program, so its frames are sway's to count."""

    def block(self, seconds):
        program = stage.Group(self.command, self.world.environment)
        try:
            self.world.first_frames()
            time.sleep(WARM_S)
            first, sway, cpu, begin = (self.world.shown(), self.world.cpu_ns(), program.cpu_ns(),
                                       time.monotonic())
            time.sleep(seconds)
            end = time.monotonic()
            frames = self.world.frames(first, begin, end)
            self.sway_ms += (self.world.cpu_ns() - sway) / 1e6
            self.cpu_ms += (program.cpu_ns() - cpu) / 1e6
            self.seconds += end - begin
        finally:
            program.end()
        self.drawn += len(frames)
        self.keep(frames)


def told(ours, theirs, pixel):
    def beside_pixel(name, value, unit, asked=""):
        table.compare("beside one pixel a frame: " + name, [value(ours)], [value(pixel)], unit, asked)

    def compare(name, value, unit, asked=""):
        table.compare("sway, a core loaded: " + name, [value(ours)], [value(theirs)], unit, asked)

    compare("frames a second", lambda run: run.drawn / run.seconds, "")
    compare("shown every, middle", lambda run: run.part(0.5), "ms")
    compare("99th part", lambda run: run.part(0.99), "ms")
    compare("99.9th part", lambda run: run.part(0.999), "ms", f"<= {ASKED_MS} ms")
    compare("the same, no time stolen", lambda run: run.part(0.999, run.robbed), "ms")
    compare("the same, sway in time", lambda run: run.part(0.999, run.held), "ms",
            f"<= {ASKED_MS} ms")
    compare("waited for the program", lambda run: run.part(0.999, values=run.waited), "ms")
    compare("intervals in all", lambda run: len(run.intervals), "")
    compare("over %.1f ms" % ASKED_MS, Run.late, "")
    compare("of these, sway in time", lambda run: run.late(run.held), "")
    compare("with sway late", lambda run: sum(run.held), "")
    compare("with stolen time", lambda run: sum(run.robbed), "")
    compare("the program, a second", lambda run: run.cpu_ms / run.seconds, "ms")
    compare("sway itself, a second", lambda run: run.sway_ms / run.seconds, "ms")
    beside_pixel("99.9th part", lambda run: run.part(0.999), "ms")
    beside_pixel("sway in time", lambda run: run.part(0.999, run.held), "ms")
    beside_pixel("over %.1f ms" % ASKED_MS, Run.late, "")
    beside_pixel("with sway late", lambda run: sum(run.held), "")


def on_last_core():
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(bench):
    if shutil.which("sway") is None:
        table.without("frame interval under sway", "not installed")
        return
    with contextlib.ExitStack() as stack:
        world = Sway(bench.build, stack)
        load = subprocess.Popen([sys.executable, "-c", LOAD], preexec_fn=on_last_core)
        stack.callback(load.wait)
        stack.callback(load.kill)
        runs = [Run(world, [world.bare]), Run(world, world.visit("breathe", BREATHE)),
                Pixel(world, [str(bench.build / "tests/bench/pixel")])]
        for _ in range(1 if bench.quick else BLOCKS):
            for run in runs:
                run.block(QUICK_S if bench.quick else BLOCK_S)
    theirs, ours, pixel = runs
    told(ours, theirs, pixel)

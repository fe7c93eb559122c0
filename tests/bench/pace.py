"""How evenly frames come under sway's 60 Hz while another program takes a core for itself."""

import contextlib
import importlib
import pathlib
import shutil
import subprocess
import sys
import time

import stage
import table

SECONDS = 20.0
QUICK_S = 8.0
WARM_S = 4.0
ROUNDS = 1
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
        sway = wayland.Sway(str(self.folder), "sway")
        stack.callback(sway.close)
        sway.message("output * resolution %dx%d" % self.size)
        self.environment.update(sway.environment, SDL_VIDEODRIVER="wayland")


def intervals(world, command, seconds):
    with stage.running(world, command, WARM_S) as program:
        first = program.frames()
        time.sleep(seconds)
        times = [program.time_ns(frame) for frame in range(first, program.frames())]
    return sorted((b - a) / 1e6 for a, b in zip(times, times[1:]))


def part(values, share):
    return values[min(len(values) - 1, int(len(values) * share))]


def measure(bench):
    if shutil.which("sway") is None:
        table.without("frame interval under sway", "not installed")
        return
    seconds = QUICK_S if bench.quick else SECONDS
    ours, theirs, rates = [], [], []
    with contextlib.ExitStack() as stack:
        world = Sway(bench.build, stack)
        load = subprocess.Popen([sys.executable, "-c", LOAD])
        stack.callback(load.wait)
        stack.callback(load.kill)
        for _ in range(1 if bench.quick else ROUNDS):
            theirs.append(intervals(world, [world.bare], seconds / 2))
            ours.append(intervals(world, world.visit("breathe", BREATHE), seconds))
            rates.append((len(ours[-1]) / seconds, len(theirs[-1]) / seconds * 2))
    table.compare("sway, a core loaded: frames a second", [rate[0] for rate in rates],
                  [rate[1] for rate in rates], "")
    table.compare("sway, a core loaded: interval, middle", [part(run, 0.5) for run in ours],
                  [part(run, 0.5) for run in theirs], "ms")
    table.compare("sway, a core loaded: interval, 99.9th part", [part(run, 0.999) for run in ours],
                  [part(run, 0.999) for run in theirs], "ms", "<= 18.5 ms")

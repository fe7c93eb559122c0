#!/usr/bin/env python3
"""Measures Lacrima against a program that only clears and swaps; prints one table of ratios.

Both run full-screen at 1920x1080 under Xvfb with Mesa's software renderer, in turns, so that a
busy moment of the machine meets both; every figure is the median over the rounds.

Usage: bench.py BUILD_FOLDER [--rounds N] [--seconds S]   (scripts/bench builds and calls it)
"""
import argparse
import contextlib
import mmap
import os
import pathlib
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

SCREEN = "1920x1080x24"
BREATH_S = 10.0        # one whole breath: a large disc costs more than a small one
FRAMES_A_SECOND = 60
PACER_WARM_S = 4.0   # the first breaths: fades and caches are over
HOLD_FROM_S = 18.0   # of a 30 s hold: its hint and its thought have left
HOLD_FOR_S = 10.0
START_ROUNDS = 9
FIRST_FRAME_LIMIT_S = 20.0
PACER_SCRIPT = "0.6 key Space\n1.2 key Right\n"  # on from the words, and from the lead-in
HOLD_SCRIPT = "0.6 key Space\n"
HOLD_CONFIG = "[stare]\nseconds = 30\nceiling = 60\n"

LIMIT_PACER = 1.30
LIMIT_START = 1.15
LIMIT_HOLD_PERCENT = 2.0


class Program:
    """One run of a program, with its frames counted from outside."""

    def __init__(self, world, command):
        self.record = world.folder / "swaps"
        self.record.write_bytes(bytes(16))
        with open(self.record, "r+b") as file:
            self.map = mmap.mmap(file.fileno(), 16)
        environment = dict(world.environment, LD_PRELOAD=str(world.swaps),
                           LACRIMA_BENCH_SWAPS=str(self.record))
        self.begun = time.monotonic_ns()
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)

    def frames(self):
        return struct.unpack("QQ", self.map[:16])[1]

    def first_frame_ms(self):
        limit = time.monotonic() + FIRST_FRAME_LIMIT_S
        while self.frames() == 0:
            if self.process.poll() is not None or time.monotonic() > limit:
                sys.exit(f"{self.process.args[0]}: no frame")
            time.sleep(0.002)
        return (struct.unpack("QQ", self.map[:16])[0] - self.begun) / 1e6

    def cpu_ns(self):
        """Of all its threads; the scheduler's own count, finer than a clock tick."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total

    def pss_mib(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in text.splitlines()
                    if line.startswith("Pss:")) / 1024

    def measure(self, seconds):
        """(CPU in ns, frames, seconds) over that long."""
        begin, cpu, frames = time.monotonic(), self.cpu_ns(), self.frames()
        time.sleep(seconds)
        return (self.cpu_ns() - cpu, self.frames() - frames, time.monotonic() - begin)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.map.close()


class World:
    """A display of its own, a home of its own, no sound device and no desktop."""

    def __init__(self, build, stack):
        self.lacrima = str(build / "lacrima")
        self.bare = str(build / "tests/bench/bare")
        self.swaps = build / "tests/bench/libswaps.so"
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        display = self.start_xvfb(stack)
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = dict(
            kept, DISPLAY=display, HOME=str(self.folder), XDG_RUNTIME_DIR=str(runtime),
            SDL_VIDEODRIVER="x11", SDL_AUDIODRIVER="dummy", LIBGL_ALWAYS_SOFTWARE="1",
            DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
        if shutil.which("openbox"):
            self.keep(stack, subprocess.Popen(["openbox"], env=self.environment,
                                              stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL))

    @staticmethod
    def keep(stack, process):
        stack.callback(process.wait)
        stack.callback(process.terminate)

    def start_xvfb(self, stack):
        readable, writable = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writable), "-screen", "0", SCREEN, "-nolisten", "tcp"],
            pass_fds=[writable], stderr=subprocess.DEVNULL)
        os.close(writable)
        self.keep(stack, server)
        with os.fdopen(readable) as file:
            number = file.readline().strip()
        if not number:
            sys.exit("Xvfb did not start")
        return ":" + number

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return str(path)

    def pacer(self):
        return [self.lacrima, "breathe", "--script", self.write("pacer.script", PACER_SCRIPT)]

    def hold(self):
        return [self.lacrima, "stare", "--config", self.write("hold.ini", HOLD_CONFIG),
                "--script", self.write("hold.script", HOLD_SCRIPT)]


def steady(world, command, warm_s, seconds):
    program = Program(world, command)
    try:
        program.first_frame_ms()
        time.sleep(warm_s)
        cpu, frames, passed = program.measure(seconds)
        return {"cpu_ms": cpu / 1e6, "frames": frames, "seconds": passed,
                "pss": program.pss_mib()}
    finally:
        program.end()


def start_ms(world, command):
    program = Program(world, command)
    try:
        return program.first_frame_ms()
    finally:
        program.end()


def per_frame(run):
    return run["cpu_ms"] / max(run["frames"], 1)


def rate(run):
    return run["frames"] / run["seconds"]


def row(name, ours, theirs, ratio, spread, limit):
    print(f"| {name:<34} | {ours:>11} | {theirs:>11} | {ratio:>6} | {spread:>12} | {limit:>8} |",
          flush=True)


def compare(name, ours, theirs, unit, limit=None):
    """Each run against the one beside it in time, so that a busy moment meets both; the spread
    says how far to trust the ratio."""
    ratios = sorted(a / b for a, b in zip(ours, theirs))
    row(name, f"{statistics.median(ours):.1f} {unit}", f"{statistics.median(theirs):.1f} {unit}",
        f"{statistics.median(ratios):.2f}", f"{ratios[0]:.2f} .. {ratios[-1]:.2f}",
        f"<= {limit:.2f}" if limit else "")


def bench(world, rounds, seconds):
    pacer, bare, hold, start, start_bare = [], [], [], [], []
    for command in ([world.lacrima], [world.bare]):
        start_ms(world, command)  # once for the disk
    for _ in range(START_ROUNDS):
        start_bare.append(start_ms(world, [world.bare]))
        start.append(start_ms(world, [world.lacrima]))
    for _ in range(rounds):
        bare.append(steady(world, [world.bare], PACER_WARM_S, seconds))
        pacer.append(steady(world, world.pacer(), PACER_WARM_S, seconds))
    for _ in range(max(1, rounds // 2)):
        hold.append(steady(world, world.hold(), HOLD_FROM_S, HOLD_FOR_S))

    row("", "lacrima", "bare", "ratio", "spread", "promised")
    row("-" * 34, "-" * 11, "-" * 11, "-" * 6, "-" * 12, "-" * 8)
    for name, value, unit, limit in (
            ("breathing pacer, CPU a frame", per_frame, "ms", LIMIT_PACER),
            ("breathing pacer, frames a second", rate, "", None),
            ("memory (PSS) while pacing", lambda run: run["pss"], "MiB", None)):
        compare(name, [value(run) for run in pacer], [value(run) for run in bare], unit, limit)
    compare("start to first frame", start, start_bare, "ms", LIMIT_START)
    shares = sorted(run["cpu_ms"] / run["seconds"] / 10 for run in hold)
    row("stare hold, CPU of one core", f"{statistics.median(shares):.2f} %", "", "",
        f"{shares[0]:.2f} .. {shares[-1]:.2f}", f"< {LIMIT_HOLD_PERCENT:.0f} %")
    frames = sorted(run["frames"] for run in hold)
    row(f"stare hold, frames in {HOLD_FOR_S:.0f} s", str(statistics.median(frames)), "", "",
        f"{frames[0]} .. {frames[-1]}", "0")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=BREATH_S)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        world = World(arguments.build.resolve(), stack)
        print(f"{SCREEN}, {os.cpu_count()} cores, software OpenGL, {FRAMES_A_SECOND} frames a "
              f"second; medians of {arguments.rounds} runs in turn", flush=True)
        bench(world, arguments.rounds, arguments.seconds)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures what a key costs on the page of the longest letter there may be: CPU of all threads in
the dearest frame that the key gave, with all that was done since the key, beside a frame of a
program that only clears and swaps; and in all frames until all is still again.  A page of lines
that were never drawn comes over some frames (NEW_LINES_A_FRAME), so a key may give several.

What is pasted comes from another program (xclip), as it does on a desktop.

Usage: page.py BUILD_FOLDER [--rounds N] (scripts/bench builds and calls it)
"""
import argparse
import contextlib
import mmap
import os
import pathlib
import random
import signal
import statistics
import struct
import subprocess
import sys
import time

import stage

MIB = 1 << 20
TEXT_BYTES = MIB - 4096   # there is room for what is typed
QUIET_S = 0.45            # nothing was drawn for so long: what the key gave is over
RESIZE_S = 2.5            # what another size makes fade has faded
REST_S = 9.0              # the page is there, and its hint has left
GIVE_UP_S = 30.0
TURN_S = 4.0              # a page has left, and another one has come
LEAVES_S = 15.0           # many lines leave
LIMIT_MS = 16.0
DEAREST = struct.Struct("QQ")   # the end of swaps.c's record
BEGIN = "0.6 key Space\n1.2 key Space\n"  # to the fates, and to the page of a letter to let go
WORDS = ("what was said and not where it went after that summer house nobody I you always never the "
         "window rain letter quietly hands would have a of kitchen asked again morning for though "
         "years").split()
LETTERS = (("paragraphs", " ", 80), ("one paragraph", " ", 0), ("one word", "", 0))


def letter(between, words_a_paragraph):
    """As long as may be, and no two lines of it are alike."""
    chance = random.Random(1)
    parts, size = [], 0
    while size < TEXT_BYTES:
        ends = words_a_paragraph and len(parts) % words_a_paragraph == words_a_paragraph - 1
        parts.append(chance.choice(WORDS) + ("\n" if ends else between))
        size += len(parts[-1])
    return "".join(parts)[:TEXT_BYTES]


class Page:
    def __init__(self, world, program):
        self.world = world
        self.program = program
        self.at = os.path.getsize(program.record)
        os.truncate(program.record, self.at + DEAREST.size)
        with open(program.record, "r+b") as file:
            self.map = mmap.mmap(file.fileno(), 0)

    def cpu_ns(self):
        """The clock that the frames are measured with: CPUCLOCK_SCHED of the process."""
        return time.clock_gettime_ns(~self.program.process.pid << 3 | 2)

    def begin_frames(self):
        self.map[self.at:] = DEAREST.pack(self.cpu_ns(), 0)

    def most_ms(self):
        return DEAREST.unpack(self.map[self.at:])[1] / 1e6

    def ask(self, *command, **more):
        subprocess.run(command, env=self.world.environment, check=True, **more)

    def settle(self):
        """Until nothing is drawn any more."""
        limit = time.monotonic() + GIVE_UP_S
        seen, since = self.program.frames(), time.monotonic()
        while time.monotonic() < since + QUIET_S:
            time.sleep(0.01)
            if self.program.frames() != seen:
                seen, since = self.program.frames(), time.monotonic()
            if time.monotonic() > limit:
                sys.exit("the page does not come to rest")

    def press(self, *keys):
        """CPU of the last one, in ms: in its dearest frame, and in all; and how many there were."""
        for key in keys[:-1]:
            self.press(key)
        self.begin_frames()
        frames, cpu = self.program.frames(), self.cpu_ns()
        self.ask("xdotool", "key", "--delay", "0", keys[-1])
        limit = time.monotonic() + GIVE_UP_S
        while self.program.frames() == frames and time.monotonic() < limit:
            time.sleep(0.005)
        self.settle()
        return (self.most_ms(), (self.cpu_ns() - cpu) / 1e6, self.program.frames() - frames)

    def again(self):
        """Nothing is known of the lines any more: the field has had another size."""
        window = subprocess.run(["xdotool", "search", "--class", "^lacrima$"], check=True,
                                env=self.world.environment, stdout=subprocess.PIPE,
                                text=True).stdout.split()[-1]
        for size in (("1600", "900"), ("1920", "1080")):
            self.ask("xdotool", "windowsize", "--sync", window, *size)
            time.sleep(RESIZE_S)
            self.settle()


def measure(page, rounds):
    """What each key costs, over the rounds."""
    costs = {}

    def note(name, *keys):
        costs.setdefault(name, []).append(page.press(*keys))
    note("pasted, 1 MiB", "ctrl+v")
    for _ in range(rounds):
        page.press("ctrl+Home")
        page.again()
        note("Ctrl+End", "ctrl+End")
        note("Page Up from there", "Page_Up")
        note("Home", "Home")
        note("a letter at the end", "ctrl+End", "x")
        note("Ctrl+Home", "ctrl+Home")
        note("Page Down", "Page_Down")
        for _ in range(12):
            note("Page Down, never drawn", "Page_Down")
        note("a letter in the middle", "x")
        note("undo", "ctrl+z")
        note("Up", "Up")
        note("select all", "ctrl+a")
        note("delete all of it", "Delete")
        note("undo, 1 MiB", "ctrl+z")
    return costs


def measure_leaving(page):
    """The letter is let go, taken back while it leaves, and the program is asked to end."""
    def over(name, seconds, act):
        page.begin_frames()
        frames, cpu = page.program.frames(), page.cpu_ns()
        act()
        time.sleep(seconds)
        return {name: [(page.most_ms(), (page.cpu_ns() - cpu) / 1e6,
                        page.program.frames() - frames)]}

    def press(key):
        return lambda: page.ask("xdotool", "key", "--delay", "0", key)
    page.press("ctrl+Home")
    costs = over("done with it", TURN_S, press("Escape"))
    costs |= over("let go, its lines leave", LEAVES_S, press("space"))
    costs |= over("taken back", TURN_S, press("space"))
    page.begin_frames()
    frames = page.program.frames()
    page.program.signal(signal.SIGTERM)
    cpu = page.cpu_ns()
    while page.program.process.poll() is None:
        with contextlib.suppress(OSError):
            cpu_now = page.cpu_ns()
            spent = cpu_now - cpu
        time.sleep(0.01)
    return costs | {"farewell (SIGTERM)": [(page.most_ms(), spent / 1e6,
                                            page.program.frames() - frames)]}


def run(world, kind, text, rounds):
    path = world.folder / "letter"
    path.write_text(text)
    with open(path, "rb") as file:
        subprocess.run(["xclip", "-in", "-selection", "clipboard"], stdin=file, check=True,
                       env=world.environment, stdout=subprocess.DEVNULL)
    program = stage.Program(world, [world.lacrima, "write", "--windowed", "--size", "1920x1080",
                                    "--script", world.write("page.script", BEGIN)])
    try:
        program.first_frame_ms()
        time.sleep(REST_S)
        page = Page(world, program)
        page.settle()
        costs = measure(page, rounds) | measure_leaving(page)
        return {f"{kind}: {name}": cost for name, cost in costs.items()}
    finally:
        program.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        world = stage.World(arguments.build.resolve(), stack)
        bare = stage.steady(world, [world.bare], 2.0, 3.0)
        frame_ms = stage.per_frame(bare)
        print(f"a key on the page of a letter of 1 MiB, 1920x1080: CPU of its dearest frame, and of "
              f"all; a bare frame takes {frame_ms:.1f} ms")
        print(f"| {'key':<40} | {'median':>9} | {'most':>9} | {'bare':>6} | promised | "
              f"{'all':>9} | frames |")
        print(f"| {'-' * 40} | {'-' * 9} | {'-' * 9} | {'-' * 6} | -------- | {'-' * 9} | ------ |")
        for kind, between, words in LETTERS:
            text = letter(between, words)
            for name, costs in run(world, kind, text, arguments.rounds).items():
                frame, whole, frames = (sorted(column) for column in zip(*costs))
                middle = statistics.median(frame)
                print(f"| {name:<40} | {middle:>6.1f} ms | {frame[-1]:>6.1f} ms | "
                      f"{middle / frame_ms:>5.1f}x | <= {LIMIT_MS:.0f} ms | "
                      f"{statistics.median(whole):>6.1f} ms | {frames[-1]:>6} |", flush=True)


if __name__ == "__main__":
    main()

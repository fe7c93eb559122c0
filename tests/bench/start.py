"""From the start of the program to what is seen, beside the bare program: warm and cold."""

import contextlib
import os
import pathlib

import stage
import table

ROUNDS = 9
QUICK_ROUNDS = 5
COLD_ROUNDS = 3


def start(world, command):
    with stage.running(world, command) as program:
        return {"wall": program.first_frame_ms(), "cpu": program.first_frame_cpu_ms(),
                "words": program.frame_ms(1)}


def files_of(world, command):
    """What the program has open or mapped once it runs."""
    with stage.running(world, command, 0.5) as program:
        lines = pathlib.Path(f"/proc/{program.process.pid}/maps").read_text().splitlines()
    return sorted({line.split(None, 5)[5] for line in lines
                   if len(line.split(None, 5)) == 6 and "/" in line})


def forget(files):
    """Out of the system's memory, but for what other programs hold."""
    for path in files:
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def measure(bench):
    with contextlib.ExitStack() as stack:
        world = stage.World(bench.build, stack)
        pair = ([world.lacrima], [world.bare])
        files = [files_of(world, command) for command in pair]
        warm, cold = [], []
        for _ in range(QUICK_ROUNDS if bench.quick else ROUNDS):
            warm.append([start(world, command) for command in pair])
        for _ in range(1 if bench.quick else COLD_ROUNDS):
            runs = []
            for command, own in zip(pair, files):
                forget(own)
                runs.append(start(world, command))
            cold.append(runs)
    for name, runs, what, asked in (
            ("start to first frame, warm", warm, "wall", "<= 1.15"),
            ("start to first frame, warm, CPU", warm, "cpu", ""),
            ("start to first frame, cold", cold, "wall", "<= 1.15")):
        table.compare(name, [run[0][what] for run in runs], [run[1][what] for run in runs], "ms",
                      asked)
    table.compare("start to the first words, warm", [run[0]["words"] for run in warm],
                  [run[1]["wall"] for run in warm], "ms")
    table.compare("start to the first words, cold", [run[0]["words"] for run in cold],
                  [run[1]["wall"] for run in cold], "ms")

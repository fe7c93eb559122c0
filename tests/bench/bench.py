#!/usr/bin/env python3
"""Measures Lacrima beside a program that only clears and swaps, and beside what else is installed;
prints one table.  Both sides run on the same display with Mesa's software renderer, in turns, so
that a busy moment of the machine meets both.

Usage: bench.py BUILD_FOLDER [ROW...] [--quick] [--rounds N]   (scripts/bench builds and calls it)
"""
import argparse
import os
import pathlib
import time

import latency
import pace
import start
import still
import table
import ways
import weight

ROWS = {
    "start": start.measure,
    "memory": weight.memory,
    "ways": ways.measure,
    "still": still.measure,
    "pace": pace.measure,
    "latency": latency.measure,
    "film": weight.film,
    "day": weight.day,
}


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("rows", nargs="*", metavar="ROW",
                        help="only these: " + ", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="fewer runs, one size, no day")
    parser.add_argument("--rounds", type=int, default=2, help="of the pacer at 1920x1080")
    bench = parser.parse_args()
    unknown = [row for row in bench.rows if row not in ROWS]
    if unknown:
        parser.error(f"no such row: {unknown[0]}")
    bench.build = bench.build.resolve()
    bench.rounds = 1 if bench.quick else bench.rounds
    begun = time.monotonic()
    print(f"{os.cpu_count()} cores, software OpenGL; load before: {os.getloadavg()[0]:.1f}")
    table.head()
    for name, measure in ROWS.items():
        if name in bench.rows or (not bench.rows and not (bench.quick and name == "day")):
            measure(bench)
    print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()

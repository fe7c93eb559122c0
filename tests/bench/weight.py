"""Memory beside the bare program, what a simulated day adds to it, and how fast films are made."""

import contextlib
import pathlib
import re
import subprocess
import sys
import time

import stage
import table

MIB_ASKED = 20e6 / (1 << 20)
WARM_S = 4.5
ROUNDS = 2
FILM_S = 4
FILM_FPS = 60
DAY = pathlib.Path(__file__).resolve().parent.parent / "program" / "day.py"
BREATHE = "0.6 key Space\n1.2 key Right\n"
STATES = (("at home", "", "30 key Escape\n"), ("breathe", "breathe", BREATHE),
          ("write", "write", "0.6 key Space\n1.2 key Space\n2.5 text \"a word\"\n"))


# As it is, and as it is once it has given back what Lacrima gives back too: the shader compiler's
# code, above all, which is in the system's memory in any case and comes back where it is wanted.
BARES = (("bare", ()), ("bare, giving back", ("--give-back",)))


def memory(bench):
    with contextlib.ExitStack() as stack:
        world = stage.World(bench.build, stack)
        found = {name: [] for name, _, _ in STATES}
        for _ in range(1 if bench.quick else ROUNDS):
            bares = [stage.steady(world, [world.bare, *options], WARM_S / 3, 0.1)
                     for _, options in BARES]
            for name, way, script in STATES:
                command = world.visit(way, script) if way else [world.lacrima]
                found[name].append((stage.steady(world, command, WARM_S, 0.1), *bares))
    for name, runs in found.items():
        table.compare(f"memory (PSS): {name}", [run[0]["pss"] for run in runs],
                      [run[1]["pss"] for run in runs], "MiB")
        for at, (bare, _) in enumerate(BARES, 1):
            for what, of, asked in (("PSS", "pss", f"<= {MIB_ASKED:.1f} MiB"),
                                    ("of its own", "anon", "")):
                table.alone(f"  {what}, {name}, over {bare}",
                            [run[0][of] - run[at][of] for run in runs], "MiB", asked)


def film(bench):
    """Raw frames of a whole breath, to nowhere."""
    with contextlib.ExitStack() as stack:
        world = stage.World(bench.build, stack)
        script = world.write("film.script", "0.5 key Space\n1 key Right\n")
        rates = []
        for _ in range(1 if bench.quick else ROUNDS):
            begun = time.monotonic()
            subprocess.run([world.lacrima, "breathe", "--render", "-", "--seconds", str(FILM_S),
                            "--fps", str(FILM_FPS), "--size", "1920x1080", "--script", script],
                           env=world.environment, stdout=subprocess.DEVNULL, check=True)
            rates.append(FILM_S * FILM_FPS / (time.monotonic() - begun))
    table.alone("--render at 1920x1080: frames a second", rates, "")


def day(bench):
    """The test that holds it does the work; here it is only told."""
    run = subprocess.run([sys.executable, "-B", str(DAY), str(bench.build / "lacrima"),
                          str(bench.build / "tests/program/libheap_said.so")],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    grown = re.search(r"grown (-?\d+)", run.stdout)
    if grown is None:
        table.without("a simulated day: memory more", "no answer")
        return
    table.alone("a simulated day: memory more", [int(grown.group(1)) / 1024], "MiB",
                "<= 1 MiB", 2)

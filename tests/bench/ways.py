"""CPU of each way where it moves most, in three sizes, beside the bare program."""

import contextlib

import others
import stage
import table

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
WARM_S = 2.2      # what the script does is done
SHORT_S = 1.5
BREATH_S = 10.0   # one whole breath: a large disc costs more than a small one
BREATH_WARM_S = 4.0
BARE_S = 1.0

PAGES = "0.6 key Space\n" + "".join(f"{2.0 + n * 1.5} key Space\n" for n in range(10))
LETTERS = ("0.6 key Space\n1.2 key Space\n" +
           "".join(f"{2.0 + n * 0.15:.2f} text \"a \"\n" for n in range(90)))
WAYS = (
    ("stare", "lids", ""),
    ("walk", "away", "0.6 key Space\n1.2 key Right\n"),
    ("music", "glow", "0.6 key Space\n"),
    ("move", "figure and pacer", "0.6 key Space\n"),
    ("read", "turning pages", PAGES),
    ("shower", "water", "0.6 key Space\n"),
    ("talk", "listening", "".join(f"{0.6 + n * 0.5} key Space\n" for n in range(6))),
    ("write", "typing", LETTERS),
    ("yawn", "jaw", "0.6 key Space\n"),
)
BREATHE = "0.6 key Space\n1.2 key Right\n"
QUICK = ("move", "write")


def breathe(world, bare, bench):
    """The promise itself, and the same beside what else draws a circle."""
    ours, theirs = [], []
    rounds = bench.rounds if world.size == stage.FULL_HD else 1
    for _ in range(rounds):
        theirs.append(bare.measure(BARE_S * 2))
        ours.append(stage.steady(world, world.visit("breathe", BREATHE), BREATH_WARM_S, BREATH_S))
    size = "%dx%d" % world.size
    table.compare(f"breathe: pacer, {size}, a frame", [stage.per_frame(run) for run in ours],
                  [stage.per_frame(run) for run in theirs], "ms", "<= 1.30")
    table.compare(f"breathe: pacer, {size}, a second", [stage.per_second(run) for run in ours],
                  [stage.per_second(run) for run in theirs], "ms")
    table.compare(f"breathe: pacer, {size}, frames a second", [stage.rate(run) for run in ours],
                  [stage.rate(run) for run in theirs], "", ">= 60" if size != "1280x720" else "")
    return ours


def each(world, bare, bench):
    size = "%dx%d" % world.size
    for way, what, script in WAYS:
        if bench.quick and way not in QUICK:
            continue
        theirs = bare.measure(BARE_S)
        ours = stage.steady(world, world.visit(way, script), WARM_S, SHORT_S)
        table.compare(f"{way}: {what}, {size}, a second", [stage.per_second(ours)],
                      [stage.per_second(theirs)], "ms")
        if ours["frames"] > 0:
            table.compare(f"{way}: {what}, {size}, a frame", [stage.per_frame(ours)],
                          [stage.per_frame(theirs)], "ms")


def measure(bench):
    for size in ((stage.FULL_HD,) if bench.quick else SIZES):
        with contextlib.ExitStack() as stack:
            world = stage.World(bench.build, stack, size)
            bare = stage.Resting(world)
            stack.callback(bare.end)
            ours = breathe(world, bare, bench)
            each(world, bare, bench)
            if size == stage.FULL_HD:
                others.measure(world, ours)

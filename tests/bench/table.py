"""One table: what Lacrima takes, what the program beside it takes, and the ratio of the two."""

import statistics

WIDTHS = (46, 12, 12, 6, 16, 10)


def line(*cells):
    print("| " + " | ".join(f"{cell:<{width}}" if at == 0 else f"{cell:>{width}}"
                            for at, (cell, width) in enumerate(zip(cells, WIDTHS))) + " |",
          flush=True)


def head():
    line("", "lacrima", "beside it", "ratio", "from .. to", "asked")
    line(*("-" * width for width in WIDTHS))


def compare(name, ours, theirs, unit, asked=""):
    """Each run against the one beside it in time, so that a busy moment meets both; the spread
    says how far to trust the ratio."""
    ratios = sorted(a / b for a, b in zip(ours, theirs) if b > 0)
    line(name, f"{statistics.median(ours):.1f} {unit}", f"{statistics.median(theirs):.1f} {unit}",
         f"{statistics.median(ratios):.2f}" if ratios else "",
         f"{ratios[0]:.2f} .. {ratios[-1]:.2f}" if ratios else "", asked)


def alone(name, values, unit, asked="", digits=1):
    """A figure that nothing stands beside, with its spread."""
    values = sorted(values)
    line(name, f"{statistics.median(values):.{digits}f} {unit}", "", "",
         f"{values[0]:.{digits}f} .. {values[-1]:.{digits}f}", asked)


def without(name, why):
    line(name, why, "", "", "", "")

"""An hour of breathing while every processor is kept busy: does the visit's clock keep its time?

soak_clock.py PROGRAM [--minutes M] [--busy N]: each line of --events says when it was due, and is heard here by
a clock of this script's own.  A late line is a busy machine; that the promptest of a few minutes is
later, or earlier, than the promptest of all is a clock that drifts.  Every breath besides has its
length to the millisecond.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

ARGUMENTS = argparse.ArgumentParser()
ARGUMENTS.add_argument("program")
ARGUMENTS.add_argument("--minutes", type=float, default=60.0)
ARGUMENTS.add_argument("--busy", type=int, default=os.cpu_count())
GIVEN = ARGUMENTS.parse_args()
sys.argv[1:] = [GIVEN.program]

# pylint: disable=wrong-import-position
import x11  # noqa: E402
from desk import KEPT, end  # noqa: E402
from soak_heard import Heard  # noqa: E402

BLOCK_MIN = 30      # the longest breathing there is
BETWEEN_S = 40      # its lead-in and what is left of its landing
WINDOW_S = 300      # in which at least one line is heard at once
DRIFT_S = 0.050
BREATH_S = {"in": 4.0, "out": 6.0}
ROUNDED_S = 0.0011  # two times, each rounded to a millisecond
BUSY = "while True: pass"


def script(minutes):
    """Breathing again and again; each time its first page is left at once."""
    lines, at = [], 1.0
    while at < minutes * 60:
        lines += [f"{at:.1f} key 2", f"{at + 1:.1f} key Space"]
        at += BLOCK_MIN * 60 + BETWEEN_S
    return "\n".join(lines) + "\n"


def breathe(folder, desktop):
    """The lines of one visit, each with when it was heard."""
    path = os.path.join(folder, "keys")
    with open(path, "w", encoding="ascii") as file:
        file.write(script(GIVEN.minutes))
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment.update(HOME=folder, LC_ALL="C.UTF-8", SDL_AUDIODRIVER="dummy",
                       **desktop.environment)
    visit = Heard(["--windowed", "--size", "640x400", "--minutes", BLOCK_MIN, "--script", path,
                   "--seconds", GIVEN.minutes * 60], environment, folder)
    try:
        while visit.read(60):
            pass
        return visit.process.wait(60), visit.said(), list(zip(visit.events, visit.heard))
    finally:
        visit.close()


def faults_of_breaths(heard):
    """Each in and out that ended by itself lasts what it has to."""
    faults, count, last = [], 0, None
    for event, _ in heard:
        if event.get("technique") != "breathe" or "state" not in event:
            continue
        if last is not None and event.get("cause") == "time" and last["state"] in BREATH_S:
            count += 1
            error = event["t"] - last["t"] - BREATH_S[last["state"]]
            if abs(error) > ROUNDED_S:
                faults.append(f"{error:+.3f} s: {last} {event}")
        last = event
    return count, faults


def drifts(heard):
    """How much later than the promptest line of all each window's promptest is."""
    windows = {}
    for event, at in heard:
        lag = at - event["t"]
        window = int(event["t"] // WINDOW_S)
        windows[window] = min(lag, windows.get(window, lag))
    least = min(windows.values())
    return [windows[window] - least for window in sorted(windows)]


def main():
    folder = tempfile.mkdtemp(prefix="lacrima-clock-")
    desktop = x11.Desktop(folder)
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(GIVEN.busy)]
    try:
        status, said, heard = breathe(folder, desktop)
    finally:
        for process in busy:
            end(process)
        desktop.close()
        shutil.rmtree(folder, ignore_errors=True)
    if not heard:
        print("FAULT", status, said[-20:])
        return 1
    breaths, faults = faults_of_breaths(heard)
    drift = drifts(heard)
    late = sorted(at - event["t"] for event, at in heard)
    print(f"{heard[-1][0]['t'] / 60:.1f} minutes, {breaths} phases of their exact length")
    print("the promptest line of each five minutes, later than the promptest of all by (ms):",
          " ".join(f"{d * 1e3:.1f}" for d in drift))
    print(f"every line: half {(late[len(late) // 2] - late[0]) * 1e3:.1f} ms, 99 % "
          f"{(late[len(late) * 99 // 100] - late[0]) * 1e3:.1f} ms, all "
          f"{(late[-1] - late[0]) * 1e3:.1f} ms")
    faults += [f"drifts by {d:.3f} s" for d in drift if d > DRIFT_S]
    if status != 0 or said:
        faults.append(f"ended with {status}; said {said[-20:]}")
    if breaths == 0:
        faults.append("nobody breathed")
    for fault in faults[:20]:
        print("FAULT", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

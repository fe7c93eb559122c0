"""A whole day of visits, on the virtual clock: what the program holds does not grow.

Frames come through a pipe that is smaller than they are and so keep the program in step with this
test.  What is counted is what of the heap is in use; what the system gives for it is printed.
"""

import json
import os
import signal
import struct
import subprocess
import sys
import time
import unittest

PRELOADED = os.path.abspath(sys.argv.pop(2))

# pylint: disable=wrong-import-position
from run import BOUND_S, PROGRAM, Case  # noqa: E402  takes the program from the command line

HOUR_S = 3600
DAY_S = 24 * HOUR_S
FPS = 0.017               # a frame a minute
WRITE = {"x86_64": 1, "aarch64": 64}.get(os.uname().machine)  # this system call's number
SIZE = (320, 240)
WARM_HOURS = (6, 7, 8)    # by then the caches are full, and old words go from them
LAST_HOURS = (22, 23, 24)
GROWTH_KIB = 1024
VISIT_S = HOUR_S
WAY_S = 300               # ten of them in a visit, with room for the way home
WAYS = "1234567890"
MUSIC_VISITS = (0, 2, 12)  # decoding takes long
# After the settle: what leads on in each way.
STEPS = {"7": ("Space",), "8": ("Space", "Space", "Space"), "9": ("Space", "Space")}


def script():
    """Every hour all ten ways, what lies over them, a letter, the colours and a resize."""
    lines = []
    for visit in range(DAY_S // VISIT_S):
        at = visit * VISIT_S + 1
        for number, digit in enumerate(WAYS):
            when = at + number * WAY_S
            if digit == "4" and visit not in MUSIC_VISITS:
                continue
            lines.append(f"{when} key {digit}")
            for step, key in enumerate(STEPS.get(digit, ("Space", "Right", "Right"))):
                lines.append(f"{when + 1 + step} key {key}")
            if digit == "9":
                lines += [f"{when + 10 + n} text \"word {visit} {n} \"" for n in range(20)]
            for step, key in enumerate(("H", "H", "F2", "Escape", "G", "Escape", "C", "Space",
                                        "Space", "P", "L", "Return", "X",
                                        "Escape")):
                if digit != "9":
                    lines.append(f"{when + 60 + step} key {key}")
            lines.append(f"{when + 100} key Escape")
            lines.append(f"{when + 130} suspend {visit % 3}")
        for step, size in enumerate(("400x300", "240x320", "%dx%d" % SIZE)):
            # All within a minute: a frame of another size is never taken.
            lines.append(f"{at + VISIT_S - 100 + step} resize {size}")
    return "\n".join(sorted(lines, key=lambda line: float(line.split()[0]))) + "\n"


def own_kib(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss_Anon:"))


def waits_in_write(pid):
    """The program stands in a write: the frame does not fit into the pipe."""
    with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
        return file.read().split()[0] == str(WRITE)


@unittest.skipIf(WRITE is None, "an unknown kind of machine")
class Day(Case):
    def heap(self, program, said):
        """Bytes that are in use now."""
        limit = time.monotonic() + BOUND_S
        while not waits_in_write(program.pid):
            self.assertLess(time.monotonic(), limit)
            os.sched_yield()
        program.send_signal(signal.SIGUSR1)
        return struct.unpack("=Q", os.read(said, 8))[0]

    def test_memory_over_a_day(self):
        events = self.path("events.jsonl")
        said, says = os.pipe()
        self.addCleanup(os.close, said)
        program = subprocess.Popen(
            [PROGRAM, "--render", "-", "--fps", str(FPS), "--size", "%dx%d" % SIZE, "--seconds",
             str(DAY_S), "--script", self.path("day.txt", script()), "--events", events],
            env=self.environment(LD_PRELOAD=PRELOADED, HEAP_SAID=str(says), LP_NUM_THREADS="0"),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=self.folder.name,
            pass_fds=[says])
        os.close(says)
        self.addCleanup(program.stdout.close)
        self.addCleanup(program.wait)
        self.addCleanup(program.kill)
        heap, own = {}, {}
        frame = 3 * SIZE[0] * SIZE[1]
        hour = 1
        for number in range(int(DAY_S * FPS)):
            if len(program.stdout.read(frame)) < frame:
                break
            # The next two are drawn before this one has been asked.
            if (number + 3) / FPS >= hour * HOUR_S:
                heap[hour] = self.heap(program, said) // 1024
                own[hour] = own_kib(program.pid)
                hour += 1
        program.stdout.read()
        self.assertEqual(program.wait(), 0)
        with open(events, encoding="utf-8") as file:
            ways = {json.loads(line).get("technique") for line in file}
        self.assertGreaterEqual(len(ways), 11, ways)
        self.assertEqual(len(heap), DAY_S // HOUR_S, heap)
        grown = min(heap[h] for h in LAST_HOURS) - min(heap[h] for h in WARM_HOURS)
        print(f"KiB in use at each hour: {heap}; grown {grown}\nKiB held of the system: {own}")
        self.assertLessEqual(grown, GROWTH_KIB, heap)


if __name__ == "__main__":
    unittest.main()

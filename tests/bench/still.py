"""What is still costs almost nothing: CPU and wake-ups while nothing moves."""

import contextlib
import time

import stage
import table

FROM_S = 18.0   # of the hold: its hint and its thought have left, and the sound device is closed
SECONDS = 8.0
QUICK_S = 4.0
CONFIG = "[stare]\nseconds = 30\nceiling = 60\n"
# The holds begin last, for they end first.
STATES = (
    ("walk: away", "walk", "0.6 key Space\n1.2 key Right\n"),
    ("pause", "breathe", "0.6 key Space\n1.2 key Right\n4 key P\n"),
    ("let go", "breathe", "0.6 key Space\n1.2 key Right\n4 key Return\n"),
)
MUSIC = ("stare: hold, with music", "stare", "0.6 key Space\n1.4 key M\n")
HOLD = ("stare: hold", "stare", "0.6 key Space\n")


def measure(bench):
    """All at once, for together they take less than a hundredth of what there is."""
    with contextlib.ExitStack() as stack:
        world = stage.World(bench.build, stack)
        programs = []
        for number, (name, way, script) in enumerate(STATES + (MUSIC, HOLD)):
            path = world.write(f"still-{number}.script", script)
            command = [world.lacrima, way, "--windowed", "--size", "1920x1080",
                       "--config", world.write("still.ini", CONFIG), "--script", path]
            program = stage.Program(world, command)
            stack.callback(program.end)
            program.wait_for_frames()
            programs.append((name, program))
        time.sleep(FROM_S)
        seconds = QUICK_S if bench.quick else SECONDS
        before = [(program.cpu_ns(), program.wakeups(), program.frames())
                  for _, program in programs]
        time.sleep(seconds)
        for (name, program), (cpu, woken, frames) in zip(programs, before):
            music = name == MUSIC[0]
            table.alone(f"{name}: share of one core",
                        [(program.cpu_ns() - cpu) / 1e7 / seconds], "%",
                        "< 5 %" if music else "<= 0.5 %", 2)
            table.alone(f"{name}: wake-ups a second", [(program.wakeups() - woken) / seconds], "",
                        "" if music else "<= 5")
            table.alone(f"{name}: frames in {seconds:.0f} s", [program.frames() - frames], "",
                        digits=0)

"""What is measured, and where: a display and a home of their own, and programs whose frames are
counted from outside (swaps.c), so that both sides are measured by the same thing."""

import contextlib
import mmap
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

TIMES_KEPT = 16384  # as in swaps.c
HEAD = 16
FIRST_FRAME_LIMIT_S = 60.0
MANAGER_LIMIT_S = 60.0
QUIT_LIMIT_S = 10.0
FULL_HD = (1920, 1080)


class Group:
    """A program and all it has started, by its session."""

    def __init__(self, command, environment):
        self.begun = time.monotonic_ns()
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)

    def members(self):
        found = []
        for path in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (path / "stat").read_text().rpartition(")")[2].split()
                if int(words[3]) == self.process.pid:
                    found.append(path)
        return found

    def cpu_ns(self):
        """Of all their threads; the scheduler's own count, finer than a clock tick."""
        total = 0
        for member in self.members():
            for task in member.glob("task/[0-9]*/schedstat"):
                with contextlib.suppress(OSError):
                    total += int(task.read_text().split()[0])
        return total

    def wakeups(self):
        total = 0
        for member in self.members():
            for task in member.glob("task/[0-9]*/status"):
                with contextlib.suppress(OSError):
                    total += sum(int(line.split()[1]) for line in task.read_text().splitlines()
                                 if line.startswith("voluntary_ctxt_switches"))
        return total

    def mib(self, what):
        """A sum that the system keeps of their memory: Pss, or Pss_Anon, which no file stands behind."""
        total = 0
        for member in self.members():
            with contextlib.suppress(OSError):
                text = (member / "smaps_rollup").read_text()
                total += sum(int(line.split()[1]) for line in text.splitlines()
                             if line.startswith(what + ":"))
        return total / 1024

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def end(self):
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(QUIT_LIMIT_S)
        except subprocess.TimeoutExpired:
            pass
        self.signal(signal.SIGKILL)
        self.process.wait()


class Program(Group):
    """One run of a program, with its frames counted."""

    def __init__(self, world, command):
        descriptor, self.record = tempfile.mkstemp(dir=world.folder)
        os.ftruncate(descriptor, HEAD + 8 * TIMES_KEPT)
        self.map = mmap.mmap(descriptor, 0)
        os.close(descriptor)
        super().__init__(command, dict(world.environment, LD_PRELOAD=str(world.swaps),
                                       LACRIMA_BENCH_SWAPS=self.record))

    def frames(self):
        return struct.unpack_from("=Q", self.map)[0]

    def time_ns(self, frame):
        return struct.unpack_from("=Q", self.map, HEAD + 8 * (frame % TIMES_KEPT))[0]

    def wait_for_frames(self, count=1):
        limit = time.monotonic() + FIRST_FRAME_LIMIT_S
        while self.frames() < count:
            if self.process.poll() is not None or time.monotonic() > limit:
                sys.exit(f"{self.process.args[0]}: no frame")
            time.sleep(0.002)

    def frame_ms(self, frame):
        """From the start of the program to this frame, 0 being the first."""
        self.wait_for_frames(frame + 1)
        return (self.time_ns(frame) - self.begun) / 1e6

    def first_frame_ms(self):
        return self.frame_ms(0)

    def first_frame_cpu_ms(self):
        self.wait_for_frames()
        return struct.unpack_from("=Q", self.map, 8)[0] / 1e6

    def measure(self, seconds):
        """What it took over that long."""
        woken, cpu, frames, begin = (self.wakeups(), self.cpu_ns(), self.frames(),
                                     time.monotonic())
        time.sleep(seconds)
        # The clock beside the count of frames: looking through /proc takes milliseconds.
        frames, end = self.frames() - frames, time.monotonic()
        return {"cpu_ms": (self.cpu_ns() - cpu) / 1e6, "frames": frames,
                "wakeups": self.wakeups() - woken, "seconds": end - begin, "between": (begin, end),
                "pss": self.mib("Pss"), "anon": self.mib("Pss_Anon")}

    def end(self):
        super().end()
        self.map.close()
        os.unlink(self.record)


class World:
    """A home of its own, no sound device, and a display without a desktop."""

    def __init__(self, build, stack, size=FULL_HD):
        self.size = size
        self.lacrima = str(build / "lacrima")
        self.bare = str(build / "tests/bench/bare")
        self.swaps = build / "tests/bench/libswaps.so"
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = dict(
            kept, HOME=str(self.folder), SDL_AUDIODRIVER="dummy", LIBGL_ALWAYS_SOFTWARE="1",
            DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", XDG_RUNTIME_DIR=str(runtime))
        self.begin_display(stack)

    def begin_display(self, stack):
        self.environment.update(SDL_VIDEODRIVER="x11", DISPLAY=self.start_xvfb(stack))
        if shutil.which("openbox"):
            self.keep(stack, subprocess.Popen(["openbox"], env=self.environment,
                                              stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL))
            self.wait_for_manager()

    def wait_for_manager(self):
        """One that is still starting may lose a window, for which SDL then waits for ever."""
        limit = time.monotonic() + MANAGER_LIMIT_S
        ask = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        while shutil.which("xprop") and time.monotonic() < limit:
            said = subprocess.run(ask, env=self.environment, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=False)
            if b"window id" in said.stdout:
                return
            time.sleep(0.01)

    @staticmethod
    def keep(stack, process):
        stack.callback(process.wait)
        stack.callback(process.terminate)

    def start_xvfb(self, stack):
        readable, writable = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writable), "-screen", "0", "%dx%dx24" % self.size,
             "-nolisten", "tcp"], pass_fds=[writable], stderr=subprocess.DEVNULL)
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

    def visit(self, way, script, *more):
        """The command for a visit that plays this script."""
        return [self.lacrima, way, "--script", self.write(f"{way}.script", script), *more]


@contextlib.contextmanager
def running(world, command, warm_s=0.0):
    """A program that shows something, and has for so long."""
    program = Program(world, command)
    try:
        program.wait_for_frames()
        time.sleep(warm_s)
        yield program
    finally:
        program.end()


def steady(world, command, warm_s, seconds):
    with running(world, command, warm_s) as program:
        return program.measure(seconds)


def per_frame(run):
    return run["cpu_ms"] / max(run["frames"], 1)


def per_second(run):
    return run["cpu_ms"] / run["seconds"]


def rate(run):
    return run["frames"] / run["seconds"]


class Resting:
    """The bare program, stopped between two looks at it: it is there at once when it is wanted."""

    def __init__(self, world):
        self.program = Program(world, [world.bare])
        self.program.wait_for_frames(30)
        self.program.signal(signal.SIGSTOP)

    def measure(self, seconds):
        self.program.signal(signal.SIGCONT)
        time.sleep(0.1)
        run = self.program.measure(seconds)
        self.program.signal(signal.SIGSTOP)
        return run

    def end(self):
        self.program.end()

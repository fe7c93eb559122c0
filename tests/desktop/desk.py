"""What the desktop tests share: the real program in a real window, heard through --events.

Nothing here sleeps: a test waits for a line of the program's, for a picture or for an answer of
the window system's, each with a bound.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "lacrima"
KEPT = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH")
BOUND_S = 120  # this machine may stand still; a bound costs nothing while all goes well
DEAF_S = 0.45  # after a new screen the program takes no keys for 0.4 s
LEAK_S = 0.4  # a key too soon after the window got the keyboard counts as pressed elsewhere
NOBODY = 65534
TOLD = 4000   # characters of each witness
witnesses = []  # what can say how things stand, by tell(), when a bound is passed


def testimony():
    """What everybody here can say of how things stand."""
    said = []
    for witness in witnesses:
        try:
            said.append(witness.tell()[-TOLD:])
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            said.append(f"{type(witness).__name__} cannot say: {error!r}")
    return "\n".join(said)


def end_of(path):
    """The end of a log, or nothing."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return f"{os.path.basename(path)}: {file.read()[-TOLD // 2:]}"
    except OSError as error:
        return str(error)


def poll_until(what, look, bound_s=BOUND_S):
    """look() until it gives something true; every look asks another process, so none spins."""
    limit = time.monotonic() + bound_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > limit:
            raise AssertionError(f"not within {bound_s} s: {what}\n{testimony()}")


def end(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(BOUND_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(BOUND_S)


def hear_signals():
    """As a terminal starts a program; a job in the background of a script ignores Ctrl+C."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Visit:
    """One run of the program."""

    def __init__(self, arguments, environment, folder):
        self.events = []
        self.next = 0
        self.heard_at = time.monotonic()
        self.has_keyboard = "elsewhere"  # what it last said of it
        self.rest = b""
        with tempfile.TemporaryFile(dir=folder) as errors:
            self.errors = os.fdopen(os.dup(errors.fileno()), "rb")
            self.process = subprocess.Popen(
                [PROGRAM, "--events", "-", *map(str, arguments)], env=environment, cwd=folder,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                preexec_fn=hear_signals)
        witnesses.append(self)

    def read(self, timeout_s):
        """Takes in what the program has said; False at its end."""
        ready, _, _ = select.select([self.process.stdout], [], [], max(0, timeout_s))
        if not ready:
            return True
        more = os.read(self.process.stdout.fileno(), 65536)
        *lines, self.rest = (self.rest + more).split(b"\n")
        for event in map(json.loads, lines):
            self.events.append(event)
            self.has_keyboard = event.get("keyboard", self.has_keyboard)
        return bool(more)

    def expect(self, bound_s=BOUND_S, **fields):
        """The next event with these fields, after the last one expected."""
        limit = time.monotonic() + bound_s
        while True:
            while self.next < len(self.events):
                event = self.events[self.next]
                self.next += 1
                if all(event.get(name) == value for name, value in fields.items()):
                    self.heard_at = time.monotonic()
                    return event
            if time.monotonic() > limit or not self.read(limit - time.monotonic()):
                raise AssertionError(f"not heard within {bound_s} s: {fields}\n{testimony()}")

    def screen(self, name):
        """Until this screen is there and takes keys."""
        event = self.expect(screen=name)
        self.listen(self.heard_at + DEAF_S - time.monotonic())
        return event

    def listen(self, seconds):
        """Hears for so long what the program says, whatever it is."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and self.read(limit - time.monotonic()):
            pass

    def hear_until(self, look, bound_s):
        """Whether look() came true within this time."""
        limit = time.monotonic() + bound_s
        while not look():
            if time.monotonic() > limit or not self.read(limit - time.monotonic()):
                return look()
        return True

    def state(self, technique, state):
        return self.expect(technique=technique, state=state)

    def said(self):
        """Standard error so far, as lines, but for scripts that no font here has."""
        lines = os.pread(self.errors.fileno(), 1 << 20, 0).decode(errors="replace").splitlines()
        return [line for line in lines if "the letters of the script" not in line]

    def leave(self):
        """Its exit status, once it has ended by itself."""
        limit = time.monotonic() + BOUND_S
        while self.read(limit - time.monotonic()):
            if time.monotonic() > limit:
                raise AssertionError(f"does not end\n{testimony()}")
        return self.process.wait(BOUND_S)

    def tell(self):
        while self.process.poll() is None and select.select([self.process.stdout], [], [], 0)[0]:
            if not self.read(0):
                break
        return (f"the program: status {self.process.poll()}; expected so far {self.next} of "
                f"{len(self.events)}; heard: {self.events[-40:]}; said: {self.said()}")

    def close(self):
        if self in witnesses:
            witnesses.remove(self)
        end(self.process)
        self.process.stdout.close()
        self.errors.close()


class Case(unittest.TestCase):
    """A desktop for the whole class (make_desktop), a visit for each test."""

    desktop = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="lacrima-desktop-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        os.chmod(cls.folder, 0o755)
        cls.desktop = cls.make_desktop()
        cls.addClassCleanup(cls.desktop.close)
        witnesses.append(cls.desktop)
        cls.addClassCleanup(witnesses.remove, cls.desktop)

    def setUp(self):
        self.home = tempfile.mkdtemp(dir=self.folder)
        # "About you" has been left before: home is home at once.
        state = os.path.join(self.home, ".local", "state", "lacrima")
        os.makedirs(state, mode=0o700)
        with open(os.path.join(state, "about-you.ini"), "w", encoding="utf-8") as file:
            file.write("[care]\n")

    def environment(self):
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment.update(HOME=self.home, LC_ALL="C.UTF-8", SDL_AUDIODRIVER="dummy")
        environment.update(self.desktop.environment)
        return environment

    def start(self, *arguments, shown=True, **more):
        """The program, started and (shown) with the keyboard."""
        visit = Visit(arguments, {**self.environment(), **more}, self.home)
        self.addCleanup(visit.close)
        if shown:
            visit.expect(screen="technique" if arguments[:1] and arguments[0][0] != "-"
                         else "home")
            self.keyboard(visit)
        return visit

    def keyboard(self, visit):
        """Until the window has the keyboard, and a key is not taken for one held before: the program
        itself has heard of it, for on a busy machine it may hear late, and then both at once."""
        self.desktop.wait_for_keyboard()
        if not visit.hear_until(lambda: visit.has_keyboard == "here", BOUND_S):
            raise AssertionError(f"has not heard of the keyboard\n{testimony()}")
        visit.listen(LEAK_S)

    def at_home(self):
        """The program at home, taking keys."""
        visit = self.start("--palette", "night")
        visit.next = 0
        visit.screen("home")
        return visit

    def to_letter(self, visit):
        """From home to the page of a letter that is kept as a file."""
        self.desktop.key("9")
        visit.state("write", "settle")
        visit.listen(DEAF_S)
        self.desktop.key("space")
        visit.state("write", "fate")
        for key in ("Down", "Down", "space"):
            self.desktop.key(key)
        visit.state("write", "place")
        self.desktop.key("Return")
        visit.state("write", "page")

    def quit(self, visit):
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual((visit.leave(), visit.said()), (0, []))

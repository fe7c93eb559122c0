"""A whole visit asks the system for no socket that could leave the machine.

strace watches every call of the program and of what it starts; where nobody may trace, a filter in
the kernel ends whoever asks for such a socket.  Unix sockets are the desktop's own: the display, the
session's D-Bus, and nscd, which glibc asks for the user's name when Mesa looks for its cache."""

import ctypes
import json
import os
import platform
import re
import signal
import struct
import subprocess
import sys
import tempfile
import unittest

from run import BOUND_S, PROGRAM, SMALL, Case

# Every key and how long is waited for it: after a new screen the program takes none for 0.4 s.
AROUND = [(0.5, key) for key in (
    "F3", "Space", "F3", "F2", "F2", "G", "Space", "Space", "G", "H", "H", "D", "L", "C", "Space",
    "Space", "Return", "Space", "Escape", "Escape")]
IN_A_WAY = [(0.5, "Space")] + [(0.1, key) for key in (
    "Space", "Space", "Up", "Space", "Ctrl+C", "O", "Right", "M")]
CONFIG = "[people]\nAna = tel:+49 30 1234\n"

SYS_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, KILL = 0x7FFF0000, 0x80000000
ENDED = (-signal.SIGSYS, 128 + signal.SIGSYS)  # itself, or what a shell says of its child
LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER_AT, ARCHITECTURE_AT, FAMILY_AT = 0, 4, 16
AF_UNIX = 1


def end_who_leaves():
    """The kernel ends this process, or a child, when it asks for a socket that is not a Unix one."""
    architecture, number = SYS_SOCKET[platform.machine()]
    steps = [(LOAD, 0, 0, ARCHITECTURE_AT), (JUMP_EQUAL, 0, 4, architecture),
             (LOAD, 0, 0, NUMBER_AT), (JUMP_EQUAL, 0, 2, number),
             (LOAD, 0, 0, FAMILY_AT), (JUMP_EQUAL, 0, 1, AF_UNIX),
             (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if (libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or
            libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) != 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def may_trace():
    """Whether this process may trace its children, which some containers forbid."""
    return subprocess.run(["strace", "-o", os.devnull, "true"], check=False,
                          stdin=subprocess.DEVNULL, capture_output=True).returncode == 0


class Watched:
    """A command that runs with one of the two means of watching it."""

    def __init__(self, folder, command, environment, traced):
        self.log = os.path.join(folder, "strace.log") if traced else None
        before = ["strace", "-f", "-qq", "-e", "trace=network", "-o", self.log] if traced else []
        self.process = subprocess.Popen(
            [*before, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment, cwd=folder,
            preexec_fn=None if traced else end_who_leaves)

    def left(self):
        """What it asked for that could leave the machine; what it wrote is in said and failed."""
        self.said, self.failed = (text.decode() for text in self.process.communicate(timeout=BOUND_S))
        if not self.log:
            return ["a socket"] if self.process.returncode in ENDED else []
        with open(self.log, encoding="utf-8", errors="replace") as file:
            families = re.findall(r"\bsocket(?:pair)?\((\w+)", file.read())
        return sorted(set(families) - {"AF_UNIX"})


class NoNetwork(Case):
    def setUp(self):
        super().setUp()
        tools = self.path("tools")
        os.mkdir(tools)
        with open(os.path.join(tools, "xdg-open"), "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexit 0\n")
        os.chmod(os.path.join(tools, "xdg-open"), 0o755)
        self.tools = tools + ":" + os.environ["PATH"]

    def watch(self, command, traced, **more):
        watched = Watched(self.folder.name, command, self.environment(**more), traced)
        self.addCleanup(watched.process.kill)
        return watched

    def script(self):
        listed = [line.split("\t")[:2] for line in
                  self.lacrima("--list").stdout.decode().splitlines()]
        # The letter takes what is typed, digits too, so it comes last.
        ways = sorted(listed, key=lambda way: way[1] == "write")
        keys = AROUND + [step for key, _ in ways for step in [(0.5, key), *IN_A_WAY]]
        now, lines = 0.5, []
        for wait_s, key in [*keys, (0.5, "Ctrl+Q")]:
            now += wait_s
            lines.append(f"{now:.1f} key {key}\n")
        return self.path("script.txt", "".join(lines)), {name for _, name in ways}

    def begin(self, traced, **more):
        """A visit through every way and every card, by a person with a session of their own."""
        script, _ = self.script()
        session = tempfile.mkdtemp(dir=self.folder.name)
        return self.watch(
            [PROGRAM, "--config", self.path("people.ini", CONFIG), "--script", script, "--events",
             "-", "--seconds", "100", "--windowed", *SMALL], traced, PATH=self.tools,
            XDG_RUNTIME_DIR=session, SDL_AUDIODRIVER="dummy", **more)

    def check(self, visit):
        left = visit.left()
        self.assertEqual((left, visit.process.returncode, visit.failed), ([], 0, ""))
        events = [json.loads(line) for line in visit.said.splitlines()]
        self.assertLessEqual(self.script()[1], {event.get("technique") for event in events})
        self.assertLessEqual(
            {"about", "people", "ground", "keys", "curtain", "let-go", "landing", "quit"},
            {event.get("screen") for event in events})
        self.assertEqual([event["link"] for event in events if "link" in event], ["tel"])
        self.assertTrue(any("clipboard" in event for event in events))

    def display(self):
        """A screen of the test's own."""
        ready, given = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(given), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=[given])
        self.addCleanup(server.wait, BOUND_S)
        self.addCleanup(server.terminate)
        os.close(given)
        with os.fdopen(ready) as line:
            return ":" + line.readline().strip()

    def test_a_whole_visit(self):
        # Both at once, for they wait most of the time.
        visits = [self.begin(may_trace(), SDL_VIDEODRIVER="offscreen"),
                  self.begin(False, SDL_VIDEODRIVER="x11", DISPLAY=self.display())]
        for visit in visits:
            self.check(visit)

    def test_both_means_notice(self):
        for family, child in (("AF_INET", False), ("AF_INET6", False), ("AF_INET", True)):
            asks = [sys.executable, "-c", f"import socket; socket.socket(socket.{family})"]
            command = ["sh", "-c", '"$@"; exit $?', "sh", *asks] if child else asks
            for traced in {False, may_trace()}:
                with self.subTest(family=family, child=child, traced=traced):
                    self.assertNotEqual(self.watch(command, traced).left(), [])
        asks = [sys.executable, "-c", "import socket; socket.socket(socket.AF_UNIX)"]
        for traced in {False, may_trace()}:
            self.assertEqual(self.watch(asks, traced).left(), [])


if __name__ == "__main__":
    unittest.main()

"""A visit in real time, driven by a script, whose events are read as they come."""

import json
import os
import selectors
import subprocess
import time

from run import PROGRAM, SMALL

LIVE = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
# Nothing is waited for longer than this; a machine may stand still for a while.
PATIENCE_S = 120
LONGEST_S = "300"


class Visit:
    """The program in a case's home; `events` and `said` grow while it is read."""

    def __init__(self, case, lines, *arguments, before=(), env=None, name="script.txt", **popen):
        path = case.path(name, "".join(line + "\n" for line in lines))
        self.case = case
        self.events, self.said = [], []
        self.process = subprocess.Popen(
            [*before, PROGRAM, *arguments, "--script", path, "--events", "-", "--seconds",
             LONGEST_S, *SMALL],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=case.environment(**LIVE, **(env or {})), cwd=case.folder.name, **popen)
        self.selector = selectors.DefaultSelector()
        self.rest = {}
        for pipe, take in ((self.process.stdout, self.take_event), (self.process.stderr, self.take_said)):
            os.set_blocking(pipe.fileno(), False)
            self.selector.register(pipe, selectors.EVENT_READ, take)
            self.rest[pipe] = b""

    def take_said(self, line):
        # Which scripts have a font here is the machine's business.
        if "the letters of the script" not in line:
            self.said.append(line)

    def take_event(self, line):
        event = json.loads(line)
        event["heard"] = time.monotonic()
        self.events.append(event)

    def read(self, timeout):
        """Takes what comes within so many seconds; false once nothing can come any more."""
        for key, _ in self.selector.select(max(timeout, 0)):
            pipe, take = key.fileobj, key.data
            got = pipe.read()
            if not got:
                self.selector.unregister(pipe)
                continue
            *lines, self.rest[pipe] = (self.rest[pipe] + got).split(b"\n")
            for line in lines:
                take(line.decode())
        return bool(self.selector.get_map())

    def wait(self, what, found):
        """Waits until found() is true."""
        end = time.monotonic() + PATIENCE_S
        while not found():
            open_still = self.read(end - time.monotonic())
            if not found() and (not open_still or time.monotonic() >= end):
                self.case.fail(f"waited in vain for {what}: {self.events} {self.said}")

    def wait_until(self, moment):
        """Goes on until a moment of the monotonic clock, or until the program has ended."""
        while time.monotonic() < moment and self.read(moment - time.monotonic()):
            continue

    def find(self, **wanted):
        """The first event with these fields, or None."""
        return next((event for event in self.events
                     if wanted.items() <= event.items()), None)

    def kept(self):
        """Up to which time what was typed is on the disk, as far as it was said."""
        return max((event["until"] for event in self.events if event.get("letter") == "kept"),
                   default=0.0)

    def kill(self):
        """kill -9; takes what it had said until then."""
        self.killed = time.monotonic()
        self.process.kill()
        self.process.wait()
        while self.read(PATIENCE_S):
            continue
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.selector.close()
        self.process.stdout.close()
        self.process.stderr.close()

"""What the program's command-line tests share: running it with nothing of the caller's."""

import os
import subprocess
import sys
import tempfile
import unittest
import wave

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "lacrima"
KEPT = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH")
SMALL = ("--size", "160x120")
BOUND_S = 240


class Case(unittest.TestCase):
    """A test with a home of its own and no desktop."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.home = os.path.join(self.folder.name, "home")
        os.mkdir(self.home)
        self.addCleanup(self.folder.cleanup)

    def path(self, name, text=None):
        path = os.path.join(self.folder.name, name)
        if text is not None:
            with open(path, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def song(self, name, seconds=20):
        path = self.path(name)
        with wave.open(path, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(16000 * seconds))
        return path

    def environment(self, **more):
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment.update(HOME=self.home, LC_ALL="C.UTF-8", XDG_RUNTIME_DIR=self.folder.name)
        environment.update({k: v for k, v in more.items() if v is not None})
        for name in [k for k, v in more.items() if v is None]:
            environment.pop(name, None)
        return environment

    def lacrima(self, *arguments, status=0, env=None, before=()):
        done = subprocess.run(
            [*before, PROGRAM, *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment(**(env or {})), timeout=BOUND_S, cwd=self.folder.name)
        self.assertEqual(done.returncode, status, done.stderr.decode(errors="replace")[-2000:])
        return done

    def lines(self, done):
        """Standard error as lines; each must be one of ours."""
        lines = done.stderr.decode().splitlines()
        for line in lines:
            self.assertTrue(line.startswith("lacrima: "), line)
        return [line[len("lacrima: "):] for line in lines]

"""--export-letters and --data-dir: the passphrase, the files, the lines and the exit codes."""

import os
import pty
import select
import signal
import stat
import subprocess
import sys
import termios
import time
import unittest

from run import BOUND_S, PROGRAM, Case

MAKER = os.path.abspath(sys.argv.pop(1))
PASS = "a quiet passphrase"
TEXTS = ("Dear M,\nI never said it.\n", "Na\u00efve \u2014 and yet", "three")


class Letters(Case):
    def setUp(self):
        super().setUp()
        self.data = os.path.join(self.home, ".local", "share", "lacrima")
        self.out = self.path("out")

    def make(self, folder=None, *texts):
        subprocess.run([MAKER, folder or self.data, PASS, *(texts or TEXTS)], check=True,
                       env=self.environment())

    def export(self, line, *more, status=0):
        done = subprocess.run(
            [PROGRAM, "--export-letters", self.out, *more], input=line, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=self.environment(), timeout=BOUND_S, cwd=self.folder.name)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def written(self):
        texts = []
        for name in sorted(os.listdir(self.out)):
            self.assertRegex(name, r"\Aletter-\d{4}-\d\d-\d\d[-T\d]*\.txt\Z")
            path = os.path.join(self.out, name)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            with open(path, "rb") as file:
                texts.append(file.read().decode())
        return sorted(texts)

    def test_every_letter_becomes_a_file(self):
        self.make()
        before = os.umask(0)
        try:
            done = self.export(PASS.encode() + b"\n")
        finally:
            os.umask(before)
        self.assertEqual(done.stdout.decode(), f"3 letters are in {self.out} now\n")
        self.assertEqual(done.stderr, b"")
        self.assertEqual(self.written(), sorted(TEXTS))
        self.assertEqual(stat.S_IMODE(os.stat(self.out).st_mode), 0o700)

    def test_a_line_may_end_with_the_input(self):
        self.make(None, "one")
        done = self.export(PASS.encode())
        self.assertEqual(done.stdout.decode(), f"1 letter is in {self.out} now\n")

    def test_what_is_there_is_not_written_over(self):
        self.make()
        for _ in range(2):
            self.export(PASS.encode() + b"\n")
        self.assertEqual(self.written(), sorted(TEXTS * 2))

    def test_another_folder(self):
        other = self.path("elsewhere")
        self.make(other, "from elsewhere")
        self.export(PASS.encode() + b"\n", "--data-dir", other)
        self.assertEqual(self.written(), ["from elsewhere"])
        self.assertFalse(os.path.exists(self.data))

    def test_another_passphrase_writes_nothing(self):
        self.make()
        for line, what in (
            (b"another\n", "This passphrase does not open the letters. Nothing has changed."),
            (b"\n", "no passphrase was given"),
            (b"", "no passphrase was given"),
            (b"x" * 2000 + b"\n", "a passphrase has at most 1024 bytes"),
        ):
            done = self.export(line, status=1)
            self.assertEqual(self.lines(done), [what])
            self.assertEqual(done.stdout, b"")
            self.assertFalse(os.path.exists(self.out))

    def test_no_letters(self):
        done = self.export(PASS.encode() + b"\n", status=1)
        self.assertEqual(self.lines(done), [f"there are no letters in {self.data}"])
        self.assertFalse(os.path.exists(self.data))
        self.assertFalse(os.path.exists(self.out))

    def test_a_data_folder_in_a_file(self):
        folder = os.path.join(self.path("file", ""), "lacrima")
        done = self.export(b"", "--data-dir", folder, status=1)
        self.assertEqual(done.stderr.decode(), f"lacrima: {folder}: Not a directory\n")

    def test_a_folder_that_cannot_be_written(self):
        self.make()
        self.path("out", "a file")
        done = self.export(PASS.encode() + b"\n", status=1)
        lines = self.lines(done)
        self.assertEqual(len(lines), 1)
        self.assertTrue(lines[0].startswith(self.out + ": "), lines)
        with open(self.out, encoding="ascii") as file:
            self.assertEqual(file.read(), "a file")

    def test_a_stranger_is_set_aside(self):
        os.makedirs(self.data, 0o700)
        path = os.path.join(self.data, "letters.db")
        with open(path, "wb") as file:
            file.write(b"a shopping list\n" * 100)
        done = self.export(PASS.encode() + b"\n", status=1)
        self.assertEqual(len(self.lines(done)), 2)
        kept = [name for name in os.listdir(self.data) if name.startswith("letters-")]
        self.assertEqual(len(kept), 1)
        with open(os.path.join(self.data, kept[0]), "rb") as file:
            self.assertEqual(file.read(), b"a shopping list\n" * 100)

    def at_terminal(self, typed, expect):
        """Runs it at a terminal, types once it asks; (exit status, what the terminal showed)."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder.name)
            os.execve(PROGRAM, [PROGRAM, "--export-letters", self.out], self.environment())
        shown = b""
        asked = False
        end = time.monotonic() + BOUND_S
        while True:
            if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                os.close(terminal)
                self.fail(f"it neither goes on nor ends: {shown}")
            try:
                got = os.read(terminal, 4096)
            except OSError:  # the terminal's other end is closed
                got = b""
            if not got:
                break
            shown += got
            if not asked and b"Passphrase of the letters: " in shown:
                asked = True
                self.assertEqual(termios.tcgetattr(terminal)[3] & termios.ECHO, 0)
                os.write(terminal, typed)
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        self.assertTrue(asked, shown)
        self.assertIn(expect, shown)
        return os.waitstatus_to_exitcode(status), shown

    def test_at_a_terminal_nothing_is_shown(self):
        self.make()
        status, shown = self.at_terminal(PASS.encode() + b"\n", b"3 letters are in ")
        self.assertEqual(status, 0, shown)
        self.assertNotIn(PASS.encode(), shown)
        self.assertEqual(self.written(), sorted(TEXTS))

    def test_leaving_the_question(self):
        self.make()
        status, shown = self.at_terminal(b"half of it\x03", b"Passphrase")
        self.assertEqual(status, -signal.SIGINT, shown)
        self.assertNotIn(b"half of it", shown)
        self.assertFalse(os.path.exists(self.out))


if __name__ == "__main__":
    unittest.main()

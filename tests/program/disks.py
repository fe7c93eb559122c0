"""Disks that fail while a letter is typed in the running program: full, read-only, broken.

Each time: one clear line, the text still on its page, even if somebody wants to end the letter, and
on the disk as soon as it can be.  A limit on how large a file may grow makes every write an error,
for anybody; a folder is read-only for whoever owns it and has no right to pass over that; a small
tmpfs needs a mount, which a user namespace allows on many systems.  What took place is printed."""

import concurrent.futures
import glob
import os
import resource
import subprocess
import sys
import unittest

from live import PATIENCE_S, Visit
from run import BOUND_S, PROGRAM, Case

MAKER = os.path.abspath(sys.argv.pop(1))
AT_ONCE = 3
PASS = "a quiet passphrase"
OLDER = "An older one."
MEANWHILE = "; what you write is kept here meanwhile and saved as soon as it can be"
SAVED_NOW = "What you wrote is saved now."
TO_PAGE = {"fold": [(0.6, "key Down"), (1.0, "key Space"), (1.05, f'text "{PASS}"'),
                    (1.1, "key Return")],
           "file": [(0.6, "key Down"), (0.65, "key Down"), (1.0, "key Space"), (1.1, "key Return")]}
FIRST_S, END_S, LAST_S = 1.6, 4.5, 90.0
EVERY_S = 0.25
TRIES = 6
ROOT_LIKE_OTHERS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


class Broken:
    """No file may grow: every write is an error.  For anybody, root too."""

    before = ()
    there = True

    def __init__(self, home):
        self.home = home

    def break_it(self, visit):
        # The hard limit stays, so that it can be mended.
        resource.prlimit(visit.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def mend(self, visit):
        resource.prlimit(visit.process.pid, resource.RLIMIT_FSIZE,
                         (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def finish(self):
        pass


class ReadOnly(Broken):
    """Nothing may be made or changed in the folders."""

    before = ROOT_LIKE_OTHERS if os.getuid() == 0 else ()

    def __init__(self, home):
        super().__init__(home)
        self.there = subprocess.run([*self.before, PROGRAM, "--version"], stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL, check=False).returncode == 0

    def permit(self, mode):
        for path in (self.home, os.path.join(self.home, "data")):
            os.chmod(path, mode)

    def break_it(self, visit):
        self.permit(0o500)

    def mend(self, visit):
        self.permit(0o700)


class Full(Broken):
    """A tmpfs in a mount namespace, which a waiting process holds."""

    def __init__(self, home):
        super().__init__(home)
        flags = ["-m"] if os.getuid() == 0 else ["-r", "-m"]
        self.holder = subprocess.Popen(
            ["unshare", *flags, "sh", "-c",
             'mount -t tmpfs -o size=1m,mode=700 tmpfs "$1" && echo there && cat', "sh", home],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.there = self.holder.stdout.readline() == b"there\n"
        user = () if os.getuid() == 0 else ("-U", "--preserve-credentials")
        self.before = ("nsenter", *user, "-m", "-t", str(self.holder.pid))

    def sh(self, command):
        return subprocess.run([*self.before, "sh", "-c", command, "sh", self.home],
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=BOUND_S, check=False).returncode

    def break_it(self, visit):
        self.sh('cat /dev/zero > "$1/filler"')

    def mend(self, visit):
        self.sh('rm "$1/filler"')

    def finish(self):
        self.holder.stdin.close()
        self.holder.wait(PATIENCE_S)
        self.holder.stdout.close()


class Disks(Case):
    def script(self, fate, slow):
        """Pieces all the way, and an attempt to end the letter."""
        end = END_S * slow
        pieces, now = [], FIRST_S * slow
        while now < LAST_S:
            # While it is asked what becomes of the letter, nothing is typed.
            if not end - 0.01 < now < end + 0.7:
                pieces.append((round(now, 3), f"{len(pieces)} "))
            now += EVERY_S
        lines = [(t * slow, what) for t, what in [(0.5, "key Space"), *TO_PAGE[fate]]]
        lines += [(t, f'text "{piece}"') for t, piece in pieces]
        lines += [(end, "key Escape"), (end + 0.6, "key Space")]
        return pieces, [f"{t:.3f} {what}" for t, what in lines]

    def begin(self, disk, fate, name):
        """A letter of which the beginning is on the disk, before it fails; with that, and with it
        failing, before anybody ends the letter."""
        for attempt in range(TRIES):
            pieces, lines = self.script(fate, 2 ** attempt)
            visit = Visit(self, lines, "write", "--data-dir", os.path.join(disk.home, "data"),
                          before=disk.before, name=f"{name}.txt",
                          env={"HOME": disk.home, "XDG_RUNTIME_DIR": disk.home})
            self.addCleanup(visit.close)
            leaving = lambda: visit.find(state="leaving") or visit.find(screen="let-go")
            visit.wait("the first save", lambda: visit.kept() > 0 or leaving())
            disk.break_it(visit)
            visit.read(0)
            if not leaving():
                return visit, pieces
            disk.mend(visit)
            visit.kill()
            self.clear(disk)
        self.fail(f"no script is slow enough: {visit.events} {visit.said}")

    def clear(self, disk):
        run = [*disk.before, "sh", "-c", 'rm -f "$1"/letter-*', "sh", disk.home]
        subprocess.run(run, check=True, timeout=BOUND_S)
        self.make(disk)

    def make(self, disk):
        """One older letter and no other."""
        data = os.path.join(disk.home, "data")
        subprocess.run([*disk.before, "rm", "-rf", data], check=True, timeout=BOUND_S)
        subprocess.run([*disk.before, MAKER, data, PASS, OLDER], check=True, timeout=BOUND_S,
                       env=self.environment())

    def found(self, disk, fate):
        """Every letter that is there afterwards."""
        out = self.path(os.path.basename(disk.home) + "-out")
        done = subprocess.run(
            [*disk.before, PROGRAM, "--export-letters", out, "--data-dir",
             os.path.join(disk.home, "data")], input=PASS.encode() + b"\n",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=BOUND_S,
            env=self.environment(HOME=disk.home))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        texts = []
        for path in glob.glob(os.path.join(out, "*")):
            with open(path, encoding="utf-8") as file:
                texts.append(file.read())
        self.assertIn(OLDER, texts)
        texts.remove(OLDER)
        if fate == "file":
            listed = subprocess.run(
                [*disk.before, "sh", "-c", 'cd "$1" && ls -d letter-* && cat letter-*.txt', "sh",
                 disk.home], stdout=subprocess.PIPE, check=True, timeout=BOUND_S).stdout.decode()
            name, _, text = listed.partition("\n")
            self.assertRegex(name, r"\Aletter-[-\d]+\.txt\Z")
            texts.append(text)
        self.assertEqual(len(texts), 1, texts)
        return texts[0]

    def ours(self, visit):
        """What the program said; Mesa has its own lines where it has no folder for its cache."""
        return [line for line in visit.said if line.startswith("lacrima: ")]

    def check(self, kind, fate):
        name = f"{kind.__name__}-{fate}"
        home = self.path(name)
        os.mkdir(home)
        disk = kind(home)
        self.addCleanup(disk.finish)
        if not disk.there:
            return None
        self.make(disk)
        visit, pieces = self.begin(disk, fate, name)
        back = lambda: visit.find(state="page", cause="refused")
        visit.wait("the page, back again", back)
        visit.read(0)
        # Once as it failed, however often it was tried, and once more to whoever wanted to end it.
        lines = self.ours(visit)
        self.assertEqual(len(lines), 2, lines)
        self.assertTrue(lines[0].endswith(MEANWHILE), lines)
        reason = lines[0][:-len(MEANWHILE)]
        self.assertTrue(lines[1].startswith(reason), lines)
        self.assertLess(visit.kept(), back()["t"])
        disk.mend(visit)
        visit.wait("all of it on the disk", lambda: visit.kept() > back()["t"])
        visit.kill()
        self.assertEqual(self.ours(visit)[2:], ["lacrima: " + SAVED_NOW])
        until, text = visit.kept(), self.found(disk, fate)
        sure = "".join(piece for t, piece in pieces if t < until - 0.0015)
        every = "".join(piece for _, piece in pieces)
        self.assertTrue(text.startswith(sure) and every.startswith(text), (text, sure))
        return reason.rsplit(": ", 1)[1]

    def test_disks(self):
        ways = [(kind, fate) for kind in (Broken, ReadOnly, Full) for fate in ("fold", "file")]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            done = [pool.submit(self.check, *way) for way in ways]
            for (kind, fate), result in zip(ways, done):
                said = result.result() or "nobody may do that here"
                print(f"{kind.__name__}, {fate}: {said}", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()

"""kill -9 while a letter is typed: nothing older is lost, and of this one at most the last second.

The whole program, in real time, with a letter that is folded away or kept as a file.  It is killed
at a random moment and looked at afterwards with --export-letters.  What is found must be what was
typed, from the beginning, and must hold all that the program had said to be on the disk; that does
not depend on how fast the machine is.  How much of the last typing is missing does, so it is
printed, and judged only by how often something was kept in all the time that was typed: as often
as a machine several times slower than the promise allows still does it.

LACRIMA_KILLS kills (8), LACRIMA_KILLS_SEED; two at a time."""

import concurrent.futures
import glob
import os
import random
import statistics
import subprocess
import sys
import unittest

from live import Visit
from run import BOUND_S, PROGRAM, Case

MAKER = os.path.abspath(sys.argv.pop(1))
KILLS = int(os.environ.get("LACRIMA_KILLS", "8"))
SEED = int(os.environ.get("LACRIMA_KILLS_SEED", "20261125"))
AT_ONCE = 2
KILLS_A_HOME = 8
PASS = "a quiet passphrase"
OLDER = ("An older one.\nIt was there before.", "Another: na\u00efve \u2014 and whole.")
LONGEST_KILL_S = 3.6  # after the first word
LATE_S = 1.0          # the promise
SELDOM_S = 3.0        # and how seldom, over all, a slow machine may keep what is typed
TRIES = 6
WORDS = ("and", "then", "I", "never", "said", "caf\u00e9,", "the", "\u2014", "stairs.", "\u00fcber",
         "\u6d77", "rain", "e\u0301", "kept", "it", "\\n", "\\n\\n")


class Typed:
    """What will be typed and when, by the program's clock."""

    def __init__(self, chance, label, fate, slow):
        self.began = 1.6 * slow
        ways = {"fold": [(0.6, "key Down"), (1.0, "key Space"), (1.05, f'text "{PASS}"'),
                         (1.1, "key Return")],
                "file": [(0.6, "key Down"), (0.65, "key Down"), (1.0, "key Space"),
                         (1.1, "key Return")]}
        self.lines = [f"{t * slow:.3f} {what}" for t, what in [(0.5, "key Space"), *ways[fate]]]
        self.label = f"Letter {label}."
        self.pieces = [(self.began, self.label)]
        now = self.began
        while now < self.began + LONGEST_KILL_S + 4:
            # Words, sometimes a rush, and now and then a pause in which all of it can be kept.
            now += 1.1 if chance.random() < 0.03 else chance.choice((0.001, 0.03, 0.08, 0.12, 0.3))
            self.pieces.append((round(now, 3), " " + chance.choice(WORDS)))
        self.lines += [f'{t:.3f} text "{piece}"' for t, piece in self.pieces]

    def texts(self):
        """The letter after each piece, with the time of that piece."""
        text = ""
        for t, piece in self.pieces:
            text += piece.replace("\\n", "\n")
            yield t, text


class Found:
    """How far behind what was kept lay, over all kills."""

    def __init__(self):
        self.behind, self.lost = [], []
        self.kills, self.typed_s, self.left_over = 0, 0.0, 0


class Kills(Case):
    def make_home(self, name):
        home = self.path(name)
        os.mkdir(home)
        data = os.path.join(home, "data")
        subprocess.run([MAKER, data, PASS, *OLDER], check=True, env=self.environment())
        return home, data

    def start(self, chance, label, home, data, fate):
        """A visit at its page before anything is typed; a machine that is too late for the script
        is given a slower one."""
        for attempt in range(TRIES):
            typed = Typed(chance, label, fate, 2 ** attempt)
            visit = Visit(self, typed.lines, "write", "--data-dir", data,
                          env={"HOME": home, "XDG_RUNTIME_DIR": home},
                          name=f"{os.path.basename(home)}.txt")
            self.addCleanup(visit.close)
            page = lambda: visit.find(technique="write", state="page")
            visit.wait("the page", lambda: page() or visit.find(screen="let-go"))
            if page() and page()["t"] < typed.began:
                return visit, typed, page()
            visit.kill()
            for path in glob.glob(os.path.join(home, "letter-*")):
                if os.path.getsize(path) == 0:
                    os.remove(path)
        self.fail(f"no script is slow enough: {visit.events} {visit.said}")

    def kill(self, chance, label, home, data, fate, found):
        """One letter, typed and killed; what can have become of it, the longest last."""
        visit, typed, page = self.start(chance, label, home, data, fate)
        begins = page["heard"] + typed.began - page["t"]
        visit.wait_until(begins + chance.uniform(-0.2, LONGEST_KILL_S))
        self.assertIsNone(visit.process.poll(), visit.said)
        visit.kill()
        ended = page["t"] + visit.killed - page["heard"]
        self.assertEqual(visit.said, [])
        kept = [event for event in visit.events if event.get("letter") == "kept"]
        before = -1.0
        for event in kept:
            first = next((t for t, _ in typed.pieces if t > before), event["t"])
            found.behind.append(max(event["t"] - first, 0.0))
            before = event["until"]
        # Where the machine stood still, no more than the kill was to wait for.
        found.typed_s += min(max(ended - typed.began, 0.0), LONGEST_KILL_S)
        found.kills += 1
        return typed, visit.kept(), ended

    def check(self, text, typed, until, ended, found):
        """The text is one that was typed, not older than what was said to be kept."""
        states = [(0.0, ""), *typed.texts()]
        at = [i for i, (_, state) in enumerate(states) if state == text]
        self.assertTrue(at, f"not what was typed: {text!r} of {typed.pieces}")
        missing = states[at[0] + 1][0] if at[0] + 1 < len(states) else ended
        # Times are printed to the millisecond.
        self.assertGreater(missing, until - 0.0015,
                           f"kept until {until}, but {missing} is missing: {text!r}")
        found.lost.append(max(0.0, ended - missing))

    def exported(self, home, data, number):
        out = os.path.join(home, f"out{number}")
        done = subprocess.run(
            [PROGRAM, "--export-letters", out, "--data-dir", data], input=PASS.encode() + b"\n",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment(HOME=home),
            timeout=BOUND_S, cwd=home)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return self.texts(os.path.join(out, "*"))

    def texts(self, pattern):
        texts = []
        for path in sorted(glob.glob(pattern)):
            with open(path, "rb") as file:
                texts.append(file.read().decode())
        return texts

    def look(self, home, data, older, waiting, number, found):
        """Every older letter as it was, and of each new one what may have become of it."""
        letters = self.exported(home, data, number) + [
            text for text in self.texts(os.path.join(home, "letter-*.txt")) if text]
        for text in older:
            self.assertIn(text, letters, "an older letter is not what it was")
            letters.remove(text)
        for typed, until, ended in waiting:
            mine = [text for text in letters if text.startswith(typed.label)]
            self.assertLessEqual(len(mine), 1)
            self.check(mine[0] if mine else "", typed, until, ended, found)
            older += mine
            letters = [text for text in letters if text not in mine]
        self.assertEqual(letters, [], "a letter that nobody wrote")
        waiting.clear()

    def one_home(self, number, kills, found):
        chance = random.Random(f"{SEED} {number}")
        home, data = self.make_home(f"home{number}")
        older, waiting = list(OLDER), []
        for i in range(kills):
            fate = "file" if i % 4 == 3 else "fold"
            waiting.append(self.kill(chance, f"{number}-{i}", home, data, fate, found))
            # Sometimes it is the next visit that finds what the kill has left.
            if i + 1 == kills or chance.random() < 0.7:
                self.look(home, data, older, waiting, i, found)
        self.assertEqual([name for name in os.listdir(data) if name.startswith("letters-")], [])
        found.left_over += len(glob.glob(os.path.join(home, "letter-*.lacrima-*")))

    def test_kills(self):
        found = Found()
        homes = max(AT_ONCE, -(-KILLS // KILLS_A_HOME))
        shares = [KILLS // homes + (i < KILLS % homes) for i in range(homes)]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for done in [pool.submit(self.one_home, i, n, found) for i, n in enumerate(shares)]:
                done.result()
        lost, behind = sorted(found.lost), sorted(found.behind)
        print(f"{found.kills} kills, {len(lost)} letters looked at, every one a beginning of what "
              f"was typed; of the last typing is missing: half of the times at most "
              f"{statistics.median(lost):.2f} s, 99 of 100 {lost[len(lost) * 99 // 100]:.2f} s, at "
              f"most {lost[-1]:.2f} s; over a second: {sum(t > LATE_S for t in lost)} times.  Kept "
              f"{len(behind)} times in {found.typed_s:.0f} s of typing, so long after what was typed "
              f"first: half {statistics.median(behind or [0]):.2f} s, at most "
              f"{max(behind, default=0):.2f} s.  Unfinished files left beside a letter: "
              f"{found.left_over}.", file=sys.stderr)
        self.assertEqual(found.kills, KILLS)
        self.assertEqual(len(lost), KILLS)
        self.assertGreaterEqual(len(behind), int(found.typed_s / SELDOM_S))


if __name__ == "__main__":
    unittest.main()

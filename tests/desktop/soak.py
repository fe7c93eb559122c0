"""The long run: the real program on a desktop that does everything to it, for as long as wanted.

soak.py PROGRAM [--minutes M] [--seed N] [--memory]: keys, moves, resizes, displays off and on,
focus, stops and sound servers that come and go, all from one seed.  What is held to: every line of
--events keeps its time, no descriptor and no thread is left behind, the program ends by itself with
0 and has said nothing but what a person should know, and (--memory, for a build without sanitizers)
it holds no more memory at the end than once everything had been seen.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time

ARGUMENTS = argparse.ArgumentParser()
ARGUMENTS.add_argument("program")
ARGUMENTS.add_argument("--minutes", type=float, default=20.0)
ARGUMENTS.add_argument("--seed", type=int, default=int(time.time()))
ARGUMENTS.add_argument("--memory", action="store_true")
GIVEN = ARGUMENTS.parse_args()
sys.argv[1:] = [GIVEN.program]

# pylint: disable=wrong-import-position
import desk  # noqa: E402  takes the program from the command line
from desk import DEAF_S, KEPT, LEAK_S  # noqa: E402
from soak_hands import Hands, Screen  # noqa: E402
from soak_health import Health  # noqa: E402
from soak_heard import Heard  # noqa: E402
from soak_times import Times, tables  # noqa: E402
from sound import Sound  # noqa: E402

ANSWER_S = 120     # this machine may stand still
STEPS_HOME = 60    # keys until home is reached
LONG_MIN = 5       # a run that judges memory sees all there is before
LOOK_S = 60.0      # between two looks at what the process holds
PEACE_S = 4.0      # before a look: fades are over, and the sound rests
WARM_LOOKS = 5     # by then everything has been seen
GROWTH_KIB = 1024
SPARE = 4          # descriptors and threads that come and go with the sound device
EXPECTED = ("No sound device could be opened", "no voice: Speech Dispatcher",
            "No installed font has the character")  # of a country's own name, on a small system


class Soaked(Heard):
    """Knows besides what the screen and the window are."""

    def __init__(self, arguments, environment, folder):
        self.screen_now = None
        self.technique = None
        self.fullscreen = True
        super().__init__(arguments, environment, folder)

    def read(self, timeout_s):
        before = len(self.events)
        more = super().read(timeout_s)
        for event in self.events[before:]:
            if "screen" in event:
                self.screen_now = event["screen"]
            if "state" in event:
                self.technique = event["technique"]
            if event.get("setting") == "fullscreen":
                self.fullscreen = event["value"] == "on"
        return more


class Soak:
    def __init__(self, folder):
        self.folder = folder
        self.random = random.Random(GIVEN.seed)
        self.desktop = Screen(folder)
        self.sound = Sound(folder)
        self.hands = Hands(self.random, self.desktop, self.sound, folder)
        self.environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.environment.update(HOME=self.home(), LC_ALL="C.UTF-8", **self.sound.environment,
                                **self.desktop.environment)
        self.visit = None
        self.looks = []
        self.faults = []
        self.exact = self.sounds = self.visits = 0
        self.lateness = []
        self.table = tables(desk.PROGRAM, self.environment)

    def home(self):
        home = os.path.join(self.folder, "home")
        state = os.path.join(home, ".local", "state", "lacrima")
        os.makedirs(state, mode=0o700)
        with open(os.path.join(state, "about-you.ini"), "w", encoding="utf-8") as file:
            file.write("[care]\n")
        # V comes round to the voice, which would speak to whoever sits here.
        speech = os.path.join(home, ".config", "speech-dispatcher")
        os.makedirs(speech)
        with open(os.path.join(speech, "speechd.conf"), "w", encoding="utf-8") as file:
            file.write("DisableAutoSpawn\n")
        return home

    def begin(self):
        self.visits += 1
        self.visit = Soaked([], self.environment, self.folder)
        self.hands.begin(self.visit)
        self.visit.expect(ANSWER_S, screen="home")
        self.desktop.wait_for_keyboard()
        self.visit.hear_until(lambda: self.visit.has_keyboard == "here", ANSWER_S)
        self.visit.listen(LEAK_S)

    # The way home

    def press(self, *names):
        """Keys that change the screen or the state, and what is heard of it."""
        before = len(self.visit.events)
        self.desktop.keys(names)
        self.visit.hear_until(lambda: any(
            "screen" in e or "state" in e for e in self.visit.events[before:]), 10)

    def go_home(self):
        """By Esc, which at home would end the visit: so every answer is waited for."""
        for _ in range(STEPS_HOME):
            self.visit.listen(DEAF_S)
            if self.visit.process.poll() is not None or self.visit.screen_now in ("home", "quit"):
                return
            if self.visit.screen_now == "curtain":
                self.press("space", "space")
            elif self.visit.screen_now == "let-go":
                self.press("x", "Escape")
            else:
                self.press("Escape")
        raise AssertionError(f"no way home; heard: {self.visit.events[-12:]}")

    def look(self, minute):
        self.hands.restore()
        self.visit.listen(LEAK_S)
        self.go_home()
        self.hands.windowed(False)
        self.visit.listen(PEACE_S)
        if self.visit.screen_now == "home":
            self.looks.append(Health(self.visit.process.pid, minute))
            print(self.looks[-1], flush=True)

    # The end of a visit

    def leave(self):
        if self.visit.screen_now != "quit":
            self.hands.restore()
            self.visit.listen(LEAK_S)
            self.desktop.key("ctrl+q")
        self.visit.expect(ANSWER_S, screen="quit")
        self.judge(self.visit.leave())
        self.visit.close()

    def judge(self, status):
        visit = self.visit
        said = [line for line in visit.said() if not any(words in line for words in EXPECTED)]
        if status != 0 or said:
            self.faults.append(f"ended with {status}; said: {said[-40:]}")
        # The program's own zero lies between these two.
        latest = visit.heard[0]
        stops = [(since - latest - 0.1, until + 2) for since, until in self.hands.stops]
        times = Times(self.table, stops)
        for event, heard in zip(visit.events, visit.heard):
            times.take(event)
            if event["t"] > heard + 0.001:
                times.fault(f"from the future, heard at {heard:.3f}", event)
            if not times.stopped(heard, heard):
                self.lateness.append(heard - event["t"])
        self.faults += times.faults
        self.exact += times.exact
        self.sounds += times.sounds

    # The whole

    def run(self):
        self.begin()
        if GIVEN.minutes >= LONG_MIN:
            self.hands.long_tour()
            self.go_home()
        self.hands.tour()
        began = time.monotonic()
        next_look = 0.0
        while True:
            passed = time.monotonic() - began
            over = passed >= GIVEN.minutes * 60
            if passed >= next_look or over:
                self.look(passed / 60)
                next_look = passed + LOOK_S
            if over:
                break
            if self.visit.process.poll() is None and self.visit.screen_now != "quit":
                self.hands.something()
            else:
                # A way that ended by itself just as Esc was pressed: that was home, and is left.
                print("left by Esc at home; begun again", flush=True)
                self.leave()
                self.looks.clear()
                self.begin()
                self.hands.tour()
        self.leave()
        self.judge_health()
        self.report()

    def judge_health(self):
        if len(self.looks) < 2:
            print("too short to look twice")
            return
        warm = self.looks[:max(1, min(WARM_LOOKS, len(self.looks) // 2))]
        last = self.looks[-1]
        for what in ("descriptors", "threads"):
            most = max(len(getattr(look, what)) for look in warm)
            if len(getattr(last, what)) > most + SPARE:
                self.faults.append(f"{what} grew from {getattr(warm[-1], what)} to "
                                   f"{getattr(last, what)}")
        # The least of a few looks: what a driver holds for a while is no growth.
        rest = self.looks[len(warm):][-WARM_LOOKS:]
        before = min(look.memory["Pss_Anon"] for look in warm[-2:])  # the caches are full
        after = min(look.memory["Pss_Anon"] for look in rest)
        print(f"memory of its own: {before / 1024:.2f} MiB warm, {after / 1024:.2f} MiB at the "
              f"end: {(after - before) / 1024:+.2f} MiB")
        if GIVEN.memory and after - before > GROWTH_KIB:
            self.faults.append(f"{(after - before) / 1024:.2f} MiB more than when warm")
            self.faults += last.grown(warm[-1])

    def report(self):
        for what, count in sorted(self.hands.done.items()):
            print(f"{count:6d} {what}")
        late = sorted(self.lateness)
        # The least is the time that the start took.
        print(f"{len(late)} lines heard; later than the promptest by: half "
              f"{late[len(late) // 2] - late[0]:.3f} s, 99 % "
              f"{late[len(late) * 99 // 100] - late[0]:.3f} s, all {late[-1] - late[0]:.3f} s")
        print(f"{self.exact} states of their exact length, {self.sounds} sounds in time, "
              f"{self.visits} visit(s)")
        for fault in self.faults[:40]:
            print("FAULT", fault)

    def close(self):
        self.hands.close_other()
        if self.visit is not None and not self.visit.process.stdout.closed:
            print("ended:", self.visit.process.poll(), "heard:", self.visit.events[-5:])
            print("\n".join(self.visit.said()[-60:]))
            self.visit.process.kill()
            self.visit.process.wait()
        self.sound.close()
        self.desktop.close()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    print(f"seed {GIVEN.seed}, {GIVEN.minutes} minutes", flush=True)
    folder = tempfile.mkdtemp(prefix="lacrima-soak-")
    soak = Soak(folder)
    try:
        soak.run()
    finally:
        soak.close()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if soak.faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Whether the lines of --events keep their times: the lengths and sounds are those that --describe
prints, from the tables that run."""

import collections
import re
import subprocess

TECHNIQUES = ("stare", "breathe", "walk", "music", "move", "read", "shower", "talk", "write", "yawn")
NODE = re.compile(r'^  "([a-z-]+)" \[label="([^"]*)"\];$')
LENGTH = re.compile(r"^([0-9.]+) s$")
SOUND = re.compile(r"^\(([a-z-]+)\)$")

# What the tables leave to the pattern, in seconds.
BREATHS = {
    "six": {"in": 4, "out": 6},
    "coherent": {"in": 5.5, "out": 5.5},
    "box": {"in": 4, "hold-in": 4, "out": 4, "hold-out": 4},
    "long": {"in": 4, "out": 8},
    "sigh": {"in": 2, "top-up": 1, "out": 6},
}
# The clock of these is elapsed time: what lies over them does not stop it.
AWAY = {("walk", "lead"), ("walk", "away"), ("walk", "back"), ("shower", "water"),
        ("shower", "dry"), ("talk", "listen"), ("talk", "turned")}

TOLD = 8  # lines before the one that is not as it ought to be
ROUNDED_S = 0.0021  # two times, each rounded to a millisecond


def tables(program, environment):
    """(technique, state) -> (seconds or None, sound or None)."""
    found = {}
    for technique in TECHNIQUES:
        dot = subprocess.run([program, "--describe", technique], env=environment, check=True,
                             stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout
        for line in dot.splitlines():
            match = NODE.match(line)
            if match is None:
                continue
            notes = match[2].split("\\n")[1:]
            lengths = [float(m[1]) for m in map(LENGTH.match, notes) if m]
            sounds = [m[1] for m in map(SOUND.match, notes) if m]
            found[technique, match[1]] = (lengths[0] if lengths else None,
                                          sounds[0] if sounds else None)
    return found


class State:
    """The state that the program is in, and how long its clock has run."""

    def __init__(self, event, length):
        self.name = event["technique"], event["state"]
        self.began = event["t"]
        self.length = length
        self.stood = 0.0

    def ran(self, now, stands_since):
        standing = 0.0 if stands_since is None else now - stands_since
        return now - self.began - self.stood - standing


class Times:
    """Takes the lines in their order; what is not as it ought to be is in faults."""

    def __init__(self, table, stops=()):
        self.table = table
        self.stops = list(stops)  # (from, to) when the process was stopped, with some room
        self.faults = []
        self.recent = collections.deque(maxlen=TOLD)
        self.exact = 0   # states that lasted as long as their table says
        self.sounds = 0  # sounds that came with their state
        self.last = 0.0
        self.state = None
        self.stands_since = None
        self.pattern = self.breath = "six"
        self.usual_breath = True  # "about you" may take the holds away
        self.sounds_on = True
        self.due = []  # (time, sound) still to come

    def stopped(self, since, until):
        return any(a <= until and since <= b for a, b in self.stops)

    def fault(self, what, event):
        self.faults.append(f"{what}: {event}, after {[*self.recent]}")

    def take(self, event):
        self.look(event)
        self.recent.append(event)

    def look(self, event):
        now = event["t"]
        if now < self.last:
            self.fault(f"the time went back from {self.last}", event)
        self.last = now
        self.look_for_sounds(event, now)
        if "screen" in event:
            self.take_screen(event["screen"], now)
        elif "state" in event:
            self.take_state(event, now)
        elif "setting" in event:
            self.take_setting(event)
        self.look_at_length(event, now)

    def look_for_sounds(self, event, now):
        if "cue" in event:
            before = len(self.due)
            self.due = [d for d in self.due if d != (now, event["cue"])]
            self.sounds += before - len(self.due)
        for at, sound in self.due:
            if at < now:
                self.fault(f"no {sound} at {at}", event)
        self.due = [d for d in self.due if d[0] >= now]

    def take_screen(self, screen, now):
        runs = screen in ("technique", "landing")
        if runs and self.stands_since is not None:
            if self.state is not None:
                self.state.stood += now - self.stands_since
            self.stands_since = None
        elif not runs and self.stands_since is None:
            self.stands_since = now
        if screen in ("home", "landing"):
            self.state = None

    def take_setting(self, event):
        if event["setting"] == "breathe.pattern":
            self.pattern = event["value"]
        elif event["setting"].startswith("care."):
            self.usual_breath = False
        elif event["setting"] == "cues":
            self.sounds_on = event["value"] == "on"

    def take_state(self, event, now):
        before = self.state
        if event["cause"] == "time" and before is not None and before.length is not None:
            self.judge(event, now)
        if event["technique"] == "breathe" and event["state"] == "in":
            self.breath = self.pattern
        elif before is not None and before.name == ("breathe", "lead-in"):
            self.breath = None  # a person who leads begins with a breath out, however long
        length, sound = self.table.get((event["technique"], event["state"]), (None, None))
        if event["technique"] == "breathe" and length is None and self.usual_breath:
            length = BREATHS.get(self.breath, {}).get(event["state"])
        self.state = State(event, length)
        if self.stands_since is not None:
            self.stands_since = now
        if sound is not None and self.sounds_on and not self.stopped(now, now):
            self.due.append((now, sound))

    def judge(self, event, now):
        state = self.state
        ran = state.ran(now, self.stands_since)
        if state.name in AWAY:
            return
        if ran < state.length - ROUNDED_S:
            self.fault(f"{state.name} ended after {ran:.3f} s of {state.length}", event)
        elif self.stopped(state.began, now):
            return
        elif ran > state.length + ROUNDED_S:
            self.fault(f"{state.name} lasted {ran:.3f} s of {state.length}", event)
        else:
            self.exact += 1

    def look_at_length(self, event, now):
        """Nothing outlives its time, whatever is said meanwhile."""
        state = self.state
        if state is None or state.length is None or state.name in AWAY or self.stopped(
                state.began, now):
            return
        if state.ran(now, self.stands_since) > state.length + ROUNDED_S:
            self.fault(f"{state.name} goes on after {state.length} s", event)
            state.length = None

"""What a restless person and a restless desktop do: random, from one seed."""

import os
import signal
import subprocess

import x11
from desk import poll_until

DIGITS = list("1234567890")
LED = "122345678000"  # where most is timed, more often
LETTERS = list("aeirtnlosu")
PLAIN = [*DIGITS, "space", "space", "space", "space", "p", "p", "Return", "Left", "Right", "Right",
         "Up", "Down", "Tab", "shift+Tab", "m", "m", "n", "shift+n", "minus", "equal", "t", "v",
         "v", "l", "shift+l", "bracketleft", "bracketright", "x", "g", "F2", "c", "h", "F1", "F4",
         "BackSpace", "ctrl+Return", "ctrl+5", "ctrl+a", "ctrl+z", "ctrl+c", *LETTERS]
BURST_MAX = 12
SIZES = ((320, 200), (1000, 740))
OFF_S = 3.0
AFTER_KEYS_S = (0.2, 0.5, 1, 3)
BETWEEN_S = (0.5, 3, 7, 14)
RESTLESS_MAX = 3
TOUR_S = 0.5
SEEN_S = 2.3  # what was there leaves in the first second, and what comes is there after the next
TOUR_STATES = 8
TOUR_PIECES = 7
TARGETS = 3
BREATH_S = 10.0
PATIENCE_S = 120  # this machine may stand still
STOPS_S = (0.2, 1.0, 2.5, 4.0)  # a stop of more than 2 s pauses what a person is led through


class Screen(x11.Desktop):
    """Xvfb, whose only display can be switched off and be given another mode."""

    def __init__(self, folder):
        super().__init__(folder)
        self.ask("xrandr", "--newmode", "other", "38.25", "800", "832", "912", "1024", "600",
                 "603", "607", "624")
        self.ask("xrandr", "--addmode", "screen", "other")

    def switch(self, *how):
        # Xvfb takes the mode away and then complains that nothing is left.
        self.ask("xrandr", "--output", "screen", *how)

    def restore(self):
        self.switch("--mode", "%dx%d" % x11.SIZE)


class Hands:
    """Everything that is done to the program; each thing is one method that returns."""

    def __init__(self, random, desktop, sound, folder):
        self.random = random
        self.desktop = desktop
        self.sound = sound
        self.folder = folder
        self.other = None  # another program's window
        self.visit = None
        self.stops = []
        self.done = {}
        self.sound_ends_at = None

    def begin(self, visit):
        self.visit = visit
        self.stops = []

    def count(self, what):
        self.done[what] = self.done.get(what, 0) + 1

    # The keyboard

    def keys(self):
        names = self.random.choices(PLAIN, k=self.random.randint(1, BURST_MAX))
        self.count("bursts of keys")
        self.done["keys"] = self.done.get("keys", 0) + len(names)
        self.desktop.keys(names)

    def to_way(self, digit):
        """Where a letter is written digits are text, but with Ctrl."""
        self.desktop.key(("ctrl+" if self.visit.technique == "write" else "") + digit)

    def begin_a_way(self):
        """One of the ten, from its settle on into what comes next; nothing is pressed then."""
        self.count("ways begun")
        self.to_way(self.random.choice(LED))
        self.visit.listen(0.5)
        self.desktop.key(self.random.choice(["space", "Right"]))

    # The window

    def window(self):
        return self.desktop.ask("xdotool", "search", "--class", "^lacrima$").splitlines()[0]

    def windowed(self, wanted):
        """Full-screen or not: by the program's own key, and only its answer counts."""
        if self.visit.fullscreen != (not wanted):
            self.desktop.key("F11")
            self.visit.listen(0.5)

    def resize(self):
        self.count("resizes")
        self.windowed(True)
        (least, low), (most, high) = SIZES
        for _ in range(self.random.choice([1, 1, 8])):
            self.desktop.ask("xdotool", "windowsize", self.window(),
                             str(self.random.randint(least, most)),
                             str(self.random.randint(low, high)))

    def move(self):
        self.count("moves")
        self.windowed(True)
        for _ in range(self.random.choice([1, 5])):
            self.desktop.ask("xdotool", "windowmove", self.window(),
                             str(self.random.randint(-200, 600)),
                             str(self.random.randint(-100, 500)))

    def full(self):
        self.count("full-screens")
        self.windowed(False)

    def hide(self):
        self.count("hidings")
        self.desktop.hide()
        self.visit.listen(self.random.uniform(0.5, 6))
        self.desktop.unhide()

    def minimise(self):
        self.count("minimisings")
        self.desktop.ask("xdotool", "windowminimize", self.window())
        self.visit.listen(self.random.uniform(0.5, 3))
        self.desktop.ask("xdotool", "windowactivate", self.window())

    def focus(self):
        self.count("focus changes")
        if self.other is None:
            self.other = subprocess.Popen(
                ["xev"], env={"PATH": os.environ["PATH"], **self.desktop.environment},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.visit.listen(1)
        else:
            self.close_other()

    def close_other(self):
        if self.other is not None:
            self.other.kill()
            self.other.wait()
            self.other = None

    # The display

    def display_off(self):
        self.count("displays off and on")
        self.desktop.switch("--off")
        self.visit.listen(self.random.uniform(0.5, OFF_S))
        self.desktop.restore()

    def display_mode(self):
        self.count("changes of mode")
        self.desktop.switch("--mode", "other")
        self.visit.listen(self.random.uniform(0.5, OFF_S))
        self.desktop.restore()

    # The process and the sound server

    def stop(self):
        self.count("stops")
        process, visit = self.visit.process, self.visit
        since = visit.clock()
        process.send_signal(signal.SIGSTOP)
        visit.listen(self.random.choice(STOPS_S))
        process.send_signal(signal.SIGCONT)
        self.stops.append((since, visit.clock()))

    def end_sound(self):
        """The sound server goes, and comes back now or after something else has happened."""
        self.count("sound server restarts")
        self.sound.stop()
        self.visit.listen(self.random.choice([0.1, 1, 4]))
        if self.random.random() < 0.6:
            self.sound.start()

    def something(self):
        """Some keys, or a way that is led through while the desktop is restless."""
        if self.random.random() < 0.5:
            self.keys()
            self.visit.listen(self.random.choice(AFTER_KEYS_S))
            return
        self.begin_a_way()
        for _ in range(self.random.randint(1, RESTLESS_MAX)):
            self.visit.listen(self.random.choice(BETWEEN_S))
            if self.sound.process is None:
                self.sound.start()
            self.random.choices(
                (self.resize, self.move, self.full, self.hide, self.minimise, self.focus,
                 self.display_off, self.display_mode, self.stop, self.end_sound),
                (3, 3, 3, 2, 2, 2, 2, 2, 3, 3))[0]()
        self.visit.listen(self.random.choice(BETWEEN_S))

    def long_tour(self):
        """Every state of the ten, with its words and what is drawn, and every piece of music.

        Each shape has a shader program, made when it is first seen and kept from then on (about a
        megabyte in Mesa): one that was not seen here would later look like a leak.  So every state
        stays until its fade is over.
        """
        for digit in DIGITS:
            self.to_way(digit)
            self.visit.listen(SEEN_S)
            for _ in range(TOUR_STATES):
                self.desktop.key("Right")
                self.visit.listen(SEEN_S)
        self.targets()
        self.small()
        self.letter()
        self.to_way("4")
        self.visit.listen(TOUR_S)
        self.desktop.key("space")
        for _ in range(TOUR_PIECES):
            self.visit.listen(TOUR_S)
            self.desktop.key("n")

    def targets(self):
        """What there is to look at in the hold of the stare."""
        self.to_way("1")
        self.visit.listen(SEEN_S)
        self.desktop.key("Right")
        for _ in range(TARGETS):
            self.visit.listen(SEEN_S)
            self.desktop.key("x")
        self.visit.listen(SEEN_S)

    def small(self):
        """A breath beside a figure, where a disc and its ring share the few pixels they have."""
        self.windowed(True)
        self.desktop.ask("xdotool", "windowsize", self.window(), *map(str, SIZES[0]))
        self.to_way("5")
        self.visit.listen(SEEN_S)
        self.desktop.keys(["space", "Right"])
        self.visit.listen(BREATH_S)

    def letter(self):
        """A letter that is let go: its words glow as they leave."""
        self.to_way("9")
        for names in (["space"], ["space"], LETTERS, ["Escape"], ["space"]):
            self.visit.listen(SEEN_S)
            self.desktop.keys(names)
        self.visit.listen(SEEN_S)

    def tour(self):
        """Everything once, so that what is kept for the next time is there."""
        for digit in DIGITS:
            self.to_way(digit)
            self.visit.listen(TOUR_S)
            self.desktop.keys(["space", "m" if digit != "9" else "a"])
            self.visit.listen(TOUR_S)
        for name in ("g", "F2", "h", "Return", "c"):
            self.to_way("1")
            self.visit.listen(TOUR_S)
            self.desktop.key(name)
            self.visit.listen(TOUR_S)
            self.desktop.keys(["space", "space"])
            self.visit.listen(TOUR_S)
        self.resize()
        self.move()
        self.full()

    def restore(self):
        """The desktop as it was at first."""
        self.close_other()
        self.desktop.unhide()
        self.desktop.restore()
        self.sound.start()
        window = self.window()
        self.desktop.ask("xdotool", "windowmap", window, "windowactivate", window)
        poll_until("the keyboard",
                   lambda: self.desktop.ask("xdotool", "getwindowfocus") == window, PATIENCE_S)

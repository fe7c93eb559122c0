"""Scripts of what a person may do, and what the analyser says of the frames that come of it: for
flashes.py, which looks at a fixed few in every build, and for scripts/flashes and
scripts/flash-report, which look at all of them."""

import fcntl
import hashlib
import os
import random
import struct
import subprocess
import zlib

FPS = 60
PALETTES = ("night", "dusk", "sea", "ember", "high-contrast", "paper")
LIGHT = ("paper",)
# Every key that changes what is seen.
KEYS = ("Space", "Return", "Escape", "P", "Right", "Left", "Up", "Down", "Tab", "Shift+Tab", "M", "N",
        "T", "V", "-", "=", "L", "Shift+L", "[", "]", "X", "G", "F2", "F3", "C", "H")
# A screen takes no key so soon after it has appeared.
DEAF_S = 0.42
# Long enough for what leaves to leave and for what comes to come.
FADE_S = 2.2


# Drawn in software by one thread, which keeps its memory: the same pictures, in two thirds of the time.
QUICK = {"LP_NUM_THREADS": "0", "MALLOC_MMAP_THRESHOLD_": "268435456",
         "MALLOC_TRIM_THRESHOLD_": "268435456", "MALLOC_TOP_PAD_": "67108864"}
# A few frames in the pipe, so that neither end wakes for each part of one.
PIPE_BYTES = 1 << 20


def build_of(*paths):
    """What tells this build from another: the programs, and the files that they show."""
    found = hashlib.sha256()
    for path in paths:
        names = [path] if os.path.isfile(path) else sorted(
            os.path.join(folder, name) for folder, _, files in os.walk(path) for name in files)
        for name in names:
            with open(name, "rb") as file:
                found.update(hashlib.sha256(file.read()).digest())
    return found.hexdigest()[:12]


class Job:
    """One recording: what the program is called with and what is pressed."""

    def __init__(self, name, script, seconds, arguments=(), palette="night", size="480x270"):
        still = "--reduced-motion" in arguments and "-reduced" not in name
        self.name = name + ("-reduced" if still else "")
        self.script = sorted(((round(at, 3), what) for at, what in script), key=lambda line: line[0])
        self.seconds = seconds
        self.arguments = list(arguments)
        self.palette = palette
        self.size = size

    def scaled(self, scale):
        """The same with larger words."""
        if scale != 1:
            self.name += f"-x{scale:g}"
            self.arguments += ["--text-scale", f"{scale:g}"]
        return self

    def text(self):
        return "".join(f"{at:.3f} {what}\n" for at, what in self.script)

    def light(self):
        return self.palette in LIGHT or any(what in ("key L", "key Shift+L") for _, what in self.script)

    def resized(self):
        """Where frames change their size: at the first one that is not before the line."""
        sizes = []
        for at, what in self.script:
            if what.startswith("resize "):
                frame = int(-(-at * FPS // 1))
                sizes = [s for s in sizes if s[0] != frame] + [(frame, what.split()[1])]
        return sizes


def watch(job, program, analyser, folder, environment, plot=None, bound_s=600):
    """The analyser's status and words; None for a status where the program itself failed."""
    path = os.path.join(folder, f"{job.name}.keys")
    with open(path, "w", encoding="utf-8") as file:
        file.write(job.text())
    command = [program, *job.arguments, "--script", path, "--render", "-", "--size", job.size,
               "--fps", str(FPS), "--seconds", str(job.seconds), "--palette", job.palette]
    judge = [analyser, job.size, str(FPS)]
    judge += ["--light"] if job.light() else []
    judge += ["--plot", plot] if plot else []
    for frame, size in job.resized():
        judge += ["--resized", str(frame), size]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env={**QUICK, **environment}) as drawn:
        try:
            fcntl.fcntl(drawn.stdout, getattr(fcntl, "F_SETPIPE_SZ", 1031), PIPE_BYTES)
        except OSError:
            pass  # it works with a smaller one
        done = subprocess.run(judge, stdin=drawn.stdout, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=bound_s, check=False)
        drawn.stdout.close()
        said = drawn.stderr.read().decode(errors="replace")
    words = done.stdout.decode()
    if drawn.returncode != 0 or "frames" not in words:
        return None, said + words + done.stderr.decode(errors="replace")
    os.remove(path)
    return done.returncode, words


def figures(words):
    """The analyser's rows as numbers."""
    rows = (line.split("\t") for line in words.splitlines())
    return {row[0]: float(row[1]) for row in rows if row[0] != "fault"}


def ways(program, environment):
    """(digit, id, how many states) of every way."""
    listed = subprocess.run([program, "--list"], stdout=subprocess.PIPE, env=environment, check=True)
    rows = [line.split("\t") for line in listed.stdout.decode().splitlines()]
    found = []
    for digit, way, *_ in rows:
        told = subprocess.run([program, "--describe", way], stdout=subprocess.PIPE, env=environment,
                              check=True).stdout.decode()
        states = sum(1 for line in told.splitlines() if "[" in line and "->" not in line)
        found.append((digit, way, max(3, min(states, 9))))
    return found


def walk(way, states, palette, *arguments, step=FADE_S, size="480x270"):
    """From state to state, each as long as a fade and a little more, and out by let go."""
    script = [(2.0 + step * i, "key Right") for i in range(states)]
    end = 2.0 + step * states
    script += [(end, "key Return"), (end + 1.5, "key Space"), (end + 4.1, "key Escape")]
    name = f"walk-{way}-{palette}" + ("-reduced" if "--reduced-motion" in arguments else "")
    return Job(name, script, int(end + 8), [way, *arguments], palette, size)


def alone(way, palette, *arguments, seconds=75, size="480x270"):
    """Left to itself: every state in its own time."""
    name = f"alone-{way}-{palette}" + ("-reduced" if "--reduced-motion" in arguments else "")
    return Job(name, [(2.5, "key Space")], seconds, [way, *arguments], palette, size)


def mash(seed, palette, keys, *arguments, seconds=20, size="480x270"):
    """A hand that strikes keys faster than anything can fade."""
    chance = random.Random(seed)
    script = []
    at = 0.5
    while at < seconds - 1:
        script.append((at, "key " + chance.choice(keys)))
        at += chance.choice((0.03, 0.05, 0.1, 0.2, 0.45, 0.6, 1.1))
    return Job(f"mash-{seed}-{palette}", script, seconds, arguments, palette, size)


def two_keys(seed, palette, keys, *arguments, size="480x270"):
    """Two keys by turns, evenly, at each of the paces that a hand or a held key can have."""
    chance = random.Random(f"two {seed}")
    script = []
    at = 1.0
    for pace in (0.07, 0.21, 0.36, 0.52, 0.78, 1.03, 1.37):
        pair = chance.sample(keys, 2)
        for i in range(int(6 / pace)):
            script.append((at, "key " + pair[i % 2]))
            at += pace
    return Job(f"two-{seed}-{palette}", script, int(at + 3), arguments, palette, size)


def back_to(digit, at):
    """Keys that lead from anywhere to the settle of a way: out of the curtain, out of let go."""
    keys = ("C", "Space", "Space", "Return", "Escape", "Escape", "H", digit, "Ctrl+" + digit)
    script = []
    for key in keys:
        script.append((at, "key " + key))
        at += 0.05 if key == digit else DEAF_S + 0.05
    return script, at + FADE_S


def crossed(way, digit, states, key, seed, palette, *arguments, size="480x270"):
    """Every state of a way, left by this key at a random moment, and what lies over it as well."""
    chance = random.Random(f"crossed {way} {key} {seed}")
    script = []
    at = 2.4
    over = ("", "Return", "P", "H", "F3", "G", "F2")
    for state in range(states + len(over)):
        for _ in range(min(state, states)):
            script.append((at, "key Right"))
            at += 0.12
        lies = over[max(0, state - states)]
        if lies:
            at += DEAF_S
            script.append((at, "key " + lies))
            at += DEAF_S
        at += chance.uniform(0.02, 4.0)
        script.append((at, "key " + key))
        more, at = back_to(digit, at + FADE_S + chance.uniform(0.0, 0.6))
        script += more
    name = f"crossed-{way}-{key.replace('[', 'dim').replace(']', 'bright')}-{palette}"
    return Job(name, script, int(at + 1), [way, *arguments], palette, size)


def resizes(way, seed, palette, *arguments, size="480x270"):
    """Another display, and an edge that is dragged, in every state."""
    chance = random.Random(f"resizes {way} {seed}")
    script = []
    at = 2.0
    for _ in range(8):
        script.append((at, "key Right"))
        moment = at + chance.uniform(0.0, 3.0)
        script.append((moment, f"resize {chance.choice(('640x360', '400x240', '400x300', '480x270'))}"))
        at = moment + chance.uniform(0.3, 2.0)
    for i in range(30):
        at += 0.05
        script.append((at, f"resize {480 + 4 * i}x{270 + 2 * i}"))
    return Job(f"resizes-{way}-{palette}", script, int(at + 4), [way, *arguments], palette, size)


# What turns a whole page round, and back.
PAIRS = (("key Ctrl+A", "key Right"), ("key Ctrl+Z", "key Ctrl+Y"), ("key PageUp", "key PageDown"),
         ("key Shift+Up", "key Shift+Down"), ("key Ctrl+Home", "key Ctrl+End"),
         ("key Shift+PageUp", "key Shift+PageDown"), ('text "{words}"', "key Ctrl+Z"),
         ("key Ctrl+A", 'text "{words}"'), ("key Return", "key Backspace"))
PACES = (0.034, 0.11, 0.29, 0.55, 1.03)


def page(palette, *arguments, pairs=PAIRS, paces=PACES, size="480x270"):
    """A page that is written: selected, undone, pasted over and turned, at the paces of a hand and of a
    held key."""
    words = "I never told you how still it is, and the light in the hall is on until it is day. " * 30
    script = [(0.6, "key Space"), (1.8, "key Space"), (4.5, f'text "{words}"'), (7.0, f'text "{words}"')]
    at = 9.0
    for pair in pairs:
        for pace in paces:
            for i in range(max(3, int(2.2 / pace))):
                script.append((at, pair[i % 2].format(words=words)))
                at += pace
    return Job(f"page-{palette}", script, int(at + 3), ["write", *arguments], palette, size)


def photographs(folder):
    """The hardest there can be: white, black, a pure red, white."""
    os.makedirs(folder, exist_ok=True)
    for i, colour in enumerate((b"\xff\xff\xff", b"\0\0\0", b"\xff\0\0", b"\xff\xff\xff")):
        width, height = (800, 500) if i % 2 == 0 else (500, 800)
        rows = (b"\0" + colour * width) * height
        parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                 (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
        with open(os.path.join(folder, f"{i}.png"), "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            for name, body in parts:
                file.write(struct.pack(">I", len(body)) + name + body +
                           struct.pack(">I", zlib.crc32(name + body)))
    return folder


def turned(folder, palette, step, *arguments, size="480x270"):
    """Photographs turned as fast as they turn, left by every way that leaves, and come back to."""
    keys = ("Space", "Right", "Right", "Left", "Right", "P", "P", "N", "Space", "Right", "C",
            "Space", "Space", "Space", "H", "H", "Right", "Return", "Space", "Space", "Escape",
            "6", "Space", "Escape", "Escape")
    script = [(1.0 + step * i, "key " + key) for i, key in enumerate(keys)]
    return Job(f"photographs-{step}-{palette}", script, int(4 + step * len(keys)),
               ["read", "--photos", folder, *arguments], palette, size)

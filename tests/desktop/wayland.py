"""A desktop under sway without a screen: a keyboard and a pointer of our own, grim's eyes."""

import json
import os
import subprocess

from desk import BOUND_S, NOBODY, end, end_of, poll_until
from picture import Picture
from wayland_input import Owner, Seat

SIZE = (1280, 720)
CONFIG = """xwayland %s
default_border none
focus_follows_mouse no
output * resolution %dx%d
"""
XWAYLAND_SAYS = "xhost +local: && printenv DISPLAY > \"$XDG_RUNTIME_DIR/display\""

# A display that is none may take a full-screen window's memory as it is.  What it shows then is in no
# screenshot: wlroots (0.15) forgets what changed meanwhile, and takes an older picture for the present.
# No real display without a graphics card can do so either.
PUT_TOGETHER = ("-D", "noscanout")

# Sway would not start where another driver is loaded, which nothing here uses.
ANY_DRIVER = "--unsupported-gpu"


def as_nobody(command):
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]


class Sway:
    """One compositor; it refuses to run as root, so there it runs as nobody."""

    def __init__(self, folder, name, xwayland=False, **more):
        self.log = os.path.join(folder, name + ".log")
        self.runtime = os.path.join(folder, name)
        os.mkdir(self.runtime, 0o700)
        config = os.path.join(self.runtime, "config")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG % ("enable" if xwayland else "disable", *SIZE))
        command = ["sway", "-c", config, ANY_DRIVER, *PUT_TOGETHER]
        if os.geteuid() == 0:
            for path in (self.runtime, config):
                os.chown(path, NOBODY, NOBODY)
        environment = {"PATH": os.environ["PATH"], "HOME": self.runtime,
                       "XDG_RUNTIME_DIR": self.runtime, "WLR_RENDERER": "pixman",
                       "WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", **more}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(as_nobody(command), env=environment, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)
        self.environment = {
            "XDG_RUNTIME_DIR": self.runtime,
            "WAYLAND_DISPLAY": self.socket("wayland-"),
            "SWAYSOCK": os.path.join(self.runtime, self.socket("sway-ipc")),
        }
        poll_until("sway", lambda: self.outputs())

    def socket(self, prefix):
        def look():
            # The processor is left to sway between two looks.
            os.sched_yield()
            return [name for name in os.listdir(self.runtime)
                    if name.startswith(prefix) and not name.endswith(".lock")]
        return poll_until(prefix, look)[0]

    def ask(self, *command):
        done = subprocess.run(command, env={"PATH": os.environ["PATH"], **self.environment},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=BOUND_S)
        return done.stdout

    def message(self, *words):
        """What swaymsg answers, as values."""
        answer = self.ask("swaymsg", "-r", *words)
        return json.loads(answer) if answer else None

    def outputs(self):
        return [output["name"] for output in self.message("-t", "get_outputs") or []]

    def windows(self):
        """Every window, with its output's name."""
        found = []

        def walk(node, output):
            output = node["name"] if node["type"] == "output" else output
            if node.get("app_id") or node.get("window"):
                node["app_id"] = node["app_id"] or node["window_properties"].get("class")
                found.append({**node, "output": output})
            for child in node["nodes"] + node["floating_nodes"]:
                walk(child, output)
        walk(self.message("-t", "get_tree"), None)
        return found

    def tell(self):
        """Every display and window, and what the compositor said."""
        windows = [{name: window.get(name) for name in ("name", "output", "focused", "visible",
                                                        "fullscreen_mode", "rect")}
                   for window in self.windows()]
        return (f"sway: status {self.process.poll()}; {self.message('-t', 'get_outputs')}\n"
                f"{windows}\n{end_of(self.log)}")

    def run_beside(self, command):
        """Another program of the same user's, with this desktop."""
        environment = {"PATH": os.environ["PATH"], "HOME": self.runtime, **self.environment}
        return subprocess.Popen(as_nobody(command), env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def close(self):
        end(self.process)


class Desktop:
    size = SIZE

    def __init__(self, folder):
        self.folder = folder
        self.outer = None
        self.sway = Sway(folder, "sway")
        self.begin()

    def begin(self):
        self.environment = self.sway.environment
        self.socket = os.path.join(self.sway.runtime, self.environment["WAYLAND_DISPLAY"])
        self.seat = Seat(self.socket)
        self.owner = None  # of the clipboard

    def window(self):
        return poll_until("the window", lambda: [
            w for w in self.sway.windows() if w["app_id"] == "lacrima" and
            w["name"] in ("Lacrima", "Desktop")])[0]

    def title(self):
        return self.window()["name"]

    def wait_for_keyboard(self):
        poll_until("the keyboard", lambda: any(
            w["focused"] and w["app_id"] == "lacrima" for w in self.sway.windows()))

    def key(self, name):
        self.seat.key(name)

    def keys(self, names):
        self.seat.keys(names)

    def hold(self, name, down):
        self.seat.hold(name, down)

    def close_window(self):
        self.sway.message("[app_id=lacrima] kill")

    def hide(self):
        self.sway.message("workspace 2")

    def unhide(self):
        self.sway.message("workspace 1")

    def clipboard(self):
        return self.sway.ask("wl-paste", "--no-newline").decode(errors="replace")

    def hold_clipboard(self, text):
        """Another program has this to paste."""
        self.own_clipboard([text.encode()])

    def own_clipboard(self, parts, **how):
        """Another program has it, as wayland_input.Owner does."""
        self.let_go_of_clipboard()
        self.owner = Owner(self.socket, parts, **how)

    def let_go_of_clipboard(self):
        if self.owner:
            self.owner.close()
        self.owner = None

    def set_layout(self, layout):
        self.seat.set_layout(layout)

    def click(self, button):
        self.seat.move(300, 300, *SIZE)
        self.seat.click(button)

    def point(self, x, y):
        self.seat.move(x, y, *SIZE)

    def pointer_seen(self):
        """Over a field that has nothing else on it."""
        return not self.picture(pointer=True).plain()

    def button(self, name, down):
        self.seat.button(name, down)

    def wheel(self, steps):
        self.seat.wheel(steps)

    def tell(self):
        return self.sway.tell()

    def picture(self, output=None, pointer=False):
        output = output or self.sway.outputs()[0]
        more = ["-c"] if pointer else []
        shot = self.sway.ask("grim", *more, "-t", "ppm", "-o", output, "-")
        return Picture(shot)

    def close(self):
        self.let_go_of_clipboard()
        self.seat.close()
        self.sway.close()
        if self.outer:
            self.outer.close()


class Unpluggable(Desktop):
    """A desktop whose displays are windows on another, so that they can be pulled out.

    The headless displays of wlroots 0.15 cannot be disabled."""

    def __init__(self, folder, displays=2, xwayland=False):
        self.folder = folder
        self.outer = Sway(folder, "outer")
        socket = os.path.join(self.outer.runtime, self.outer.environment["WAYLAND_DISPLAY"])
        os.chmod(folder, 0o755)
        self.sway = Sway(folder, "inner", xwayland, WLR_BACKENDS="wayland",
                         WLR_WL_OUTPUTS=str(displays), WAYLAND_DISPLAY=socket)
        # Each begins with a size of its own and is then given its window's: only then are they
        # displays as a desktop has them.
        poll_until("displays side by side", lambda: self.sizes() == [
            (SIZE[0] // displays, SIZE[1])] * displays)
        self.begin()
        if xwayland:
            self.environment = {**self.environment, "DISPLAY": self.x_display(),
                                "SDL_VIDEODRIVER": "x11"}

    def x_display(self):
        """The X server's name, and that everybody here may come to it."""
        path = os.path.join(self.sway.runtime, "display")
        self.sway.message("exec " + XWAYLAND_SAYS)

        def look():
            os.sched_yield()
            try:
                with open(path, encoding="ascii") as file:
                    return file.read().strip()
            except FileNotFoundError:
                return None
        return poll_until("Xwayland", look)

    def sizes(self):
        return [(output["rect"]["width"], output["rect"]["height"])
                for output in self.sway.message("-t", "get_outputs") or []]

    def unplug(self, output):
        self.outer.message(f'[title="{output}"] kill')
        poll_until("unplugged", lambda: output not in self.sway.outputs())

    def plug(self):
        before = set(self.sway.outputs())
        self.sway.message("create_output")
        return poll_until("plugged", lambda: set(self.sway.outputs()) - before).pop()

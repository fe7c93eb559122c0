"""What other programs take for a picture of the same kind: a circle that breathes in a web page, and
an OpenGL saver.  Neither is installed by scripts/deps.sh."""

import os
import shutil
import time

import stage
import table

WARM_S = 4.0
SECONDS = 5.0
SAVERS = ("/usr/libexec/xscreensaver", "/usr/lib/xscreensaver", "/usr/lib/misc/xscreensaver")
SAVER = "geodesic"
PAGE = """<!DOCTYPE html><title>breath</title><style>
body { margin: 0; background: #14100d; overflow: hidden }
div { position: fixed; left: 50%; top: 48%; width: 32vmin; height: 32vmin; margin: -16vmin;
      border-radius: 50%; background: #3a2d24; animation: breath 10s ease-in-out infinite }
@keyframes breath { 0%, 100% { transform: scale(.3) } 40% { transform: scale(1) } }
</style><div></div>
"""


def saver():
    return next((path for path in (os.path.join(folder, SAVER) for folder in SAVERS)
                 if os.path.exists(path)), None)


def chromium(world, program):
    return [program, "--no-sandbox", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--password-store=basic",
            f"--user-data-dir={world.folder}/chromium", "--use-gl=angle",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--kiosk",
            "--window-position=0,0", "--window-size=%d,%d" % world.size,
            "file://" + world.write("breath.html", PAGE)]


def run(world, command):
    group = stage.Group(command, world.environment)
    try:
        time.sleep(WARM_S)
        begin, cpu = time.monotonic(), group.cpu_ns()
        time.sleep(SECONDS)
        if group.process.poll() is not None:
            return None
        return {"cpu_ms": (group.cpu_ns() - cpu) / 1e6, "seconds": time.monotonic() - begin,
                "pss": group.mib("Pss")}
    finally:
        group.end()


def beside(world, name, command, ours):
    theirs = run(world, command) if command else None
    if theirs is None:
        table.without(f"breathe beside {name}", "not there" if command else "not installed")
        return
    table.compare(f"breathe beside {name}, a second", [stage.per_second(run) for run in ours],
                  [stage.per_second(theirs)] * len(ours), "ms")
    table.compare(f"breathe beside {name}, memory", [run["pss"] for run in ours],
                  [theirs["pss"]] * len(ours), "MiB")


def measure(world, ours):
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    beside(world, "a page in Chromium", chromium(world, browser) if browser else None, ours)
    other = saver()
    size = "%dx%d" % world.size
    beside(world, f"xscreensaver's {SAVER}", [other, "-geometry", size] if other else None, ours)

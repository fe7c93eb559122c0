"""What a process holds: memory, descriptors, threads; from /proc."""

import os
import re

KIB_FIELDS = ("Pss", "Pss_Anon", "Private_Dirty", "Rss")
MAPPING = re.compile(r"([0-9a-f]+)-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)")


def memory_kib(pid):
    found = {}
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            name, _, rest = line.partition(":")
            if name in KIB_FIELDS:
                found[name] = int(rest.split()[0])
    return found


def mappings_kib(pid):
    """Memory of its own, by where it lies: (address, what the kernel calls it)."""
    found = {}
    at = None
    with open(f"/proc/{pid}/smaps", encoding="utf-8") as file:
        for line in file:
            match = MAPPING.match(line)
            if match:
                at = match[1], match[2].strip()
            elif line.startswith("Anonymous:"):
                found[at] = int(line.split()[1])
    return found


def descriptors(pid):
    """Where each descriptor leads; numbers of sockets and the like are left out."""
    found = []
    for number in os.listdir(f"/proc/{pid}/fd"):
        try:
            found.append(os.readlink(f"/proc/{pid}/fd/{number}").split(":[")[0])
        except FileNotFoundError:
            pass
    return sorted(found)


def threads(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/comm", encoding="utf-8") as file:
                found.append(file.read().strip())
        except (FileNotFoundError, ProcessLookupError):
            pass
    return sorted(found)


class Health:
    """One look, always from the same place: at home, in a window of the same size, in peace."""

    def __init__(self, pid, minute):
        self.minute = minute
        self.memory = memory_kib(pid)
        self.mappings = mappings_kib(pid)
        self.descriptors = descriptors(pid)
        self.threads = threads(pid)

    def grown(self, before, most=8):
        """Where it holds more than before, as lines."""
        more = {at: kib - before.mappings.get(at, 0) for at, kib in self.mappings.items()}
        return [f"{kib:+d} KiB at {address} {name or 'without a name'}"
                for (address, name), kib in sorted(more.items(), key=lambda m: -m[1])[:most]
                if kib > 0]

    def __str__(self):
        memory = " ".join(f"{name} {kib / 1024:.2f}" for name, kib in self.memory.items())
        return (f"minute {self.minute:5.1f}: {memory} MiB, {len(self.descriptors)} descriptors, "
                f"{len(self.threads)} threads")

"""What the memory of a process holds, looked at from outside."""

from collections import Counter

WIDTHS = ("utf-8", "utf-16-le", "utf-32-le")
INKED = bytes([0] + [1] * 255)  # of a byte of coverage: whether there is any


def ink(picture):
    """Of a page that says the same in each line: which pixels have ink in the fullest of the rows that
    come again, so that the cursor is in none; as bytes of 0 and 1, from the first to the last.  A line's
    texture has a byte for each pixel, zero for none."""
    width, height = picture.size
    field = picture.field()
    rows = Counter()
    for y in range(height * 6 // 100, height * 8 // 10):
        at = 3 * width * y
        row = picture.data[at:at + 3 * width]
        rows[bytes(tuple(row[x:x + 3]) != field for x in range(0, 3 * width, 3)).strip(b"\0")] += 1
    return max((row for row, times in rows.items() if times > 1), key=sum, default=b"")


class Held:
    """Words and a line's ink, to be looked for in a process."""

    def __init__(self, pid, words):
        self.pid = pid
        self.words = {name: [word.encode(width) for width in WIDTHS] for name, word in words.items()}
        self.drawn = None
        self.where = []

    def regions(self):
        with open(f"/proc/{self.pid}/maps", encoding="utf-8") as maps:
            lines = [line.split() for line in maps]
        # What is only read of a file is not written; the kernel's own cannot be read.
        return [fields for fields in lines
                if fields[1][0] == "r" and (fields[1][1] == "w" or len(fields) <= 5)]

    def may_look(self):
        """Sanitizers hold what was freed, and their own memory is endless; a process with an open letter
        shows its memory to root alone."""
        try:
            with open(f"/proc/{self.pid}/maps", encoding="utf-8") as maps, \
                    open(f"/proc/{self.pid}/mem", "rb", buffering=0):
                return "libasan" not in maps.read()
        except PermissionError:
            return False

    @staticmethod
    def read(memory, fields):
        begin, end = (int(number, 16) for number in fields[0].split("-"))
        parts = []
        try:
            memory.seek(begin)
            while begin < end:
                parts.append(memory.read(end - begin))
                if not parts[-1]:
                    break
                begin += len(parts[-1])
        except OSError:
            pass
        return b"".join(parts)

    def tell(self):
        return f"held: {self.where}"

    def names(self):
        """Which of them are held; tell() says where."""
        found = set()
        self.where = []
        with open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:
            for fields in self.regions():
                data = self.read(memory, fields)
                here = {name for name, parts in self.words.items() if any(part in data for part in parts)}
                if self.drawn and self.drawn in data.translate(INKED):
                    here.add("drawn")
                if here:
                    self.where.append((sorted(here), " ".join(fields)))
                found |= here
        return found

    def strays(self):
        """The words last found in the heap, where libraries have their own.  What SDL read a part of a
        paste into on the stack is not counted: the next frames that are drawn lie over it."""
        return {name for here, place in self.where for name in here
                if name in self.words and place.endswith("[heap]")}

"""A picture of the screen: binary PPM, and the few questions the tests ask of it."""


DITHER = 2
POINTER = 700  # pixels: an arrow is smaller, a word is larger


class Picture:
    def __init__(self, ppm):
        # P6, width, height and the highest value, each after white space; no comments are made
        # by the two programs that take the pictures.
        kind, width, height, highest = ppm[:64].split(maxsplit=4)[:4]
        if kind != b"P6" or highest != b"255":
            raise ValueError("not a PPM of bytes: %r" % ppm[:32])
        self.size = int(width), int(height)
        self.data = ppm[len(ppm) - 3 * self.size[0] * self.size[1]:]

    def pixel(self, x, y):
        at = 3 * (y * self.size[0] + x)
        return tuple(self.data[at:at + 3])

    def field(self):
        """The colour of the field: of a corner that holds no text."""
        return self.pixel(3, 3)

    def odd(self):
        """How many pixels are not the field's, but for its dither."""
        most = 0
        for channel, value in enumerate(self.field()):
            values = self.data[channel::3]
            near = range(max(0, value - DITHER), min(255, value + DITHER) + 1)
            most = max(most, len(values) - sum(values.count(v) for v in near))
        return most

    def plain(self, pointer=False):
        """One colour from edge to edge, but perhaps for the desktop's pointer."""
        return self.odd() <= (POINTER if pointer else 0)

    def differ(self, other):
        """How many pixels are clearly not the same, by their green."""
        if self.size != other.size:
            return self.size[0] * self.size[1]
        return sum(abs(a - b) > 8 for a, b in zip(self.data[1::3], other.data[1::3]))

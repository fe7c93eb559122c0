"""A folder of 50,000 files that takes as long to be read as the test wants (gate.c): until then the
first frame is drawn, keys are answered, and one quiet line says what is waited for."""

import os
import struct
import sys
import unittest
import zlib

GATE = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "gate"

from live import Visit
from run import BOUND_S, Case

MANY = 50000  # a file system may refuse more than 65,000 names of one file
LINE = "lacrima: A folder is being read. Everything else goes on meanwhile."


def picture():
    """A PNG of one grey pixel."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))


class Folders(Case):
    def folder_of(self, name, first, ending):
        """Many names of one file."""
        folder = self.path(name)
        os.mkdir(folder)
        for i in range(MANY):
            os.link(first, os.path.join(folder, f"{i}.{ending}"))
        return folder

    def visit(self, way, option, folder, opened):
        gate = self.path("gate")
        os.mkfifo(gate)
        visit = Visit(self, ["1 key Space", "2 key L"], way, option, folder, "--log-level", "debug",
                      env={"LD_PRELOAD": GATE, "LACRIMA_FOLDER": opened, "LACRIMA_GATE": gate})
        self.addCleanup(visit.close)
        visit.wait("the first frame", lambda: any("first frame at" in line for line in visit.said))
        visit.wait("a key", lambda: visit.find(setting="palette") is not None)
        visit.wait("the line", lambda: LINE in visit.said)
        return visit, gate

    def open_gate(self, gate):
        with open(gate, "wb") as pipe:
            pipe.write(b"x")

    def end(self, visit):
        visit.process.terminate()
        visit.wait("its end", lambda: visit.find(screen="quit") is not None)
        self.assertEqual(visit.process.wait(BOUND_S), 0)
        self.assertEqual(visit.said.count(LINE), 1)

    def test_of_songs(self):
        folder = self.folder_of("songs", self.song("a.wav"), "wav")
        visit, gate = self.visit("music", "--music", folder, folder)
        self.assertIsNone(visit.find(music="play", track="0"))
        self.open_gate(gate)
        visit.wait("the first in order", lambda: visit.find(track="0") is not None)
        self.end(visit)

    def test_of_photographs(self):
        folder = self.folder_of("photos", self.path("a.png", picture()), "png")
        # Without its last slash it is opened to see that there is a picture in it.
        visit, gate = self.visit("read", "--photos", folder, folder + "/")
        self.assertIsNotNone(visit.find(state="photo"))
        self.open_gate(gate)
        self.end(visit)


if __name__ == "__main__":
    unittest.main()

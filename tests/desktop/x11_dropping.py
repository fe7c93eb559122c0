"""What is dragged onto the window from another program (dropper.c): each thing joins what it belongs
to, or one line says why it does not."""

import os
import struct
import subprocess
import sys
import unittest
import urllib.parse
import wave
import zlib

DROPPER = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "dropper"

import x11
from desk import DEAF_S, Case, poll_until

LINE_BOUND_S = 120
LOOK_S = 0.05  # between two looks at what was said
FILES = "text/uri-list"


def picture():
    """A PNG of one grey pixel."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))


class Dropping(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def path(self, name, data=b"words\n"):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def song(self, name):
        path = self.path(name)
        with wave.open(path, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(2 * 8000 * 30))
        return path

    def at_home(self):
        visit = self.start("--palette", "night", "--log-level", "info")
        visit.next = 0
        visit.screen("home")
        return visit

    def drop(self, data, kind=FILES):
        done = subprocess.run(
            [DROPPER, str(self.desktop.size[0] // 2), str(self.desktop.size[1] // 2), kind],
            input=data, env={"PATH": os.environ["PATH"], **self.desktop.environment},
            capture_output=True, timeout=LINE_BOUND_S, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode().strip()

    def drop_paths(self, *paths):
        lines = [b"file://" + urllib.parse.quote(path).encode() for path in paths]
        self.assertEqual(self.drop(b"".join(line + b"\r\n" for line in lines)), "dropped")

    def lines(self, visit):
        return [line.removeprefix("lacrima: ") for line in visit.said()
                if not line.startswith("lacrima: OpenGL")]

    def said(self, visit, *lines):
        """Until it has said these, one after the other, since it was asked last."""
        def look():
            visit.listen(LOOK_S)
            return len(self.lines(visit)) >= self.heard + len(lines)
        try:
            poll_until("lines", look, LINE_BOUND_S)
        finally:
            self.assertEqual(self.lines(visit)[self.heard:], list(lines))
        self.heard += len(lines)

    def setUp(self):
        super().setUp()
        self.heard = 0

    def leave(self, visit):
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)
        self.assertEqual(len(self.lines(visit)), self.heard, self.lines(visit))

    def begin(self, visit, key, technique, state):
        self.desktop.key(key)
        visit.state(technique, "settle")
        visit.listen(DEAF_S)
        self.desktop.key("space")
        visit.state(technique, state)
        visit.listen(DEAF_S)

    def test_a_text_is_read_next_and_a_song_is_heard(self):
        visit = self.at_home()
        before = self.desktop.picture()
        self.drop_paths(self.path("of a r\u00eever.txt", b"A river is patient.\n"))
        self.said(visit, "Added to what can be read: of a r\u00eever.txt")
        poll_until("the line is seen", lambda: self.desktop.picture().differ(before) > 50,
                   LINE_BOUND_S)
        self.drop_paths(self.song("songs/of rain.wav"), self.song("songs/of wind.wav"))
        self.said(visit, "Added to the music: of rain.wav, and what came with it")
        self.begin(visit, "6", "read", "page")
        # Of all there is to read only this ends with its first page.
        self.desktop.key("Right")
        visit.state("read", "close")
        self.begin(visit, "4", "music", "listen")
        visit.expect(bound_s=LINE_BOUND_S, music="play", track="of rain")
        self.leave(visit)

    def test_a_folder_is_what_lies_in_it(self):
        visit = self.at_home()
        self.song("by them/a record/of snow.wav")
        self.path("by them/a record/cover.png", picture())
        self.drop_paths(os.path.join(self.home, "by them"))
        self.said(visit, "Added to the music: by them")
        self.drop_paths(os.path.join(self.home, "by them", "a record") + "/")
        self.said(visit, "Added to the music: a record")
        self.begin(visit, "4", "music", "listen")
        visit.expect(bound_s=LINE_BOUND_S, music="play", track="of snow")
        self.path("a summer/01.png", picture())
        self.drop_paths(os.path.join(self.home, "a summer"))
        self.said(visit, "Added to the photographs: a summer")
        self.begin(visit, "6", "read", "photo")
        self.leave(visit)

    def test_what_is_chosen_now_gives_place_to_it(self):
        visit = self.at_home()
        self.desktop.key("6")
        visit.state("read", "settle")
        self.drop_paths(self.path("note", b"It is enough.\n"))
        self.said(visit, "Added to what can be read: note")
        self.desktop.key("space")
        visit.state("read", "page")
        visit.listen(DEAF_S)
        self.desktop.key("Right")
        visit.state("read", "close")
        self.leave(visit)

    def test_what_is_nothing_of_the_kind_is_said(self):
        visit = self.at_home()
        odd = self.path("odd.zip", b"PK\x03\x04" + bytes(range(256)))
        self.drop_paths(odd)
        self.said(visit, odd + ": is no music, text, picture or film that can be opened")
        empty = self.path("empty.txt", b"")
        self.drop_paths(empty)
        self.said(visit, empty + ": is empty")
        gone = os.path.join(self.home, "gone.ogg")
        self.drop_paths(gone)
        self.said(visit, gone + ": cannot be read: No such file or directory")
        folder = os.path.dirname(self.path("papers/invoice.zip", b"PK\x03\x04" + bytes(range(256))))
        self.drop_paths(folder)
        self.said(visit, folder + ": there is neither music nor a picture in it")
        pipe = os.path.join(self.home, "pipe.txt")
        os.mkfifo(pipe)
        self.drop_paths(pipe)
        self.said(visit, pipe + ": is not a file that can be read")
        self.drop_paths("/" + "x" * 5000)
        self.said(visit, "What was dropped has too long a path to be opened.")
        self.assertEqual(self.drop(b"https://example.org/a.ogg\r\n"), "dropped")
        self.said(visit, "What was dropped is no file on this computer.")
        self.assertEqual(self.drop(b"some words\r\nand more", "text/plain"), "dropped")
        self.said(visit, "Only files and folders can be dropped here. In a letter, Ctrl+V takes "
                  "what was copied.")
        self.leave(visit)


if __name__ == "__main__":
    unittest.main()

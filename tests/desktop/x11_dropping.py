"""What is dragged onto the window from another program (dropper.c): each thing is put on the shelf and
opened, or one line says why it is not."""

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
TIMES = 5


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

    def shelf(self):
        path = os.path.join(self.home, ".local/share/lacrima/shelf.ini")
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8") as file:
            return file.read()

    def sections(self):
        """The shelf without its comments."""
        return "".join(line for line in self.shelf().splitlines(keepends=True)
                       if not line.startswith("#"))

    def go_home(self, visit):
        self.desktop.key("Escape")
        visit.screen("landing")
        visit.listen(DEAF_S)
        self.desktop.key("Escape")
        visit.screen("home")
        visit.listen(DEAF_S)

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

    def go_on(self, visit, technique, state):
        """Space, unless a machine that stood still has made it go on by itself."""
        visit.listen(DEAF_S)
        if not any(event.get("state") == state for event in visit.events[visit.next:]):
            self.desktop.key("space")
        visit.state(technique, state)
        visit.listen(DEAF_S)

    def test_a_text_is_read_next_and_a_song_is_heard(self):
        visit = self.at_home()
        before = self.desktop.picture()
        text = self.path("of a r\u00eever.txt", b"A river is patient.\n")
        self.drop_paths(text)
        self.said(visit, "On your shelf: of a r\u00eever.txt. K takes it off again.")
        poll_until("the line is seen", lambda: self.desktop.picture().differ(before) > 50,
                   LINE_BOUND_S)
        visit.state("read", "settle")
        self.go_on(visit, "read", "page")
        # Of all there is to read only this ends with its first page.
        self.desktop.key("Right")
        visit.state("read", "close")
        self.go_home(visit)
        rain, wind = self.song("songs/of rain.wav"), self.song("songs/of wind.wav")
        self.drop_paths(rain, wind)
        self.said(visit, "On your shelf: of rain.wav, and what came with it. K takes it off again.")
        visit.state("music", "settle")
        self.go_on(visit, "music", "listen")
        visit.expect(bound_s=LINE_BOUND_S, music="play", track="of rain")
        snow = self.song("songs/of snow.wav")
        self.drop_paths(snow)
        self.said(visit, "On your shelf: of snow.wav. K takes it off again.")
        visit.expect(bound_s=LINE_BOUND_S, music="play", track="of snow")
        self.assertEqual(self.sections(), f"\n[text]\npath = ~/{os.path.basename(text)}\n\n[song]\n"
                         "path = ~/songs/of rain.wav\n\n[song]\npath = ~/songs/of wind.wav\n\n"
                         "[song]\npath = ~/songs/of snow.wav\n")
        self.leave(visit)

    def test_the_same_twice_is_one_entry_and_k_takes_it_off(self):
        mine = "# mine\n[song]\npath = ~/a.wav\nto = 0:20 ; not all of it"
        os.makedirs(os.path.join(self.home, ".local/share/lacrima"))
        self.path(".local/share/lacrima/shelf.ini", mine.encode())
        song = self.song("a.wav")
        visit = self.at_home()
        self.drop_paths(song)
        self.said(visit, "On your shelf already: a.wav")
        self.assertEqual(self.shelf(), mine)
        visit.state("music", "settle")
        self.go_home(visit)
        poem = self.path("poem.md", b"It is enough.\n")
        os.symlink(poem, os.path.join(self.home, "another name.md"))
        self.drop_paths(os.path.join(self.home, "another name.md"), poem)
        self.said(visit,
                  "On your shelf: another name.md, and what came with it. K takes it off again.")
        self.assertEqual(self.shelf(), mine + "\n\n[text]\npath = ~/poem.md\n")
        visit.state("read", "settle")
        self.leave(visit)

    def k(self, visit):
        """What was left out by it."""
        before = len(visit.events)

        def heard():
            visit.listen(LOOK_S)
            return [event["shelf"] for event in visit.events[before:] if "shelf" in event]

        self.desktop.key("k")
        return poll_until("what K does", heard, LINE_BOUND_S)[0]

    def test_k_takes_it_off_while_the_line_stands(self):
        visit = self.at_home()
        for i in range(TIMES):
            before = self.sections()
            self.drop_paths(self.path(f"{i}.md", b"It is enough.\n"))
            self.said(visit, f"On your shelf: {i}.md. K takes it off again.")
            self.assertNotEqual(self.sections(), before)
            visit.listen(DEAF_S)
            if self.k(visit) == "drop":
                break
            # The line had left by then: not today, and another comes.
        else:
            self.fail("every line had left before the key was heard")
        poll_until("the shelf as it was", lambda: self.sections() == before, LINE_BOUND_S)
        # It can still be read.
        self.go_on(visit, "read", "page")
        self.desktop.key("Right")
        visit.state("read", "close")
        self.leave(visit)

    def test_a_folder_is_what_lies_in_it(self):
        visit = self.at_home()
        self.song("by them/a record/of snow.wav")
        self.path("by them/a record/cover.png", picture())
        self.drop_paths(os.path.join(self.home, "by them"))
        self.said(visit, "On your shelf: by them. K takes it off again.")
        visit.state("music", "settle")
        self.drop_paths(os.path.join(self.home, "by them", "a record") + "/")
        self.said(visit, "On your shelf: a record. K takes it off again.")
        self.go_on(visit, "music", "listen")
        visit.expect(bound_s=LINE_BOUND_S, music="play", track="of snow")
        self.go_home(visit)
        self.path("a summer/01.png", picture())
        self.drop_paths(os.path.join(self.home, "a summer"))
        self.said(visit, "On your shelf: a summer. K takes it off again.")
        visit.state("read", "settle")
        self.go_on(visit, "read", "photo")
        self.assertEqual(self.sections(), "\n[song]\npath = ~/by them\n\n[song]\npath = ~/by them/a "
                         "record\n\n[photographs]\npath = ~/a summer\n")
        self.leave(visit)

    def test_nobody_is_led_away_from_a_letter_or_another_way(self):
        visit = self.at_home()
        self.desktop.key("2")
        visit.state("breathe", "settle")
        self.drop_paths(self.path("note", b"It is enough.\n"))
        self.said(visit, "On your shelf: note. K takes it off again.")
        visit.listen(DEAF_S)
        self.desktop.key("9")
        visit.state("write", "settle")
        self.go_on(visit, "write", "fate")
        self.go_on(visit, "write", "page")
        self.drop_paths(self.path("other", b"Words of a file.\n"))
        self.said(visit, "Here a letter is written: what was dropped was left where it is.")
        self.assertEqual(self.sections(), "\n[text]\npath = ~/note\n")
        self.leave(visit)

    def test_a_shelf_that_cannot_be_written(self):
        self.path(".local/share/lacrima", b"no folder")
        visit = self.at_home()
        self.drop_paths(self.song("a.wav"))
        self.said(visit, os.path.join(self.home, ".local/share/lacrima/shelf.ini") +
                  ": cannot be written: Not a directory")
        visit.state("music", "settle")
        self.go_on(visit, "music", "listen")
        visit.expect(bound_s=LINE_BOUND_S, music="play", track="a")
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

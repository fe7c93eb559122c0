"""What is dragged onto the window from another program (dropper.c) under X11, and what the shelf makes
of it."""

import os
import struct
import subprocess
import sys
import unittest
import zlib

DROPPER = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "dropper"

import x11
from desk import DEAF_S, Case, poll_until
from dropping_both import FILES, LINE_BOUND_S, LOOK_S, Dropping

TIMES = 5


def picture():
    """A PNG of one grey pixel."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))


class X11Dropping(Dropping, Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def drop(self, data, kind=FILES, how=None):
        done = subprocess.run(
            [DROPPER, str(self.desktop.size[0] // 2), str(self.desktop.size[1] // 2), kind,
             *([how] if how else [])],
            input=data, env={"PATH": os.environ["PATH"], **self.desktop.environment},
            capture_output=True, timeout=LINE_BOUND_S, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode().strip()

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


if __name__ == "__main__":
    unittest.main()

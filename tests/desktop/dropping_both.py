"""What is dragged onto the window from another program, the same under X11 and Wayland: each thing is
put on the shelf and opened, or one line says why it is not."""

import os
import urllib.parse
import wave

from desk import DEAF_S, poll_until

LINE_BOUND_S = 120
LOOK_S = 0.05  # between two looks at what was said
FILES = "text/uri-list"
SLOW_S = 0.2  # a program that is slow to give what was dropped; SDL by itself waits for 0.014 s


class Dropping:
    """Mixed into a Case with a desktop and with drop(data, type, how), which says whether it was
    taken; how: "slow", "never" gives it, "away" before it was let go.  takes_text: text is, if only
    to be left where it is.  late: lines that are said of what was never given."""

    takes_text = True
    late = ()

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

    def addresses(self, *paths):
        return b"".join(b"file://" + urllib.parse.quote(path).encode() + b"\r\n" for path in paths)

    def drop_paths(self, *paths, how=None):
        self.assertEqual(self.drop(self.addresses(*paths), how=how), "dropped")

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
        taken = self.drop(b"some words\r\nand more", "text/plain")
        self.assertEqual(taken, "dropped" if self.takes_text else "refused")
        if self.takes_text:
            self.said(visit, "Only files and folders can be dropped here. In a letter, Ctrl+V "
                      "takes what was copied.")
        self.leave(visit)

    def test_names_of_every_kind(self):
        visit = self.at_home()
        names = ["of snow and ice.txt", "100%25.txt", "a#b?c&d.txt", "\u0444\u043e\u0442\u043e.txt",
                 "\u6cea\U0001f30a.txt", "it's \"so\".txt"]
        paths = [self.path(f"odd names/{name}") for name in names]
        # As some programs write them: as they are, with small letters, or with this machine's name.
        plain = self.path("plain.txt")
        data = (b"https://example.org/a.txt\r\n" + self.addresses(*paths).replace(b"%D1", b"%d1") +
                b"file:" + plain.encode() + b"\nfile://localhost" + plain.encode())
        self.assertEqual(self.drop(data), "dropped")
        self.said(visit, "On your shelf: of snow and ice.txt, and what came with it. K takes it off "
                  "again.")
        self.assertEqual(self.sections(), "".join(
            f"\n[text]\npath = ~/{name}\n"
            for name in [*(f"odd names/{name}" for name in names), "plain.txt"]))
        self.leave(visit)

    def test_a_slow_program_is_waited_for(self):
        visit = self.at_home()
        self.drop_paths(self.path("a.txt"), self.path("b.txt"), how="slow")
        self.said(visit, "On your shelf: a.txt, and what came with it. K takes it off again.")
        visit.state("read", "settle")
        self.leave(visit)

    def test_what_is_never_given_or_taken_away_again_is_nothing(self):
        visit = self.at_home()
        self.drop(self.addresses(self.path("a.txt")), how="away")
        self.drop(self.addresses(self.path("b.txt")), how="never")
        self.said(visit, *self.late)
        self.drop_paths(self.path("c.txt"))
        self.said(visit, "On your shelf: c.txt. K takes it off again.")
        self.assertEqual(self.sections(), "\n[text]\npath = ~/c.txt\n")
        visit.state("read", "settle")
        self.leave(visit)

"""A film in a real window: its picture, its end, and where it goes on the next time."""

import os
import subprocess
import unittest

import x11
from desk import Case, poll_until

BOUND_S = 120


class Film(Case):
    @classmethod
    def make_desktop(cls):
        return x11.Desktop(cls.folder)

    def setUp(self):
        super().setUp()
        self.film = os.path.join(self.home, "harbour.mkv")
        # What a graphics card would decode: nothing that libmpv tries may speak for itself.
        # Red for longer than a slow machine needs to look, then blue; keys leap over the red.
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=320x240:r=5:d=120",
             "-f", "lavfi", "-i", "color=blue:s=320x240:r=5:d=900",
             "-filter_complex", "[0][1]concat=n=2[v]", "-map", "[v]",
             "-c:v", "libx264", "-preset", "ultrafast", "-g", "5", "-pix_fmt", "yuv420p", self.film],
            check=True, stdin=subprocess.DEVNULL)

    def shown(self, channel):
        def look():
            picture = self.desktop.picture()
            pixel = picture.pixel(picture.size[0] // 2, int(picture.size[1] * 0.48))
            others = [value for i, value in enumerate(pixel) if i != channel]
            return pixel[channel] > 60 and pixel[channel] > 3 * max(others)
        return look

    def leapt(self):
        self.desktop.key("Right")
        return self.shown(2)()

    def begin(self):
        script = os.path.join(self.home, "go.txt")
        with open(script, "w", encoding="utf-8") as file:
            file.write("1 key Space\n")
        visit = self.start("read", "--watch", self.film, "--mute", "--script", script)
        visit.state("read", "film")
        return visit

    def test_seen_left_and_gone_on_with(self):
        visit = self.begin()
        poll_until("the first picture", self.shown(0), BOUND_S)
        poll_until("what comes later", self.leapt, BOUND_S)
        self.desktop.key("p")
        visit.screen("paused")
        poll_until("the pause", lambda: not self.shown(2)(), BOUND_S)
        self.desktop.key("p")
        poll_until("the film again", self.shown(2), BOUND_S)
        self.desktop.key("Escape")
        visit.screen("landing")
        self.quit(visit)
        visit = self.begin()
        poll_until("the place where it was left", lambda: self.shown(2)() or self.shown(0)(), BOUND_S)
        self.assertTrue(self.shown(2)())
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

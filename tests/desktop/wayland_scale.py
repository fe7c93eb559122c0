"""Displays of different scale under Wayland: what is drawn has the display's own pixels."""

import unittest

import wayland
from desk import Case, poll_until

ALIKE = 400  # pixels: the desktop's pointer may be there


class Scales(Case):
    @classmethod
    def make_desktop(cls):
        desktop = wayland.Desktop(cls.folder)
        desktop.sway.message("create_output")
        poll_until("two displays", lambda: len(desktop.sway.outputs()) == 2)
        return desktop

    def setUp(self):
        super().setUp()
        self.one, self.two = self.desktop.sway.outputs()
        self.arrange(self.one, wayland.SIZE, 1)
        self.arrange(self.two, wayland.SIZE, 2)

    def arrange(self, output, size, scale):
        x = 0 if output == self.one else wayland.SIZE[0]
        self.desktop.sway.message(
            f"output {output} resolution {size[0]}x{size[1]} scale {scale} position {x} 0")
        poll_until("arranged", lambda: any(
            o["name"] == output and o["scale"] == scale and
            (o["current_mode"]["width"], o["current_mode"]["height"]) == size
            for o in self.desktop.sway.message("-t", "get_outputs")))

    def next_display(self, visit, output):
        self.desktop.key("d")
        visit.expect(setting="display")
        poll_until("on " + output, lambda: self.desktop.window()["output"] == output)
        self.keyboard(visit)

    def sharp(self, output, sample):
        """As if it were drawn on a display of as many pixels that scales nothing."""
        poll_until("sharp on " + output,
                   lambda: self.desktop.picture(output).differ(sample) < ALIKE)

    def at_rest(self, visit):
        """The picture at home on the first display, once nothing changes any more."""
        picture = self.desktop.picture(self.one)

        def look():
            nonlocal picture
            before = picture
            visit.listen(1.5)
            picture = self.desktop.picture(self.one)
            return picture.differ(before) == 0 and not picture.plain(pointer=True)
        poll_until("a still picture", look)
        return picture

    def test_between_scales(self):
        visit = self.start("--display", "0", "--palette", "night")
        poll_until("on the first", lambda: self.desktop.window()["output"] == self.one)
        sample = self.at_rest(visit)
        self.next_display(visit, self.two)
        self.sharp(self.two, sample)
        self.next_display(visit, self.one)
        self.sharp(self.one, sample)
        # Now both are as large in the compositor's eyes, and only the scale differs.
        self.arrange(self.one, tuple(side // 2 for side in wayland.SIZE), 1)
        self.next_display(visit, self.two)
        self.sharp(self.two, sample)
        # The scale changes under the window.
        self.arrange(self.two, wayland.SIZE, 1)
        self.sharp(self.two, sample)
        self.arrange(self.two, wayland.SIZE, 2)
        self.sharp(self.two, sample)
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

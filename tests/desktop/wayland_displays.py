"""Several displays under Wayland: chosen, changed, dark, pulled out and put back."""

import os
import unittest

import wayland
from desk import Case, poll_until

MOVE_S = 1.0
NARROW = 400
BLACK = (0, 0, 0)


class TwoDisplays(Case):
    @classmethod
    def make_desktop(cls):
        desktop = wayland.Desktop(cls.folder)
        desktop.sway.message("create_output")
        poll_until("two displays", lambda: len(desktop.sway.outputs()) == 2)
        return desktop

    def is_on(self, output):
        window = self.desktop.window()
        return window["output"] == output and window["fullscreen_mode"] != 0

    def test_the_next_display(self):
        visit = self.at_home()
        one, two = self.desktop.sway.outputs()
        poll_until("full-screen", lambda: self.is_on(one) or self.is_on(two))
        first, second = (one, two) if self.is_on(one) else (two, one)
        self.desktop.key("d")
        name = visit.expect(setting="display")["value"]
        poll_until("on the other", lambda: self.is_on(second))
        poll_until("words there", lambda: not self.desktop.picture(second).plain(pointer=True))
        self.desktop.key("d")
        self.assertNotEqual(visit.expect(setting="display")["value"], name)
        poll_until("back again", lambda: self.is_on(first))
        self.quit(visit)
        # The choice is kept by its name.
        visit = self.at_home()
        poll_until("on the first", lambda: self.is_on(first))
        self.quit(visit)

    def test_a_display_that_was_made_smaller(self):
        one, two = self.desktop.sway.outputs()
        self.resize(one, wayland.SIZE[0], two)
        self.addCleanup(self.resize, one, wayland.SIZE[0], two)
        visit = self.at_home()
        poll_until("full-screen", lambda: self.is_on(one) or self.is_on(two))
        # SDL does not hear of the new size, and takes the second to lie upon the first.
        self.resize(one, NARROW, two)
        for where in ((two, one, two) if self.is_on(one) else (one, two, one)):
            self.desktop.key("d")
            visit.expect(setting="display")
            poll_until("on " + where, lambda where=where: self.is_on(where))
        self.quit(visit)

    def resize(self, first, width, second):
        """The first display so wide, the second beside it."""
        self.desktop.sway.message(f"output {first} resolution {width}x{wayland.SIZE[1]}")
        self.desktop.sway.message(f"output {first} position 0 0")
        self.desktop.sway.message(f"output {second} position {width} 0")
        poll_until("displays side by side", lambda: [
            (output["rect"]["x"], output["rect"]["width"])
            for output in self.desktop.sway.message("-t", "get_outputs")] == [
                (0, width), (width, wayland.SIZE[0])])

    def test_the_display_asked_for(self):
        for number, output in enumerate(self.desktop.sway.outputs()):
            visit = self.start("--display", number)
            poll_until("on it", lambda output=output: self.is_on(output))
            self.quit(visit)

    def test_the_pointer_is_one_line(self):
        visit = self.start("--display", "pointer")
        self.assertEqual(len(visit.said()), 1, visit.said())
        self.desktop.key("ctrl+q")
        self.assertEqual(visit.leave(), 0)

    def test_the_others_dark(self):
        config = os.path.join(self.home, "dark.ini")
        with open(config, "w", encoding="utf-8") as file:
            file.write("[look]\nother_displays_dark = yes\n")
        visit = self.start("--config", config, "--display", "0")
        first, second = self.desktop.sway.outputs()
        poll_until("on the first", lambda: self.is_on(first))
        poll_until("the other dark", lambda: self.desktop.picture(second).field() == BLACK)
        self.assertEqual([w["output"] for w in self.desktop.sway.windows() if w["name"] == "lacrima"],
                         [second])
        self.keyboard(visit)
        self.desktop.key("d")
        visit.expect(setting="display")
        poll_until("on the second", lambda: self.is_on(second))
        poll_until("the first dark", lambda: any(
            w["output"] == first and w["name"] == "lacrima" and w["fullscreen_mode"] != 0
            for w in self.desktop.sway.windows()))
        self.quit(visit)
        self.assertEqual(self.desktop.sway.windows(), [])


class Unplugged(Case):
    @classmethod
    def make_desktop(cls):
        return wayland.Unpluggable(cls.folder)

    def is_on(self, output):
        window = self.desktop.window()
        return window["output"] == output and window["fullscreen_mode"] != 0

    def test_the_visit_goes_on(self):
        visit = self.at_home()
        poll_until("full-screen", lambda: self.desktop.window()["fullscreen_mode"] != 0)
        here = self.desktop.window()["output"]
        self.desktop.unplug(here)
        left = self.desktop.sway.outputs()[0]
        poll_until("on what is left", lambda: self.is_on(left))
        self.keyboard(visit)
        self.desktop.key("0")
        visit.screen("technique")
        plugged = self.desktop.plug()
        self.keyboard(visit)

        def press():
            # The first presses may come before the program has heard of the display.
            self.desktop.key("d")
            visit.listen(MOVE_S)
            return self.is_on(plugged)
        poll_until("on the new one", press)
        self.desktop.key("space")
        visit.state("yawn", "in")
        self.quit(visit)


if __name__ == "__main__":
    unittest.main()

"""The pointer and the clipboard on a letter's page, the same under X11 and Wayland."""

from desk import poll_until
from letters import KEPT_BOUND_S, LOOK_S, Letters

# Two presses in one place are a double click however long this machine stood still between them,
# and those in two places are none.
PATIENT = {"SDL_MOUSE_DOUBLE_CLICK_TIME": "600000", "SDL_MOUSE_DOUBLE_CLICK_RADIUS": "4"}
ABOVE = 2  # lines: what the letter begins with, and an empty one
TEXT = ["k", "k", "k", "k", "k", "k", "space", "m", "m", "Return",
        "e", "e", "e", "space", "o", "Return", "i", "i"]
SAID = "kkkkkk mm\neee o\nii"
LETTER_BYTES_MAX = 1 << 20
AT_ONCE = 50  # keys
BEYOND = 2000  # px: right of every text


class Page(Letters):
    """Mixed into a Case with a desktop."""

    def place(self, line, x):
        """On the field: x px right of the text's edge, in this line of it."""
        width, height = self.desktop.size
        side = min(width, height)
        body = (side + 16) // 32
        line_px = -(-body * 145 // 100)
        left = (width - 32 * body) // 2
        top = -(-height * 6 // 100) + min(3 * body, height * 14 // 100)
        return min(left + x, width - 4), top + line_px * (ABOVE + line) + line_px // 2

    def click(self, line, x, times=1, shift=False):
        self.desktop.point(*self.place(line, x))
        if shift:
            self.desktop.hold("shift", True)
        for _ in range(times):
            self.desktop.button("left", True)
            self.desktop.button("left", False)
        if shift:
            self.desktop.hold("shift", False)

    def walk(self, visit, keys):
        """So many keys that a program which is kept from its processor must not be given them all
        at once: what waits for it has an end, and the compositor then takes it for broken."""
        def rests():
            with open(f"/proc/{visit.process.pid}/stat", encoding="ascii") as stat:
                return stat.read().rpartition(")")[2].split()[0] == "S"
        for i in range(0, len(keys), AT_ONCE):
            self.desktop.keys(keys[i:i + AT_ONCE])
            self.desktop.picture()  # the compositor has passed on all that it was given
            poll_until("the keys read", rests, KEPT_BOUND_S)

    def drag(self, begin, end):
        self.desktop.point(*self.place(*begin))
        self.desktop.button("left", True)
        for step in (1, 2, 3):
            self.desktop.point(*(a + (b - a) * step // 3
                                 for a, b in zip(self.place(*begin), self.place(*end))))
        self.desktop.button("left", False)

    def text_page(self):
        visit = self.file_page(**PATIENT)
        self.desktop.keys(TEXT)
        self.keeps(visit, SAID)
        return visit

    def test_a_click_places_the_cursor(self):
        visit = self.text_page()
        self.click(1, 2)
        self.desktop.key("x")
        self.keeps(visit, "kkkkkk mm\nxeee o\nii")
        self.click(0, BEYOND)
        self.desktop.key("y")
        self.keeps(visit, "kkkkkk mmy\nxeee o\nii")
        self.click(-2, BEYOND)  # on what it begins with
        self.desktop.key("z")
        self.keeps(visit, "zkkkkkk mmy\nxeee o\nii")
        self.click(9, BEYOND)  # below all of it
        self.desktop.key("q")
        self.keeps(visit, "zkkkkkk mmy\nxeee o\niiq")
        self.quit(visit)

    def test_a_drag_selects_and_typing_takes_its_place(self):
        visit = self.text_page()
        self.drag((0, 2), (1, BEYOND))
        self.desktop.key("x")
        self.keeps(visit, "x\nii")
        self.desktop.key("ctrl+z")
        self.keeps(visit, SAID)
        self.drag((2, BEYOND), (1, 2))  # backwards
        self.desktop.key("Delete")
        self.keeps(visit, "kkkkkk mm\n")
        self.desktop.key("ctrl+z")
        self.keeps(visit, SAID)
        self.click(1, 2)
        self.click(2, 1, shift=True)
        self.desktop.key("y")
        self.keeps(visit, "kkkkkk mm\nyii")
        self.quit(visit)

    def test_a_drag_beyond_the_page_takes_it_along(self):
        """For as long as the button is down, whether the pointer moves or not."""
        visit = self.file_page(**PATIENT)
        self.desktop.keys(["a", "Return"] * 40 + ["a"])
        self.keeps(visit, "a\n" * 40 + "a")
        self.desktop.key("ctrl+Home")
        self.desktop.point(*self.place(0, 2))
        self.desktop.button("left", True)
        width, height = self.desktop.size
        self.desktop.point(width // 2, height // 2)
        self.desktop.point(width // 2, height - 3)

        def copied():
            visit.listen(LOOK_S)
            self.desktop.key("ctrl+c")
            return self.desktop.clipboard() == "a\n" * 40 + "a"
        poll_until("all of it selected", copied, KEPT_BOUND_S)
        self.desktop.button("left", False)
        self.desktop.key("x")
        self.keeps(visit, "x")
        self.quit(visit)

    def test_clicks_select_words_and_paragraphs(self):
        visit = self.text_page()
        self.click(0, 20, times=2)
        self.desktop.key("x")
        self.keeps(visit, "x mm\neee o\nii")
        self.click(1, 20, times=3)
        self.desktop.key("y")
        self.keeps(visit, "x mm\nyii")
        self.desktop.button("right", True)  # Esc, here too
        self.desktop.button("right", False)
        visit.state("write", "leaving")
        self.quit(visit)

    def test_a_click_beyond_a_wrapped_line_stays_on_it(self):
        visit = self.file_page(**PATIENT)
        self.desktop.keys((["m"] * 9 + ["space"]) * 9)
        self.keeps(visit, "mmmmmmmmm " * 9)
        self.click(0, BEYOND)
        self.desktop.keys(["BackSpace", "x"])
        poll_until("a word changed", lambda: "mmmmmmmmx " in (self.kept() or ""),
                   KEPT_BOUND_S)
        self.quit(visit)

    def test_the_wheel_scrolls_the_page(self):
        visit = self.file_page(**PATIENT)
        self.desktop.keys(["a", "Return"] * 60)
        self.keeps(visit, "a\n" * 60)
        self.desktop.point(*self.place(3, 40))
        for _ in range(4):  # a flick is a few steps, however far the wheel turns
            self.desktop.wheel(-10)
        self.click(0, BEYOND)
        self.desktop.key("x")
        self.keeps(visit, "ax\n" + "a\n" * 59)
        self.desktop.wheel(8)
        self.click(-ABOVE, BEYOND)  # the page begins with a line of the letter now
        self.desktop.key("y")
        self.keeps(visit, "ax\n" + "a\n" * 23 + "ay\n" + "a\n" * 35)
        self.quit(visit)

    def test_copied_cut_and_pasted(self):
        visit = self.text_page()
        self.click(0, 20, times=2)
        self.desktop.key("ctrl+c")
        poll_until("copied", lambda: self.desktop.clipboard() == "kkkkkk", KEPT_BOUND_S)
        self.click(1, 20, times=2)
        self.desktop.key("ctrl+x")
        poll_until("cut", lambda: self.desktop.clipboard() == "eee", KEPT_BOUND_S)
        self.keeps(visit, "kkkkkk mm\n o\nii")
        self.click(2, BEYOND)
        self.desktop.key("ctrl+v")
        self.keeps(visit, "kkkkkk mm\n o\niieee")
        self.desktop.keys(["ctrl+a", "ctrl+v"])
        self.keeps(visit, "eee")
        self.desktop.key("ctrl+z")
        self.keeps(visit, "kkkkkk mm\n o\niieee")
        self.quit(visit)

    def test_what_another_program_holds_is_pasted(self):
        visit = self.file_page(**PATIENT)
        self.desktop.hold_clipboard("it was \u00e9t\u00e9")
        self.desktop.key("ctrl+v")
        self.keeps(visit, "it was \u00e9t\u00e9")
        # Longer than a letter can be, and than a clipboard gives at once.
        long = ("e" * 99 + "\n") * 13000
        self.desktop.hold_clipboard(long)
        self.desktop.keys(["ctrl+a", "ctrl+v"])
        self.keeps(visit, long[:LETTER_BYTES_MAX])
        self.desktop.key("ctrl+z")
        self.keeps(visit, "it was \u00e9t\u00e9")
        self.quit(visit)

    def test_a_long_paragraph_is_walked_from_end_to_end(self):
        visit = self.file_page(**PATIENT)
        self.desktop.keys((["e"] * 9 + ["space"]) * 8)
        self.desktop.keys(["ctrl+a", "ctrl+c", "Right", "ctrl+v"] * 7)
        text = "eeeeeeeee " * 8 * 128
        self.keeps(visit, text)
        # More lines than there are, each way: none is left out, and none is a wall.
        self.walk(visit, ["ctrl+Home", *["Down"] * 300, "x", *["Up"] * 300, "y"])
        self.keeps(visit, "y" + text + "x")
        self.quit(visit)

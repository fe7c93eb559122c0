"""What a person types arrives as text, once: letters, dead keys, third characters; what a key types
that was held before is not text, and with Ctrl nothing is."""

ESC = 0x110001  # as key.h numbers them
BACKSPACE = 0x110003
LEFT = 0x110008
HOLD_S = 1.0  # longer than a desktop waits before a key repeats


class Typing:
    """Mixed into a Case with a desktop; the program is `typed`, which says what it hears."""

    def writing(self, layout, held=False):
        """The program, taking text with this layout."""
        self.desktop.set_layout(layout)
        self.addCleanup(self.desktop.set_layout, "us")
        visit = self.start(shown=False)
        visit.expect(screen="open")
        self.keyboard(visit)
        if held:
            self.desktop.hold("space", True)
        else:
            self.desktop.key("space")
        visit.expect(key=ord(" "), repeat=False)
        return visit

    def heard(self, visit):
        """All text, and all keys but the last, since the writing began; then it has ended."""
        first = visit.next
        self.desktop.key("Escape")
        visit.expect(key=ESC)
        events = visit.events[first:visit.next - 1]
        return ("".join(event.get("text", "") for event in events),
                [event["key"] for event in events if "key" in event])

    def types(self, layout, keys, text, pressed=()):
        visit = self.writing(layout)
        self.desktop.keys(keys)
        self.assertEqual(self.heard(visit), (text, list(pressed)))
        # After the end the same keys are keys again.
        self.desktop.set_layout("us")
        self.desktop.key("h")
        self.assertEqual(visit.expect(repeat=False)["key"], ord("h"))
        self.desktop.key("ctrl+q")
        visit.expect(screen="quit")
        self.assertEqual((visit.leave(), visit.said()), (0, []))

    def test_letters(self):
        self.types("us", ["shift+d", "e", "a", "r", "space", "shift+1", "apostrophe"], "Dear !'")

    def test_dead_keys(self):
        self.types("us(intl)", ["apostrophe", "e", "shift+apostrophe", "shift+o", "a",
                                "apostrophe", "space"], "éÖa'")

    def test_a_dead_key_is_forgotten_with_the_next_key_that_types_nothing(self):
        self.types("us(intl)", ["apostrophe", "BackSpace", "e", "apostrophe", "Left", "a"], "ea",
                   [BACKSPACE, LEFT])

    def test_a_dead_circumflex(self):
        self.types("fr", ["bracketleft", "e", "shift+bracketleft", "i", "q"], "êïa")

    def test_third_characters(self):
        self.types("de", ["altgr+q", "altgr+e", "semicolon", "minus"], "@€öß")

    def test_another_script(self):
        self.types("ru", ["shift+v", "f", "v", "f"], "Мама")

    def test_with_ctrl_nothing_is_text(self):
        self.types("us", ["ctrl+c", "a", "ctrl+1", "Left"], "a", [ord("c"), ord("1"), LEFT])

    def test_a_key_that_was_held_before_types_nothing(self):
        visit = self.writing("us", held=True)
        visit.listen(HOLD_S)
        self.desktop.hold("space", False)
        self.desktop.keys(["a", "space", "b"])
        self.assertEqual(self.heard(visit), ("a b", []))

    def test_the_pointer_points(self):
        visit = self.writing("us")
        self.desktop.click("left")
        visit.expect(clicks=1)
        self.desktop.wheel(1)
        visit.expect(scroll=1)
        self.assertEqual(self.heard(visit)[1], [])

"""Every shortcut is reached on a French and a Russian keyboard: by what a Latin letter types, by
its place where a key types none, digits by their place as well."""

from desk import poll_until

# By their places on a US keyboard: which key, and what it must do.
DIGITS = (("1", {"technique": "stare"}), ("2", {"technique": "breathe"}),
          ("4", {"technique": "music"}), ("8", {"technique": "talk"}), ("0", {"technique": "yawn"}))
AZERTY = (
    ("semicolon", {"music": "on"}),              # types m
    ("semicolon", {"music": "pause"}),
    ("bracketleft", {"setting": "dim"}),  # a dead circumflex
    ("bracketright", {"setting": "dim"}),
    ("l", {"setting": "palette"}),
    ("minus", {"setting": "volume"}),            # types )
    ("equal", {"setting": "volume"}),
    ("t", {"setting": "words"}),
    ("v", {"setting": "cues"}),
    ("x", {"setting": "fixation"}),
    ("h", {"screen": "keys"}),
    ("h", {"screen": "technique"}),
    ("p", {"screen": "paused"}),
    ("p", {"screen": "technique"}),
    ("c", {"screen": "curtain"}),
)
AZERTY_QUIT = "ctrl+a"  # where French has its q
CYRILLIC = (("m", {"music": "on"}), ("m", {"music": "pause"})) + AZERTY[2:]
CYRILLIC_QUIT = "ctrl+q"


class Layouts:
    """Mixed into a Case with a desktop."""

    def walk(self, layout, keys, leave):
        self.desktop.set_layout(layout)
        self.addCleanup(self.desktop.set_layout, "us")
        visit = self.at_home()
        for key, does in DIGITS:
            self.desktop.key(key)
            visit.screen("technique")
            self.assertEqual([e["technique"] for e in visit.events if "technique" in e][-1],
                             does["technique"])
        for key, does in keys:
            self.desktop.key(key)
            if "screen" in does:
                visit.screen(does["screen"])
            else:
                visit.expect(**does)
        self.desktop.key(leave)
        visit.expect(screen="quit")
        self.assertEqual(visit.leave(), 0)

    def test_azerty(self):
        self.walk("fr", AZERTY, AZERTY_QUIT)

    def copy(self, layout, copies):
        """The sentence of talk, copied with this layout's own Ctrl+C."""
        self.desktop.set_layout(layout)
        self.addCleanup(self.desktop.set_layout, "us")
        visit = self.at_home()
        self.desktop.key("8")
        visit.screen("technique")
        for state in ("whom", "need", "how", "ask"):
            self.desktop.key("space")
            visit.state("talk", state)
        self.desktop.key(copies)
        visit.expect(clipboard="set")
        poll_until("the sentence", lambda: self.desktop.clipboard() ==
                   "Have you twenty minutes? I don’t need advice, only an ear.")

    def test_copying_on_azerty(self):
        self.copy("fr", "ctrl+c")

    def test_copying_on_cyrillic(self):
        self.copy("ru", "ctrl+c")

    def test_copying_where_c_has_moved(self):
        self.copy("us(dvorak)", "ctrl+i")

    def test_cyrillic(self):
        self.walk("ru", CYRILLIC, CYRILLIC_QUIT)

"""The pointer and the clipboard on a letter's page under X11."""

import os
import unittest

import x11
from desk import Case
from page_both import PATIENT, Page

LETTER_BYTES_MAX = 1 << 20
NO_CLICKS = '<openbox_config xmlns="http://openbox.org/3.4/rc"><mouse/></openbox_config>'


class X11Page(Page, Case):
    @classmethod
    def make_desktop(cls):
        # A click is the window's at once: passed on by openbox it would come after the keys that
        # were pressed behind it.
        config = os.path.join(cls.folder, "openbox.xml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(NO_CLICKS)
        return x11.Desktop(cls.folder, ["openbox", "--sm-disable", "--config-file", config])

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


if __name__ == "__main__":
    unittest.main()

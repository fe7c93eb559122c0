"""The pointer and the clipboard on a letter's page under X11."""

import os
import unittest

import x11
from desk import Case
from page_both import Page

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


if __name__ == "__main__":
    unittest.main()
